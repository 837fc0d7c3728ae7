-- What a run looked at, source by source.
SELECT source, sum(flows) AS flows, sum(processes) AS processes
FROM
(
    SELECT source, count() AS flows, 0 AS processes FROM {run:Identifier}.flows GROUP BY source
    UNION ALL
    SELECT source, 0 AS flows, uniqExact(host_id, process_id) AS processes FROM process_observations
    WHERE process_id != 0 AND attempt IN (SELECT attempt FROM {run:Identifier}.attempts) GROUP BY source
)
GROUP BY source
ORDER BY source
