-- `log show|stream --style ndjson`: one JSON object per line, to the columns that observations.sql reads.
SELECT
    multiIf(
        trimBoth(replaceAll(line, '\r', '')) = '', 'blank',
        isNotNull(recorded) AND (message != '' OR event_type NOT IN ('', 'logEvent')), '',
        startsWith(line, 'Filtering the log data') OR startsWith(line, '{"count":'), 'meta',
        isValidJSON(suspect) = 0, 'invalid_json',
        isNull(recorded), 'no_timestamp',
        JSONHas(suspect, 'eventMessage') = 0, 'no_message',
        ''
    ) AS problem,
    line AS raw,
    toUInt32(1) AS physical_lines,
    ifNull(recorded, toDateTime64(0, 6, 'UTC')) AS recorded_at,
    record.processImagePath AS image,
    '' AS process_name,
    record.processID AS logger_pid,
    ifNull(record.userID, -1) AS logger_uid,
    record.processImagePath = '/kernel' AND record.processID = 0 AS by_kernel,
    record.processImagePath = '/usr/libexec/runningboardd' AS by_runningboard,
    record.subsystem AS subsystem,
    message
FROM
(
    SELECT
        line,
        JSONExtract(line, 'Tuple(timestamp String, eventMessage String, eventType String, subsystem String, processID UInt32, processImagePath String, userID Nullable(Int64))') AS record,
        -- The parser takes words for moments, too: only what begins like a date is handed to it.
        parseDateTime64BestEffortOrNull(if(substring(record.timestamp, 5, 1) = '-', record.timestamp, ''), 6, 'UTC') AS recorded,
        record.eventMessage AS message,
        record.eventType AS event_type,
        -- Validity is only asked of lines that gave nothing: it costs a second pass over the line.
        if(isNull(recorded) OR message = '', line, '') AS suspect
    FROM {lines}
)
