-- The processes that are asked about (standing_processes), as the last day that saw them knew them, and who started them.

INSERT INTO {run:Identifier}.processes
SELECT * EXCEPT (seen_on, built_on)
FROM day_owners
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
  AND (host_id, process_id) IN (SELECT host_id, process_id FROM {run:Identifier}.standing_processes)
ORDER BY seen_on DESC
LIMIT 1 BY host_id, process_id;

INSERT INTO {run:Identifier}.ancestry
SELECT host_id, process_id, level, ancestor_id, executable, identity
FROM day_ancestry
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
  AND (host_id, process_id) IN (SELECT host_id, process_id FROM {run:Identifier}.standing_processes)
ORDER BY seen_on DESC
LIMIT 1 BY host_id, process_id, level;
