-- Records that apps write about their own connections (libnetwork, CFNetwork), and process launches.
SELECT
    *,
    if(image = '', process_name, basename(image)) AS actor,
    toUInt64OrZero(if(shape = 'task', extract(task_text, ' connection=(\\d+)'), cancelled_head[1])) AS connection,
    toInt64(toUInt32OrNull(if(shape = 'task', extract(task_text, '\\{transaction_duration_ms=(\\d+)'), cancelled_duration[1]))) AS app_duration,
    if(shape = 'task', app_duration, app_duration * 1000 + toUInt32OrNull(cancelled_duration[2])) AS app_duration_ms,
    -- What carried the bytes, not what was asked for: a quic-connection may have fallen back to TCP.
    multiIf(
        position(cancelled_duration[3], ', QUIC @') != 0 OR position(task_text, 'protocol="h3') != 0, 'quic',
        position(cancelled_duration[3], ', TCP @') != 0 OR position(task_text, 'protocol="h') != 0, 'tcp',
        position(cancelled_duration[3], ', UDP @') != 0, 'udp',
        ''
    ) AS app_transport,
    toUInt64OrNull(if(shape = 'task', extract(task_text, ' request_bytes=(\\d+)'), cancelled_bytes[2])) AS app_sent_printed,
    toUInt64OrNull(if(shape = 'task', extract(task_text, ' response_bytes=(\\d+)'), cancelled_bytes[1])) AS app_received_printed,
    -- Connections that were handed over (WebSocket) or never became ready print 0/0: not counted, not zero.
    shape = 'cancelled' AND app_sent_printed = 0 AND app_received_printed = 0 AS app_uncounted,
    if(app_uncounted, NULL, app_sent_printed) AS app_sent,
    if(app_uncounted, NULL, app_received_printed) AS app_received,
    -- `10.0.0.2:443`, `2001:db8::1.443`, `fe80::1%en0.443`, `IPv4#b142724a:443` (hashed: unknown)
    extractGroups(cancelled_flow[1], '^([^%]*)(?:%.*)?[:.](\\d+)$') AS app_local,
    extractGroups(cancelled_flow[2], '^([^%]*)(?:%.*)?[:.](\\d+)$') AS app_remote,
    extractGroups(cancelled_head[2], '^([^%]*)(?:%.*)?[:.](\\d+)$') AS app_endpoint,
    if(isIPv4String(app_local[1]) OR isIPv6String(app_local[1]), app_local[1], '') AS app_local_ip,
    multiIf(
        isIPv4String(app_remote[1]) OR isIPv6String(app_remote[1]), app_remote[1],
        isIPv4String(app_endpoint[1]) OR isIPv6String(app_endpoint[1]), app_endpoint[1],
        ''
    ) AS app_remote_ip,
    toUInt16OrZero(app_local[2]) AS app_local_port,
    toUInt16OrZero(if(empty(app_remote[2]), app_endpoint[2], app_remote[2])) AS app_remote_port,
    if(
        isIPv4String(app_endpoint[1]), '',
        lower(extract(app_endpoint[1], '^((?:[A-Za-z0-9_-]+\\.)*[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*)\\.?$'))
    ) AS app_remote_name,
    toUInt32OrZero(tracked[2]) AS tracked_pid,
    ifNull(toInt64OrNull(tracked[1]), -1) AS tracked_uid,
    multiIf(
        shape = 'cancelled' AND empty(cancelled_flow), 'connection_without_flow',
        shape = 'task' AND connection = 0, 'task_without_connection',
        shape = 'task' AND isNull(app_sent), 'task_without_bytes',
        shape = 'tracking' AND empty(tracked), 'not_network',
        ''
    ) AS app_reason
FROM
(
    SELECT
        *,
        -- Before macOS 10.14 the number stands without C and the endpoint is hidden.
        extractGroups(cancelled_text, '^\\[C?(\\d+) (?:[0-9A-Fa-f-]{36} )?(\\S+)') AS cancelled_head,
        extractGroups(cancelled_text, '\\] cancelled\\n\\s*\\[C?[\\d.]+ (?:[0-9A-Fa-f-]{36} )?(\\S*)<->(\\S*)\\]') AS cancelled_flow,
        extract(cancelled_text, '\\n\\s*Connected Path: [^\\n]*interface: (\\w+)') AS app_interface,
        extractGroups(cancelled_text, '\\n\\s*Duration: (\\d+)\\.(\\d+)s([^\\n]*)') AS cancelled_duration,
        extractGroups(cancelled_text, '\\n\\s*bytes in/out: (\\d+)/(\\d+),') AS cancelled_bytes,
        -- [app<application.com.example.1.2(501)>:39396]: user id and pid; the bundle id before them proves nothing.
        extractGroups(tracking_text, '\\((\\d+)\\)>?:(\\d+)\\]\\s*$') AS tracked
    FROM ({inner})
)
