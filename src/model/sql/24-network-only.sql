-- A network sensor's view of a connection that an endpoint source also reported: the endpoint's row stays, because it
-- knows the process. Matching is on the five-tuple with a minute of clock skew.
INSERT INTO {run:Identifier}.sensor_twins
SELECT DISTINCT n.host_id, n.flow_id, n.session
FROM {run:Identifier}.unresolved AS n
INNER JOIN {run:Identifier}.unresolved AS e
    ON e.local_ip = n.local_ip AND e.local_port = n.local_port AND e.remote_ip = n.remote_ip AND e.remote_port = n.remote_port
WHERE n.source IN {network_only:Array(String)} AND e.source NOT IN {network_only:Array(String)}
  AND n.local_ip != '' AND n.remote_ip != '' AND n.local_port != 0
  AND (e.transport = 'tcp') = (n.transport = 'tcp')
  AND n.start_ts <= addSeconds(e.end_ts, 60) AND n.end_ts >= subtractSeconds(e.start_ts, 60)
