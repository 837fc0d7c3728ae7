-- Documents as Defend writes them; one typed parse per line, and only what the observations use is declared. Strings take
-- arrays too: `["a","b"]` arrives as that text.
SELECT
    line,
    line AS text,
    document,
    document.source.ip AS source_ip,
    document.destination.ip AS destination_ip,
    document.destination.domain AS domain,
    0 AS side,
    document.host.os.type AS os,
    startsWith(document.event.dataset, 'endpoint.') AS is_defend
FROM
(
    SELECT
        line,
        JSONExtract({document}, 'Tuple(
            `@timestamp` String,
            agent Tuple(id String),
            event Tuple(
                action String, category String, kind String, id String, start String, duration UInt64, dataset String),
            host Tuple(id String, name String, hostname String, os Tuple(type String)),
            process Tuple(
                entity_id String, pid UInt32, name String, executable String, args Array(String),
                working_directory String, start String, tty String, interactive Nullable(Bool),
                code_signature Tuple(
                    exists Nullable(Bool), trusted Nullable(Bool), subject_name String, team_id String,
                    signing_id String),
                parent Tuple(entity_id String, pid UInt32, executable String),
                Ext Tuple(effective_parent Tuple(entity_id String, pid UInt32, executable String))),
            source Tuple(ip String, port UInt16, bytes Nullable(UInt64)),
            destination Tuple(ip String, port UInt16, bytes Nullable(UInt64), domain String),
            network Tuple(direction String, transport String),
            user Tuple(id String, name String))') AS document
    FROM {lines}
)
