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
SELECT host_id, process_id, actor_id, argMax(actor, seen_on), argMax(identity, seen_on), argMax(by_identity, seen_on)
FROM day_traffic
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY host_id, process_id, actor_id;

INSERT INTO {run:Identifier}.identities
SELECT identity, argMax(actor, seen_on), argMax(signer, seen_on), argMax(signing_id, seen_on), argMax(team_id, seen_on),
    argMax(qualify, seen_on), argMax(shell, seen_on), argMax(tool, seen_on)
FROM day_identities
WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
GROUP BY identity;

-- See model/sql/51-pairs.sql.
INSERT INTO {run:Identifier}.pairs
SELECT
    host_id, actor_id, destination, named, bytes_out, bytes_in, in_known, out_known, greatest(connections, 1), ingress, open,
    first_ts, last_ts, max_duration, total_duration, peak_rate, port, ports, transport, ips, remote_name,
    sizes[1], sizes[2], sizes[3], median_gap,
    arrayElementOrNull(arraySort(arrayMap(g -> abs(g - median_gap), gaps)), intDiv(length(gaps), 2) + 1)
FROM
(
    SELECT
        host_id, actor_id, destination, max(named) AS named, sum(bytes_out) AS bytes_out, sum(bytes_in) AS bytes_in,
        max(in_known) AS in_known, max(out_known) AS out_known, sum(connections) AS connections, sum(ingress) AS ingress,
        argMax(open, seen_on) AS open, min(first_ts) AS first_ts, max(last_ts) AS last_ts, max(max_duration) AS max_duration,
        sum(total_duration) AS total_duration, max(peak_rate) AS peak_rate, argMax(port, (heaviest, port)) AS port,
        length(groupUniqArrayArray(ports)) AS ports, argMax(transport, (heaviest, transport)) AS transport,
        arraySlice(arraySort(groupUniqArrayArray(ips)), 1, 8) AS ips, max(remote_name) AS remote_name,
        arraySort(groupArrayArray(starts)) AS begun,
        arrayReduce('quantilesExact(0.1, 0.5, 0.9)', arrayMap(s -> s.bytes_out, begun)) AS sizes,
        arraySort(arrayPopFront(arrayDifference(arrayMap(s -> s.start_ms / 1000, begun)))) AS gaps,
        gaps[intDiv(length(gaps), 2) + 1] AS median_gap
    FROM day_pairs
    WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
    GROUP BY host_id, actor_id, destination
)
SETTINGS optimize_aggregation_in_order = 1, aggregation_in_order_max_block_bytes = 4000000, max_block_size = 4096;
