-- Records of the last five weeks for the processes that today's connections name, by id or by pid, and that today's
-- records do not tell all of.
INSERT INTO {run:Identifier}.process_scope
    (attempt, source, host_id, ts, process_id, parent_process_id, responsible_process_id, pid, ppid, name, executable,
     parent_executable, responsible_executable, args, script, cwd, user, uid, session, process_event, signing_id, team_id,
     cdhash, platform_binary, cs_flags, cs_category, code_signed, code_trusted, code_subject, start_ts, end_ts)
SELECT 0, source, host_id, ts, process_id, parent_process_id, responsible_process_id, pid, ppid, name, executable,
    parent_executable, responsible_executable, args, script, cwd, user, uid, session, process_event, signing_id, team_id,
    cdhash, platform_binary, cs_flags, cs_category, code_signed, code_trusted, code_subject, start_ts, end_ts
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
