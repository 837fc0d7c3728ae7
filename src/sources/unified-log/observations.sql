-- What the parsers found, as rows of `landing`. Columns that only flow rows use may hold leftovers in other rows.
SELECT
    if(row = 'logger', 'process', record_kind) AS kind,
    reason,
    if(row = 'logger', 0, physical_lines) AS lines,
    record_raw AS raw,
    {host:String} AS host_id,
    {host:String} AS host_name,
    recorded_at AS ts,
    pid,
    name,
    if(row = 'logger' OR by_app, image, '') AS executable,
    if(row = 'logger', logger_uid, tracked_uid) AS uid,
    if(row = 'logger' OR record_kind = 'process', 'seen', 'none') AS process_event,
    fromUnixTimestamp64Micro(if(row = 'record', started_us, 0), 'UTC') AS start_ts,
    if(row = 'record' AND record_kind = 'flow', recorded_at, toDateTime64(0, 6, 'UTC')) AS end_ts,
    flow_id,
    transport,
    local_ip,
    local_port,
    remote_ip,
    remote_port,
    remote_name,
    direction,
    interface,
    state,
    multiIf(isNull(sent), 'none', shape = 'task', 'delta', 'final') AS counter,
    sent AS bytes_out,
    received AS bytes_in,
    record_id,
    kernel_skipped AS lost_total
FROM
(
    SELECT
        reason, record_kind, physical_lines, recorded_at, image, by_app, shape, logger_uid, logger_pid, tracked_uid, started_us,
        transport, sent, received, local_ip, local_port, remote_ip, remote_port, remote_name, interface, kernel_skipped,
        if(record_kind = 'reject', substring(raw, 1, 2000), '') AS record_raw,
        multiIf(from_kernel, kernel_pid, record_kind = 'flow', logger_pid, tracked_pid) AS pid,
        multiIf(from_kernel, kernel_name, record_kind = 'flow', actor, '') AS name,
        -- One hash over few columns: whose number it is, the number, and pid and ports in one word.
        sipHash64(
            {host:String},
            if(from_kernel, transport, concat('app ', actor)),
            multiIf(
                by_app, connection,
                so_gencnt != 0, so_gencnt,
                -- Before macOS 13 there is no so_gencnt; the hour of the start keeps reused ports apart.
                intDiv(if(started_us = 0, recorded_us, started_us), 3600000000)
            ),
            if(from_kernel, bitShiftLeft(toUInt64(kernel_pid), 32) + bitShiftLeft(toUInt64(local_port), 16) + remote_port, logger_pid)
        ) AS flow_id,
        multiIf(
            shape IN ('outgoing', 'udp_connect'), 'egress',
            shape IN ('incoming', 'accept'), 'ingress',
            'unknown'
        ) AS direction,
        multiIf(
            connect_failed, 'unknown',
            shape IN ('summary', 'cancelled'), 'closed',
            shape IN ('connected', 'accept', 'udp_connect'), 'open',
            'unknown'
        ) AS state,
        sipHash64({host:String}, recorded_at, message) AS record_id
    FROM
    (
        SELECT
            *,
            multiIf(
                reason = '', if(shape = 'tracking', 'process', 'flow'),
                reason IN ('invalid_json', 'no_timestamp', 'no_message', 'unparsed_summary', 'unparsed_connect'), 'reject',
                'ignored'
            ) AS record_kind,
            multiIf(from_kernel AND shape != 'summary', recorded_us, duration_ms < 0, 0, recorded_us - duration_ms * 1000) AS started_us
        FROM
        (
            SELECT
                physical_lines, raw, message, recorded_at, image, actor, logger_pid, logger_uid, shape, from_kernel, by_app,
                kernel_pid, kernel_name, kernel_skipped, so_gencnt, connect_failed,
                if(from_kernel, kernel_transport, app.transport) AS transport,
                if(from_kernel, kernel_sent, app.sent) AS sent,
                if(from_kernel, kernel_received, app.received) AS received,
                if(from_kernel, kernel_local_ip, app.local_ip) AS local_ip,
                if(from_kernel, kernel_local_port, app.local_port) AS local_port,
                if(from_kernel, kernel_remote_ip, app.remote_ip) AS remote_ip,
                if(from_kernel, kernel_remote_port, app.remote_port) AS remote_port,
                if(from_kernel, kernel_interface, app.interface) AS interface,
                app.remote_name AS remote_name,
                app.connection AS connection,
                app.tracked_pid AS tracked_pid,
                app.tracked_uid AS tracked_uid,
                multiIf(
                    problem != '', problem,
                    shape = 'unrelated', 'not_network',
                    shape = 'other_socket', 'not_a_connection',
                    shape = 'summary' AND NOT kernel_complete, 'unparsed_summary',
                    from_kernel AND NOT kernel_complete, 'unparsed_connect',
                    app.reason
                ) AS reason,
                ifNull(if(from_kernel, kernel_duration_ms, app.duration_ms), -1) AS duration_ms,
                toUnixTimestamp64Micro(recorded_at) AS recorded_us
            FROM ({inner})
        )
    )
)
-- A record that an app wrote about its own connection also shows which executable has that pid.
ARRAY JOIN if(by_app AND record_kind = 'flow' AND logger_pid != 0 AND image != '', ['record', 'logger'], ['record']) AS row
-- Evaluating branches on filtered copies of the columns costs more than evaluating all of them: four times the work.
-- Branches hold copies of the message, so blocks are kept small.
SETTINGS short_circuit_function_evaluation = 'disable', max_block_size = 8192
