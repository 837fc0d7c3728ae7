-- Observations to connections. Every counter semantics, in any mix, order and number of repeats, gives one total:
--   final       the largest value reported at the end of the connection
--   cumulative  the sum of its rises (a fall is a counter that started again)
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
        (values -> arraySum(arrayMap((now, before) -> toUInt64(now - if(now >= before, before, toUInt64(0))), values, arrayPopBack(arrayPushFront(values, toUInt64(0)))))) AS risen,
        -- more than a petabyte on one connection is a broken counter, not traffic
        if(o.bytes_out > 1000000000000000, NULL, o.bytes_out) AS sent,
        if(o.bytes_in > 1000000000000000, NULL, o.bytes_in) AS received
    SELECT
        o.host_id, o.flow_id,
        any(o.source) AS source, max(o.process_id) AS process_id, max(o.pid) AS pid, max(o.name) AS name,
        max(o.executable) AS executable, max(o.transport) AS transport, max(o.local_ip) AS local_ip,
        max(o.local_port) AS local_port, max(o.remote_ip) AS remote_ip, max(o.remote_port) AS remote_port,
        max(o.remote_name) AS remote_name, max(o.direction) AS direction, max(o.interface) AS interface,
        min(if(o.start_ts = 0, o.ts, o.start_ts)) AS first_ts,
        max(greatest(o.ts, o.end_ts)) AS last_ts,
        max(o.state) AS state,
        arraySort(arrayDistinct(groupArrayIf((o.ts, ifNull(sent, 0), ifNull(received, 0), sent IS NOT NULL, received IS NOT NULL), o.counter = 'cumulative'))) AS rising,
        arrayFilter(r -> r.4, rising) AS rising_out,
        arrayFilter(r -> r.5, rising) AS rising_in,
        arrayDistinct(groupArrayIf((o.record_id, o.ts, ifNull(sent, 0), ifNull(received, 0)), o.counter IN ('delta', 'sample'))) AS steps,
        maxIf(ifNull(sent, 0), o.counter = 'final') AS final_out,
        maxIf(ifNull(received, 0), o.counter = 'final') AS final_in,
        countIf(sent IS NOT NULL AND o.counter != 'none') > 0 AS out_known,
        countIf(received IS NOT NULL AND o.counter != 'none') > 0 AS in_known,
        risen(arrayMap(r -> r.2, rising_out)) + arraySum(s -> if(empty(rising_out) OR s.2 > rising_out[-1].1, s.3, toUInt64(0)), steps) AS counted_out,
        risen(arrayMap(r -> r.3, rising_in)) + arraySum(s -> if(empty(rising_in) OR s.2 > rising_in[-1].1, s.4, toUInt64(0)), steps) AS counted_in,
        greatest(final_out, counted_out, arraySum(s -> s.3, steps)) AS total_out,
        greatest(final_in, counted_in, arraySum(s -> s.4, steps)) AS total_in
    FROM flow_observations AS o
    WHERE o.attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
      AND o.ts >= {since:DateTime64(6, 'UTC')} AND o.ts < {until:DateTime64(6, 'UTC')}
      AND (o.host_id, o.flow_id) NOT IN (SELECT host_id, flow_id FROM {run:Identifier}.carry)
    GROUP BY o.host_id, o.flow_id
    HAVING minIf(o.ts, o.counter = 'final') = maxIf(o.ts, o.counter = 'final') OR countIf(o.counter = 'final') = 0
) AS f
INNER JOIN {run:Identifier}.hosts AS h ON h.seen_as = f.host_id
SETTINGS optimize_aggregation_in_order = 1, aggregation_in_order_max_block_bytes = 4000000, max_block_size = 8192
