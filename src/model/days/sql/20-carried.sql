-- Connections an earlier day found open: today's records continue its counters. What was counted up to then is taken off
-- whatever the counters say, so that each day has what was sent on it; see model/sql/20-flows.sql for the totals.
-- A connection whose source says nothing until it ends goes on silently, as long as the source speaks of that host.
INSERT INTO {run:Identifier}.carried
WITH
    (values -> arraySum(arrayMap((now, before) -> toUInt64(now - if(now >= before, before, toUInt64(0))), values, arrayPopBack(arrayPushFront(values, toUInt64(0)))))) AS risen,
    arrayFilter(r -> r.ts != 0, any_piece) AS piece,
    nth = 1 AS goes_on,
    if(goes_on, k.level_out, toUInt64(0)) AS base_level_out,
    if(goes_on, k.level_in, toUInt64(0)) AS base_level_in,
    if(goes_on, k.total_out, toUInt64(0)) AS base_total_out,
    if(goes_on, k.total_in, toUInt64(0)) AS base_total_in,
    arrayFilter(r -> r.counter = 2 AND r.out_known, piece) AS rising_out,
    arrayFilter(r -> r.counter = 2 AND r.in_known, piece) AS rising_in,
    arrayFilter(r -> r.counter IN (1, 4), piece) AS steps,
    arraySum(r -> if(empty(rising_out) OR r.ts > rising_out[-1].ts, r.bytes_out, toUInt64(0)), steps) AS later_out,
    arraySum(r -> if(empty(rising_in) OR r.ts > rising_in[-1].ts, r.bytes_in, toUInt64(0)), steps) AS later_in,
    toUInt64(risen(arrayPushFront(arrayMap(r -> r.bytes_out, rising_out), base_level_out)) - base_level_out) + later_out AS counted_out,
    toUInt64(risen(arrayPushFront(arrayMap(r -> r.bytes_in, rising_in), base_level_in)) - base_level_in) + later_in AS counted_in,
    arrayMax(r -> if(r.final = 1, r.bytes_out, toUInt64(0)), any_piece) AS final_out,
    arrayMax(r -> if(r.final = 1, r.bytes_in, toUInt64(0)), any_piece) AS final_in,
    greatest(counted_out, arraySum(r -> r.bytes_out, steps), toUInt64(final_out - least(final_out, base_total_out))) AS sent,
    greatest(counted_in, arraySum(r -> r.bytes_in, steps), toUInt64(final_in - least(final_in, base_total_in))) AS received,
    arrayMin(r -> if(r.start_ts = 0, r.ts, r.start_ts), any_piece) AS piece_start
SELECT
    k.host_id, k.flow_id, nth, empty(piece), k.source,
    if(f.process_id != 0, f.process_id, k.process_id), if(f.pid != 0, f.pid, k.pid), if(f.name != '', f.name, k.name),
    if(f.executable != '', f.executable, k.executable), if(f.transport != '', f.transport, k.transport),
    if(f.local_ip != '', f.local_ip, k.local_ip), if(f.local_port != 0, f.local_port, k.local_port),
    if(f.remote_ip != '', f.remote_ip, k.remote_ip), if(f.remote_port != 0, f.remote_port, k.remote_port),
    if(f.remote_name != '', f.remote_name, k.remote_name), if(f.direction != 'unknown', f.direction, k.direction),
    if(f.interface != '', f.interface, k.interface),
    if(goes_on, if(empty(piece), k.start_ts, least(k.start_ts, piece_start)), piece_start) AS start_ts_,
    if(goes_on, if(k.out_known OR k.in_known, k.last_ts, k.start_ts), piece_start),
    if(empty(piece), k.last_ts, greatest(arrayMax(r -> greatest(r.ts, r.end_ts), any_piece), start_ts_)),
    if(empty(piece), toInt8(1), arrayMax(r -> r.state, any_piece)) AS state_,
    state_ = 2 OR arrayExists(r -> r.final = 1, piece),
    (goes_on AND k.interim) OR arrayExists(r -> r.counter IN (1, 2, 4), piece),
    sent, received, base_total_out + sent, base_total_in + received,
    if(empty(rising_out), base_level_out, rising_out[-1].bytes_out) + later_out,
    if(empty(rising_in), base_level_in, rising_in[-1].bytes_in) + later_in,
    (goes_on AND k.out_known) OR arrayExists(r -> r.out_known, piece),
    (goes_on AND k.in_known) OR arrayExists(r -> r.in_known, piece)
