-- One connection seen by several sensors, taps or workers of one sensor, each of which gave it a key of its own: the same
-- addresses, ports and protocol, overlapping, and begun within a second of each other. It carried the largest report.
-- The second absorbs clocks; a hundredth of one, that a connection of one packet lasts no time. A port used again begins
-- after the connection before it has ended.
INSERT INTO {run:Identifier}.unresolved
SELECT
    host_id, min(flow_id), min(session), max(source), 0, 0, max(name), max(executable),
    if(max(transport = 'quic'), 'quic', max(transport)), local_ip, local_port, remote_ip, remote_port,
    max(remote_name), max(direction), max(interface), min(start_ts), max(end_ts), min(open), max(bytes_out), max(bytes_in),
    max(out_known), max(in_known), if(max(carried), max(counted_ts), min(counted_ts)), max(carried)
FROM
(
    SELECT *, sum(begins) OVER (PARTITION BY host_id, tcp, local_ip, local_port, remote_ip, remote_port
        ORDER BY start_ts, end_ts, flow_id, session ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS cluster
    FROM
    (
        SELECT *,
            transport = 'tcp' AS tcp,
            start_ts > addSeconds(max(start_ts) OVER before, 1)
                OR start_ts > addMilliseconds(max(end_ts) OVER before, 10) AS begins
        FROM {run:Identifier}.seen
        WHERE pid = 0 AND process_id = 0 AND source IN {network_only:Array(String)}
          AND (host_id, local_ip, local_port, remote_ip, remote_port, transport = 'tcp') IN (SELECT * FROM {run:Identifier}.sensed_twice)
        WINDOW before AS (PARTITION BY host_id, tcp, local_ip, local_port, remote_ip, remote_port
            ORDER BY start_ts, end_ts, flow_id, session ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    )
)
GROUP BY host_id, tcp, local_ip, local_port, remote_ip, remote_port, cluster
