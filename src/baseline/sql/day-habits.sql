-- What a baseline learns from one day ({day:Date}), out of the day as it is built. Bytes count on the day they left,
-- connections on the day they were seen; an actor that only ran leaves a row of zeros.
INSERT INTO {run:Identifier}.day_habits
(
    seen_on, host_id, actor_id, day, actor, bytes_out, bytes_in, hours, max_hour_out, connections, max_duration, max_rate,
    durations, rates, hour_sizes, destinations, addresses
)
SELECT
    {day:Date}, h.host_id, h.actor_id, h.on_day, any(n.actor), sum(h.hour_out), sum(h.hour_in),
    groupBitOr(if(h.hour_out > 0, bitShiftLeft(toUInt32(1), h.hour_no), toUInt32(0))), max(h.hour_out), sum(h.starts),
    max(h.duration), max(h.rate),
    quantilesDDStateIf(0.01, 0.5, 0.95)(h.duration, h.is_connection),
    quantilesDDStateIf(0.01, 0.5, 0.95)(h.rate, h.rate > 0),
    quantilesDDStateIf(0.01, 0.5, 0.95)(toFloat64(h.hour_out), h.hour_out > 0),
    uniqCombined64StateIf(12)(h.to_place, h.to_place != ''),
    uniqCombined64StateIf(12)(h.to_address, h.to_address != '')
FROM
(
    SELECT
        host_id, actor_id, toDate(hour) AS on_day, sum(bytes_out) AS hour_out, sum(bytes_in) AS hour_in, toHour(hour) AS hour_no,
        sum(connections) AS starts, 0 AS is_connection, toFloat64(0) AS duration, toFloat64(0) AS rate,
        '' AS to_place, '' AS to_address
    FROM {run:Identifier}.activity
    GROUP BY host_id, actor_id, hour
    UNION ALL
    SELECT
        host_id, actor_id, {day:Date}, 0, 0, 0, 0, 1, duration,
        -- ten seconds at least: a burst inside one record says nothing about a rate
        if(until_ts >= counted_ts + INTERVAL 10 SECOND,
            bytes_out * 1000000 / (toUnixTimestamp64Micro(until_ts) - toUnixTimestamp64Micro(counted_ts)), 0),
        toString(destination), remote_ip
    FROM {run:Identifier}.connections
    WHERE scope = 'external'
    UNION ALL
    SELECT DISTINCT host_id, actor_id, {day:Date}, 0, 0, 0, 0, 0, 0, 0, '', ''
    FROM {run:Identifier}.actors
) AS h
INNER JOIN (SELECT actor_id, max(actor) AS actor FROM {run:Identifier}.actors GROUP BY actor_id) AS n ON n.actor_id = h.actor_id
GROUP BY h.host_id, h.actor_id, h.on_day
