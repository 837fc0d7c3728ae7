-- One level up: earlier records of parents that nothing in scope tells of yet.
INSERT INTO {run:Identifier}.process_scope
    (attempt, source, host_id, ts, process_id, parent_process_id, responsible_process_id, pid, ppid, name, executable,
     parent_executable, responsible_executable, args, script, cwd, user, uid, session, process_event, signing_id, team_id,
     cdhash, platform_binary, cs_flags, cs_category, code_signed, code_trusted, code_subject, start_ts, end_ts)
SELECT 0, source, host_id, ts, process_id, parent_process_id, responsible_process_id, pid, ppid, name, executable,
    parent_executable, responsible_executable, args, script, cwd, user, uid, session, process_event, signing_id, team_id,
    cdhash, platform_binary, cs_flags, cs_category, code_signed, code_trusted, code_subject, start_ts, end_ts
FROM day_processes
WHERE seen_on < {day:Date} AND seen_on >= {day:Date} - 35
  AND (host_id, process_id) IN
  (
      SELECT host_id, parent_process_id FROM {run:Identifier}.process_scope
      WHERE parent_process_id != 0
        AND (host_id, parent_process_id) NOT IN
        (SELECT host_id, process_id FROM {run:Identifier}.process_scope WHERE process_event = 'exec' OR ts < {since:DateTime64(6, 'UTC')})
  )
