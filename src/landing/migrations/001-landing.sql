-- Landing: every adapter's SELECT inserts into the Null table `landing`; the views behind it sort rows into
-- their tables in the same pass, so a line is parsed once and never stored raw unless it was rejected.

CREATE TABLE IF NOT EXISTS landing
(
    -- set by the landing step, not by adapters
    attempt UInt64,                              -- one try at one file; the ledger says which try counts
    source LowCardinality(String),

    -- what the line was
    kind Enum8('reject' = 0, 'ignored' = 1, 'process' = 2, 'flow' = 3),
    reason LowCardinality(String) DEFAULT '',    -- for reject and ignored: a stable snake_case reason
    lines UInt32 DEFAULT 1,                      -- physical lines this row accounts for
    raw String DEFAULT '',                       -- reject only: the line, cut at 2,000 bytes
    line_no UInt64 DEFAULT 0,                    -- reject only, where the adapter knows it; else 0

    host_id String DEFAULT '',
    host_name String DEFAULT '',
    ts DateTime64(6, 'UTC') DEFAULT 0,           -- when the source recorded it

    -- process identity (process rows, and flow rows of sources that carry it)
    process_id UInt64 DEFAULT 0,                 -- hash of host + the source's own process key; 0 = the source has none
    parent_process_id UInt64 DEFAULT 0,
    responsible_process_id UInt64 DEFAULT 0,     -- Apple's responsible process / Elastic's effective parent
    pid UInt32 DEFAULT 0,
    ppid UInt32 DEFAULT 0,
    responsible_pid UInt32 DEFAULT 0,
    name String DEFAULT '',                      -- may be cut by the source (kernel: 16 bytes, nettop: about 15)
    executable String DEFAULT '',
    parent_executable String DEFAULT '',
    responsible_executable String DEFAULT '',
    args Array(String) DEFAULT [],
    script String DEFAULT '',
    cwd String DEFAULT '',
    user String DEFAULT '',
    uid Int64 DEFAULT -1,
    session Enum8('unknown' = -1, 'none' = 0, 'terminal' = 1) DEFAULT 'unknown',  -- has a tty?
    process_event Enum8('none' = 0, 'exec' = 1, 'fork' = 2, 'exit' = 3, 'seen' = 4) DEFAULT 'none',

    -- code signing, raw facts; -1 / 0 / '' = not reported
    signing_id String DEFAULT '',
    team_id String DEFAULT '',
    cdhash String DEFAULT '',                    -- lower-case hex
    platform_binary Int8 DEFAULT -1,
    cs_flags UInt32 DEFAULT 0,
    cs_category Int16 DEFAULT -1,                -- es cs_validation_category
    code_signed Int8 DEFAULT -1,                 -- code_signature.exists
    code_trusted Int8 DEFAULT -1,                -- code_signature.trusted
    code_subject String DEFAULT '',              -- leaf certificate subject

    -- process rows: process start / end; flow rows: connection start / last seen. 0 = not reported
    start_ts DateTime64(6, 'UTC') DEFAULT 0,
    end_ts DateTime64(6, 'UTC') DEFAULT 0,

    -- flow
    flow_id UInt64 DEFAULT 0,                    -- hash of host + the source's own connection key
    transport LowCardinality(String) DEFAULT '', -- tcp | udp | quic | ''
    local_ip String DEFAULT '',
    local_port UInt16 DEFAULT 0,
    remote_ip String DEFAULT '',                 -- '' when redacted or not reported
    remote_port UInt16 DEFAULT 0,
    remote_name String DEFAULT '',               -- host name, lower case, no trailing dot
    direction Enum8('unknown' = 0, 'egress' = 1, 'ingress' = 2) DEFAULT 'unknown',
    interface LowCardinality(String) DEFAULT '',
    state Enum8('unknown' = 0, 'open' = 1, 'closed' = 2) DEFAULT 'unknown',
    counter Enum8('none' = 0, 'delta' = 1, 'cumulative' = 2, 'final' = 3, 'sample' = 4) DEFAULT 'none',
    bytes_out Nullable(UInt64) DEFAULT NULL,
    bytes_in Nullable(UInt64) DEFAULT NULL,
    record_id UInt64 DEFAULT 0,                  -- hash of the record: the same record twice counts once
    lost_total UInt64 DEFAULT 0                  -- the source's running count of records it dropped
)
ENGINE = Null;

CREATE TABLE IF NOT EXISTS landed
(
    attempt UInt64,
    kind Enum8('reject' = 0, 'ignored' = 1, 'process' = 2, 'flow' = 3),
    reason LowCardinality(String),
    lines UInt64,
    records UInt64
)
ENGINE = SummingMergeTree
ORDER BY (attempt, kind, reason)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS landing_to_landed TO landed AS
SELECT attempt, kind, reason, sum(lines) AS lines, count() AS records
FROM landing
GROUP BY attempt, kind, reason;

CREATE TABLE IF NOT EXISTS rejects
(
    attempt UInt64,
    source LowCardinality(String),
    reason LowCardinality(String),
    line_no UInt64,
    raw String,
    landed_on Date DEFAULT today()
)
ENGINE = MergeTree
ORDER BY (attempt, reason, line_no)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS landing_to_rejects TO rejects AS
SELECT attempt, source, reason, line_no, raw
FROM landing
WHERE kind = 'reject';

