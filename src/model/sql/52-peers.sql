-- Distinct peers a day. Where the telemetry hides addresses another port is another peer, and a relay that fetches web
-- pages for others calls one of their sites seldom more than three times a day.
INSERT INTO {run:Identifier}.peers
SELECT host_id, actor_id, toDate(start_ts) AS day,
    uniqExactIf(remote_ip, remote_ip != '') + uniqExactIf(remote_port, remote_ip = '') + intDiv(countIf(remote_ip = '' AND remote_port IN (80, 443)), 3) AS peers
FROM {run:Identifier}.connections
WHERE scope = 'external'
GROUP BY host_id, actor_id, day
