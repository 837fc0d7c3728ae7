-- Working tables of one day beside those of model/sql/01-tables.sql, and its results before they replace the day's
-- partitions.

DROP TABLE {run:Identifier}.carry SYNC;

CREATE TABLE {run:Identifier}.carry AS day_carry
ENGINE = MergeTree ORDER BY (host_id, flow_id);

-- Connections of `carry`, cut after each end: what they did today and how they stand.
CREATE TABLE {run:Identifier}.carried
(
    host_id LowCardinality(String),
    flow_id UInt64,
    nth UInt32,                        -- 1 = the one an earlier day found open
    silent UInt8,                      -- nothing was heard of it today
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
    counted_ts DateTime64(6, 'UTC'),
    last_ts DateTime64(6, 'UTC'),
    state Int8,
    ended UInt8,
    interim UInt8,
    bytes_out UInt64,
    bytes_in UInt64,
    total_out UInt64,
    total_in UInt64,
    level_out UInt64,
    level_in UInt64,
    out_known UInt8,
    in_known UInt8
)
ENGINE = MergeTree ORDER BY (host_id, flow_id, nth);

-- Condensed records of the day's processes, and of earlier ones that the day's connections need.
CREATE TABLE {run:Identifier}.process_scope ENGINE = MergeTree ORDER BY (host_id, process_id, ts)
EMPTY AS SELECT toUInt64(0) AS attempt, * EXCEPT (seen_on, built_on) FROM day_processes;
