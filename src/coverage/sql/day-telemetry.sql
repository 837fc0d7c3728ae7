-- The day's telemetry as it is kept.
INSERT INTO {run:Identifier}.day_telemetry
SELECT {day:Date}, host_id, connections, with_process, with_name, with_address, with_out, with_in, with_duration, with_signing,
    with_parent, open, sources, first_ts, last_ts, today()
FROM {run:Identifier}.host_telemetry;
