-- What the last judged week holds, source by source; connections count on the day they began.
SELECT source, sum(flows) AS flows, sum(processes) AS processes
FROM
(
    SELECT source, countIf(NOT carried) AS flows, 0 AS processes FROM day_connections
    WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date} GROUP BY source
    UNION ALL
    SELECT source, 0 AS flows, uniqExact(host_id, process_id) AS processes FROM day_processes
    WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date} AND process_id != 0 GROUP BY source
)
GROUP BY source
ORDER BY source
