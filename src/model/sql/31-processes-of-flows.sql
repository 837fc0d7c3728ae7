-- Processes known only from their traffic: what the flow records say of them. Process 0 is the unknown process of a
-- host whose traffic only a network sensor saw.
INSERT INTO {run:Identifier}.processes
    (host_id, process_id, pid, ppid, start_ts, end_ts, name, executable, args, script, cwd, user, uid, session, executed,
     signing_id, team_id, cdhash, platform_binary, cs_flags, cs_category, code_signed, code_trusted, code_subject,
     parent_process_id, parent_executable, responsible_process_id, responsible_executable)
SELECT
    f.host_id, f.process_id, max(f.pid), 0, min(f.start_ts), toDateTime64(0, 6, 'UTC'), max(f.name), max(f.executable), [], '', '',
    max(f.user), -1, 'unknown', 0, max(f.signing_id), max(f.team_id), '', max(f.platform_binary), 0, -1,
    max(f.code_signed), max(f.code_trusted), max(f.code_subject), max(f.parent_process_id), '', 0, ''
FROM {run:Identifier}.flows AS f
LEFT ANTI JOIN {run:Identifier}.processes AS p ON p.host_id = f.host_id AND p.process_id = f.process_id
GROUP BY f.host_id, f.process_id
