-- What a baseline version learns of the hosts from {first_host:String} to {last_host:String}, out of the days {from:Date} to
-- {until:Date}; some hosts at a time, because states take room. What findings were about is left out. Days on which an actor
-- only ran count for where it runs, not for what it sends.

INSERT INTO {run:Identifier}.habits
SELECT
    d.host_id, d.actor_id, d.days, d.first_day, d.last_day, d.sum_out, d.sum_in, d.sum_starts, d.day_p50, d.day_p95, d.day_max,
    d.first_third, d.last_third,
    ifNotFinite(s.hour_out[1], 0), ifNotFinite(s.hour_out[2], 0), d.hour_max,
    ifNotFinite(s.duration[1], 0), ifNotFinite(s.duration[2], 0), d.duration_max,
    ifNotFinite(s.rate[1], 0), ifNotFinite(s.rate[2], 0), d.rate_max,
    d.starts_p50, d.starts_p95, s.places, s.peers, d.mask
FROM
(
    -- Growth is told from its own days here: a Mac that came later has a first third, too.
    WITH
        arrayMap(d -> d.2, arraySort(groupArray((day, day_out)))) AS daily,
        intDiv(length(daily) + 2, 3) AS third
    SELECT
        host_id, actor_id, count() AS days, min(day) AS first_day, max(day) AS last_day, sum(day_out) AS sum_out,
        sum(day_in) AS sum_in, sum(starts) AS sum_starts,
        medianExact(day_out) AS day_p50, quantileExact(0.95)(day_out) AS day_p95, max(day_out) AS day_max,
        arrayReduce('medianExact', arraySlice(daily, 1, third)) AS first_third,
        arrayReduce('medianExact', arraySlice(daily, -third)) AS last_third,
        max(hour_out) AS hour_max, max(longest) AS duration_max, max(fastest) AS rate_max,
        medianExact(starts) AS starts_p50, quantileExact(0.95)(starts) AS starts_p95, groupBitOr(active) AS mask
    FROM
    (
        SELECT
            host_id, actor_id, day, sum(bytes_out) AS day_out, sum(bytes_in) AS day_in, sum(connections) AS starts,
            max(max_hour_out) AS hour_out, max(max_duration) AS longest, max(max_rate) AS fastest, groupBitOr(hours) AS active
        FROM day_habits
        WHERE seen_on BETWEEN {from:Date} AND {until:Date} AND day >= {from:Date}
            AND host_id BETWEEN {first_host:String} AND {last_host:String}
            AND (toString(host_id), actor_id, day) NOT IN (SELECT host_id, actor_id, day FROM {run:Identifier}.excluded)
            AND (toString(host_id), actor_id, seen_on) NOT IN (SELECT host_id, actor_id, day FROM {run:Identifier}.excluded)
        GROUP BY host_id, actor_id, day
        HAVING day_out > 0 OR day_in > 0 OR starts > 0 OR longest > 0
    )
    GROUP BY host_id, actor_id
) AS d
INNER JOIN
(
    SELECT
        host_id, actor_id, quantilesDDMerge(0.05, 0.5, 0.95)(hour_sizes) AS hour_out,
        quantilesDDMerge(0.05, 0.5, 0.95)(durations) AS duration, quantilesDDMerge(0.05, 0.5, 0.95)(rates) AS rate,
        uniqCombined64Merge(12)(destinations) AS places, uniqCombined64Merge(12)(addresses) AS peers
    FROM day_habits
    WHERE seen_on BETWEEN {from:Date} AND {until:Date} AND day >= {from:Date}
        AND host_id BETWEEN {first_host:String} AND {last_host:String}
        AND (toString(host_id), actor_id, day) NOT IN (SELECT host_id, actor_id, day FROM {run:Identifier}.excluded)
        AND (toString(host_id), actor_id, seen_on) NOT IN (SELECT host_id, actor_id, day FROM {run:Identifier}.excluded)
    GROUP BY host_id, actor_id
) AS s ON s.host_id = d.host_id AND s.actor_id = d.actor_id;

INSERT INTO {run:Identifier}.baseline_host_pairs
SELECT '', host_id, actor_id, destination, count(), min(day), max(day), sum(day_out), medianExact(day_out), max(day_out), today()
FROM
(
    SELECT host_id, actor_id, destination, toDate(hour) AS day, sum(bytes_out) AS day_out
    FROM day_activity
    WHERE seen_on BETWEEN {from:Date} AND {until:Date} AND toDate(hour) >= {from:Date}
        AND host_id BETWEEN {first_host:String} AND {last_host:String}
        AND (toString(host_id), actor_id, toDate(hour)) NOT IN (SELECT host_id, actor_id, day FROM {run:Identifier}.excluded)
        AND (toString(host_id), actor_id, seen_on) NOT IN (SELECT host_id, actor_id, day FROM {run:Identifier}.excluded)
    GROUP BY host_id, actor_id, destination, day
)
GROUP BY host_id, actor_id, destination;
