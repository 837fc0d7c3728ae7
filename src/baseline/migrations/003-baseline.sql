-- What was usual when. Days leave what a baseline needs as they are built (`day_habits`); a version is learned from four
-- weeks of them, is frozen, and is cited by what was judged against it.

-- One host and actor, by the UTC day on which its bytes left: `day` lies before `seen_on` where a connection reported at
-- its end. States merge to the same numbers in any order (docs/decisions/010-frozen-baselines.md). Actors that ran
-- and sent nothing have a row of zeros.
CREATE TABLE IF NOT EXISTS day_habits
(
    seen_on Date,
    host_id LowCardinality(String),
    actor_id UInt64,
    day Date,
    actor String,
    bytes_out UInt64,
    bytes_in UInt64,
    hours UInt32,                      -- bit n: bytes left in UTC hour n
    max_hour_out UInt64,
    connections UInt64,                -- that began on `day`
    max_duration Float64,              -- of connections seen on `seen_on`, in the row of that day
    max_rate Float64,                  -- bytes a second over connections of ten seconds and more
    durations AggregateFunction(quantilesDD(0.05, 0.5, 0.95), Float64),
    rates AggregateFunction(quantilesDD(0.05, 0.5, 0.95), Float64),
    hour_sizes AggregateFunction(quantilesDD(0.05, 0.5, 0.95), Float64),
    destinations AggregateFunction(uniqCombined64(12), String),
    addresses AggregateFunction(uniqCombined64(12), String),
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY seen_on
ORDER BY (host_id, actor_id, day)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Written last: a version without its row here does not exist.
CREATE TABLE IF NOT EXISTS baseline_versions
(
    version String,
    name String,                       -- what a person called it, '' when learned by itself
    kind LowCardinality(String),       -- automatic | built | imported
    applies_from Date,                 -- first day whose week may be judged by it
    learned_from Date,
    learned_until Date,
    days UInt16,                       -- with data
    hosts UInt32,
    actors UInt32,
    fingerprint String,                -- of what was learned, what was left out and the settings
    settings String,                   -- JSON
    excluded String,                   -- JSON: host, actor, reason and days that were not learned from
    created_at DateTime64(3, 'UTC'),
    built_on Date DEFAULT today()
)
ENGINE = ReplacingMergeTree(created_at)
ORDER BY version
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS baseline_hosts
(
    version String,
    host_id String,
    host_name String,
    days UInt16,                       -- on which it was heard of
    peer_groups Array(String),
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY version
ORDER BY host_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- One actor over the fleet. One vote per host: quantiles are those of the hosts' own medians (p50) and p95s (p95).
CREATE TABLE IF NOT EXISTS baseline_actors
(
    version String,
    actor_id UInt64,
    actor String,
    hosts UInt32,                      -- where it ran
    sending_hosts UInt32,              -- where it connected
    days UInt16,                       -- on which any host had it
    bytes_out UInt64,
    bytes_in UInt64,
    connections UInt64,
    day_out_p50 UInt64,
    day_out_p95 UInt64,
    day_out_max UInt64,
    hour_out_p50 Float64,
    hour_out_p95 Float64,
    hour_out_max UInt64,
    duration_p50 Float64,
    duration_p95 Float64,
    duration_max Float64,
    rate_p50 Float64,
    rate_p95 Float64,
    rate_max Float64,
    connections_p50 UInt64,            -- a day
    connections_p95 UInt64,
    destinations_p50 UInt64,           -- of one host
    destinations_p95 UInt64,
    destinations UInt64,               -- of the fleet, as addresses
    addresses UInt64,
    hours UInt32,
    hour_hosts Array(UInt32),          -- hosts active in UTC hour 0 … 23
    day_maxima Array(UInt64),          -- largest day of each host, ascending; beyond 500 hosts every nth
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY version
ORDER BY actor_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- One actor on one host, days without it left out.
CREATE TABLE IF NOT EXISTS baseline_host_actors
(
    version String,
    host_id LowCardinality(String),
    actor_id UInt64,
    days UInt16,                       -- on which it connected
    first_day Date,
    last_day Date,
    bytes_out UInt64,
    bytes_in UInt64,
    connections UInt64,
    day_out_p50 UInt64,
    day_out_p95 UInt64,
    day_out_max UInt64,
    first_third_out UInt64,            -- median of the first and last third of its days
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
    hours UInt32,
    other_hosts UInt32,                -- other hosts on which the actor connected
    others_day_out_p50 UInt64,         -- over them, this host left out
    others_day_out_p95 UInt64,
    expected_day_out UInt64,           -- own median and p95, drawn to the others' by days / (days + shrink_days)
    expected_day_out_high UInt64,
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY version
ORDER BY (host_id, actor_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS baseline_groups
(
    version String,
    peer_group String,
    actor_id UInt64,
    group_hosts UInt32,                -- hosts of the group
    hosts UInt32,                      -- of them, those on which it connected
    days UInt16,
    bytes_out UInt64,
    day_out_p50 UInt64,
    day_out_p95 UInt64,
    day_out_max UInt64,
    hour_out_p95 Float64,
    duration_p95 Float64,
    rate_p95 Float64,
    connections_p95 UInt64,
    hours UInt32,
    day_maxima Array(UInt64),
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY version
ORDER BY (peer_group, actor_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS baseline_host_pairs
(
    version String,
    host_id LowCardinality(String),
    actor_id UInt64,
    destination String,
    days UInt16,
    first_day Date,
    last_day Date,
    bytes_out UInt64,
    day_out_p50 UInt64,
    day_out_max UInt64,
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY version
ORDER BY (host_id, actor_id, destination)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS baseline_pairs
(
    version String,
    actor_id UInt64,
    destination String,
    hosts UInt32,
    days UInt16,                       -- of the host that had most
    first_day Date,
    bytes_out UInt64,
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY version
ORDER BY (actor_id, destination)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS baseline_destinations
(
    version String,
    destination String,
    hosts UInt32,
    first_day Date,
    bytes_out UInt64,
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY version
ORDER BY destination
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Which version came out of which inputs (days as built, exclusions, settings), so that nothing is learned twice.
CREATE TABLE IF NOT EXISTS baseline_builds
(
    inputs String,
    version String,
    built_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(built_at)
ORDER BY inputs
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
