-- What this day hands over: connections that have not ended, with where their counters stand. Those whose source
-- reports while they last are given up after a silent day, any others after five weeks or with their process.
INSERT INTO {run:Identifier}.day_carry
WITH
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
        greatest(counted_out, stepped_out), greatest(counted_in, stepped_in), reached_out, reached_in,
        out_known, in_known
    FROM
    (
        WITH
            {{../../sql/fragments/counters}},
            believed(o.bytes_out) AS sent,
            believed(o.bytes_in) AS received
        SELECT
            o.host_id AS host_id, o.flow_id AS flow_id,
            {{../../sql/fragments/socket}},
            min(if(o.start_ts = 0, o.ts, o.start_ts)) AS start_ts,
            max(greatest(o.ts, o.end_ts)) AS last_ts,
            any(o.source) IN {lasting:Array(String)} AS lasting,
            max(o.counter IN ('delta', 'cumulative', 'sample')) AS interim,
            max(o.state = 'open') AS opened,
            {{../../sql/fragments/totals}}
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
