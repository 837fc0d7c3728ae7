-- Subjects that were a finding of medium or above in the time the frozen baseline {version:String} was learned from.
INSERT INTO {run:Identifier}.pressing
SELECT DISTINCT e.host_id, sipHash64(e.actor)
FROM evaluations AS e
INNER JOIN (SELECT learned_from, applies_from FROM baseline_versions WHERE version = {version:String} LIMIT 1) AS v ON 1 = 1
WHERE e.severity IN ('medium', 'high', 'critical') AND e.evaluated_on >= v.learned_from AND e.evaluated_on < v.applies_from
