INSERT INTO {run:Identifier}.sensed_twice
SELECT host_id, local_ip, local_port, remote_ip, remote_port, transport = 'tcp' AS tcp
FROM {run:Identifier}.seen
WHERE pid = 0 AND process_id = 0 AND source IN {network_only:Array(String)} AND local_ip != '' AND local_port != 0 AND remote_ip != ''
GROUP BY host_id, local_ip, local_port, remote_ip, remote_port, tcp
HAVING count() > 1
