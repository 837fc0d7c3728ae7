-- The tries that brought records of this day. 0 stands for condensed records.
INSERT INTO {run:Identifier}.attempts
SELECT attempt, source, file
FROM counted_attempts
WHERE attempt IN (SELECT attempt FROM touched WHERE day = {day:Date})
UNION ALL
SELECT 0, '', ''
