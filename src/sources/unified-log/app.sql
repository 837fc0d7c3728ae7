-- Records that apps write about their own connections (libnetwork, CFNetwork), and process launches. They are few, so
-- each parser is a function over an array that holds the message or nothing: it runs only where there is one.
SELECT
    * EXCEPT (process_name, cancelled_texts, task_texts, tracking_texts, cancelled_heads, cancelled_flows, cancelled, task, tracking),
    if(image = '', process_name, basename(image)) AS actor,
    CAST(
        arrayConcat(cancelled, task, tracking),
        'Array(Tuple(
            reason String, connection UInt64, duration_ms Nullable(Int64), transport String,
            sent Nullable(UInt64), received Nullable(UInt64), local_ip String, local_port UInt16,
            remote_ip String, remote_port UInt16, remote_name String, interface String,
            tracked_pid UInt32, tracked_uid Int64))'
    )[1] AS app
FROM
(
    SELECT
        *,
        arrayMap(
            (head, flow, used_interface, duration, bytes, local, remote, endpoint) -> (
                if(empty(flow), 'connection_without_flow', ''),
                toUInt64OrZero(head[1]),
                toInt64(toUInt32OrNull(duration[1])) * 1000 + toUInt32OrNull(duration[2]),
                -- What carried the bytes, not what was asked for: a quic-connection may have fallen back to TCP.
                multiIf(
                    position(duration[3], ', QUIC @') != 0, 'quic',
                    position(duration[3], ', TCP @') != 0, 'tcp',
                    position(duration[3], ', UDP @') != 0, 'udp',
                    ''
                ),
                -- Connections that were handed over (WebSocket) or never became ready print 0/0: not counted, not zero.
                if(toUInt64OrNull(bytes[1]) = 0 AND toUInt64OrNull(bytes[2]) = 0, NULL, toUInt64OrNull(bytes[2])),
                if(toUInt64OrNull(bytes[1]) = 0 AND toUInt64OrNull(bytes[2]) = 0, NULL, toUInt64OrNull(bytes[1])),
                if(isIPv4String(local[1]) OR isIPv6String(local[1]), local[1], ''),
                toUInt16OrZero(local[2]),
                multiIf(
                    isIPv4String(remote[1]) OR isIPv6String(remote[1]), remote[1],
                    isIPv4String(endpoint[1]) OR isIPv6String(endpoint[1]), endpoint[1],
                    ''
                ),
                toUInt16OrZero(if(empty(remote[2]), endpoint[2], remote[2])),
                if(
                    isIPv4String(endpoint[1]), '',
                    lower(extract(endpoint[1], '^((?:[A-Za-z0-9_-]+\\.)*[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*)\\.?$'))
                ),
                used_interface, 0, -1
            ),
            cancelled_heads,
            cancelled_flows,
            arrayMap(text -> extract(text, '\\n\\s*Connected Path: [^\\n]*interface: (\\w+)'), cancelled_texts),
            arrayMap(text -> extractGroups(text, '\\n\\s*Duration: (\\d+)\\.(\\d+)s([^\\n]*)'), cancelled_texts),
            arrayMap(text -> extractGroups(text, '\\n\\s*bytes in/out: (\\d+)/(\\d+),'), cancelled_texts),
            -- `10.0.0.2:443`, `2001:db8::1.443`, `fe80::1%en0.443`, `IPv4#b142724a:443` (hashed: unknown)
            arrayMap(flow -> extractGroups(flow[1], '^([^%]*)(?:%.*)?[:.](\\d+)$'), cancelled_flows),
            arrayMap(flow -> extractGroups(flow[2], '^([^%]*)(?:%.*)?[:.](\\d+)$'), cancelled_flows),
            arrayMap(head -> extractGroups(head[2], '^([^%]*)(?:%.*)?[:.](\\d+)$'), cancelled_heads)
        ) AS cancelled,
        arrayMap(
            (text, connection_id, sent_bytes) -> (
                multiIf(connection_id = 0, 'task_without_connection', isNull(sent_bytes), 'task_without_bytes', ''),
                connection_id,
                toInt64(toUInt32OrNull(extract(text, '\\{transaction_duration_ms=(\\d+)'))),
                multiIf(position(text, 'protocol="h3') != 0, 'quic', position(text, 'protocol="h') != 0, 'tcp', ''),
                sent_bytes,
                toUInt64OrNull(extract(text, ' response_bytes=(\\d+)')),
                '', 0, '', 0, '', '', 0, -1
            ),
            task_texts,
            arrayMap(text -> toUInt64OrZero(extract(text, ' connection=(\\d+)')), task_texts),
            arrayMap(text -> toUInt64OrNull(extract(text, ' request_bytes=(\\d+)')), task_texts)
        ) AS task,
        arrayMap(
            tracked -> (
                if(empty(tracked), 'not_network', ''), 0, NULL, '', NULL, NULL, '', 0, '', 0, '', '',
                toUInt32OrZero(tracked[2]),
                ifNull(toInt64OrNull(tracked[1]), -1)
            ),
            -- [app<application.com.example.1.2(501)>:39396]: user id and pid; the bundle id before them proves nothing.
            arrayMap(text -> extractGroups(text, '\\((\\d+)\\)>?:(\\d+)\\]\\s*$'), tracking_texts)
        ) AS tracking
    FROM
    (
        SELECT
            *,
            -- Before macOS 10.14 the number stands without C and the endpoint is hidden.
            arrayMap(text -> extractGroups(text, '^\\[C?(\\d+) (?:[0-9A-Fa-f-]{36} )?(\\S+)'), cancelled_texts) AS cancelled_heads,
            arrayMap(text -> extractGroups(text, '\\] cancelled\\n\\s*\\[C?[\\d.]+ (?:[0-9A-Fa-f-]{36} )?(\\S*)<->(\\S*)\\]'), cancelled_texts) AS cancelled_flows
        FROM ({inner})
    )
)
