-- The hosts of the week that ends on {until_day:Date}, and what their telemetry carried.

INSERT INTO {run:Identifier}.hosts
SELECT seen_as, max(seen_name), argMax(host_id, seen_on), argMax(host_name, seen_on), sum(lost)
FROM day_hosts
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY seen_as;

INSERT INTO {run:Identifier}.host_telemetry
SELECT host_id, sum(connections), sum(with_process), sum(with_name), sum(with_address), sum(with_out), sum(with_in),
    sum(with_duration), sum(with_signing), sum(with_parent), argMax(open, seen_on), arraySort(groupUniqArrayArray(sources)),
    min(first_ts), max(last_ts)
FROM day_telemetry
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY host_id;
