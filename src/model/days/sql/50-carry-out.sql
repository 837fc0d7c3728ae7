-- What this day hands over: connections that have not ended, with where their counters stand. Those whose source
-- reports while they last are given up after a silent day, any others after five weeks or with their process.
INSERT INTO {run:Identifier}.day_carry
WITH
    (values -> arraySum(arrayMap((now, before) -> toUInt64(now - if(now >= before, before, toUInt64(0))), values, arrayPopBack(arrayPushFront(values, toUInt64(0)))))) AS risen,
    gone AS
    (
        SELECT h.seen_as, f.flow_id
        FROM (SELECT host_id, flow_id, process_id FROM {run:Identifier}.flows WHERE open) AS f
        INNER JOIN (SELECT host_id, process_id FROM {run:Identifier}.processes WHERE end_ts != 0) AS p
            ON p.host_id = f.host_id AND p.process_id = f.process_id
        INNER JOIN {run:Identifier}.hosts AS h ON h.host_id = f.host_id
    )
SELECT
    {day:Date}, host_id, flow_id, source, process_id, pid, name, executable, transport, local_ip, local_port, remote_ip,
    remote_port, remote_name, direction, interface, start_ts, last_ts, interim, total_out, total_in, level_out, level_in,
    out_known, in_known, today()
FROM
(
    -- still open from before
    SELECT
        host_id, flow_id, source, process_id, pid, name, executable, transport, local_ip, local_port, remote_ip,
        remote_port, remote_name, direction, interface, start_ts, last_ts, interim, total_out, total_in, level_out, level_in,
        out_known, in_known
    FROM {run:Identifier}.carried
    WHERE NOT ended
    ORDER BY nth DESC
    LIMIT 1 BY host_id, flow_id
    UNION ALL
    -- open, and its source is silent about the host today
    SELECT
        host_id, flow_id, source, process_id, pid, name, executable, transport, local_ip, local_port, remote_ip,
        remote_port, remote_name, direction, interface, start_ts, last_ts, interim, total_out, total_in, level_out, level_in,
        out_known, in_known
    FROM {run:Identifier}.carry
    WHERE NOT interim AND (host_id, flow_id) NOT IN (SELECT host_id, flow_id FROM {run:Identifier}.carried)
    UNION ALL
    -- new today: what came after the last end
    SELECT
        host_id, flow_id, source, process_id, pid, name, executable, transport, local_ip, local_port, remote_ip,
        remote_port, remote_name, direction, interface, start_ts, last_ts, interim,
        greatest(counted_out, arraySum(s -> s.3, steps)), greatest(counted_in, arraySum(s -> s.4, steps)),
        if(empty(rising_out), 0, rising_out[-1].2) + later_out, if(empty(rising_in), 0, rising_in[-1].3) + later_in,
        out_known, in_known
    FROM
    (
        WITH
            if(o.bytes_out > 1000000000000000, NULL, o.bytes_out) AS sent,
            if(o.bytes_in > 1000000000000000, NULL, o.bytes_in) AS received
        SELECT
            o.host_id AS host_id, o.flow_id AS flow_id,
            any(o.source) AS source, max(o.process_id) AS process_id, max(o.pid) AS pid, max(o.name) AS name,
            max(o.executable) AS executable, max(o.transport) AS transport, max(o.local_ip) AS local_ip,
            max(o.local_port) AS local_port, max(o.remote_ip) AS remote_ip, max(o.remote_port) AS remote_port,
            max(o.remote_name) AS remote_name, max(o.direction) AS direction, max(o.interface) AS interface,
            min(if(o.start_ts = 0, o.ts, o.start_ts)) AS start_ts,
            max(greatest(o.ts, o.end_ts)) AS last_ts,
            max(o.counter IN ('delta', 'cumulative', 'sample')) AS interim,
            max(o.state = 'open') AS opened,
            arraySort(arrayDistinct(groupArrayIf((o.ts, ifNull(sent, 0), ifNull(received, 0), sent IS NOT NULL, received IS NOT NULL), o.counter = 'cumulative'))) AS rising,
            arrayFilter(r -> r.4, rising) AS rising_out,
            arrayFilter(r -> r.5, rising) AS rising_in,
            arrayDistinct(groupArrayIf((o.record_id, o.ts, ifNull(sent, 0), ifNull(received, 0)), o.counter IN ('delta', 'sample'))) AS steps,
            countIf(sent IS NOT NULL AND o.counter != 'none') > 0 AS out_known,
            countIf(received IS NOT NULL AND o.counter != 'none') > 0 AS in_known,
            arraySum(s -> if(empty(rising_out) OR s.2 > rising_out[-1].1, s.3, toUInt64(0)), steps) AS later_out,
            arraySum(s -> if(empty(rising_in) OR s.2 > rising_in[-1].1, s.4, toUInt64(0)), steps) AS later_in,
            risen(arrayMap(r -> r.2, rising_out)) + later_out AS counted_out,
            risen(arrayMap(r -> r.3, rising_in)) + later_in AS counted_in
        FROM flow_observations AS o
        INNER JOIN
        (
            SELECT host_id, flow_id, maxIf(ts, counter = 'final') AS ended_ts
            FROM flow_observations
            WHERE attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
              AND ts >= {since:DateTime64(6, 'UTC')} AND ts < {until:DateTime64(6, 'UTC')}
              AND (host_id, flow_id) NOT IN (SELECT host_id, flow_id FROM {run:Identifier}.carry)
            GROUP BY host_id, flow_id
            HAVING max(ts) > ended_ts AND argMax(state, (ts, state)) != 'closed'
               AND (max(state) = 'open' OR max(counter IN ('delta', 'cumulative', 'sample')))
        ) AS k ON k.host_id = o.host_id AND k.flow_id = o.flow_id
        WHERE o.attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
          AND o.ts >= {since:DateTime64(6, 'UTC')} AND o.ts < {until:DateTime64(6, 'UTC')} AND o.ts > k.ended_ts
        GROUP BY o.host_id, o.flow_id
    )
    WHERE opened OR interim
)
WHERE (host_id, flow_id) NOT IN (SELECT * FROM gone)
  AND last_ts >= if(interim, toDateTime64({since:DateTime64(6, 'UTC')}, 6, 'UTC'), subtractDays({since:DateTime64(6, 'UTC')}, 35))
