-- The week that ends on {until_day:Date}, out of its days, in the tables that judging reads (model/sql/01-tables.sql).

INSERT INTO {run:Identifier}.activity
SELECT host_id, actor_id, destination, hour, sum(bytes_out), sum(bytes_in), sum(connections)
FROM day_activity
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY host_id, actor_id, destination, hour
SETTINGS optimize_aggregation_in_order = 1;

INSERT INTO {run:Identifier}.peers
SELECT host_id, actor_id, seen_on, peers
FROM day_peers
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date};

INSERT INTO {run:Identifier}.traffic
SELECT host_id, actor_id, process_id, sum(bytes_out), sum(connections)
FROM day_traffic
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY host_id, actor_id, process_id;

INSERT INTO {run:Identifier}.actors
SELECT host_id, process_id, actor_id, argMax(actor, seen_on), argMax(identity, seen_on), argMax(by_identity, seen_on),
    argMax(qualified_by, seen_on), argMax(qualifier, seen_on)
FROM day_traffic
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY host_id, process_id, actor_id;

INSERT INTO {run:Identifier}.identities
SELECT identity, argMax(actor, seen_on), argMax(signer, seen_on), argMax(signing_id, seen_on), argMax(team_id, seen_on),
    argMax(qualify, seen_on), argMax(shell, seen_on), argMax(tool, seen_on)
FROM day_identities
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY identity;
