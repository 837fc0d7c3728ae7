-- Everything heard of a process today in one record, and its end in another: what model/sql/30-processes.sql makes of
-- these is what it makes of all of them.
INSERT INTO {run:Identifier}.day_processes
SELECT
    {day:Date}, source, host_id, part.1, process_id, parent_process_id, pid, ppid,
    part.2, part.3, parent_executable, args, script, user, uid, session, part.4,
    part.5, part.6, part.7, part.8, part.9, part.10, part.11, part.12, part.13, part.14, part.15, today()
FROM
(
    SELECT
        o.host_id AS host_id, o.process_id AS process_id, max(o.source) AS source, max(o.pid) AS pid, max(o.ppid) AS ppid,
        max(o.parent_process_id) AS parent_process_id,
        max(o.parent_executable) AS parent_executable,
        argMax(o.args, (notEmpty(o.args), o.ts, o.args)) AS args,
        max(o.script) AS script, max(o.user) AS user, max(o.uid) AS uid, max(o.session) AS session,
        if(o.process_id = 0, sipHash64('seen', o.pid, o.executable, o.name), 0) AS nameless,
        minIf(if(o.start_ts = 0, o.ts, o.start_ts), o.process_event IN ('exec', 'fork') OR (o.start_ts != 0 AND o.process_event != 'exit')) AS begun,
        maxIf(if(o.end_ts = 0, o.ts, o.end_ts), o.process_event = 'exit' OR (o.process_event = 'seen' AND o.end_ts != 0)) AS ended,
        argMax((o.name, o.executable, o.signing_id, o.team_id, o.cdhash, o.platform_binary, o.cs_flags, o.cs_category,
                o.code_signed, o.code_trusted, o.code_subject, o.ts),
               (o.process_event = 'exec', o.executable != '', o.signing_id != '', o.ts, o.executable, o.signing_id, o.cdhash)) AS facts,
        multiIf(countIf(o.process_event = 'exec') > 0, 'exec', countIf(o.process_event = 'fork') > 0, 'fork', 'seen') AS event,
        arrayConcat(
            [(if(event = 'seen', min(o.ts), facts.12), facts.1, facts.2, CAST(event, 'Enum8(\'none\' = 0, \'exec\' = 1, \'fork\' = 2, \'exit\' = 3, \'seen\' = 4)'),
              facts.3, facts.4, facts.5, facts.6, facts.7, facts.8, facts.9, facts.10, facts.11, begun, toDateTime64(0, 6, 'UTC'))],
            if(ended = 0, [],
            [(ended, facts.1, '', CAST('exit', 'Enum8(\'none\' = 0, \'exec\' = 1, \'fork\' = 2, \'exit\' = 3, \'seen\' = 4)'),
              '', '', '', toInt8(-1), toUInt32(0), toInt16(-1), toInt8(-1), toInt8(-1), '', toDateTime64(0, 6, 'UTC'), ended)])) AS parts
    FROM process_observations AS o
    WHERE o.attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
      AND o.ts >= {since:DateTime64(6, 'UTC')} AND o.ts < {until:DateTime64(6, 'UTC')}
      AND NOT (o.process_id = 0 AND o.name = '' AND o.executable = '')
    GROUP BY o.host_id, o.process_id, nameless
)
ARRAY JOIN parts AS part
