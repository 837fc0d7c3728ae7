-- Keys with more than one end: the records in time order are cut after each end, and each piece is a connection whose
-- total is counted as in 20-flows.sql.
INSERT INTO {target_db:Identifier}.{target:Identifier}
WITH
    (values -> arraySum(arrayMap((now, before) -> toUInt64(now - if(now >= before, before, toUInt64(0))), values, arrayPopBack(arrayPushFront(values, toUInt64(0)))))) AS risen,
    arrayFilter(r -> r.counter = 2 AND r.out_known, piece) AS rising_out,
    arrayFilter(r -> r.counter = 2 AND r.in_known, piece) AS rising_in,
    arrayFilter(r -> r.counter IN (1, 4), piece) AS steps,
    risen(arrayMap(r -> r.bytes_out, rising_out)) + arraySum(r -> if(empty(rising_out) OR r.ts > rising_out[-1].ts, r.bytes_out, toUInt64(0)), steps) AS counted_out,
    risen(arrayMap(r -> r.bytes_in, rising_in)) + arraySum(r -> if(empty(rising_in) OR r.ts > rising_in[-1].ts, r.bytes_in, toUInt64(0)), steps) AS counted_in
SELECT
    h.host_id, f.flow_id, session, f.source, f.process_id, f.pid, f.name, f.executable, f.transport, f.local_ip,
    f.local_port, f.remote_ip, f.remote_port, f.remote_name, f.direction, f.interface,
    arrayMin(r -> if(r.start_ts = 0, r.ts, r.start_ts), piece) AS first_ts,
    greatest(arrayMax(r -> greatest(r.ts, r.end_ts), piece), first_ts),
    arrayMax(r -> r.state, piece) = 1,
    greatest(arrayMax(r -> if(r.final = 1, r.bytes_out, toUInt64(0)), piece), counted_out, arraySum(r -> r.bytes_out, steps)),
    greatest(arrayMax(r -> if(r.final = 1, r.bytes_in, toUInt64(0)), piece), counted_in, arraySum(r -> r.bytes_in, steps)),
    arrayMax(r -> r.out_known, piece),
    arrayMax(r -> r.in_known, piece),
    first_ts,
    0
FROM
(
    WITH
        -- more than a petabyte on one connection is a broken counter, not traffic
        if(o.bytes_out > 1000000000000000, NULL, o.bytes_out) AS sent,
        if(o.bytes_in > 1000000000000000, NULL, o.bytes_in) AS received
    SELECT
        o.host_id, o.flow_id,
        any(o.source) AS source, max(o.process_id) AS process_id, max(o.pid) AS pid, max(o.name) AS name,
        max(o.executable) AS executable, max(o.transport) AS transport, max(o.local_ip) AS local_ip,
        max(o.local_port) AS local_port, max(o.remote_ip) AS remote_ip, max(o.remote_port) AS remote_port,
        max(o.remote_name) AS remote_name, max(o.direction) AS direction, max(o.interface) AS interface,
        -- counter: 1 delta, 2 cumulative, 3 final, 4 sample; only differences may be equal and yet not the same record
        arraySort(arrayDistinct(groupArray(CAST((o.ts, toInt8(o.counter = 'final'), toInt8(o.counter), if(o.counter IN ('delta', 'sample'), o.record_id, 0), o.start_ts, o.end_ts, toInt8(o.state), ifNull(sent, 0), ifNull(received, 0), sent IS NOT NULL AND o.counter != 'none', received IS NOT NULL AND o.counter != 'none'),
            'Tuple(ts DateTime64(6, \'UTC\'), final Int8, counter Int8, record_id UInt64, start_ts DateTime64(6, \'UTC\'), end_ts DateTime64(6, \'UTC\'), state Int8, bytes_out UInt64, bytes_in UInt64, out_known UInt8, in_known UInt8)')))) AS records,
        -- arraySplit cuts before each marked element, never before the first: mark what follows an end
        arraySplit((r, before) -> before.final = 1 AND r.ts != before.ts, records, arrayPushFront(arrayPopBack(records), records[1])) AS pieces
    FROM flow_observations AS o
    WHERE o.attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
      AND o.ts >= {since:DateTime64(6, 'UTC')} AND o.ts < {until:DateTime64(6, 'UTC')}
      AND (o.host_id, o.flow_id) IN
      (
          SELECT host_id, flow_id FROM flow_observations
          WHERE counter = 'final' AND attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
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
