-- One row per process instance, from every record that tells of it; an exec tells most.
INSERT INTO {run:Identifier}.processes
SELECT
    h.host_id, p.instance, p.pid, p.ppid, p.first_ts, p.exit_ts,
    p.facts.1, p.facts.2, p.args, p.script, p.user, p.uid, p.session, p.executed,
    p.facts.3, p.facts.4, p.facts.5, p.facts.6, p.facts.7, p.facts.8, p.facts.9, p.facts.10, p.facts.11,
    p.parent_process_id, p.parent_executable
FROM
(
    SELECT
        o.host_id,
        if(o.process_id = 0, sipHash64(o.host_id, 'seen', o.pid, o.executable, o.name), o.process_id) AS instance,
        max(o.pid) AS pid,
        max(o.ppid) AS ppid,
        minIf(if(o.start_ts = 0, o.ts, o.start_ts), o.process_event IN ('exec', 'fork') OR (o.start_ts != 0 AND o.process_event != 'exit')) AS begun,
        -- Nobody saw it start: it ran before it was first seen, for how long is unknown. A week keeps it below any
        -- instance of that pid whose start is known.
        if(begun = 0, subtractDays(min(o.ts), 7), begun) AS first_ts,
        maxIf(if(o.end_ts = 0, o.ts, o.end_ts), o.process_event = 'exit' OR (o.process_event = 'seen' AND o.end_ts != 0)) AS exit_ts,
        argMax((o.name, o.executable, o.signing_id, o.team_id, o.cdhash, o.platform_binary, o.cs_flags, o.cs_category,
                o.code_signed, o.code_trusted, o.code_subject),
               (o.process_event = 'exec', o.executable != '', o.signing_id != '', o.ts, o.executable, o.signing_id, o.cdhash)) AS facts,
        argMax(o.args, (notEmpty(o.args), o.ts, o.args)) AS args,
        max(o.script) AS script, max(o.user) AS user, max(o.uid) AS uid, max(o.session) AS session,
        max(o.process_event = 'exec') AS executed,
        max(o.parent_process_id) AS parent_process_id, max(o.parent_executable) AS parent_executable
    FROM {records_db:Identifier}.{records:Identifier} AS o
    WHERE o.attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
      AND NOT (o.process_id = 0 AND o.name = '' AND o.executable = '')
    GROUP BY o.host_id, instance
) AS p
INNER JOIN {run:Identifier}.hosts AS h ON h.seen_as = p.host_id
