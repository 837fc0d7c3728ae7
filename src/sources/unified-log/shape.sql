-- Gives each record one shape by who wrote it and how the message begins. The text is handed to that shape's parser
-- only: the kernel's sees an empty string otherwise, those of apps, which are rarer, an empty array.
SELECT
    * EXCEPT (by_kernel, by_runningboard, subsystem),
    if(from_kernel, message, '') AS kernel_text,
    if(shape = 'cancelled', [message], []) AS cancelled_texts,
    if(shape = 'task', [message], []) AS task_texts,
    if(shape = 'tracking', [message], []) AS tracking_texts
FROM
(
    SELECT
        *,
        shape IN ('summary', 'outgoing', 'connected', 'accept', 'incoming', 'udp_connect') AS from_kernel,
        shape IN ('cancelled', 'task') AS by_app
    FROM
    (
        SELECT
            *,
            multiIf(
                problem != '', 'unrelated',
                by_kernel, multiIf(
                    startsWith(message, 'tcp_connection_summary') OR startsWith(message, 'udp_connection_summary'), 'summary',
                    startsWith(message, 'tcp connect outgoing: '), 'outgoing',
                    startsWith(message, 'tcp connected: '), 'connected',
                    startsWith(message, 'tcp accept: '), 'accept',
                    startsWith(message, 'tcp connect incoming: '), 'incoming',
                    startsWith(message, 'udp connect: '), 'udp_connect',
                    startsWith(message, 'tcp ') OR startsWith(message, 'udp ') OR startsWith(message, 'tcp_rtt_info'), 'other_socket',
                    'unrelated'
                ),
                subsystem = 'com.apple.network' AND startsWith(message, '['), if(
                    position(message, '] cancelled\n') != 0 OR endsWith(message, '] cancelled'), 'cancelled', 'unrelated'
                ),
                subsystem = 'com.apple.CFNetwork' AND startsWith(message, 'Task <'), if(
                    position(message, '> summary for task ') != 0, 'task', 'unrelated'
                ),
                by_runningboard AND startsWith(message, 'Now tracking process: ['), 'tracking',
                'unrelated'
            ) AS shape
        FROM ({inner})
    )
)
