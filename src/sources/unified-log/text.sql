-- Text of Console (copy, export) and of `log show|stream` in its default, compact and syslog styles. A record begins
-- with a line that fits the style's header; what follows without a header belongs to it. The longest record of use,
-- libnetwork's, has six such lines; frames stay that short so that only a few lines are held, however long the file.
SELECT
    multiIf(
        is_header AND isNull(recorded), 'no_timestamp',
        is_header, '',
        match(line, '^\\s*$'), 'blank',
        startsWith(line, 'Filtering the log data') OR startsWith(line, 'Skipping ') OR startsWith(line, 'Timestamp  '), 'meta',
        'continuation'
    ) AS problem,
    line AS raw,
    toUInt32(1 + own) AS physical_lines,
    ifNull(recorded, toDateTime64(0, 6, 'UTC')) AS recorded_at,
    '' AS image,
    header[{process_at:UInt8}] AS process_name,
    toUInt32OrZero(header[{pid_at:UInt8}]) AS logger_pid,
    toInt64(-1) AS logger_uid,
    header[{process_at:UInt8}] = 'kernel' AND header[{pid_at:UInt8}] IN ('', '0') AS by_kernel,
    header[{process_at:UInt8}] = 'runningboardd' AS by_runningboard,
    -- Console does not print the subsystem.
    multiIf(
        {clock_only:Bool} AND startsWith(header[5], 'Task <'), 'com.apple.CFNetwork',
        {clock_only:Bool} AND startsWith(header[5], '['), 'com.apple.network',
        header[4]
    ) AS subsystem,
    arrayStringConcat(arrayPushFront(arraySlice(lines_ahead, 1, own), header[5]), '\n') AS message
FROM
(
    SELECT
        line,
        is_header,
        after_header,
        lines_ahead,
        if(is_header, arrayFirstIndex(x -> x != 0, arrayPushBack(headers_ahead, 1)) - 1, 0) AS own,
        extractGroups(if(is_header, line, ''), {header:String}) AS header,
        parseDateTime64BestEffortOrNull(
            if({clock_only:Bool}, concat(toString(addDays({date:Date}, day)), ' ', header[1]), header[1]), 6, {timezone:String}
        ) AS recorded
    FROM
    (
        SELECT
            line,
            is_header,
            day,
            max(is_header) OVER (ROWS BETWEEN 6 PRECEDING AND 1 PRECEDING) AS after_header,
            [leadInFrame(line, 1) OVER ahead, leadInFrame(line, 2) OVER ahead, leadInFrame(line, 3) OVER ahead,
             leadInFrame(line, 4) OVER ahead, leadInFrame(line, 5) OVER ahead, leadInFrame(line, 6) OVER ahead] AS lines_ahead,
            -- Beyond the end of the file a header is assumed.
            [leadInFrame(is_header, 1, 1) OVER ahead, leadInFrame(is_header, 2, 1) OVER ahead, leadInFrame(is_header, 3, 1) OVER ahead,
             leadInFrame(is_header, 4, 1) OVER ahead, leadInFrame(is_header, 5, 1) OVER ahead, leadInFrame(is_header, 6, 1) OVER ahead] AS headers_ahead
        FROM
        (
            SELECT
                line,
                toUInt8(match(line, {header:String})) AS is_header,
                arrayCount(x -> toUInt64OrZero(x) <= rowNumberInAllBlocks() + 1, {new_days:Array(String)}) AS day
            FROM (SELECT trimRight(line, '\r') AS line FROM {lines})
        )
        WINDOW ahead AS (ROWS BETWEEN CURRENT ROW AND 6 FOLLOWING)
    )
)
WHERE is_header OR NOT after_header
