INSERT INTO {run:Identifier}.process_scope
    (attempt, source, host_id, ts, process_id, parent_process_id, responsible_process_id, pid, ppid, name, executable,
     parent_executable, responsible_executable, args, script, cwd, user, uid, session, process_event, signing_id, team_id,
     cdhash, platform_binary, cs_flags, cs_category, code_signed, code_trusted, code_subject, start_ts, end_ts)
SELECT 0, source, host_id, ts, process_id, parent_process_id, responsible_process_id, pid, ppid, name, executable,
    parent_executable, responsible_executable, args, script, cwd, user, uid, session, process_event, signing_id, team_id,
    cdhash, platform_binary, cs_flags, cs_category, code_signed, code_trusted, code_subject, start_ts, end_ts
FROM {run:Identifier}.day_processes
