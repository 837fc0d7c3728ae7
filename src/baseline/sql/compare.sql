-- What the frozen baseline {version:String} says of the subjects of a run that are compared with it, and of their destinations.

INSERT INTO {run:Identifier}.frozen_subjects
SELECT
    c.host_id, c.actor_id, a.sending_hosts - least(a.sending_hosts, toUInt32(o.days > 0)),
    if(o.days > 0 AND has(a.day_maxima, o.day_out_max),
        arrayConcat(arraySlice(a.day_maxima, 1, indexOf(a.day_maxima, o.day_out_max) - 1), arraySlice(a.day_maxima, indexOf(a.day_maxima, o.day_out_max) + 1)),
        a.day_maxima),
    o.days, o.day_out_p50, o.day_out_max, o.first_third_out, o.last_third_out,
    (c.host_id, c.actor_id) IN (SELECT host_id, actor_id FROM {run:Identifier}.pressing)
FROM {run:Identifier}.compared AS c
LEFT JOIN
(
    SELECT actor_id, sending_hosts, day_maxima FROM baseline_actors
    WHERE version = {version:String} AND actor_id IN (SELECT actor_id FROM {run:Identifier}.compared)
) AS a ON a.actor_id = c.actor_id
LEFT JOIN
(
    SELECT host_id, actor_id, days, day_out_p50, day_out_max, first_third_out, last_third_out FROM baseline_host_actors
    WHERE version = {version:String} AND (host_id, actor_id) IN (SELECT host_id, actor_id FROM {run:Identifier}.compared)
) AS o ON o.host_id = c.host_id AND o.actor_id = c.actor_id
WHERE a.sending_hosts > 0 OR o.days > 0;

INSERT INTO {run:Identifier}.frozen_pairs
SELECT
    p.host_id, p.actor_id, p.destination, f.hosts - least(f.hosts, toUInt32(o.days > 0)),
    d.hosts - least(d.hosts, toUInt32(h.known)), o.days, o.day_out_p50, o.day_out_max
FROM
(
    SELECT host_id, actor_id, destination FROM {run:Identifier}.pairs
    WHERE (host_id, actor_id) IN (SELECT host_id, actor_id FROM {run:Identifier}.compared)
) AS p
LEFT JOIN
(
    SELECT actor_id, destination, hosts FROM baseline_pairs
    WHERE version = {version:String} AND actor_id IN (SELECT actor_id FROM {run:Identifier}.compared)
) AS f ON f.actor_id = p.actor_id AND f.destination = p.destination
LEFT JOIN
(
    SELECT destination, hosts FROM baseline_destinations
    WHERE version = {version:String} AND destination IN (SELECT destination FROM {run:Identifier}.destination_fleet)
) AS d ON d.destination = p.destination
LEFT JOIN
(
    SELECT host_id, actor_id, destination, days, day_out_p50, day_out_max FROM baseline_host_pairs
    WHERE version = {version:String} AND (host_id, actor_id) IN (SELECT host_id, actor_id FROM {run:Identifier}.compared)
) AS o ON o.host_id = p.host_id AND o.actor_id = p.actor_id AND o.destination = p.destination
LEFT JOIN
(
    SELECT DISTINCT host_id, destination, 1 AS known FROM baseline_host_pairs
    WHERE version = {version:String} AND destination IN (SELECT destination FROM {run:Identifier}.destination_fleet)
) AS h ON h.host_id = p.host_id AND h.destination = p.destination
WHERE f.hosts > 0 OR d.hosts > 0;
