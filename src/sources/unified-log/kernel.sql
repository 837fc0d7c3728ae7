-- Kernel connection records: [local<->remote] interface: … (skipped: …)\n… process: NAME:PID KEYWORD: …
--
-- NAME is up to 16 bytes chosen by the owner of the process, in the middle of the message. What stands before it is
-- found from the left. What stands after it begins at the last `:digits KEYWORD: ` of a window that no name fills:
-- behind the pid there are only numbers, so a name made to look like the rest of a record cannot come last.
--
-- Each step is a SELECT of its own that hands on no more than is needed: the engine repeats an expression wherever its
-- name is used in the same SELECT, and every column costs at every step, so that the analysis of the whole may cost more
-- than landing a file.
SELECT
    * EXCEPT (kernel_tail, kernel_keyword, kernel_bytes),
    position(kernel_tail, ' error: ') != 0 AND position(kernel_tail, ' error: 0 ') = 0 AS connect_failed,
    toUInt64OrNull(kernel_bytes[1]) AS kernel_received,
    toUInt64OrNull(kernel_bytes[2]) AS kernel_sent,
    kernel_keyword != '' AND (shape != 'summary' OR kernel_keyword = 'flowctl' OR isNotNull(kernel_received + kernel_sent + kernel_duration_ms)) AS kernel_complete
FROM
(
    SELECT
        * EXCEPT (kernel_numbers, kernel_seconds, bytes_at, kernel_context, local_end, remote_end, local_port_text, remote_port_text),
        toUInt16OrZero(local_port_text) AS kernel_local_port,
        toUInt16OrZero(remote_port_text) AS kernel_remote_port,
        -- `<IPv4-redacted>` unless the Mac was told to print addresses.
        if(startsWith(local_end, '<'), '', substring(local_end, 1, -1 - length(local_port_text))) AS kernel_local_ip,
        if(startsWith(remote_end, '<'), '', substring(remote_end, 1, -1 - length(remote_port_text))) AS kernel_remote_ip,
        kernel_context[1] AS kernel_interface,
        toUInt64OrZero(splitByChar(')', kernel_context[3])[1]) AS kernel_skipped,
        if(endsWith(kernel_context[3], '\nso_gencnt:'), toUInt64OrZero(kernel_context[4]), 0) AS so_gencnt,
        -- Seconds and whole milliseconds: before macOS 14.4 the latter are not padded, `1.5 sec` is 1.005 s.
        toInt64(toUInt32OrNull(kernel_seconds[1])) * 1000 + toUInt32OrNull(kernel_seconds[2]) AS kernel_duration_ms,
        splitByChar('/', if(
            kernel_keyword = 'Duration' AND kernel_numbers[3] = 'sec' AND kernel_numbers[bytes_at + 1] = 'in/out:' AND kernel_numbers[bytes_at + 3] = 'pkts',
            kernel_numbers[bytes_at + 2],
            ''
        )) AS kernel_bytes
    FROM
    (
        SELECT
            *,
            splitByChar(':', local_end)[-1] AS local_port_text,
            splitByChar(':', remote_end)[-1] AS remote_port_text,
            splitByChar('.', kernel_numbers[2]) AS kernel_seconds,
            -- macOS 10.15 to 12 have `syn rxmit: N` and a line end before the bytes.
            if(kernel_numbers[7] = 'syn', 9, 7) AS bytes_at
        FROM
        (
            SELECT
                * EXCEPT (kernel_ends),
                kernel_ends[1] AS local_end,
                kernel_ends[2] AS remote_end,
                splitByChar(' ', if(kernel_keyword = 'Duration', kernel_tail, ''), 13) AS kernel_numbers
            FROM
            (
                SELECT
                    * EXCEPT (kernel_text, process_at, kernel_identity),
                    if(startsWith(kernel_text, 'udp'), 'udp', 'tcp') AS kernel_transport,
                    toUInt32OrZero(kernel_identity[2]) AS kernel_pid,
                    kernel_identity[1] AS kernel_name,
                    kernel_identity[3] AS kernel_keyword,
                    substring(kernel_text, process_at + 12 + length(kernel_identity[1]) + length(kernel_identity[2])) AS kernel_tail
                FROM
                (
                    SELECT
                        * EXCEPT (identity_text, plain_identity),
                        if(
                            notEmpty(plain_identity), plain_identity,
                            extractGroups(
                                if(notEmpty(plain_identity), '', identity_text),
                                '(?s)^(.*):(\\d+) (Duration|flowctl|SYN in/out|bytes in/out): '
                            )
                        ) AS kernel_identity
                    FROM
                    (
                        SELECT
                            * EXCEPT (ends_at, interface_at),
                            splitByString('<->', substring(kernel_text, ends_at + 1, interface_at - ends_at - 1)) AS kernel_ends,
                            splitByChar(' ', substring(kernel_text, interface_at + 13, process_at - interface_at - 13)) AS kernel_context,
                            if(interface_at = 0 OR process_at = 0, '', substring(kernel_text, process_at + 10, 64)) AS identity_text,
                            -- Only one colon of the window is followed by a digit: there is no last one to be looked for.
                            extractGroups(
                                identity_text,
                                '^([^:]*):(\\d+) (Duration|flowctl|SYN in/out|bytes in/out): (?:[^:]|:+[^:\\d])*$'
                            ) AS plain_identity
                        FROM
                        (
                            SELECT
                                *,
                                position(kernel_text, '[') AS ends_at,
                                position(kernel_text, '] interface: ', ends_at) AS interface_at,
                                position(kernel_text, ' process: ', interface_at) AS process_at
                            FROM ({inner})
                        )
                    )
                )
            )
        )
    )
)
