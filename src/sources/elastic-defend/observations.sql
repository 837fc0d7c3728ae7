WITH
    documents AS ({documents}),
    fields AS
    (
        SELECT
            line,
            text,
            tupleElement(document, '@timestamp') AS recorded,
            parseDateTime64BestEffortOrZero(recorded, 6, 'UTC') AS ts,
            -- Shorter texts are read as a day of the current year; years beyond these do not fit the tables. An array
            -- would be read by position.
            length(recorded) >= 10 AND ts >= toDateTime64('2000-01-01', 6, 'UTC')
                AND ts < toDateTime64('2100-01-01', 6, 'UTC') AND NOT startsWith(text, '[') AS is_document,
            document.event.id AS event_id,
            document.event.start AS event_start,
            document.event.duration AS event_duration,
            document.event.kind AS event_kind,
            -- quoted, so that a scalar and a member of an array read alike
            concat('"', document.event.action, '"') AS actions,
            document.event.category AS category,
            os,
            is_defend,
            multiIf(document.host.id != '', document.host.id, document.agent.id != '', document.agent.id,
                    lower(document.host.name)) AS host_id,
            if(document.host.name != '', document.host.name, document.host.hostname) AS host_name,
            document.process AS p,
            document.source AS s,
            document.destination AS d,
            source_ip,
            destination_ip,
            domain,
            side,
            if(p.entity_id = '', 0, sipHash64(host_id, p.entity_id)) AS process_id,
            if(process_id = 0, sipHash64(host_id, p.pid, p.name), process_id) AS process_key,
            document.network.direction AS reported_direction,
            lower(document.network.transport) AS transport,
            document.user.id AS user_id,
            document.user.name AS user,
            position(category, 'network') > 0 AS is_network,
            position(actions, '"disconnect_received"') > 0 AS is_disconnect,
            position(actions, '"connection_attempted"') > 0 AS is_attempt,
            position(actions, '"connection_accepted"') > 0 AS is_accept,
            position(actions, '"end"') > 0 AS is_end,
            multiIf(position(actions, '"exec"') > 0, 'exec', position(actions, '"fork"') > 0, 'fork', is_end, 'exit',
                    position(actions, '"already_running"') > 0, 'seen', 'none') AS process_action,
            multiIf(reported_direction IN ('egress', 'outgoing', 'outbound'), 'egress',
                    reported_direction IN ('ingress', 'incoming', 'inbound'), 'ingress',
                    is_accept, 'ingress', is_attempt, 'egress',
                    side != 0, if(side > 0, 'egress', 'ingress'),
                    'unknown') AS way,
            -- ECS: the source is who opened the connection and its bytes are those it sent.
            way = 'ingress' AS swapped,
            if(swapped, d.bytes, s.bytes) AS sent,
            if(swapped, s.bytes, d.bytes) AS received,
            parseDateTime64BestEffortOrZero(if(is_network, event_start, p.start), 6, 'UTC') AS declared_start,
            declared_start >= toDateTime64('2000-01-01', 6, 'UTC') AND declared_start <= ts AS is_start_declared,
            if(is_network, NOT is_disconnect, process_action IN ('exec', 'fork') AND NOT is_end) AS is_start,
            is_network AND is_disconnect AS is_close,
            multiIf(
                NOT is_document, multiIf(
                    trimBoth(replaceAll(line, '\r', '')) = '', 'blank_line',
                    trimBoth(line) IN ('[', ']'), 'array_bracket',
                    NOT isValidJSON(text), 'invalid_json',
                    JSONType(text) != 'Object', 'not_an_object',
                    recorded = '' AND (JSONHas(line, 'create') OR JSONHas(line, 'index') OR JSONHas(line, 'update')
                        OR JSONHas(line, 'delete')), 'bulk_action',
                    'no_timestamp'),
                os != '' AND NOT multiSearchAny(os, ['macos', 'mac os', 'darwin', 'osx', 'os x']), 'not_macos',
                NOT is_defend, 'other_dataset',
                event_kind IN ('alert', 'signal'), 'not_network_or_process',
                is_network, multiIf(
                    position(actions, '"lookup_result"') > 0, 'dns',
                    NOT (is_attempt OR is_accept OR is_disconnect), 'network_action',
                    length(p.entity_id) + p.pid + length(source_ip) + length(destination_ip) = 0, 'incomplete_flow',
                    ''),
                position(category, 'process') = 0, 'not_network_or_process',
                process_action = 'none', 'process_action',
                '') AS told
        FROM documents
    ),
    judged AS
    (
        SELECT
            *,
            if(told NOT IN ('blank_line', 'bulk_action') AND ({unsettled}), 'unsettled', told) AS reason,
            multiIf(
                reason = '', if(is_network, 'flow', 'process'),
                reason IN ('invalid_json', 'not_an_object', 'no_timestamp', 'incomplete_flow'), 'reject',
                'ignored') AS kind
        FROM fields
    )
