-- What a kept store knows beyond its observations. The unit of work is the UTC day on which something was observed
-- (`seen_on`): a day is built from that day's observations and from what the day before hands over, is replaced as a
-- whole when late records arrive, and never looks ahead. So one run over everything and many runs over what arrived
-- since build the same days.

-- What each day was built from; a day whose fingerprint differs from what its inputs say now is built again.
CREATE TABLE IF NOT EXISTS day_builds
(
    seen_on Date,
    fingerprint String,
    built_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(built_at)
ORDER BY seen_on
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS day_hosts
(
    seen_on Date,
    seen_as String,                -- host_id as a source wrote it
    seen_name String,
    host_id String,                -- the host it is
    host_name String,
    lost UInt64,                   -- records the source said it dropped
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY seen_as
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- One or two records for each process that was heard of that day: the best facts, and its end. The names are those of
-- process_observations, so that both are read by the same statement.
CREATE TABLE IF NOT EXISTS day_processes
(
    seen_on Date,
    source LowCardinality(String),
    host_id LowCardinality(String),
    ts DateTime64(6, 'UTC'),
    process_id UInt64,
    parent_process_id UInt64,
    responsible_process_id UInt64,
    pid UInt32,
    ppid UInt32,
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
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY (host_id, process_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Connections that were open when the day ended, with what they had carried by then.
CREATE TABLE IF NOT EXISTS day_carry
(
    seen_on Date,
    host_id LowCardinality(String),
    flow_id UInt64,
    source LowCardinality(String),
    process_id UInt64,
    pid UInt32,
    name LowCardinality(String),
    executable LowCardinality(String),
    transport LowCardinality(String),
    local_ip LowCardinality(String),
    local_port UInt16,
    remote_ip String,
    remote_port UInt16,
    remote_name LowCardinality(String),
    direction Enum8('unknown' = 0, 'egress' = 1, 'ingress' = 2),
    interface LowCardinality(String),
    start_ts DateTime64(6, 'UTC'),
    last_ts DateTime64(6, 'UTC'),      -- its last record
    interim UInt8,                     -- its source reports again while it lasts
    total_out UInt64,
    total_in UInt64,
    level_out UInt64,                  -- where the source's counters stand
    level_in UInt64,
    out_known UInt8,
    in_known UInt8,
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY (host_id, flow_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- What a connection did that day: bytes are those of the day, start is its own.
CREATE TABLE IF NOT EXISTS day_connections
(
    seen_on Date,
    host_id LowCardinality(String),
    actor_id UInt64,
    process_id UInt64,
    flow_id UInt64,
    session UInt32,
    source LowCardinality(String),
    remote_ip String,
    remote_port UInt16,
    remote_name LowCardinality(String),
    transport LowCardinality(String),
    direction Enum8('unknown' = 0, 'egress' = 1, 'ingress' = 2),
    start_ts DateTime64(6, 'UTC'),
    until_ts DateTime64(6, 'UTC'),
    duration Float64,
    open UInt8,
    bytes_out UInt64,
    bytes_in UInt64,
    out_known UInt8,
    in_known UInt8,
    carried UInt8,
    scope LowCardinality(String),
    named UInt8,
    destination LowCardinality(String),
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY (host_id, actor_id, destination, start_ts, flow_id, session)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Egress an hour: one host, actor and destination. Hours may lie before `seen_on`, where a connection reported at its end.
CREATE TABLE IF NOT EXISTS day_activity
(
    seen_on Date,
    host_id LowCardinality(String),
    actor_id UInt64,
    destination String,
    hour DateTime('UTC'),
    bytes_out UInt64,
    bytes_in UInt64,
    connections UInt64,
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY (host_id, actor_id, destination, hour)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- One host, actor and external destination.
CREATE TABLE IF NOT EXISTS day_pairs
(
    seen_on Date,
    host_id LowCardinality(String),
    actor_id UInt64,
    destination String,
    named UInt8,
    bytes_out UInt64,
    bytes_in UInt64,
    in_known UInt8,
    out_known UInt8,
    connections UInt64,                -- that began that day
    ingress UInt64,
    open UInt8,
    first_ts DateTime64(6, 'UTC'),
    last_ts DateTime64(6, 'UTC'),
    max_duration Float64,
    total_duration Float64,
    peak_rate Float64,
    heaviest UInt64,                   -- bytes out over `port`
    port UInt16,
    ports Array(UInt16),               -- up to 64
    transport LowCardinality(String),
    ips Array(String),                 -- up to 8
    remote_name String,
    starts Array(Tuple(start_ms Int64, bytes_out UInt64)),   -- the first 600
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY (host_id, actor_id, destination)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Distinct peers of one host and actor.
CREATE TABLE IF NOT EXISTS day_peers
(
    seen_on Date,
    host_id LowCardinality(String),
    actor_id UInt64,
    peers UInt64,
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY (host_id, actor_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- What each process sent, and the actor it was.
CREATE TABLE IF NOT EXISTS day_traffic
(
    seen_on Date,
    host_id LowCardinality(String),
    actor_id UInt64,
    process_id UInt64,
    actor String,
    identity UInt64,
    by_identity UInt64,
    bytes_out UInt64,
    connections UInt64,
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY (host_id, actor_id, process_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The processes behind day_traffic as they were known by the end of the day.
CREATE TABLE IF NOT EXISTS day_owners
(
    seen_on Date,
    host_id LowCardinality(String),
    process_id UInt64,
    pid UInt32,
    ppid UInt32,
    start_ts DateTime64(6, 'UTC'),
    end_ts DateTime64(6, 'UTC'),
    name LowCardinality(String),
    executable LowCardinality(String),
    args Array(String),
    script String,
    cwd LowCardinality(String),
    user LowCardinality(String),
    uid Int64,
    session Enum8('unknown' = -1, 'none' = 0, 'terminal' = 1),
    executed UInt8,
    signing_id LowCardinality(String),
    team_id LowCardinality(String),
    cdhash LowCardinality(String),
    platform_binary Int8,
    cs_flags UInt32,
    cs_category Int16,
    code_signed Int8,
    code_trusted Int8,
    code_subject LowCardinality(String),
    parent_process_id UInt64,
    parent_executable LowCardinality(String),
    responsible_process_id UInt64,
    responsible_executable LowCardinality(String),
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY (host_id, process_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS day_ancestry
(
    seen_on Date,
    host_id LowCardinality(String),
    process_id UInt64,
    level UInt8,
    ancestor_id UInt64,
    executable LowCardinality(String),
    identity UInt64,
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY (host_id, process_id, level)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS day_identities
(
    seen_on Date,
    identity UInt64,
    actor String,
    signer LowCardinality(String),
    signing_id String,
    team_id String,
    qualify LowCardinality(String),
    shell UInt8,
    tool LowCardinality(String),
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY identity
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
