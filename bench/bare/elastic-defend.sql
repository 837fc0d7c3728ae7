-- The fields the adapter types, in one parse, with the time as a time; stored sorted by host, process and time.
SELECT
    parseDateTime64BestEffortOrZero(document.`@timestamp`, 6, 'UTC') AS ts,
    document.host.id AS host_id,
    document.process.entity_id AS process_id,
    document
FROM
(
    SELECT JSONExtract(line, 'Tuple(
        `@timestamp` String,
        agent Tuple(id String),
        event Tuple(action String, category String, kind String, id String, start String, duration UInt64),
        host Tuple(id String, name String, hostname String, os Tuple(type String)),
        process Tuple(
            entity_id String, pid UInt32, name String, executable String, args Array(String),
            working_directory String, start String, tty String, interactive Nullable(Bool),
            code_signature Tuple(
                exists Nullable(Bool), trusted Nullable(Bool), subject_name String, team_id String, signing_id String),
            parent Tuple(entity_id String, pid UInt32, executable String),
            Ext Tuple(effective_parent Tuple(entity_id String, pid UInt32, executable String))),
        source Tuple(ip String, port UInt16, bytes Nullable(UInt64)),
        destination Tuple(ip String, port UInt16, bytes Nullable(UInt64), domain String),
        network Tuple(direction String, transport String),
        user Tuple(id String, name String))') AS document
    FROM file({path:String}, 'LineAsString', 'line String')
)
