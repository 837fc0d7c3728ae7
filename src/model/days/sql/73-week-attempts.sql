-- The tries behind the week's records, so that a finding can name its files.
INSERT INTO {run:Identifier}.attempts
SELECT attempt, source, file FROM counted_attempts
WHERE attempt IN (SELECT attempt FROM touched WHERE day >= {since_day:Date} AND day <= {until_day:Date})
