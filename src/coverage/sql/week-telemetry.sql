-- What the telemetry of a week's hosts carried.
INSERT INTO {run:Identifier}.host_telemetry
SELECT host_id, sum(connections), sum(with_process), sum(with_name), sum(with_address), sum(with_out), sum(with_in),
    sum(with_duration), sum(with_signing), sum(with_parent), argMax(open, seen_on), arraySort(groupUniqArrayArray(sources)),
    min(first_ts), max(last_ts)
FROM day_telemetry
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY host_id;
