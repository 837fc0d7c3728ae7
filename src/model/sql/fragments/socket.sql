-- Every record of a connection may know a part of who and where it is.
any(o.source) AS source, max(o.process_id) AS process_id, max(o.pid) AS pid, max(o.name) AS name,
max(o.executable) AS executable, max(o.transport) AS transport, max(o.local_ip) AS local_ip,
max(o.local_port) AS local_port, max(o.remote_ip) AS remote_ip, max(o.remote_port) AS remote_port,
max(o.remote_name) AS remote_name, max(o.direction) AS direction, max(o.interface) AS interface
