-- Elastic Defend documents of 200 Macs, in order of time, one row every 86.4 ms (a million a day). Of 25 rows, 3 are
-- process documents and 22 are network documents: every other one opens flow `p`, the next closes a flow opened some
-- time before (how long depends on the number of the flow, so that each is closed once). Everything else is drawn from
-- hashes of the flow's number and the seed: the same parameters give the same bytes.
WITH
    ['Atlas', 'Beacon', 'Cedar', 'Delta', 'Ember', 'Fjord', 'Garnet', 'Harbor', 'Indigo', 'Juniper', 'Kestrel', 'Lumen',
     'Meadow', 'Nimbus', 'Orchid', 'Pebble'] AS words,
    rows AS
    (
        SELECT
            toInt64(number) AS row,
            row % 25 AS slot,
            intDiv(row, 25) AS round,
            round * 22 + slot - 3 AS network_row,
            intDiv(network_row, 2) AS pair,
            slot < 3 AS is_process,
            NOT is_process AND network_row % 2 = 1 AS is_close,
            pair % 64 AS class,
            multiIf(class < 40, 1, class < 54, 10, class < 61, 200, class < 63, 1500, 3000) AS lag,
            multiIf(is_process, round * 11, is_close, pair - 64 * lag, pair) AS flow,
            concat(replaceOne(toString(fromUnixTimestamp64Micro(1782864000000000 + row * 86400, 'UTC')), ' ', 'T'), '3Z')
                AS time
        FROM numbers({rows:UInt64})
    ),
    drawn AS
    (
        SELECT
            *,
            cityHash64({seed:UInt64}, flow, is_process) AS draw,
            cityHash64(draw, 1) AS draw_traffic,
            cityHash64(draw, 2) AS draw_remote,
            draw % 200 AS host,
            -- a Mac runs 40 of 300 apps, few of them make most connections; what stays open for hours is a handful
            if(NOT is_process AND class >= 61, bitShiftRight(draw, 20) % 6,
               cityHash64('installed', host, toUInt64(40 * pow((bitShiftRight(draw, 20) % 65536) / 65536, 3))) % 300) AS app,
            cityHash64({seed:UInt64}, 'process', host, app, intDiv(flow + 1000000, 200000)) AS process,
            300 + process % 90000 AS pid,
            base64Encode(concat(hex(process), hex(host))) AS entity_id,
            base64Encode(concat('launchd-', hex(host))) AS parent_id,
            cityHash64('host', host) AS host_hash,
            concat('MAC-', leftPad(toString(host), 4, '0')) AS host_name,
            concat(words[1 + app % 16], words[1 + intDiv(app, 16) % 16], toString(app)) AS name,
            multiIf(app % 10 = 0, concat('/usr/libexec/', lower(name), 'd'),
                    app >= 297, concat('/Users/user', toString(host), '/Library/Application Support/', name, '/', lower(name)),
                    concat('/Applications/', name, '.app/Contents/MacOS/', name)) AS executable,
            multiIf(
                app % 10 = 0, concat('{"exists":true,"signing_id":"com.apple.', lower(name),
                    'd","status":"No error.","subject_name":"Software Signing","trusted":true}'),
                app >= 297, '{"exists":false}',
                concat('{"exists":true,"signing_id":"com.', lower(name), '.desktop","status":"No error.","subject_name":"Developer ID Application: ',
                    name, ' Inc. (', upper(substring(hex(cityHash64('team', app)), 1, 10)), ')","team_id":"',
                    upper(substring(hex(cityHash64('team', app)), 1, 10)), '","trusted":true}')) AS code_signature,
            multiIf(draw_remote % 100 < 3, '',
                    draw_remote % 100 < 8, concat('www.site-', toString(bitShiftRight(draw_remote, 16) % 20000), '.net'),
                    draw_remote % 100 < 14, concat('files-', toString(bitShiftRight(draw_remote, 16) % 12), '.corp.internal'),
                    concat('edge', toString(bitShiftRight(draw_remote, 16) % (2 + app % 7)), '.', lower(name), '-cloud.com')) AS domain,
            cityHash64('address', if(domain = '', toString(draw_remote % 5000), domain)) AS address,
            concat(if(domain LIKE '%.internal', '10', toString(40 + address % 60)), '.', toString(bitShiftRight(address, 8) % 256), '.',
                   toString(bitShiftRight(address, 16) % 256), '.', toString(1 + bitShiftRight(address, 24) % 254)) AS remote_ip,
            concat('10.20.', toString(host), '.17') AS local_ip,
            49152 + bitShiftRight(draw, 40) % 16384 AS local_port,
            [443, 443, 443, 443, 443, 443, 80, 5223, 993, 8443][1 + draw_remote % 10] AS remote_port,
            toUInt64(exp(5 + 6 * ((draw_traffic % 4096) / 4096))) * if(bitShiftRight(draw_traffic, 50) % 1000 = 0, 2000, 1)
                AS bytes_out,
            toUInt64(exp(6 + 8 * ((bitShiftRight(draw_traffic, 20) % 4096) / 4096))) AS bytes_in,
            multiIf(is_process, ['fork', 'exec', 'end'][1 + slot], is_close, 'disconnect_received', 'connection_attempted') AS action,
            if(is_process, 'process', 'network') AS dataset
        FROM rows
    )
