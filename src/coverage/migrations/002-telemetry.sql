-- What each host's connections carried.
CREATE TABLE IF NOT EXISTS day_telemetry
(
    seen_on Date,
    host_id LowCardinality(String),
    connections UInt64,
    with_process UInt64,
    with_name UInt64,
    with_address UInt64,
    with_out UInt64,
    with_in UInt64,
    with_duration UInt64,
    with_signing UInt64,
    with_parent UInt64,
    open UInt64,
    sources Array(String),
    first_ts DateTime64(6, 'UTC'),
    last_ts DateTime64(6, 'UTC'),
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY host_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