FROM
(
    SELECT
        k.*,
        CAST((0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            'Tuple(ts DateTime64(6, \'UTC\'), final Int8, counter Int8, record_id UInt64, start_ts DateTime64(6, \'UTC\'), end_ts DateTime64(6, \'UTC\'), state Int8, bytes_out UInt64, bytes_in UInt64, out_known UInt8, in_known UInt8)') AS nothing
    FROM {run:Identifier}.carry AS k
) AS k
LEFT JOIN
(
    WITH
        if(o.bytes_out > 1000000000000000, NULL, o.bytes_out) AS out_bytes,
        if(o.bytes_in > 1000000000000000, NULL, o.bytes_in) AS in_bytes
    SELECT
        o.host_id AS host_id, o.flow_id AS flow_id,
        max(o.process_id) AS process_id, max(o.pid) AS pid, max(o.name) AS name,
        max(o.executable) AS executable, max(o.transport) AS transport, max(o.local_ip) AS local_ip,
        max(o.local_port) AS local_port, max(o.remote_ip) AS remote_ip, max(o.remote_port) AS remote_port,
        max(o.remote_name) AS remote_name, max(o.direction) AS direction, max(o.interface) AS interface,
        arraySort(arrayDistinct(groupArray(CAST((o.ts, toInt8(o.counter = 'final'), toInt8(o.counter), if(o.counter IN ('delta', 'sample'), o.record_id, 0), o.start_ts, o.end_ts, toInt8(o.state), ifNull(out_bytes, 0), ifNull(in_bytes, 0), out_bytes IS NOT NULL AND o.counter != 'none', in_bytes IS NOT NULL AND o.counter != 'none'),
            'Tuple(ts DateTime64(6, \'UTC\'), final Int8, counter Int8, record_id UInt64, start_ts DateTime64(6, \'UTC\'), end_ts DateTime64(6, \'UTC\'), state Int8, bytes_out UInt64, bytes_in UInt64, out_known UInt8, in_known UInt8)')))) AS heard,
        -- beside a final record, word that it closed says nothing more, and may come after it
        arrayFilter(r -> NOT (r.state = 2 AND r.counter = 0 AND arrayExists(other -> other.final = 1, heard)), heard) AS records,
        arraySplit((r, before) -> before.final = 1 AND r.ts != before.ts, records, arrayPushFront(arrayPopBack(records), records[1])) AS pieces
    FROM flow_observations AS o
    WHERE o.attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
      AND o.ts >= {since:DateTime64(6, 'UTC')} AND o.ts < {until:DateTime64(6, 'UTC')}
      AND (o.host_id, o.flow_id) IN (SELECT host_id, flow_id FROM {run:Identifier}.carry)
    GROUP BY o.host_id, o.flow_id
) AS f ON f.host_id = k.host_id AND f.flow_id = k.flow_id
ARRAY JOIN
    if(empty(f.pieces), [[k.nothing]], f.pieces) AS any_piece,
    arrayEnumerate(if(empty(f.pieces), [[k.nothing]], f.pieces)) AS nth
WHERE notEmpty(f.pieces)
   OR (NOT k.interim AND (k.host_id, k.source) IN (SELECT host_id, source FROM touched WHERE day = {day:Date} AND flows > 0 AND attempt IN (SELECT attempt FROM {run:Identifier}.attempts)))
