INSERT INTO {run:Identifier}.subject_days
SELECT host_id, actor_id, day, sum(hour_out), sum(hour_in), count(), max(hour_out), sum(hour_connections)
FROM
(
    SELECT host_id, actor_id, toDate(hour) AS day, hour, sum(bytes_out) AS hour_out, sum(bytes_in) AS hour_in,
        sum(connections) AS hour_connections
    FROM {run:Identifier}.activity GROUP BY host_id, actor_id, hour
)
GROUP BY host_id, actor_id, day;

INSERT INTO {run:Identifier}.pair_days
SELECT host_id, actor_id, destination, count(), sum(hours), max(max_hour), max(day_out), max(hours), max(day_connections)
FROM
(
    SELECT host_id, actor_id, destination, toDate(hour) AS day, sum(bytes_out) AS day_out, count() AS hours,
        max(bytes_out) AS max_hour, sum(connections) AS day_connections
    FROM {run:Identifier}.activity
    GROUP BY host_id, actor_id, destination, day
)
GROUP BY host_id, actor_id, destination
SETTINGS optimize_aggregation_in_order = 1, aggregation_in_order_max_block_bytes = 4000000;

INSERT INTO {run:Identifier}.subjects
SELECT
    p.host_id, p.actor_id, d.bytes_out, d.bytes_in, p.connections, p.destinations, p.first_ts, p.last_ts, p.max_duration,
    p.open, p.out_known, p.in_known, p.peak_rate, d.days, d.hours, d.max_hour_out, d.max_day_out, d.max_day_hours,
    c.peers_day
FROM
(
    SELECT host_id, actor_id, sum(connections) AS connections, count() AS destinations, min(first_ts) AS first_ts,
        max(last_ts) AS last_ts, max(max_duration) AS max_duration, max(open) AS open, max(out_known) AS out_known,
        max(in_known) AS in_known, max(peak_rate) AS peak_rate
    FROM {run:Identifier}.pairs GROUP BY host_id, actor_id
) AS p
INNER JOIN
(
    SELECT host_id, actor_id, sum(bytes_out) AS bytes_out, sum(bytes_in) AS bytes_in, count() AS days, sum(hours) AS hours,
        max(max_hour_out) AS max_hour_out, max(bytes_out) AS max_day_out,
        max(hours) AS max_day_hours
    FROM {run:Identifier}.subject_days GROUP BY host_id, actor_id
) AS d ON d.host_id = p.host_id AND d.actor_id = p.actor_id
INNER JOIN
(
    SELECT host_id, actor_id, max(peers) AS peers_day FROM {run:Identifier}.peers GROUP BY host_id, actor_id
) AS c ON c.host_id = p.host_id AND c.actor_id = p.actor_id;

-- One vote per host. An actor counts on every host where it ran or connected.
INSERT INTO {run:Identifier}.actor_fleet
SELECT a.actor_id, a.hosts, if(length(m.maxima) <= 500, m.maxima,
    arrayFilter((x, i) -> i % intDiv(length(m.maxima), 250) = 0, m.maxima, arrayEnumerate(m.maxima)))
FROM (SELECT actor_id, uniqExact(host_id) AS hosts FROM {run:Identifier}.actors GROUP BY actor_id) AS a
LEFT JOIN (SELECT actor_id, arraySort(groupArray(max_day_out)) AS maxima FROM {run:Identifier}.subjects GROUP BY actor_id) AS m
    ON m.actor_id = a.actor_id;

INSERT INTO {run:Identifier}.destination_fleet
SELECT destination, uniqExact(host_id) FROM {run:Identifier}.pairs GROUP BY destination;

INSERT INTO {run:Identifier}.pair_fleet
SELECT actor_id, destination, count() FROM {run:Identifier}.pairs GROUP BY actor_id, destination;
