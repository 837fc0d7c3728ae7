-- What the week that ended on a day was judged as; replaced as a whole when that day is judged again. Findings are what
-- all of them say together, with people's decisions and approvals applied when they are read.
CREATE TABLE IF NOT EXISTS evaluations
(
    evaluated_on Date,
    finding_id String,
    host_id String,
    actor String,
    risk UInt8,
    severity LowCardinality(String),
    first_seen DateTime64(3, 'UTC'),
    last_seen DateTime64(3, 'UTC'),
    days Array(Tuple(day Date, bytes_out UInt64, bytes_in UInt64, connections UInt64)),
    facts String,                      -- JSON: what approvals are held against (approvals/facts.ts)
    body String,                       -- JSON: the finding as judged, before approvals and decisions (ground/finding.ts)
    built_on Date DEFAULT today()
)
ENGINE = MergeTree
PARTITION BY evaluated_on
ORDER BY finding_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS evaluation_builds
(
    evaluated_on Date,
    fingerprint String,
    config String,
    baseline String,
    findings UInt32,
    built_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(built_at)
ORDER BY evaluated_on
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
