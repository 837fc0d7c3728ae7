-- The hosts of the week that ends on {until_day:Date}.

INSERT INTO {run:Identifier}.hosts
WITH {{../../sql/fragments/lost-records}}
SELECT
    seen_as, max(seen_name), argMax(host_id, seen_on), argMax(host_name, seen_on),
    lost_over(groupArray(
        CAST((seen_on, lost_least, lost_most, lost), 'Tuple(day Date, least UInt64, most UInt64, own UInt64)'))),
    minIf(lost_least, lost_most > 0), max(lost_most)
FROM day_hosts
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY seen_as;
