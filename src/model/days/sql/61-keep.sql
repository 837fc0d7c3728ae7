-- The day's results as they are kept.

INSERT INTO {run:Identifier}.day_hosts
SELECT {day:Date}, seen_as, seen_name, host_id, host_name, lost, lost_least, lost_most, today() FROM {run:Identifier}.hosts;

INSERT INTO {run:Identifier}.day_connections
SELECT {day:Date}, host_id, actor_id, process_id, flow_id, session, source, remote_ip, remote_port, remote_name, transport,
    direction, start_ts, until_ts, duration, open, bytes_out, bytes_in, out_known, in_known, carried, scope, named, destination, today()
FROM {run:Identifier}.connections;

INSERT INTO {run:Identifier}.day_activity
SELECT {day:Date}, host_id, actor_id, destination, hour, bytes_out, bytes_in, connections, today() FROM {run:Identifier}.activity;

INSERT INTO {run:Identifier}.day_peers
SELECT {day:Date}, host_id, actor_id, max(peers), today() FROM {run:Identifier}.peers GROUP BY host_id, actor_id;

INSERT INTO {run:Identifier}.day_traffic
SELECT {day:Date}, a.host_id, a.actor_id, a.process_id, a.actor, a.identity, a.by_identity, a.qualified_by, a.qualifier,
    t.bytes_out, t.connections, today()
FROM {run:Identifier}.actors AS a
LEFT JOIN {run:Identifier}.traffic AS t ON t.host_id = a.host_id AND t.actor_id = a.actor_id AND t.process_id = a.process_id;

INSERT INTO {run:Identifier}.day_owners
SELECT {day:Date}, *, today()
FROM {run:Identifier}.processes
WHERE (host_id, process_id) IN (SELECT host_id, process_id FROM {run:Identifier}.owners);

INSERT INTO {run:Identifier}.day_ancestry
SELECT {day:Date}, host_id, process_id, level, ancestor_id, executable, identity, today() FROM {run:Identifier}.ancestry;

INSERT INTO {run:Identifier}.day_identities
SELECT {day:Date}, identity, actor, signer, signing_id, team_id, qualify, shell, tool, today() FROM {run:Identifier}.identities
WHERE identity IN
(
    SELECT identity FROM {run:Identifier}.actors
    UNION DISTINCT
    SELECT identity FROM {run:Identifier}.ancestry
);
