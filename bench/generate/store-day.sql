-- One UTC day of a fleet of {hosts} Macs as Elastic Defend would have reported it: {flows} flow observations, two for each
-- connection, and the start of 40 programs on each Mac. Straight into `landing`; every value is a hash of a row number,
-- the day and the seed.
INSERT INTO landing
    (attempt, source, kind, host_id, host_name, ts, process_id, parent_process_id, pid, name, executable, signing_id, team_id,
     platform_binary, code_signed, code_trusted, code_subject, process_event, user, uid, start_ts, end_ts, flow_id, transport,
     local_ip, local_port, remote_ip, remote_port, remote_name, direction, state, counter, bytes_out, bytes_in, record_id)
WITH
    toDateTime64({day:String}, 6, 'UTC') AS midnight,
    toUInt32(number % {hosts:UInt32}) AS host,
    cityHash64(intDiv(number, {hosts:UInt32}), host, {day:String}, {seed:UInt64}) AS h,
    intDiv(number, {hosts:UInt32}) < 40 AS is_process,
    -- a Mac has 40 of 300 programs; a few are used most
    if(is_process, intDiv(number, {hosts:UInt32}), toUInt32(40 * pow((h % 1000) / 1000, 2))) AS slot,
    toUInt32((slot < 12 ? slot : cityHash64(host, slot, {seed:UInt64}) % 300)) AS app,
    sipHash64('process', host, slot, {day:String}) AS process,
    intDiv(number - 40 * {hosts:UInt32}, 2 * {hosts:UInt32}) AS connection,
    cityHash64('connection', connection, host, {day:String}, {seed:UInt64}) AS c,
    toUInt32(40 * pow((c % 1000) / 1000, 2)) AS c_slot,
    toUInt32((c_slot < 12 ? c_slot : cityHash64(host, c_slot, {seed:UInt64}) % 300)) AS c_app,
    sipHash64('process', host, c_slot, {day:String}) AS c_process,
    intDiv(number - 40 * {hosts:UInt32}, {hosts:UInt32}) % 2 = 1 AS is_end,
    bitShiftRight(c, 8) % 86000 AS second,
    -- most connections last seconds, one in twenty an hour or more
    if(bitShiftRight(c, 20) % 20 = 0, 3600 + bitShiftRight(c, 24) % 20000, bitShiftRight(c, 24) % 120) AS lasts,
    addMicroseconds(midnight, second * 1000000 + bitShiftRight(c, 30) % 1000000) AS begins,
    least(addSeconds(begins, lasts), addMicroseconds(midnight, 86399999999)) AS ends,
    -- a program has 12 places of its own and goes to a long tail once in ten times
    if(bitShiftRight(c, 36) % 10 = 0, 100000 + cityHash64(host, bitShiftRight(c, 40) % 60) % 40000, c_app * 12 + toUInt32(12 * pow((bitShiftRight(c, 40) % 100) / 100, 2))) AS place,
    toUInt64(exp(5 + 8 * ((bitShiftRight(c, 44) % 1000) / 1000))) AS sent
SELECT
    {attempt:UInt64}, 'elastic-defend', if(is_process, 'process', 'flow'),
    concat('host-', leftPad(toString(host), 5, '0')), concat('MAC-', leftPad(toString(host), 5, '0')),
    if(is_process, addSeconds(midnight, slot), if(is_end, ends, begins)),
    if(is_process, process, c_process), sipHash64('launchd', host), if(is_process, 1000 + slot, 1000 + c_slot),
    concat('App', toString(if(is_process, app, c_app))),
    concat('/Applications/App', toString(if(is_process, app, c_app)), '.app/Contents/MacOS/App', toString(if(is_process, app, c_app))),
    concat('com.example.app', toString(if(is_process, app, c_app))), leftPad(toString(if(is_process, app, c_app)), 10, 'T'),
    0, 1, 1, concat('Developer ID Application: Example ', toString(if(is_process, app, c_app))),
    if(is_process, 'exec', 'none'), 'user', 501,
    if(is_process, addSeconds(midnight, slot), begins), if(is_process OR NOT is_end, toDateTime64(0, 6, 'UTC'), ends),
    if(is_process, 0, sipHash64('flow', host, connection, {day:String})), 'tcp', '10.0.0.2', toUInt16(20000 + connection % 40000),
    IPv4NumToString(toUInt32(16777216 + cityHash64(place) % 3000000000)), 443, concat('site', toString(place), '.example-', toString(place % 50), '.com'), 'egress',
    if(is_end, 'closed', 'open'), if(is_end, 'final', 'none'),
    if(is_process OR NOT is_end, NULL, sent), if(is_process OR NOT is_end, NULL, sent * 3), h
FROM numbers(40 * {hosts:UInt64} + {flows:UInt64})
