-- Whose connection: the process of that pid that had most recently started when the connection began (a second of
-- slack for rounding), provided the names agree and it had not exited before. Records may arrive in any order: this
-- is asked when reading. Who cannot be resolved keeps the name the source gave.
INSERT INTO {run:Identifier}.flows
SELECT
    f.host_id, f.flow_id, f.session, f.source,
    if(
        p.process_id != 0
        AND (p.process_end = 0 OR p.process_end >= subtractSeconds(f.start_ts, 1))
        AND (f.name = '' OR startsWith(p.process_name, f.name) OR startsWith(splitByChar('/', p.process_executable)[-1], f.name)
             OR startsWith(splitByChar('/', p.script)[-1], f.name) OR (f.executable != '' AND f.executable = p.process_executable)),
        p.process_id,
        sipHash64(f.host_id, 'name', f.pid, f.name, f.executable)
    ),
    f.pid, f.name, f.executable, f.transport, f.local_ip, f.local_port, f.remote_ip, f.remote_port, f.remote_name,
    f.direction, f.interface, f.start_ts, f.end_ts, f.open, f.bytes_out, f.bytes_in, f.out_known, f.in_known,
    f.counted_ts, f.carried
FROM
(
    SELECT *, addSeconds(start_ts, 1) AS not_after FROM {run:Identifier}.unresolved WHERE process_id = 0 AND pid != 0
) AS f
ASOF LEFT JOIN
(
    SELECT host_id, pid, start_ts AS process_start, end_ts AS process_end, process_id, name AS process_name, executable AS process_executable, script
    FROM {run:Identifier}.processes WHERE pid != 0
) AS p
ON p.host_id = f.host_id AND p.pid = f.pid AND p.process_start <= f.not_after
WHERE (f.host_id, f.flow_id, f.session) NOT IN (SELECT host_id, flow_id, session FROM {run:Identifier}.sensor_twins)
UNION ALL
SELECT
    host_id, flow_id, session, source,
    if(process_id != 0, process_id, if(name = '' AND executable = '', 0, sipHash64(host_id, 'name', pid, name, executable))),
    pid, name, executable, transport, local_ip, local_port, remote_ip, remote_port, remote_name, direction, interface,
    start_ts, end_ts, open, bytes_out, bytes_in, out_known, in_known, counted_ts, carried
FROM {run:Identifier}.unresolved
WHERE NOT (process_id = 0 AND pid != 0)
  AND (host_id, flow_id, session) NOT IN (SELECT host_id, flow_id, session FROM {run:Identifier}.sensor_twins)
