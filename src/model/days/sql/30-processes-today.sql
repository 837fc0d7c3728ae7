INSERT INTO {run:Identifier}.process_scope
SELECT 0, * EXCEPT (seen_on, built_on)
FROM {run:Identifier}.day_processes
