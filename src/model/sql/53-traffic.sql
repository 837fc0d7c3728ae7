INSERT INTO {run:Identifier}.traffic
SELECT host_id, actor_id, process_id, sum(bytes_out), count()
FROM {run:Identifier}.connections
WHERE scope = 'external'
GROUP BY host_id, actor_id, process_id
