-- Working tables of one baseline being learned.

CREATE TABLE {run:Identifier}.excluded (host_id String, actor_id UInt64, day Date)
ENGINE = MergeTree ORDER BY (host_id, actor_id, day);

-- What one host and actor did over the learned days, before it is compared with other hosts.
CREATE TABLE {run:Identifier}.habits
(
    host_id LowCardinality(String),
    actor_id UInt64,
    days UInt16,
    first_day Date,
    last_day Date,
    bytes_out UInt64,
    bytes_in UInt64,
    connections UInt64,
    day_out_p50 UInt64,
    day_out_p95 UInt64,
    day_out_max UInt64,
    first_third_out UInt64,
    last_third_out UInt64,
    hour_out_p50 Float64,
    hour_out_p95 Float64,
    hour_out_max UInt64,
    duration_p50 Float64,
    duration_p95 Float64,
    duration_max Float64,
    rate_p50 Float64,
    rate_p95 Float64,
    rate_max Float64,
    connections_p50 UInt64,
    connections_p95 UInt64,
    destinations UInt64,
    addresses UInt64,
    hours UInt32
)
ENGINE = MergeTree ORDER BY (host_id, actor_id);
