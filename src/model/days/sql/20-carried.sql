-- Connections an earlier day found open: today's records continue its counters. What was counted up to then is taken off
-- whatever the counters say, so that each day has what was sent on it; see model/sql/20-flows.sql for the totals.
-- A connection whose source says nothing until it ends goes on silently, as long as the source speaks of that host.
INSERT INTO {run:Identifier}.carried
WITH
    {{../../sql/fragments/counters}},
    arrayFilter(r -> r.ts != 0, any_piece) AS piece,
    k.source IN {lasting:Array(String)} AS lasting,
    nth = 1 AS goes_on,
    if(goes_on, k.level_out, toUInt64(0)) AS base_out,
    if(goes_on, k.level_in, toUInt64(0)) AS base_in,
    if(goes_on, k.total_out, toUInt64(0)) AS base_total_out,
    if(goes_on, k.total_in, toUInt64(0)) AS base_total_in,
    {{../../sql/fragments/piece}},
    greatest(counted_out, stepped_out, toUInt64(final_out - least(final_out, base_total_out))) AS sent_today,
    greatest(counted_in, stepped_in, toUInt64(final_in - least(final_in, base_total_in))) AS received_today,
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
    sent_today, received_today, base_total_out + sent_today, base_total_in + received_today, reached_out, reached_in,
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
        {{../../sql/fragments/counters}},
        believed(o.bytes_out) AS sent,
        believed(o.bytes_in) AS received
    SELECT
        o.host_id AS host_id, o.flow_id AS flow_id,
        {{../../sql/fragments/socket}},
        {{../../sql/fragments/records}} AS heard,
        -- beside a final record, word that it closed says nothing more, and may come after it
        arrayFilter(r -> NOT (r.state = 2 AND r.counter = 0 AND arrayExists(other -> other.final = 1, heard)), heard) AS records,
        arraySplit((r, before) -> NOT any(o.source) IN {lasting:Array(String)} AND before.final = 1 AND r.ts != before.ts, records, arrayPushFront(arrayPopBack(records), records[1])) AS pieces
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
