INSERT INTO {run:Identifier}.owners
SELECT host_id, process_id FROM {run:Identifier}.flows GROUP BY host_id, process_id
UNION DISTINCT
SELECT p.host_id, p.process_id FROM {run:Identifier}.processes AS p
INNER JOIN (SELECT identity FROM {run:Identifier}.identities WHERE tool != '') AS i ON i.identity = p.identity
WHERE p.executed AND p.process_id != 0
