-- Who decided what, append only; every row names the rows before it by their hash (decisions/decisions.ts).
CREATE TABLE IF NOT EXISTS decisions
(
    seq UInt64,
    at DateTime64(3, 'UTC'),
    who String,
    kind LowCardinality(String),       -- finding | approval | baseline
    subject String,                    -- finding id, approval name, baseline version
    action LowCardinality(String),
    detail String,                     -- JSON
    previous String,                   -- sha256 over the hashes of all rows with seq - 1
    hash String
)
ENGINE = MergeTree
ORDER BY (seq, hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
