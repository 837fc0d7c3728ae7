-- One baseline version over all hosts, out of what version-hosts.sql learned of each. One vote per host.

-- Other hosts' median and p95 with the judged host left out: its rank says which of two neighbours stands there then.
INSERT INTO {run:Identifier}.baseline_host_actors
SELECT
    '', h.host_id, h.actor_id, h.days, h.first_day, h.last_day, h.bytes_out, h.bytes_in, h.connections,
    h.day_out_p50, h.day_out_p95, h.day_out_max, h.first_third_out, h.last_third_out,
    h.hour_out_p50, h.hour_out_p95, h.hour_out_max, h.duration_p50, h.duration_p95, h.duration_max,
    h.rate_p50, h.rate_p95, h.rate_max, h.connections_p50, h.connections_p95, h.destinations, h.addresses, h.hours,
    f.hosts - 1 AS other_hosts,
    multiIf(f.hosts = 1, 0, h.rank_p50 > f.at_p50, f.below_p50, f.above_p50) AS others_p50,
    multiIf(f.hosts = 1, 0, h.rank_p95 > f.at_p95, f.below_p95, f.above_p95) AS others_p95,
    intDiv(h.days * h.day_out_p50 + {shrink_days:UInt16} * others_p50, h.days + {shrink_days:UInt16}),
    intDiv(h.days * h.day_out_p95 + {shrink_days:UInt16} * others_p95, h.days + {shrink_days:UInt16}),
    today()
FROM
(
    SELECT *,
        row_number() OVER (PARTITION BY actor_id ORDER BY day_out_p50, host_id) AS rank_p50,
        row_number() OVER (PARTITION BY actor_id ORDER BY day_out_p95, host_id) AS rank_p95
    FROM {run:Identifier}.habits
) AS h
INNER JOIN
(
    SELECT
        actor_id, count() AS hosts, arraySort(groupArray(day_out_p50)) AS medians, arraySort(groupArray(day_out_p95)) AS highs,
        intDiv(count() - 1, 2) + 1 AS at_p50, intDiv((count() - 1) * 95, 100) + 1 AS at_p95,
        medians[at_p50] AS below_p50, medians[at_p50 + 1] AS above_p50, highs[at_p95] AS below_p95, highs[at_p95 + 1] AS above_p95
    FROM {run:Identifier}.habits
    GROUP BY actor_id
) AS f ON f.actor_id = h.actor_id;

INSERT INTO {run:Identifier}.baseline_actors
SELECT
    '', a.actor_id, a.actor_text, a.on_hosts, h.hosts, a.on_days, h.sum_out, h.sum_in, h.starts,
    h.day_p50, h.day_p95, h.day_max, h.hour_p50, h.hour_p95, h.hour_max, h.long_p50, h.long_p95, h.long_max,
    h.fast_p50, h.fast_p95, h.fast_max, h.starts_p50, h.starts_p95, h.places_p50, h.places_p95,
    a.places, a.peers, h.mask, if(empty(h.by_hour), arrayWithConstant(24, toUInt32(0)), h.by_hour),
    if(length(h.maxima) <= 500, h.maxima,
        arrayFilter((x, i) -> i % intDiv(length(h.maxima), 250) = 0, h.maxima, arrayEnumerate(h.maxima))),
    today()
FROM
(
    SELECT actor_id, max(actor) AS actor_text, uniqExact(host_id) AS on_hosts, uniqExact(day) AS on_days,
        uniqCombined64Merge(12)(destinations) AS places, uniqCombined64Merge(12)(addresses) AS peers
    FROM day_habits
    WHERE seen_on BETWEEN {from:Date} AND {until:Date} AND day >= {from:Date}
        AND (toString(host_id), actor_id, day) NOT IN (SELECT host_id, actor_id, day FROM {run:Identifier}.excluded)
        AND (toString(host_id), actor_id, seen_on) NOT IN (SELECT host_id, actor_id, day FROM {run:Identifier}.excluded)
    GROUP BY actor_id
) AS a
LEFT JOIN
(
    SELECT
        actor_id, count() AS hosts, sum(bytes_out) AS sum_out, sum(bytes_in) AS sum_in, sum(connections) AS starts,
        medianExact(day_out_p50) AS day_p50, quantileExact(0.95)(day_out_p95) AS day_p95, max(day_out_max) AS day_max,
        medianExact(hour_out_p50) AS hour_p50, quantileExact(0.95)(hour_out_p95) AS hour_p95, max(hour_out_max) AS hour_max,
        medianExact(duration_p50) AS long_p50, quantileExact(0.95)(duration_p95) AS long_p95, max(duration_max) AS long_max,
        medianExact(rate_p50) AS fast_p50, quantileExact(0.95)(rate_p95) AS fast_p95, max(rate_max) AS fast_max,
        medianExact(connections_p50) AS starts_p50, quantileExact(0.95)(connections_p95) AS starts_p95,
        medianExact(destinations) AS places_p50, quantileExact(0.95)(destinations) AS places_p95,
        groupBitOr(hours) AS mask,
        sumForEach(arrayMap(n -> toUInt32(bitTest(hours, n)), range(24))) AS by_hour,
        arraySort(groupArray(day_out_max)) AS maxima
    FROM {run:Identifier}.habits
    GROUP BY actor_id
) AS h ON h.actor_id = a.actor_id;

INSERT INTO {run:Identifier}.baseline_groups
SELECT
    '', g.peer_group, h.actor_id, any(g.group_hosts), count(), max(h.days), sum(h.bytes_out),
    medianExact(h.day_out_p50), quantileExact(0.95)(h.day_out_p95), max(h.day_out_max),
    quantileExact(0.95)(h.hour_out_p95), quantileExact(0.95)(h.duration_p95), quantileExact(0.95)(h.rate_p95),
    quantileExact(0.95)(h.connections_p95), groupBitOr(h.hours),
    arraySort(groupArray(h.day_out_max)) AS maxima, today()
FROM {run:Identifier}.habits AS h
INNER JOIN
(
    SELECT host_id, peer_group, count() OVER (PARTITION BY peer_group) AS group_hosts
    FROM {run:Identifier}.baseline_hosts ARRAY JOIN peer_groups AS peer_group
) AS g ON g.host_id = h.host_id
GROUP BY g.peer_group, h.actor_id;

INSERT INTO {run:Identifier}.baseline_pairs
SELECT '', actor_id, destination, count(), max(days), min(first_day), sum(bytes_out), today()
FROM {run:Identifier}.baseline_host_pairs
GROUP BY actor_id, destination;

INSERT INTO {run:Identifier}.baseline_destinations
SELECT '', destination, uniqExact(host_id), min(first_day), sum(bytes_out), today()
FROM {run:Identifier}.baseline_host_pairs
GROUP BY destination;
