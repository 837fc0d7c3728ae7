-- What each host's connections carry.
CREATE TABLE {run:Identifier}.host_telemetry
(
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
    last_ts DateTime64(6, 'UTC')
)
ENGINE = MergeTree ORDER BY host_id;
