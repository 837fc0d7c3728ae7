-- Kernel connection records: [local<->remote] interface: … (skipped: …)\n… process: NAME:PID KEYWORD: …
--
-- NAME is up to 16 bytes chosen by the owner of the process, in the middle of the message. What stands before it is
-- found from the left. What stands after it begins at the last `:digits KEYWORD: ` of a window that no name fills:
-- behind the pid there are only numbers, so a name made to look like the rest of a record cannot come last.
SELECT
    *,
    toUInt32OrZero(kernel_identity[2]) AS kernel_pid,
    kernel_identity[1] AS kernel_name,
    toUInt16OrZero(splitByChar(':', kernel_ends[1])[-1]) AS kernel_local_port,
    toUInt16OrZero(splitByChar(':', kernel_ends[2])[-1]) AS kernel_remote_port,
    -- `<IPv4-redacted>` unless the Mac was told to print addresses.
    if(startsWith(kernel_ends[1], '<'), '', substring(kernel_ends[1], 1, -1 - length(splitByChar(':', kernel_ends[1])[-1]))) AS kernel_local_ip,
    if(startsWith(kernel_ends[2], '<'), '', substring(kernel_ends[2], 1, -1 - length(splitByChar(':', kernel_ends[2])[-1]))) AS kernel_remote_ip,
    kernel_context[1] AS kernel_interface,
    toUInt64OrZero(splitByChar(')', kernel_context[3])[1]) AS kernel_skipped,
    if(endsWith(kernel_context[3], '\nso_gencnt:'), toUInt64OrZero(kernel_context[4]), 0) AS so_gencnt,
    position(kernel_tail, ' error: ') != 0 AND position(kernel_tail, ' error: 0 ') = 0 AS connect_failed,
    -- Seconds and whole milliseconds: before macOS 14.4 the latter are not padded, `1.5 sec` is 1.005 s.
    toInt64(toUInt32OrNull(splitByChar('.', kernel_numbers[2])[1])) * 1000 + toUInt32OrNull(splitByChar('.', kernel_numbers[2])[2]) AS kernel_duration_ms,
    -- macOS 10.15 to 12 have `syn rxmit: N` and a line end before the bytes.
    if(kernel_numbers[7] = 'syn', 9, 7) AS bytes_at,
    kernel_identity[3] = 'Duration' AND kernel_numbers[3] = 'sec' AND kernel_numbers[bytes_at + 1] = 'in/out:' AND kernel_numbers[bytes_at + 3] = 'pkts' AS has_bytes,
    if(has_bytes, splitByChar('/', kernel_numbers[bytes_at + 2]), []) AS kernel_bytes,
    toUInt64OrNull(kernel_bytes[1]) AS kernel_received,
    toUInt64OrNull(kernel_bytes[2]) AS kernel_sent,
    notEmpty(kernel_identity) AND (shape != 'summary' OR kernel_identity[3] = 'flowctl' OR isNotNull(kernel_received + kernel_sent + kernel_duration_ms)) AS kernel_complete
FROM
(
    SELECT
        *,
        position(kernel_text, '[') AS ends_at,
        position(kernel_text, '] interface: ', ends_at) AS interface_at,
        position(kernel_text, ' process: ', interface_at) AS process_at,
        splitByString('<->', substring(kernel_text, ends_at + 1, interface_at - ends_at - 1)) AS kernel_ends,
        splitByChar(' ', substring(kernel_text, interface_at + 13, process_at - interface_at - 13)) AS kernel_context,
        extractGroups(
            if(interface_at = 0 OR process_at = 0, '', substring(kernel_text, process_at + 10, 64)),
            '(?s)^(.*):(\\d+) (Duration|flowctl|SYN in/out|bytes in/out): '
        ) AS kernel_identity,
        substring(kernel_text, process_at + 12 + length(kernel_identity[1]) + length(kernel_identity[2])) AS kernel_tail,
        splitByChar(' ', if(kernel_identity[3] = 'Duration', kernel_tail, ''), 13) AS kernel_numbers
    FROM ({inner})
)
