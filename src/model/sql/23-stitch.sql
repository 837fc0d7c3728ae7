-- The same socket seen by several records that do not share a key (kernel and libnetwork, or two sources on one host):
-- connections of one process with the same ports that overlap in time are one, which carried the largest report.
-- Two seconds of slack absorb the rounding of durations.
INSERT INTO {run:Identifier}.unresolved
SELECT
    host_id, min(flow_id), min(session), max(source), max(process_id), pid, max(name), max(executable),
    if(max(transport = 'quic'), 'quic', max(transport)), max(local_ip), local_port, max(remote_ip), remote_port,
    max(remote_name), max(direction), max(interface), min(start_ts), max(end_ts), min(open), max(bytes_out), max(bytes_in),
    max(out_known), max(in_known), if(max(carried), max(counted_ts), min(counted_ts)), max(carried)
FROM
(
    SELECT *, sum(begins) OVER socket AS cluster
    FROM
    (
        SELECT *,
            start_ts > addSeconds(max(end_ts) OVER (socket ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 2) AS begins
        FROM
        (
            SELECT *,
                if(transport = 'tcp', 'tcp', 'udp') AS carrier,
                if(uniqExactIf(remote_ip, remote_ip != '') OVER (PARTITION BY host_id, pid, carrier, local_port, remote_port) > 1, remote_ip, '') AS peer
            FROM {run:Identifier}.seen
            WHERE (host_id, pid, local_port, remote_port, transport = 'tcp') IN (SELECT * FROM {run:Identifier}.shared_sockets)
        )
        WINDOW socket AS (PARTITION BY host_id, pid, carrier, local_port, remote_port, peer ORDER BY start_ts, end_ts, flow_id, session)
    )
    WINDOW socket AS (PARTITION BY host_id, pid, carrier, local_port, remote_port, peer ORDER BY start_ts, end_ts, flow_id, session ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
GROUP BY host_id, pid, carrier, local_port, remote_port, peer, cluster
UNION ALL
SELECT * FROM {run:Identifier}.seen
WHERE (host_id, pid, local_port, remote_port, transport = 'tcp') NOT IN (SELECT * FROM {run:Identifier}.shared_sockets)
  -- left to 23-stitch-sensors.sql
  AND NOT (pid = 0 AND process_id = 0 AND source IN {network_only:Array(String)}
      AND (host_id, local_ip, local_port, remote_ip, remote_port, transport = 'tcp') IN (SELECT * FROM {run:Identifier}.sensed_twice))
