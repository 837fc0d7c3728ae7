-- What the parsers found, as rows of `landing`. Columns that only flow rows use may hold leftovers in other rows.
SELECT
    if(row = 'logger', 'process', kind) AS kind,
    reason,
    if(row = 'logger', 0, physical_lines) AS lines,
    if(kind = 'reject', substring(raw, 1, 2000), '') AS raw,
    {host:String} AS host_id,
    {host:String} AS host_name,
    recorded_at AS ts,
    multiIf(from_kernel, kernel_pid, kind = 'flow', logger_pid, tracked_pid) AS pid,
    multiIf(from_kernel, kernel_name, kind = 'flow', actor, '') AS name,
    if(row = 'logger' OR by_app, image, '') AS executable,
    if(row = 'logger', logger_uid, tracked_uid) AS uid,
    if(row = 'logger' OR kind = 'process', 'seen', 'none') AS process_event,
    fromUnixTimestamp64Micro(if(row = 'record', started_us, 0), 'UTC') AS start_ts,
    if(row = 'record' AND kind = 'flow', recorded_at, toDateTime64(0, 6, 'UTC')) AS end_ts,
    -- One hash over few columns: whose number it is, the number, and pid and ports in one word.
    sipHash64(
        {host:String},
        if(from_kernel, transport, concat('app ', actor)),
        multiIf(
            by_app, connection,
            so_gencnt != 0, so_gencnt,
            -- Before macOS 13 there is no so_gencnt; the hour of the start keeps reused ports apart.
            intDiv(if(started_us = 0, toUnixTimestamp64Micro(recorded_at), started_us), 3600000000)
        ),
        if(from_kernel, bitShiftLeft(toUInt64(kernel_pid), 32) + bitShiftLeft(toUInt64(local_port), 16) + remote_port, logger_pid)
    ) AS flow_id,
    transport,
    local_ip,
    local_port,
    remote_ip,
    remote_port,
    app_remote_name AS remote_name,
    transform(shape, ['outgoing', 'udp_connect', 'incoming', 'accept'], ['egress', 'egress', 'ingress', 'ingress'], 'unknown') AS direction,
    if(from_kernel, kernel_interface, app_interface) AS interface,
    if(connect_failed, 'unknown', transform(shape, ['summary', 'cancelled', 'connected', 'accept', 'udp_connect'], ['closed', 'closed', 'open', 'open', 'open'], 'unknown')) AS state,
    multiIf(isNull(sent), 'none', shape = 'task', 'delta', 'final') AS counter,
    sent AS bytes_out,
    received AS bytes_in,
    sipHash64({host:String}, recorded_at, message) AS record_id,
    kernel_skipped AS lost_total
FROM
(
    SELECT
        *,
        multiIf(
            reason = '', if(shape = 'tracking', 'process', 'flow'),
            reason IN ('invalid_json', 'no_timestamp', 'no_message', 'unparsed_summary', 'unparsed_connect'), 'reject',
            'ignored'
        ) AS kind
    FROM
    (
        SELECT
            *,
            if(from_kernel, if(startsWith(kernel_text, 'udp'), 'udp', 'tcp'), app_transport) AS transport,
            if(from_kernel, kernel_sent, app_sent) AS sent,
            if(from_kernel, kernel_received, app_received) AS received,
            if(from_kernel, kernel_local_ip, app_local_ip) AS local_ip,
            if(from_kernel, kernel_local_port, app_local_port) AS local_port,
            if(from_kernel, kernel_remote_ip, app_remote_ip) AS remote_ip,
            if(from_kernel, kernel_remote_port, app_remote_port) AS remote_port,
            multiIf(
                problem != '', problem,
                shape = 'unrelated', 'not_network',
                shape = 'other_socket', 'not_a_connection',
                shape = 'summary' AND NOT kernel_complete, 'unparsed_summary',
                from_kernel AND NOT kernel_complete, 'unparsed_connect',
                app_reason
            ) AS reason,
            ifNull(if(from_kernel, kernel_duration_ms, app_duration_ms), -1) AS duration_ms,
            multiIf(
                from_kernel AND shape != 'summary', toUnixTimestamp64Micro(recorded_at),
                duration_ms < 0, 0,
                toUnixTimestamp64Micro(recorded_at) - duration_ms * 1000
            ) AS started_us
        FROM ({inner})
    )
)
-- A record that an app wrote about its own connection also shows which executable has that pid.
ARRAY JOIN if(by_app AND kind = 'flow' AND logger_pid != 0 AND image != '', ['record', 'logger'], ['record']) AS row
-- Evaluating branches on filtered copies of the columns costs more than evaluating all of them: four times the work.
-- Every branch then holds a copy of the message, so blocks are kept small.
SETTINGS short_circuit_function_evaluation = 'disable', max_block_size = 2048
