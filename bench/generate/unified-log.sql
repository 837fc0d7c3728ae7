-- Kernel connection records of one Mac as `log show --style ndjson` prints them, in order of time, one every 0.72 s.
-- A round of 22 rows opens and closes five TCP sockets (request, connected, both halves of the summary) and one UDP
-- socket; the summaries belong to the sockets of a round some time before, how long depends on the number of the round.
-- The same parameters give the same bytes.
WITH
    ['Atlas', 'Beacon', 'Cedar', 'Delta', 'Ember', 'Fjord', 'Garnet', 'Harbor', 'Indigo', 'Juniper', 'Kestrel', 'Lumen',
     'Meadow', 'Nimbus', 'Orchid', 'Pebble'] AS words,
    rows AS
    (
        SELECT
            toInt64(number) AS row,
            row % 22 AS slot,
            intDiv(row, 22) AS round,
            slot >= 20 AS is_udp,
            -- 0 request, 1 connected, 2 totals, 3 control
            if(is_udp, if(slot = 20, 0, 2), slot % 4) AS part,
            part >= 2 AS is_close,
            round % 16 AS class,
            16 * multiIf(class < 8, 0, class < 12, 1, class < 14, 10, class = 14, 60, 120) AS lag,
            if(is_close, round - lag, round) AS opened_in,
            opened_in * 6 + intDiv(slot, 4) AS socket,
            -- rows since the request of this socket
            row - (opened_in * 22 + slot - part + if(is_udp AND is_close, 1, 0)) AS age,
            fromUnixTimestamp64Micro(1782864000000000 + row * 720000 + {host:UInt64} * 1009, 'UTC') AS time
        FROM numbers({rows:UInt64})
    ),
    drawn AS
    (
        SELECT
            *,
            cityHash64({seed:UInt64}, {host:UInt64}, socket) AS draw,
            cityHash64(draw, 1) AS draw_traffic,
            if(class >= 14, bitShiftRight(draw, 20) % 4, toUInt64(60 * pow((bitShiftRight(draw, 20) % 65536) / 65536, 2))) AS app,
            substring(concat(words[1 + app % 16], ' ', words[1 + intDiv(app, 16) % 16], ' Helper'), 1, 16) AS name,
            300 + cityHash64({seed:UInt64}, {host:UInt64}, app, intDiv(socket + 1000000, 60000)) % 90000 AS pid,
            49152 + bitShiftRight(draw, 40) % 16384 AS local_port,
            [443, 443, 443, 443, 443, 443, 80, 5223, 993, 8443][1 + draw % 10] AS remote_port,
            if(is_udp, 'udp', 'tcp') AS protocol,
            toUInt64(exp(5 + 7 * ((draw_traffic % 4096) / 4096))) * if(bitShiftRight(draw_traffic, 50) % 1000 = 0, 2000, 1)
                AS bytes_out,
            toUInt64(exp(6 + 8 * ((bitShiftRight(draw_traffic, 20) % 4096) / 4096))) AS bytes_in,
            concat(toString(intDiv(age * 720, 1000)), '.', leftPad(toString(age * 720 % 1000), 3, '0')) AS duration,
            concat('flow: 0x', lower(hex(toUInt32(draw % 4294967296)))) AS flow_hash,
            concat('bytes in/out: ', toString(bytes_in), '/', toString(bytes_out), ' pkts in/out: ', toString(1 + intDiv(bytes_in, 9000)), '/',
                   toString(1 + intDiv(bytes_out, 9000))) AS traffic,
            concat(
                multiIf(is_udp, if(is_close, 'udp_connection_summary ', 'udp connect: '),
                        ['tcp connect outgoing: ', 'tcp connected: ', 'tcp_connection_summary (tcp_usrclosed:3210)', 'tcp_connection_summary '][part + 1]),
                '[<IPv4-redacted>:', toString(local_port), '<-><IPv4-redacted>:', toString(remote_port), '] interface: ',
                if(is_udp AND NOT is_close, '', 'en0'), ' (skipped: 871)\\nso_gencnt: ', toString(30000000 + socket * 3),
                if(is_udp, if(is_close, ' so_state: 0x0102', ' so_state: 0x0002'),
                   [' t_state: SYN_SENT', ' t_state: ESTABLISHED', ' t_state: FIN_WAIT_1', ' t_state: FIN_WAIT_1'][part + 1]),
                ' process: ', name, ':', toString(pid), ' ',
                multiIf(
                    is_udp AND is_close, concat('Duration: ', duration, ' sec Conn_Time: ', duration, ' sec ', traffic,
                        ' rxnospace pkts/bytes: 0/0 so_error: 0 svc/tc: 0 ', flow_hash, ' flowctl: 0us (0x) '),
                    is_udp, concat('bytes in/out: 0/0 pkts in/out: 0/0 error: 0 so_error: 0 svc/tc: 0 ', flow_hash),
                    part = 3, 'flowctl: 0us (0x) SYN in/out: 1/1 FIN in/out: 0/0 RST in/out: 0/0 AccECN (client/server): Disabled/Disabled',
                    part = 2, concat('Duration: ', duration, ' sec Conn_Time: 0.028 sec ', traffic,
                        ' pkt rxmit: 0 ooo pkts: 0 dup bytes in: 0 ACKs delayed: 21 delayed ACKs sent: 0\\nrtt: 16.625 ms rttvar: 7.687 ms base rtt: 12 ms so_error: 0 svc/tc: 0 ',
                        flow_hash),
                    concat('SYN in/out: ', if(part = 0, '0/1', '1/1'), ' bytes in/out: 0/0 pkts in/out: 0/0 rtt: 0.0 ms rttvar: 250.0 ms base_rtt: 0 ms error: 0 so_error: 0 svc/tc: 0 ', flow_hash))
            ) AS message
        FROM rows
    )
SELECT concat(
    '{"timezoneName":"","messageType":"Default","eventType":"logEvent","source":null,"formatString":"', protocol,
    ' %s [%s:%u<->%s:%u] interface: %s (skipped: %lu)\\n%s","userID":0,"activityIdentifier":0,"subsystem":"com.apple.xnu.net.', protocol,
    '","category":"","threadID":', toString(1000 + draw % 900000),
    ',"senderImageUUID":"8B1D0C57-7A3E-3C0E-9A55-0C8F1C6B2D11","backtrace":{"frames":[{"imageOffset":4386312,',
    '"imageUUID":"8B1D0C57-7A3E-3C0E-9A55-0C8F1C6B2D11"}]},"bootUUID":"","processImagePath":"\\/kernel","senderImagePath":"\\/kernel",',
    '"timestamp":"', toString(time), '+0000","machTimestamp":', toString(176396721012799 + row * 17280000),
    ',"eventMessage":"', message,
    '","processImageUUID":"8B1D0C57-7A3E-3C0E-9A55-0C8F1C6B2D11","traceID":4730831668842500,"processID":0,',
    '"senderProgramCounter":4386312,"parentActivityIdentifier":0}') AS line
FROM drawn
