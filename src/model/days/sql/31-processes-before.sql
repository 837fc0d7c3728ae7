-- Records of the last five weeks for the processes that today's connections name, by id or by pid, and that today's
-- records do not tell all of.
INSERT INTO {run:Identifier}.process_scope
SELECT 0, * EXCEPT (seen_on, built_on)
FROM day_processes
WHERE seen_on < {day:Date} AND seen_on >= {day:Date} - 35
  AND
  (
      (process_id != 0 AND (host_id, process_id) IN
      (
          SELECT h.seen_as, f.process_id FROM {run:Identifier}.{target:Identifier} AS f
          INNER JOIN {run:Identifier}.hosts AS h ON h.host_id = f.host_id
          WHERE f.process_id != 0
      ))
      OR (pid != 0 AND (host_id, pid) IN
      (
          SELECT h.seen_as, f.pid FROM {run:Identifier}.{target:Identifier} AS f
          INNER JOIN {run:Identifier}.hosts AS h ON h.host_id = f.host_id
          WHERE f.process_id = 0 AND f.pid != 0
      ))
  )
