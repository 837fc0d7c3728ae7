-- Distinct peers a day. Where the telemetry hides addresses another port is another peer, and so are so many visits to the web
-- (model/peer-visits.ts).
INSERT INTO {run:Identifier}.peers
SELECT host_id, actor_id, toDate(start_ts) AS day,
    uniqExactIf(remote_ip, remote_ip != '') + uniqExactIf(remote_port, remote_ip = '') + intDiv(countIf(remote_ip = '' AND remote_port IN {web_ports:Array(UInt16)}), {visits_a_peer:UInt8}) AS peers
FROM {run:Identifier}.connections
WHERE scope = 'external'
GROUP BY host_id, actor_id, day
