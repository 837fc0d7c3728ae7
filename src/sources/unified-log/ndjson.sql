-- `log show|stream --style ndjson`: one JSON object per line, to the columns that observations.sql reads.
SELECT
    multiIf(
        is_record, '',
        trimBoth(replaceAll(suspect, '\r', '')) = '', 'blank',
        startsWith(suspect, 'Filtering the log data') OR startsWith(suspect, '{"count":'), 'meta',
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
    image = '/kernel' AND logger_pid = 0 AS by_kernel,
    image = '/usr/libexec/runningboardd' AS by_runningboard,
    record.subsystem AS subsystem,
    record.eventMessage AS message
FROM
(
    SELECT
        line,
        record,
        recorded,
        isNotNull(recorded) AND (record.eventMessage != '' OR record.eventType NOT IN ('', 'logEvent')) AS is_record,
        -- Only lines that gave nothing are looked at again: it costs a second pass over the line.
        if(is_record, '', line) AS suspect
    FROM
    (
        SELECT
            line,
            record,
            -- The parser takes words for moments, too: only what begins like a date is handed to it.
            parseDateTime64BestEffortOrNull(if(substring(record.timestamp, 5, 1) = '-', record.timestamp, ''), 6, 'UTC') AS recorded
        FROM
        (
            SELECT
                line,
                JSONExtract(line, 'Tuple(timestamp String, eventMessage String, eventType String, subsystem String, processID UInt32, processImagePath String, userID Nullable(Int64))') AS record
            FROM {lines}
        )
    )
)
