-- What is normal: per host and actor, per actor over the fleet, per destination.

CREATE TABLE {run:Identifier}.subject_days
(
    host_id LowCardinality(String),
    actor_id UInt64,
    day Date,
    bytes_out UInt64,
    bytes_in UInt64,
    hours UInt16,
    max_hour_out UInt64,
    connections UInt64
)
ENGINE = MergeTree ORDER BY (host_id, actor_id, day);

CREATE TABLE {run:Identifier}.subjects
(
    host_id LowCardinality(String),
    actor_id UInt64,
    bytes_out UInt64,
    bytes_in UInt64,
    connections UInt64,
    destinations UInt64,
    first_ts DateTime64(6, 'UTC'),
    last_ts DateTime64(6, 'UTC'),
    max_duration Float64,
    open UInt8,
    out_known UInt8,
    in_known UInt8,
    peak_rate Float64,
    days UInt16,
    hours UInt16,
    max_hour_out UInt64,
    max_day_out UInt64,
    max_day_hours UInt16,
    peers_day UInt64                  -- most distinct remote addresses in one day
)
ENGINE = MergeTree ORDER BY (host_id, actor_id);

CREATE TABLE {run:Identifier}.pair_days
(
    host_id LowCardinality(String),
    actor_id UInt64,
    destination String,
    days UInt16,
    hours UInt16,
    max_hour_out UInt64,
    max_day_out UInt64,
    max_day_hours UInt16,
    max_day_connections UInt64
)
ENGINE = MergeTree ORDER BY (host_id, actor_id, destination);

CREATE TABLE {run:Identifier}.actor_fleet
(
    actor_id UInt64,
    hosts UInt32,
    -- largest day of each host, ascending; for actors on more than 500 hosts every nth
    day_maxima Array(UInt64)
)
ENGINE = MergeTree ORDER BY actor_id;

CREATE TABLE {run:Identifier}.destination_fleet (destination String, hosts UInt32)
ENGINE = MergeTree ORDER BY destination;

CREATE TABLE {run:Identifier}.pair_fleet (actor_id UInt64, destination String, hosts UInt32)
ENGINE = MergeTree ORDER BY (actor_id, destination);

-- What the frozen baseline of a kept store says of the candidates (compare.sql); empty without one. The judged host is
-- left out wherever others are meant.
CREATE TABLE {run:Identifier}.frozen_subjects
(
    host_id LowCardinality(String),
    actor_id UInt64,
    other_hosts UInt32,
    other_maxima Array(UInt64),        -- largest day of each other host, ascending
    days UInt16,                       -- on which the actor connected here
    median_day UInt64,
    max_day UInt64,
    first_third UInt64,                -- median day of the first and the last third of the learned time
    last_third UInt64,
    pressing UInt8                     -- was a finding of medium or above in the learned time, approved or not
)
ENGINE = MergeTree ORDER BY (host_id, actor_id);

CREATE TABLE {run:Identifier}.frozen_pairs
(
    host_id LowCardinality(String),
    actor_id UInt64,
    destination String,
    other_hosts UInt32,                -- with this actor
    destination_hosts UInt32,          -- others, with any actor
    days UInt16,
    median_day UInt64,
    max_day UInt64
)
ENGINE = MergeTree ORDER BY (host_id, actor_id, destination);

-- Subjects that were a finding of medium or above in the time a frozen baseline was learned from, approved or not; told by
-- whoever keeps findings.
CREATE TABLE {run:Identifier}.pressing (host_id String, actor_id UInt64)
ENGINE = MergeTree ORDER BY (host_id, actor_id);

-- The subjects that are compared with a frozen baseline; told by whoever asks.
CREATE TABLE {run:Identifier}.compared (host_id LowCardinality(String), actor_id UInt64)
ENGINE = MergeTree ORDER BY (host_id, actor_id);
