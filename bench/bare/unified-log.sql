-- The fields the adapter types: one parse of the record, one regular expression over the kernel's message; stored
-- sorted by host, process and time.
SELECT
    parseDateTime64BestEffortOrZero(record.timestamp, 6, 'UTC') AS ts,
    {host:String} AS host_id,
    concat(fields[9], ':', fields[10]) AS process_id,
    record.processImagePath AS image,
    record.processID AS logger_pid,
    record.subsystem AS subsystem,
    record.userID AS user_id,
    fields[1] AS kind,
    fields[2] AS local_ip,
    toUInt16OrZero(fields[3]) AS local_port,
    fields[4] AS remote_ip,
    toUInt16OrZero(fields[5]) AS remote_port,
    fields[6] AS interface,
    toUInt64OrZero(fields[7]) AS skipped,
    toUInt64OrZero(fields[8]) AS generation,
    fields[9] AS name,
    toUInt32OrZero(fields[10]) AS pid,
    toUInt32OrZero(fields[11]) * 1000 + toUInt32OrZero(fields[12]) AS duration_ms,
    toUInt64OrNull(fields[13]) AS bytes_in,
    toUInt64OrNull(fields[14]) AS bytes_out
FROM
(
    SELECT
        JSONExtract(line, 'Tuple(timestamp String, eventMessage String, eventType String, subsystem String, processID UInt32, processImagePath String, userID Nullable(Int64))')
            AS record,
        extractGroups(
            record.eventMessage,
            '(?s)^(\\w+(?: \\w+)*):? ?(?:\\(\\w+:\\d+\\))?\\[(.*?):(\\d+)<->(.*?):(\\d+)\\] interface: (\\S*) \\(skipped: (\\d+)\\)\\nso_gencnt: (\\d+) \\w+: \\w+ process: (.*):(\\d+) (?:Duration: (\\d+)\\.(\\d+) sec Conn_Time: \\d+\\.\\d+ sec bytes in/out: (\\d+)/(\\d+) |flowctl: |SYN in/out: |bytes in/out: )'
        ) AS fields
    FROM file({path:String}, 'LineAsString', 'line String')
)
