-- Connections that cross the edge of a day, so that a week can measure them as wholes (model/sql/50-pieces.sql). A row
-- written before this has none: what its connections did that day is then all within its other columns.
ALTER TABLE day_pairs ADD COLUMN IF NOT EXISTS lasting Array(Tuple(start_us Int64, flow_id UInt64, carried UInt8,
    counted_us Int64, from_us Int64, until_us Int64, bytes_out UInt64, port UInt16, transport String)) AFTER starts;

-- Where a source's running count of dropped records stood, so that days can be put together.
ALTER TABLE day_hosts ADD COLUMN IF NOT EXISTS lost_least UInt64 AFTER lost;

ALTER TABLE day_hosts ADD COLUMN IF NOT EXISTS lost_most UInt64 AFTER lost_least;

-- Nothing ever read these of the processes of a day; observations keep them.
ALTER TABLE day_processes DROP COLUMN IF EXISTS cwd, DROP COLUMN IF EXISTS responsible_process_id,
    DROP COLUMN IF EXISTS responsible_executable;

ALTER TABLE day_owners DROP COLUMN IF EXISTS cwd, DROP COLUMN IF EXISTS responsible_process_id,
    DROP COLUMN IF EXISTS responsible_executable;

-- What the actors of general tools are told apart by, beside the text that says it; days of before have only the text.
ALTER TABLE day_traffic ADD COLUMN IF NOT EXISTS qualified_by LowCardinality(String) DEFAULT 'unsaid' AFTER by_identity;

ALTER TABLE day_traffic ADD COLUMN IF NOT EXISTS qualifier String AFTER qualified_by;
