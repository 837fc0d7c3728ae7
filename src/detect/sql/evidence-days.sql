SELECT host_id, toString(actor_id) AS actor_id, groupArray((toString(day), toFloat64(bytes_out), toFloat64(bytes_in), toFloat64(connections))) AS days
FROM
(
    SELECT host_id, actor_id, day, bytes_out, bytes_in, connections FROM {run:Identifier}.subject_days
    WHERE (host_id, actor_id) IN (SELECT arrayJoin(arrayZip({hosts:Array(String)}, arrayMap(a -> toUInt64(a), {actors:Array(String)}))))
    ORDER BY host_id, actor_id, day
)
GROUP BY host_id, actor_id
