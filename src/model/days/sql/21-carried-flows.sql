INSERT INTO {target_db:Identifier}.{target:Identifier}
SELECT
    h.host_id, c.flow_id, c.nth - 1, c.source, c.process_id, c.pid, c.name, c.executable, c.transport, c.local_ip,
    c.local_port, c.remote_ip, c.remote_port, c.remote_name, c.direction, c.interface, c.start_ts,
    greatest(c.last_ts, c.start_ts), NOT c.ended AND c.state = 1, c.bytes_out, c.bytes_in, c.out_known, c.in_known, c.counted_ts, c.nth = 1
FROM {run:Identifier}.carried AS c
INNER JOIN {run:Identifier}.hosts AS h ON h.seen_as = c.host_id
