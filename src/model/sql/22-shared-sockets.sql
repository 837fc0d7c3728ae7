INSERT INTO {run:Identifier}.shared_sockets
SELECT host_id, pid, local_port, remote_port, transport = 'tcp' AS tcp
FROM {run:Identifier}.seen
WHERE pid != 0 AND local_port != 0
GROUP BY host_id, pid, local_port, remote_port, tcp
HAVING count() > 1
