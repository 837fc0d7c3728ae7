-- Working tables of one run, in a database of their own that is dropped at its end. Large parts are not merged: the
-- tables are read a few times only.

CREATE TABLE {run:Identifier}.attempts (attempt UInt64, source LowCardinality(String), file String)
ENGINE = MergeTree ORDER BY attempt;

-- Hosts of earlier days: a name that says who a host is may have come then (days only; else empty).
CREATE TABLE {run:Identifier}.known_hosts (seen_as String, seen_name String)
ENGINE = MergeTree ORDER BY seen_as;

CREATE TABLE {run:Identifier}.hosts
(
    seen_as String,                -- host_id as a source wrote it
    seen_name String,
    host_id String,                -- the host it is
    host_name String,
    lost UInt64,                   -- records the source said it dropped
    lost_least UInt64,             -- where the source's running count of them stood
    lost_most UInt64
)
ENGINE = MergeTree ORDER BY seen_as;

-- Connections that a day found open (days only; else empty).
CREATE TABLE {run:Identifier}.carry
(host_id LowCardinality(String), flow_id UInt64, source LowCardinality(String), process_id UInt64)
ENGINE = MergeTree ORDER BY (host_id, flow_id);

CREATE TABLE {run:Identifier}.flows
(
    host_id LowCardinality(String),
    flow_id UInt64,
    session UInt32,                -- nth connection under the same key (a port used again)
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
    end_ts DateTime64(6, 'UTC'),
    open UInt8,
    bytes_out UInt64,
    bytes_in UInt64,
    out_known UInt8,
    in_known UInt8,
    counted_ts DateTime64(6, 'UTC'),  -- when the bytes begin: the start, or the last record of an earlier day
    carried UInt8                     -- it began on an earlier day, which counted it
)
ENGINE = MergeTree ORDER BY (host_id, process_id, flow_id, session)
SETTINGS max_bytes_to_merge_at_max_space_in_pool = 4000000;

-- The general way (several sources, or sources that name processes by pid) goes through two more tables of the same
-- shape: seen -> stitched -> unresolved -> resolved -> flows.
CREATE TABLE {run:Identifier}.seen ENGINE = MergeTree ORDER BY (host_id, pid, local_port, start_ts, flow_id, session)
EMPTY AS SELECT * FROM {run:Identifier}.flows;

-- Ports of one process that more than one row of `seen` names: only those can be the same socket twice.
CREATE TABLE {run:Identifier}.shared_sockets
(
    host_id LowCardinality(String),
    pid UInt32,
    local_port UInt16,
    remote_port UInt16,
    tcp UInt8
)
ENGINE = MergeTree ORDER BY (host_id, pid, local_port, remote_port, tcp);

-- Connections that sensors on the wire tell of more than once: only those can be the same one twice.
CREATE TABLE {run:Identifier}.sensed_twice
(
    host_id LowCardinality(String),
    local_ip LowCardinality(String),
    local_port UInt16,
    remote_ip String,
    remote_port UInt16,
    tcp UInt8
)
ENGINE = MergeTree ORDER BY (host_id, local_ip, local_port, remote_ip, remote_port, tcp);

CREATE TABLE {run:Identifier}.sensor_twins (host_id String, flow_id UInt64, session UInt32)
ENGINE = MergeTree ORDER BY (host_id, flow_id, session);

CREATE TABLE {run:Identifier}.unresolved ENGINE = MergeTree ORDER BY (host_id, pid, start_ts, flow_id, session)
EMPTY AS SELECT * FROM {run:Identifier}.flows;

CREATE TABLE {run:Identifier}.processes
(
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
    user LowCardinality(String),
    uid Int64,
    session Enum8('unknown' = -1, 'none' = 0, 'terminal' = 1),
    executed UInt8,                -- an exec was seen, not only traffic or an exit
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
    identity UInt64 MATERIALIZED sipHash64(executable, name, signing_id, team_id, platform_binary, cs_flags,
        cs_category, code_signed, code_trusted, code_subject)
)
ENGINE = MergeTree ORDER BY (host_id, process_id)
SETTINGS max_bytes_to_merge_at_max_space_in_pool = 4000000;

-- What each distinct code identity is; filled by model/identity.ts.
CREATE TABLE {run:Identifier}.identities
(
    identity UInt64,
    actor String,
    signer LowCardinality(String),
    signing_id String,
    team_id String,
    qualify LowCardinality(String),   -- '' | 'script' | 'parent': the identity alone is nobody
    shell UInt8,
    tool LowCardinality(String)       -- family of a known tool, '' when none
)
ENGINE = MergeTree ORDER BY identity;

-- What the command lines of interpreters and dual-use tools say; filled by model/identity.ts.
CREATE TABLE {run:Identifier}.command_lines
(
    command_line UInt64,              -- hash of the arguments and the script
    script String,                    -- what an interpreter runs, folded; '' when it runs nothing of its own
    target String                     -- host the arguments name as the other end, '' when none
)
ENGINE = MergeTree ORDER BY command_line;

-- The processes a run is about: those that own connections, and known tools that only ran.
CREATE TABLE {run:Identifier}.owners (host_id LowCardinality(String), process_id UInt64)
ENGINE = MergeTree ORDER BY (host_id, process_id);

