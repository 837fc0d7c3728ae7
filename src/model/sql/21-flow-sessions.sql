-- Keys with more than one end, unless their source never uses one again: the records in time order are cut after each end, and each piece is a connection whose
-- total is counted as in 20-flows.sql.
INSERT INTO {target_db:Identifier}.{target:Identifier}
WITH
    {{fragments/counters}},
    toUInt8(0) AS lasting,
    toUInt64(0) AS base_out,
    toUInt64(0) AS base_in,
    {{fragments/piece}}
SELECT
    h.host_id, f.flow_id, session, f.source, f.process_id, f.pid, f.name, f.executable, f.transport, f.local_ip,
    f.local_port, f.remote_ip, f.remote_port, f.remote_name, f.direction, f.interface,
    arrayMin(r -> if(r.start_ts = 0, r.ts, r.start_ts), piece) AS first_ts,
    greatest(arrayMax(r -> greatest(r.ts, r.end_ts), piece), first_ts),
    arrayMax(r -> r.state, piece) = 1,
    greatest(final_out, counted_out, stepped_out),
    greatest(final_in, counted_in, stepped_in),
    arrayMax(r -> r.out_known, piece),
    arrayMax(r -> r.in_known, piece),
    first_ts,
    0
FROM
(
    WITH
        {{fragments/counters}},
        believed(o.bytes_out) AS sent,
        believed(o.bytes_in) AS received
    SELECT
        o.host_id, o.flow_id,
        {{fragments/socket}},
        {{fragments/records}} AS records,
        -- arraySplit cuts before each marked element, never before the first: mark what follows an end
        arraySplit((r, before) -> before.final = 1 AND r.ts != before.ts, records, arrayPushFront(arrayPopBack(records), records[1])) AS pieces
    FROM flow_observations AS o
    WHERE o.attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
      AND o.ts >= {since:DateTime64(6, 'UTC')} AND o.ts < {until:DateTime64(6, 'UTC')}
      AND (o.host_id, o.flow_id) IN
      (
          SELECT host_id, flow_id FROM flow_observations
          WHERE counter = 'final' AND source NOT IN {lasting:Array(String)}
            AND attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
            AND ts >= {since:DateTime64(6, 'UTC')} AND ts < {until:DateTime64(6, 'UTC')}
          GROUP BY host_id, flow_id
          HAVING min(ts) != max(ts)
      )
      AND (o.host_id, o.flow_id) NOT IN (SELECT host_id, flow_id FROM {run:Identifier}.carry)
    GROUP BY o.host_id, o.flow_id
) AS f
ARRAY JOIN pieces AS piece, arrayEnumerate(pieces) AS session
INNER JOIN {run:Identifier}.hosts AS h ON h.seen_as = f.host_id
SETTINGS optimize_aggregation_in_order = 1, aggregation_in_order_max_block_bytes = 4000000, max_block_size = 8192