SELECT concat(
    '{"@timestamp":"', time, '","agent":{"id":"', hex(host_hash), '","type":"endpoint","version":"8.19.2"},',
    '"data_stream":{"dataset":"endpoint.events.', dataset, '","namespace":"default","type":"logs"},',
    '"ecs":{"version":"8.10.0"},"elastic":{"agent":{"id":"', hex(host_hash), '"}},',
    '"event":{"action":"', action, '","category":["', dataset, '"],"created":"', time,
    '","dataset":"endpoint.events.', dataset, '","id":"', base64Encode(hex(cityHash64('event', row))),
    '","kind":"event","module":"endpoint","outcome":"', if(is_process, 'success', 'unknown'), '","sequence":', toString(row),
    ',"type":["', if(is_close OR slot = 2, 'end', 'start'), '"]},',
    '"host":{"architecture":"arm64","hostname":"', host_name, '","id":"', hex(host_hash), '","name":"', lower(host_name),
    '","os":{"type":"macos"}},',
    '"message":"Endpoint ', dataset, ' event",',
    if(is_process, '', concat(
        '"destination":{"address":"', remote_ip, if(is_close, concat('","bytes":', toString(bytes_in), ',"'), '","'),
        if(domain = '', '', concat('domain":"', domain, '","')), 'ip":"', remote_ip, '","port":', toString(remote_port),
        '},"network":{"direction":"egress","transport":"tcp","type":"ipv4"},',
        '"source":{"address":"', local_ip, if(is_close, concat('","bytes":', toString(bytes_out), ',"'), '","'), 'ip":"', local_ip,
        '","port":', toString(local_port), '},')),
    '"process":{"Ext":{"ancestry":["', parent_id, '"]},',
    if(is_process, concat('"args":["', executable, '","--profile","default"],"args_count":3,"hash":{"sha256":"',
        lower(hex(cityHash64(app))), lower(hex(cityHash64(app, 1))), lower(hex(cityHash64(app, 2))), lower(hex(cityHash64(app, 3))),
        '"},"working_directory":"/",'), ''),
    '"code_signature":', code_signature, ',"command_line":"', executable, ' --profile default","entity_id":"', entity_id,
    '","executable":"', executable, '","name":"', name, '","parent":{"entity_id":"', parent_id,
    if(is_process, '","executable":"/sbin/launchd","name":"launchd","pid":1', '"'), '},"pid":', toString(pid), '},',
    '"group":{"id":"20","name":"staff"},"user":{"Ext":{"real":{"id":"501","name":"user', toString(host),
    '"}},"id":"501","name":"user', toString(host), '"}}') AS line
FROM drawn
