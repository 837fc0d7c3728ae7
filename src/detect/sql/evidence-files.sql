SELECT w.host_id AS host_id, toString(w.actor_id) AS actor_id, arraySort(groupUniqArray(a.file)) AS files
FROM
(
    SELECT flow_id, attempt FROM flow_observations
    WHERE ts >= {since:DateTime64(6, 'UTC')} AND ts < {until:DateTime64(6, 'UTC')}
      AND host_id IN (SELECT seen_as FROM {run:Identifier}.hosts WHERE host_id IN {hosts:Array(String)})
      AND flow_id IN
    (
        SELECT flow_id FROM {run:Identifier}.connections
        WHERE (host_id, actor_id) IN (SELECT arrayJoin(arrayZip({hosts:Array(String)}, arrayMap(a -> toUInt64(a), {actors:Array(String)}))))
    )
    GROUP BY flow_id, attempt
) AS o
INNER JOIN
(
    SELECT DISTINCT host_id, actor_id, flow_id FROM {run:Identifier}.connections
    WHERE (host_id, actor_id) IN (SELECT arrayJoin(arrayZip({hosts:Array(String)}, arrayMap(a -> toUInt64(a), {actors:Array(String)}))))
) AS w ON w.flow_id = o.flow_id
INNER JOIN {run:Identifier}.attempts AS a ON a.attempt = o.attempt
GROUP BY w.host_id, w.actor_id
