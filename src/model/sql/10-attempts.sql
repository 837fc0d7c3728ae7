INSERT INTO {run:Identifier}.attempts
SELECT attempt, source, file
FROM counted_attempts
