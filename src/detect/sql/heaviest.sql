-- The twelve processes of each candidate that sent most; the first stands for the actor.
CREATE TABLE {run:Identifier}.heaviest ENGINE = MergeTree ORDER BY (host_id, actor_id) AS
SELECT
    a.host_id AS host_id, a.actor_id AS actor_id, max(a.actor) AS actor, max(a.qualified_by) AS qualified_by, max(a.qualifier) AS qualifier, uniqExact(a.process_id) AS processes,
    arrayMap(t -> t.2, arraySlice(arrayReverseSort(t -> (t.1, t.3, t.2), groupArray((ifNull(c.bytes_out, 0), a.process_id, ifNull(c.connections, 0)))), 1, 12)) AS heaviest
FROM
(
    SELECT host_id, actor_id, actor, qualified_by, qualifier, process_id FROM {run:Identifier}.actors
    WHERE (host_id, actor_id) IN (SELECT host_id, actor_id FROM {run:Identifier}.candidates)
) AS a
LEFT JOIN {run:Identifier}.traffic AS c
    ON c.host_id = a.host_id AND c.actor_id = a.actor_id AND c.process_id = a.process_id
GROUP BY a.host_id, a.actor_id
