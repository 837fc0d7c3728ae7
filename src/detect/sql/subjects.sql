-- One row per candidate of the given hosts, with its forty most telling destinations and twelve heaviest processes.
-- A destination few hosts know counts for more than a common one that carried ten times as much.
WITH destinations AS
(
    SELECT
        p.host_id AS host_id, p.actor_id AS actor_id,
        groupArray(40)(CAST((
            p.destination, p.named, p.remote_name, p.ips, p.port, p.ports, p.transport, p.bytes_out, p.bytes_in,
            p.out_known, p.in_known, p.connections, p.ingress, p.open,
            toUnixTimestamp64Milli(p.first_ts), toUnixTimestamp64Milli(p.last_ts), p.max_duration, p.total_duration,
            p.peak_rate, p.days, p.hours, p.max_hour_out, p.max_day_out, p.max_day_hours, p.max_day_connections,
            p.size_p10, p.size_p50, p.size_p90, p.gap_p50, p.gap_mad, p.fleet_hosts, p.actor_hosts,
            p.known_days, p.known_median_day, p.known_max_day
        ), 'Tuple(
            key String, named UInt8, remote_name String, ips Array(String), port UInt16, ports UInt32, transport String,
            bytes_out Float64, bytes_in Float64, out_known UInt8, in_known UInt8, connections UInt32, ingress UInt32,
            open UInt8, first_ms Float64, last_ms Float64, max_duration Float64, total_duration Float64,
            peak_rate Float64, days UInt16, hours UInt16, max_hour_out Float64, max_day_out Float64,
            max_day_hours UInt16, max_day_connections UInt32, size_p10 Float64, size_p50 Float64, size_p90 Float64,
            gap_p50 Float64, gap_mad Float64, fleet_hosts UInt32, actor_hosts UInt32,
            known_days UInt16, known_median_day Float64, known_max_day Float64)')) AS list
    FROM
    (
        SELECT p.*, d.days AS days, d.hours AS hours, d.max_hour_out AS max_hour_out, d.max_day_out AS max_day_out,
            d.max_day_hours AS max_day_hours, d.max_day_connections AS max_day_connections,
            greatest(f.hosts, z.destination_hosts + 1) AS fleet_hosts, greatest(pf.hosts, z.other_hosts + 1) AS actor_hosts,
            z.days AS known_days, z.median_day AS known_median_day, z.max_day AS known_max_day
        FROM (SELECT * FROM {run:Identifier}.pairs WHERE host_id IN {hosts:Array(String)}
                AND (host_id, actor_id) IN (SELECT host_id, actor_id FROM {run:Identifier}.candidates)) AS p
        INNER JOIN (SELECT * FROM {run:Identifier}.pair_days WHERE host_id IN {hosts:Array(String)}) AS d
            ON d.host_id = p.host_id AND d.actor_id = p.actor_id AND d.destination = p.destination
        INNER JOIN
        (
            SELECT * FROM {run:Identifier}.destination_fleet
            WHERE destination IN (SELECT destination FROM {run:Identifier}.pairs WHERE host_id IN {hosts:Array(String)})
        ) AS f ON f.destination = p.destination
        INNER JOIN
        (
            SELECT * FROM {run:Identifier}.pair_fleet
            WHERE (actor_id, destination) IN (SELECT actor_id, destination FROM {run:Identifier}.pairs WHERE host_id IN {hosts:Array(String)})
        ) AS pf ON pf.actor_id = p.actor_id AND pf.destination = p.destination
        LEFT JOIN (SELECT * FROM {run:Identifier}.frozen_pairs WHERE host_id IN {hosts:Array(String)}) AS z
            ON z.host_id = p.host_id AND z.actor_id = p.actor_id AND z.destination = p.destination
        ORDER BY
            p.host_id, p.actor_id,
            (p.bytes_out + 1000 * p.max_duration) * if(f.hosts <= 2 AND z.destination_hosts <= 1, 10, 1) DESC, p.destination
    ) AS p
    GROUP BY p.host_id, p.actor_id
)
SELECT
    k.analytics AS analytics, k.host_id AS host_id, toString(k.actor_id) AS actor_id, p.actor AS actor, p.qualified_by AS qualified_by, p.qualifier AS qualifier, p.processes AS processes, p.heaviest AS heaviest,
    toFloat64(s.bytes_out) AS bytes_out, toFloat64(s.bytes_in) AS bytes_in, s.connections AS connections, s.destinations AS destination_count,
    toUnixTimestamp64Milli(s.first_ts) AS first_ms, toUnixTimestamp64Milli(s.last_ts) AS last_ms,
    s.max_duration AS max_duration, s.open AS open, s.out_known AS out_known, s.in_known AS in_known,
    s.peak_rate AS peak_rate, s.days AS days, s.hours AS hours, toFloat64(s.max_hour_out) AS max_hour_out,
    toFloat64(s.max_day_out) AS max_day_out, s.max_day_hours AS max_day_hours,
    s.peers_day AS peers_day, greatest(f.hosts, z.other_hosts + 1) AS actor_hosts, arrayMap(d -> toFloat64(d), f.day_maxima) AS day_maxima,
    arrayMap(d -> toFloat64(d), z.other_maxima) AS known_maxima, z.days AS known_days, toFloat64(z.median_day) AS known_median_day,
    toFloat64(z.max_day) AS known_max_day, toFloat64(z.first_third) AS known_first_third, toFloat64(z.last_third) AS known_last_third, z.pressing AS known_pressing,
    d.list AS destinations
FROM
(
    SELECT host_id, actor_id, arraySort(groupArray(toString(analytic))) AS analytics FROM {run:Identifier}.candidates
    WHERE host_id IN {hosts:Array(String)} GROUP BY host_id, actor_id
) AS k
INNER JOIN (SELECT * FROM {run:Identifier}.heaviest WHERE host_id IN {hosts:Array(String)}) AS p ON p.host_id = k.host_id AND p.actor_id = k.actor_id
LEFT JOIN {run:Identifier}.subjects AS s ON s.host_id = k.host_id AND s.actor_id = k.actor_id
LEFT JOIN {run:Identifier}.actor_fleet AS f ON f.actor_id = k.actor_id
LEFT JOIN (SELECT * FROM {run:Identifier}.frozen_subjects WHERE host_id IN {hosts:Array(String)}) AS z
    ON z.host_id = k.host_id AND z.actor_id = k.actor_id
LEFT JOIN destinations AS d ON d.host_id = k.host_id AND d.actor_id = k.actor_id
ORDER BY k.host_id, k.actor_id
