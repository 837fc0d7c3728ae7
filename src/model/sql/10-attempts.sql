INSERT INTO {run:Identifier}.attempts
SELECT attempt, source, any(file)
FROM batches
WHERE state = 'done'
GROUP BY attempt, source
