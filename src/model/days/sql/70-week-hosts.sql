-- The hosts of the week that ends on {until_day:Date}.

INSERT INTO {run:Identifier}.hosts
SELECT seen_as, max(seen_name), argMax(host_id, seen_on), argMax(host_name, seen_on), sum(lost)
FROM day_hosts
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY seen_as;
