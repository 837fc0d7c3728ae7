-- The connections behind the given subjects, each as one, whatever days it lasted.
INSERT INTO {run:Identifier}.connections
SELECT
    host_id, actor_id, argMax(process_id, seen_on), flow_id, max(session), max(source), max(remote_ip), max(remote_port),
    max(remote_name), max(transport), max(direction), start_ts, max(until_ts), max(duration), argMax(open, seen_on),
    sum(bytes_out), sum(bytes_in), max(out_known), max(in_known), start_ts, min(carried), argMax(scope, seen_on), max(named),
    argMax(destination, seen_on)
FROM day_connections
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
  AND (host_id, actor_id) IN (SELECT arrayJoin(arrayZip({hosts:Array(String)}, arrayMap(a -> toUInt64(a), {actors:Array(String)}))))
GROUP BY host_id, actor_id, flow_id, start_ts
