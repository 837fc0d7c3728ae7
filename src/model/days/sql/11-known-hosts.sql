-- Names of the last week: a source that names its host by file name may be silent today.
INSERT INTO {run:Identifier}.known_hosts
SELECT seen_as, max(seen_name)
FROM day_hosts
WHERE seen_on < {day:Date} AND seen_on >= {day:Date} - 7
GROUP BY seen_as
