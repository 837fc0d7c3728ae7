WITH
    messages AS
    (
        SELECT
            line,
            JSONExtract(line, 'Tuple(
                time String,
                event_type Int64,
                process {process},
                event Tuple(
                    exec Tuple(
                        target {process},
                        args Array(String), script Tuple(path String), cwd Tuple(path String)),
                    fork Tuple(child {process})))') AS message
        FROM {lines}
    ),
    images AS
    (
        SELECT
            line,
            message.event.exec AS exec,
            parseDateTime64BestEffortOrZero(message.time, 6, 'UTC') AS ts,
            length(message.time) >= 10 AND ts >= toDateTime64('2000-01-01', 6, 'UTC')
                AND ts < toDateTime64('2100-01-01', 6, 'UTC') AND NOT startsWith(line, '[') AS is_message,
            multiIf(message.event_type = 9, 'exec', message.event_type = 11, 'fork', message.event_type = 15, 'exit',
                    'none') AS event,
            -- exec: `process` is the image that ran before, known from here even if it started unseen
            arrayJoin(multiIf(NOT is_message, ['none'], event = 'exec', ['exec', 'seen'], [event])) AS process_event,
            multiIf(process_event = 'exec', exec.target, process_event = 'fork', message.event.fork.child,
                    message.process) AS p,
            p.audit_token.pid != 0 OR p.audit_token.pidversion != 0 AS is_identified,
            multiIf(
                NOT is_message, multiIf(
                    trimBoth(replaceAll(line, '\r', '')) = '', 'blank_line',
                    NOT isValidJSON(line), 'invalid_json',
                    JSONType(line) != 'Object', 'not_an_object',
                    'no_timestamp'),
                NOT is_identified AND process_event != 'seen', 'no_process',
                process_event = 'none', 'event_type',
                '') AS reason,
            multiIf(
                reason IN ('blank_line', 'event_type'), 'ignored',
                reason != '', 'reject',
                'process') AS kind
        FROM messages
    )
SELECT
    kind,
    reason,
    if(process_event = 'seen', 0, 1) AS lines,
    if(kind = 'reject', substring(line, 1, 2000), '') AS raw,
    {host:String} AS host_id,
    {host:String} AS host_name,
    ts,

    if(is_identified, sipHash64({host:String}, p.audit_token.pid, p.audit_token.pidversion), 0) AS process_id,
    if(p.parent_audit_token.pid = 0 AND p.parent_audit_token.pidversion = 0, 0,
        sipHash64({host:String}, p.parent_audit_token.pid, p.parent_audit_token.pidversion)) AS parent_process_id,
    if(p.responsible_audit_token.pid = 0 AND p.responsible_audit_token.pidversion = 0, 0,
        sipHash64({host:String}, p.responsible_audit_token.pid, p.responsible_audit_token.pidversion))
        AS responsible_process_id,
    p.audit_token.pid AS pid,
    p.ppid AS ppid,
    p.responsible_audit_token.pid AS responsible_pid,
    splitByChar('/', p.executable.path)[-1] AS name,
    p.executable.path AS executable,
    if(process_event = 'exec', exec.args, []) AS args,
    if(process_event = 'exec', exec.script.path, '') AS script,
    if(process_event = 'exec', exec.cwd.path, '') AS cwd,
    if(is_identified, toInt64(p.audit_token.euid), -1) AS uid,
    multiIf(p.tty.path != '', 'terminal', is_identified, 'none', 'unknown') AS session,
    process_event,

    p.signing_id AS signing_id,
    p.team_id AS team_id,
    -- code without a signature has a hash of zeros
    if(p.cdhash = '0000000000000000000000000000000000000000', '', lower(p.cdhash)) AS cdhash,
    ifNull(toInt8(p.is_platform_binary), -1) AS platform_binary,
    p.codesigning_flags AS cs_flags,
    ifNull(p.cs_validation_category, -1) AS cs_category,

    -- exec keeps the process's start time, so an image starts when it is executed and ends at the next exec or exit.
    if(process_event IN ('exec', 'fork'), ts, toDateTime64(0, 6, 'UTC')) AS start_ts,
    if(process_event IN ('exit', 'seen'), ts, toDateTime64(0, 6, 'UTC')) AS end_ts
FROM images
WHERE is_identified OR process_event != 'seen'