-- Who started the owners, level 1 = parent.
CREATE TABLE {run:Identifier}.ancestry
(
    host_id LowCardinality(String),
    process_id UInt64,
    level UInt8,
    ancestor_id UInt64,
    executable LowCardinality(String),
    identity UInt64
)
ENGINE = MergeTree ORDER BY (host_id, process_id, level);

-- The actor of every process that matters: its identity, qualified where the identity alone is nobody.
CREATE TABLE {run:Identifier}.actors
(
    host_id LowCardinality(String),
    process_id UInt64,
    actor_id UInt64,
    actor String,
    identity UInt64,
    by_identity UInt64,               -- the ancestor that qualifies it; 0 = none
    qualified_by LowCardinality(String), -- '' | 'script' | 'parent': what its actor is told apart by; 'unsaid' in days of before it was kept
    qualifier String                  -- the script it runs, or the actor that started it
)
ENGINE = MergeTree ORDER BY (host_id, process_id);

CREATE TABLE {run:Identifier}.open_ends
(
    host_id LowCardinality(String),
    flow_id UInt64,
    session UInt32,
    end_ts DateTime64(6, 'UTC')
)
ENGINE = MergeTree ORDER BY (host_id, flow_id, session);

-- Flows as detection reads them.
CREATE TABLE {run:Identifier}.connections
(
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
    counted_ts DateTime64(6, 'UTC'),
    carried UInt8,
    scope LowCardinality(String),
    named UInt8,
    destination LowCardinality(String)
)
ENGINE = MergeTree ORDER BY (host_id, actor_id, destination, start_ts, flow_id, session)
SETTINGS max_bytes_to_merge_at_max_space_in_pool = 4000000;

-- Egress per hour: one host, actor and destination.
CREATE TABLE {run:Identifier}.activity
(
    host_id LowCardinality(String),
    actor_id UInt64,
    destination String,
    hour DateTime('UTC'),
    bytes_out UInt64,
    bytes_in UInt64,
    connections UInt64
)
ENGINE = MergeTree ORDER BY (host_id, actor_id, destination, hour)
SETTINGS max_bytes_to_merge_at_max_space_in_pool = 4000000;

-- What connections say of one host, actor and external destination, by the day they began on; the shape is that of
-- `day_pairs`, which keeps the pieces of a day.
CREATE TABLE {run:Identifier}.pieces
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
    connections UInt64,
    ingress UInt64,
    open UInt8,
    first_ts DateTime64(6, 'UTC'),
    last_ts DateTime64(6, 'UTC'),
    max_duration Float64,
    total_duration Float64,
    peak_rate Float64,
    heaviest UInt64,
    port UInt16,
    ports Array(UInt16),
    transport LowCardinality(String),
    ips Array(String),
    remote_name String,
    starts Array(Tuple(start_ms Int64, bytes_out UInt64)),
    lasting Array(Tuple(start_us Int64, flow_id UInt64, carried UInt8, counted_us Int64, from_us Int64, until_us Int64,
                        bytes_out UInt64, port UInt16, transport String))
)
ENGINE = MergeTree ORDER BY (host_id, actor_id, destination)
SETTINGS max_bytes_to_merge_at_max_space_in_pool = 4000000;

-- One host, actor and external destination over the whole window.
CREATE TABLE {run:Identifier}.pairs
(
    host_id LowCardinality(String),
    actor_id UInt64,
    destination String,
    named UInt8,
    bytes_out UInt64,
    bytes_in UInt64,
    in_known UInt8,
    out_known UInt8,
    connections UInt64,
    ingress UInt64,
    open UInt8,
    first_ts DateTime64(6, 'UTC'),
    last_ts DateTime64(6, 'UTC'),
    max_duration Float64,
    total_duration Float64,
    peak_rate Float64,
    port UInt16,                      -- the one that carried most
    ports UInt64,                     -- distinct remote ports, 64 at most
    transport LowCardinality(String),
    ips Array(String),                -- up to 8
    remote_name String,               -- a full host name seen, '' when none
    size_p10 Float64,
    size_p50 Float64,
    size_p90 Float64,
    gap_p50 Float64,                  -- seconds between starts
    gap_mad Float64
)
ENGINE = MergeTree ORDER BY (host_id, actor_id, destination);

-- Most distinct remote peers of one host and actor in one day.
CREATE TABLE {run:Identifier}.peers (host_id LowCardinality(String), actor_id UInt64, day Date, peers UInt64)
ENGINE = MergeTree ORDER BY (host_id, actor_id, day);

-- What each process sent.
CREATE TABLE {run:Identifier}.traffic
(
    host_id LowCardinality(String),
    actor_id UInt64,
    process_id UInt64,
    bytes_out UInt64,
    connections UInt64
)
ENGINE = MergeTree ORDER BY (host_id, actor_id, process_id);

-- The processes that somebody asks a week about; told by whoever asks.
CREATE TABLE {run:Identifier}.standing_processes (host_id LowCardinality(String), process_id UInt64)
ENGINE = MergeTree ORDER BY (host_id, process_id);
