-- One level up: earlier records of parents that nothing in scope tells of yet.
INSERT INTO {run:Identifier}.process_scope
SELECT 0, * EXCEPT (seen_on, built_on)
FROM day_processes
WHERE seen_on < {day:Date} AND seen_on >= {day:Date} - 35
  AND (host_id, process_id) IN
  (
      SELECT host_id, parent_process_id FROM {run:Identifier}.process_scope
      WHERE parent_process_id != 0
        AND (host_id, parent_process_id) NOT IN
        (SELECT host_id, process_id FROM {run:Identifier}.process_scope WHERE process_event = 'exec' OR ts < {since:DateTime64(6, 'UTC')})
  )
