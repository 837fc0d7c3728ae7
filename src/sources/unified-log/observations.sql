-- What the parsers found, as rows of `landing`.
WITH kind = 'flow' AND row = 'record' AS is_flow
SELECT
    if(row = 'record', kind, 'process') AS kind,
    reason,
    if(row = 'record', physical_lines, 0) AS lines,
    if(kind = 'reject', substring(raw, 1, 2000), '') AS raw,
    {host:String} AS host_id,
    {host:String} AS host_name,
    recorded_at AS ts,
    multiIf(from_kernel, ifNull(kernel_pid, 0), by_app, logger_pid, shape = 'tracking', toUInt32OrZero(tracked[2]), 0) AS pid,
    multiIf(from_kernel, kernel_name, by_app, actor, '') AS name,
    if(by_app, image, '') AS executable,
    multiIf(shape = 'tracking', ifNull(toInt64OrNull(tracked[1]), -1), row = 'logger', logger_uid, -1) AS uid,
    if(row = 'logger' OR kind = 'process', 'seen', 'none') AS process_event,
    fromUnixTimestamp64Micro(if(is_flow, started_us, 0), 'UTC') AS start_ts,
    if(is_flow, recorded_at, toDateTime64(0, 6, 'UTC')) AS end_ts,
    multiIf(
        NOT is_flow, 0,
        from_kernel, sipHash64({host:String}, 'kernel', transport, so_gencnt, start_hour, kernel_pid, local_port, remote_port),
        sipHash64({host:String}, 'app', logger_pid, actor, connection)
    ) AS flow_id,
    if(is_flow, transport, '') AS transport,
    if(is_flow, local_ip, '') AS local_ip,
    if(is_flow, local_port, 0) AS local_port,
    if(is_flow, remote_ip, '') AS remote_ip,
    if(is_flow, remote_port, 0) AS remote_port,
    if(is_flow, app_remote_name, '') AS remote_name,
    multiIf(
        NOT is_flow, 'unknown',
        shape IN ('outgoing', 'udp_connect'), 'egress',
        shape IN ('incoming', 'accept'), 'ingress',
        'unknown'
    ) AS direction,
    multiIf(NOT is_flow, '', from_kernel, kernel_interface, app_interface) AS interface,
    multiIf(
        NOT is_flow, 'unknown',
        shape IN ('summary', 'cancelled'), 'closed',
        shape IN ('connected', 'accept', 'udp_connect') AND NOT connect_failed, 'open',
        'unknown'
    ) AS state,
    multiIf(NOT is_flow OR isNull(sent), 'none', shape = 'task', 'delta', 'final') AS counter,
    if(is_flow, sent, NULL) AS bytes_out,
    if(is_flow, received, NULL) AS bytes_in,
    if(is_flow, sipHash64({host:String}, recorded_at, message), 0) AS record_id,
    if(is_flow, kernel_skipped, 0) AS lost_total
FROM
(
    SELECT
        *,
        multiIf(
            reason IN ('invalid_json', 'no_timestamp', 'no_message', 'unparsed_summary', 'unparsed_connect'), 'reject',
            reason != '', 'ignored',
            shape = 'tracking', 'process',
            'flow'
        ) AS kind,
        kind = 'flow' AND NOT from_kernel AS by_app,
        -- Before macOS 13 there is no so_gencnt; the hour of the start keeps reused ports apart.
        if(so_gencnt = 0, intDiv(if(started_us = 0, recorded_us, started_us), 3600000000), 0) AS start_hour
    FROM
    (
        SELECT
            *,
            multiIf(
                problem != '', problem,
                shape = 'unrelated', 'not_network',
                shape = 'other_socket', 'not_a_connection',
                shape = 'summary' AND (isNull(kernel_pid) OR NOT (kernel_identity[3] = 'flowctl' OR isNotNull(sent) AND isNotNull(received) AND isNotNull(duration_ms))), 'unparsed_summary',
                from_kernel AND isNull(kernel_pid), 'unparsed_connect',
                shape = 'cancelled' AND empty(cancelled_flow), 'connection_without_flow',
                shape = 'task' AND connection = 0, 'task_without_connection',
                shape = 'task' AND isNull(sent), 'task_without_bytes',
                shape = 'tracking' AND empty(tracked), 'not_network',
                ''
            ) AS reason,
            toUnixTimestamp64Micro(recorded_at) AS recorded_us,
            multiIf(
                from_kernel AND shape != 'summary', recorded_us,
                isNull(duration_ms), 0,
                recorded_us - toInt64(assumeNotNull(duration_ms)) * 1000
            ) AS started_us
        FROM
        (
            SELECT
                *,
                if(from_kernel, if(startsWith(kernel_text, 'udp'), 'udp', 'tcp'), app_transport) AS transport,
                multiIf(from_kernel, kernel_duration_ms, shape = 'task', task_duration_ms, cancelled_duration_ms) AS duration_ms,
                if(from_kernel, kernel_sent, app_sent) AS sent,
                if(from_kernel, kernel_received, app_received) AS received,
                if(from_kernel, kernel_local_ip, app_local_ip) AS local_ip,
                if(from_kernel, kernel_local_port, app_local_port) AS local_port,
                if(from_kernel, kernel_remote_ip, app_remote_ip) AS remote_ip,
                if(from_kernel, kernel_remote_port, app_remote_port) AS remote_port
            FROM ({inner})
        )
    )
)
-- A record that an app wrote about its own connection also shows which executable has that pid.
ARRAY JOIN if(by_app AND logger_pid != 0 AND image != '', ['record', 'logger'], ['record']) AS row
