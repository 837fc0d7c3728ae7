-- Observations to connections. Every counter semantics, in any mix, order and number of repeats, gives one total:
--   final       the largest value reported at the end of the connection
--   cumulative  the sum of its rises (a fall is a counter that started again); the largest where keys last for ever
--   delta       the sum of distinct records; those after the last cumulative value add to it
-- and the connection carried the largest of the three.
-- Keys that saw more than one end (a port used again) are left to 21-flow-sessions.sql; those an earlier day found open
-- to days/sql/carried.sql.
INSERT INTO {target_db:Identifier}.{target:Identifier}
SELECT
    h.host_id, f.flow_id, 0, f.source, f.process_id, f.pid, f.name, f.executable, f.transport, f.local_ip,
    f.local_port, f.remote_ip, f.remote_port, f.remote_name, f.direction, f.interface, f.first_ts,
    greatest(f.last_ts, f.first_ts), f.state = 'open', f.total_out, f.total_in, f.out_known, f.in_known, f.first_ts, 0
FROM
(
    WITH
        {{fragments/counters}},
        believed(o.bytes_out) AS sent,
        believed(o.bytes_in) AS received
    SELECT
        o.host_id, o.flow_id,
        {{fragments/socket}},
        any(o.source) IN {lasting:Array(String)} AS lasting,
        min(if(o.start_ts = 0, o.ts, o.start_ts)) AS first_ts,
        max(greatest(o.ts, o.end_ts)) AS last_ts,
        max(o.state) AS state,
        maxIf(ifNull(sent, 0), o.counter = 'final') AS final_out,
        maxIf(ifNull(received, 0), o.counter = 'final') AS final_in,
        {{fragments/totals}},
        greatest(final_out, counted_out, stepped_out) AS total_out,
        greatest(final_in, counted_in, stepped_in) AS total_in
    FROM flow_observations AS o
    WHERE o.attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
      AND o.ts >= {since:DateTime64(6, 'UTC')} AND o.ts < {until:DateTime64(6, 'UTC')}
      AND (o.host_id, o.flow_id) NOT IN (SELECT host_id, flow_id FROM {run:Identifier}.carry)
    GROUP BY o.host_id, o.flow_id
    HAVING minIf(o.ts, o.counter = 'final') = maxIf(o.ts, o.counter = 'final') OR countIf(o.counter = 'final') = 0
        OR any(o.source) IN {lasting:Array(String)}
) AS f
INNER JOIN {run:Identifier}.hosts AS h ON h.seen_as = f.host_id
SETTINGS optimize_aggregation_in_order = 1, aggregation_in_order_max_block_bytes = 4000000, max_block_size = 8192