CREATE TABLE IF NOT EXISTS process_observations
(
    attempt UInt64,
    source LowCardinality(String),
    host_id LowCardinality(String),
    host_name LowCardinality(String),
    ts DateTime64(6, 'UTC'),
    process_id UInt64,
    parent_process_id UInt64,
    responsible_process_id UInt64,
    pid UInt32,
    ppid UInt32,
    responsible_pid UInt32,
    name LowCardinality(String),
    executable LowCardinality(String),
    parent_executable LowCardinality(String),
    responsible_executable LowCardinality(String),
    args Array(String),
    script String,
    cwd LowCardinality(String),
    user LowCardinality(String),
    uid Int64,
    session Enum8('unknown' = -1, 'none' = 0, 'terminal' = 1),
    process_event Enum8('none' = 0, 'exec' = 1, 'fork' = 2, 'exit' = 3, 'seen' = 4),
    signing_id LowCardinality(String),
    team_id LowCardinality(String),
    cdhash LowCardinality(String),
    platform_binary Int8,
    cs_flags UInt32,
    cs_category Int16,
    code_signed Int8,
    code_trusted Int8,
    code_subject LowCardinality(String),
    start_ts DateTime64(6, 'UTC'),
    end_ts DateTime64(6, 'UTC'),
    landed_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY if(toYear(ts) BETWEEN 2015 AND 2099, toDate(ts), toDate(0))
ORDER BY (host_id, process_id, ts)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS landing_to_process TO process_observations AS
SELECT
    attempt, source, host_id, host_name, ts, process_id, parent_process_id, responsible_process_id, pid, ppid,
    responsible_pid, name, executable, parent_executable, responsible_executable, args, script, cwd, user, uid,
    session, process_event, signing_id, team_id, cdhash, platform_binary, cs_flags, cs_category, code_signed,
    code_trusted, code_subject, start_ts, end_ts
FROM landing
WHERE kind = 'process';

CREATE TABLE IF NOT EXISTS flow_observations
(
    attempt UInt64,
    source LowCardinality(String),
    host_id LowCardinality(String),
    host_name LowCardinality(String),
    ts DateTime64(6, 'UTC'),
    flow_id UInt64,
    record_id UInt64,
    process_id UInt64,
    pid UInt32,
    name LowCardinality(String),
    executable LowCardinality(String),
    user LowCardinality(String),
    signing_id LowCardinality(String),
    team_id LowCardinality(String),
    platform_binary Int8,
    code_signed Int8,
    code_trusted Int8,
    code_subject LowCardinality(String),
    parent_process_id UInt64,
    start_ts DateTime64(6, 'UTC'),
    end_ts DateTime64(6, 'UTC'),
    transport LowCardinality(String),
    local_ip LowCardinality(String),
    local_port UInt16,
    remote_ip String,
    remote_port UInt16,
    remote_name LowCardinality(String),
    direction Enum8('unknown' = 0, 'egress' = 1, 'ingress' = 2),
    interface LowCardinality(String),
    state Enum8('unknown' = 0, 'open' = 1, 'closed' = 2),
    counter Enum8('none' = 0, 'delta' = 1, 'cumulative' = 2, 'final' = 3, 'sample' = 4),
    bytes_out Nullable(UInt64),
    bytes_in Nullable(UInt64),
    lost_total UInt64,
    landed_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY if(toYear(ts) BETWEEN 2015 AND 2099, toDate(ts), toDate(0))
ORDER BY (host_id, flow_id, ts)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS landing_to_flow TO flow_observations AS
SELECT
    attempt, source, host_id, host_name, ts, flow_id, record_id, process_id, pid, name, executable, user, signing_id,
    team_id, platform_binary, code_signed, code_trusted, code_subject, parent_process_id, start_ts, end_ts, transport,
    local_ip, local_port, remote_ip, remote_port, remote_name, direction, interface, state, counter, bytes_out,
    bytes_in, lost_total
FROM landing
WHERE kind = 'flow';

-- The ledger, append only. A batch is one file's content as one source for one host; it counts once however often it
-- is read. Each try at it has its own attempt number; rows of tries that never reached `done` are never used.
CREATE TABLE IF NOT EXISTS batches
(
    batch_id String,                             -- hash of content, source and host
    attempt UInt64,
    state Enum8('begun' = 0, 'done' = 1),
    source LowCardinality(String),
    file String,
    bytes UInt64,
    lines UInt64,
    accepted UInt64,
    rejected UInt64,
    recorded_at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (batch_id, recorded_at)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The one try of each batch that counts. Two processes may both finish the same batch; one of them is enough.
CREATE VIEW IF NOT EXISTS counted_attempts AS
SELECT
    min(attempt) AS attempt,
    argMin(source, attempt) AS source,
    argMin(file, attempt) AS file,
    argMin(lines, attempt) AS lines,
    argMin(accepted, attempt) AS accepted,
    argMin(rejected, attempt) AS rejected
FROM batches
WHERE state = 'done'
GROUP BY batch_id;
