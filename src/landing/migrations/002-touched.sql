-- Which tries brought records of which day; a by-product of landing.
CREATE TABLE IF NOT EXISTS touched
(
    day Date,
    attempt UInt64,
    source LowCardinality(String),
    host_id LowCardinality(String),
    processes UInt64,
    flows UInt64,
    landed_on Date DEFAULT today()
)
ENGINE = SummingMergeTree((processes, flows))
ORDER BY (day, attempt, source, host_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS landing_to_touched TO touched AS
SELECT toDate(ts) AS day, attempt, source, host_id, countIf(kind = 'process') AS processes, countIf(kind = 'flow') AS flows
FROM landing
WHERE kind IN ('process', 'flow')
GROUP BY day, attempt, source, host_id;

-- Stores of the first version know their observations but not which days these touch.
INSERT INTO touched (day, attempt, source, host_id, processes, flows)
SELECT day, attempt, source, host_id, sum(processes), sum(flows)
FROM
(
    SELECT toDate(ts) AS day, attempt, source, host_id, 1 AS processes, 0 AS flows FROM process_observations
    UNION ALL
    SELECT toDate(ts) AS day, attempt, source, host_id, 0 AS processes, 1 AS flows FROM flow_observations
)
WHERE attempt NOT IN (SELECT attempt FROM touched)
GROUP BY day, attempt, source, host_id;