SELECT
    kind,
    reason,
    if(kind = 'reject', substring(line, 1, 2000), '') AS raw,
    host_id,
    host_name,
    ts,

    process_id,
    if(p.parent.entity_id = '', 0, sipHash64(host_id, p.parent.entity_id)) AS parent_process_id,
    if(p.Ext.effective_parent.entity_id = '', 0, sipHash64(host_id, p.Ext.effective_parent.entity_id))
        AS responsible_process_id,
    p.pid AS pid,
    p.parent.pid AS ppid,
    p.Ext.effective_parent.pid AS responsible_pid,
    p.name AS name,
    p.executable AS executable,
    p.parent.executable AS parent_executable,
    p.Ext.effective_parent.executable AS responsible_executable,
    p.args AS args,
    p.working_directory AS cwd,
    user,
    toInt64OrDefault(user_id, toInt64(-1)) AS uid,
    multiIf(p.tty NOT IN ('', 'null'), 'terminal', isNull(p.interactive), 'unknown', p.interactive, 'terminal', 'none')
        AS session,
    if(kind = 'process', process_action, 'none') AS process_event,
    p.code_signature.signing_id AS signing_id,
    p.code_signature.team_id AS team_id,
    ifNull(toInt8(p.code_signature.exists), -1) AS code_signed,
    ifNull(toInt8(p.code_signature.trusted), -1) AS code_trusted,
    p.code_signature.subject_name AS code_subject,

    -- An aggregated document is written at the end of what it covers; its start is known only where it says so.
    if(event_duration = 0,
        multiIf(is_start_declared, declared_start, is_start, ts, toDateTime64(0, 6, 'UTC')),
        multiIf(
            is_start_declared, declared_start,
            event_duration < 315360000000000000, ts - toIntervalMicrosecond(intDiv(event_duration, 1000)),  -- ten years
            toDateTime64(0, 6, 'UTC'))) AS start_ts,
    if(if(is_network, is_disconnect, is_end), ts, toDateTime64(0, 6, 'UTC')) AS end_ts,

    sipHash64(process_key, transport, source_ip, s.port, destination_ip, d.port) AS flow_id,
    transport,
    if(swapped, destination_ip, source_ip) AS local_ip,
    if(swapped, d.port, s.port) AS local_port,
    if(swapped, source_ip, destination_ip) AS remote_ip,
    if(swapped, s.port, d.port) AS remote_port,
    if(swapped, '', trimRight(lower(domain), '.')) AS remote_name,
    way AS direction,
    multiIf(is_close, 'closed', is_network, 'open', 'unknown') AS state,
    if(is_close AND NOT (isNull(sent) AND isNull(received)), 'final', 'none') AS counter,
    -- More than a pebibyte over one connection is a broken counter.
    if(is_close AND sent <= 1125899906842624, sent, NULL) AS bytes_out,
    if(is_close AND received <= 1125899906842624, received, NULL) AS bytes_in,
    sipHash64(if(event_id = '', line, event_id)) AS record_id
FROM judged
