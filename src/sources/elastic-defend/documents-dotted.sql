-- Documents exported with flattened keys, folded into the same shape as documents.sql.
SELECT
    line,
    CAST((
        d.1, tuple(d.2), (d.3, d.4, d.5, d.6, d.7, d.8), (d.9, d.10, d.11, tuple(d.12)),
        (d.13, d.14, d.15, d.16, d.17, d.18, d.19, d.20, d.21, (d.22, d.23, d.24, d.25, d.26), (d.27, d.28, d.29),
         tuple((d.30, d.31, d.32))),
        (d.33, d.34, d.35), (d.36, d.37, d.38, d.39), (d.40, d.41), (d.42, d.43)
    ), 'Tuple(
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
FROM
(
    SELECT
        line,
        JSONExtract({document}, 'Tuple(
            `@timestamp` String,
            `agent.id` String,
            `event.action` String, `event.category` String, `event.kind` String, `event.id` String,
            `event.start` String, `event.duration` UInt64,
            `host.id` String, `host.name` String, `host.hostname` String, `host.os.type` String,
            `process.entity_id` String, `process.pid` UInt32, `process.name` String, `process.executable` String,
            `process.args` Array(String), `process.working_directory` String, `process.start` String,
            `process.tty` String, `process.interactive` Nullable(Bool),
            `process.code_signature.exists` Nullable(Bool), `process.code_signature.trusted` Nullable(Bool),
            `process.code_signature.subject_name` String, `process.code_signature.team_id` String,
            `process.code_signature.signing_id` String,
            `process.parent.entity_id` String, `process.parent.pid` UInt32, `process.parent.executable` String,
            `process.Ext.effective_parent.entity_id` String, `process.Ext.effective_parent.pid` UInt32,
            `process.Ext.effective_parent.executable` String,
            `source.ip` String, `source.port` UInt16, `source.bytes` Nullable(UInt64),
            `destination.ip` String, `destination.port` UInt16, `destination.bytes` Nullable(UInt64),
            `destination.domain` String,
            `network.direction` String, `network.transport` String,
            `user.id` String, `user.name` String)') AS d
    FROM {lines}
)
