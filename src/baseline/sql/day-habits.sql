-- What a baseline learns from one day ({day:Date}), out of the day as it is built. Bytes count on the day they left,
-- connections on the day they were seen. Rows of one host, actor and day add up; both passes follow the order of what
-- they read, so that only one group is in memory at a time.

INSERT INTO {run:Identifier}.day_habits
(
    seen_on, host_id, actor_id, day, actor, bytes_out, bytes_in, hours, max_hour_out, connections, max_duration, max_rate,
    durations, rates, hour_sizes, destinations, addresses
)
SELECT
    {day:Date}, c.host_id, c.actor_id, {day:Date}, n.actor, 0, 0, 0, 0, 0, c.max_duration, c.max_rate, c.durations, c.rates,
    initializeAggregation('quantilesDDStateIf(0.05, 0.5, 0.95)', toFloat64(0), toUInt8(0)), c.destinations, c.addresses
FROM
(
    WITH
        -- ten seconds at least: a burst inside one record says nothing about a rate
        if(until_ts >= counted_ts + INTERVAL 10 SECOND,
            bytes_out * 1000000 / (toUnixTimestamp64Micro(until_ts) - toUnixTimestamp64Micro(counted_ts)), 0) AS rate
    SELECT
        host_id, actor_id, max(duration) AS max_duration, max(rate) AS max_rate,
        quantilesDDState(0.05, 0.5, 0.95)(duration) AS durations,
        quantilesDDStateIf(0.05, 0.5, 0.95)(rate, rate > 0) AS rates,
        uniqCombined64State(12)(toString(destination)) AS destinations,
        uniqCombined64StateIf(12)(remote_ip, remote_ip != '') AS addresses
    FROM {run:Identifier}.connections
    WHERE scope = 'external'
    GROUP BY host_id, actor_id
) AS c
INNER JOIN (SELECT actor_id, max(actor) AS actor FROM {run:Identifier}.actors GROUP BY actor_id) AS n ON n.actor_id = c.actor_id
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 2048;

INSERT INTO {run:Identifier}.day_habits
(
    seen_on, host_id, actor_id, day, actor, bytes_out, bytes_in, hours, max_hour_out, connections, max_duration, max_rate,
    durations, rates, hour_sizes, destinations, addresses
)
SELECT
    {day:Date}, h.host_id, h.actor_id, h.on_day, n.actor, h.day_out, h.day_in, h.mask, h.largest, h.starts, 0, 0,
    initializeAggregation('quantilesDDStateIf(0.05, 0.5, 0.95)', toFloat64(0), toUInt8(0)),
    initializeAggregation('quantilesDDStateIf(0.05, 0.5, 0.95)', toFloat64(0), toUInt8(0)), h.sizes,
    initializeAggregation('uniqCombined64StateIf(12)', '', toUInt8(0)), initializeAggregation('uniqCombined64StateIf(12)', '', toUInt8(0))
FROM
(
    SELECT
        host_id, actor_id, toDate(hour) AS on_day, sum(hour_out) AS day_out, sum(hour_in) AS day_in,
        groupBitOr(if(hour_out > 0, bitShiftLeft(toUInt32(1), toHour(hour)), toUInt32(0))) AS mask, max(hour_out) AS largest,
        sum(hour_starts) AS starts, quantilesDDStateIf(0.05, 0.5, 0.95)(toFloat64(hour_out), hour_out > 0) AS sizes
    FROM
    (
        SELECT host_id, actor_id, hour, sum(bytes_out) AS hour_out, sum(bytes_in) AS hour_in, sum(connections) AS hour_starts
        FROM {run:Identifier}.activity
        GROUP BY host_id, actor_id, hour
        UNION ALL
        -- an actor that only ran leaves a row of zeros
        SELECT DISTINCT host_id, actor_id, toDateTime({day:Date}, 'UTC'), 0, 0, 0
        FROM {run:Identifier}.actors
        WHERE (host_id, actor_id) NOT IN (SELECT host_id, actor_id FROM {run:Identifier}.activity)
    )
    GROUP BY host_id, actor_id, on_day
) AS h
INNER JOIN (SELECT actor_id, max(actor) AS actor FROM {run:Identifier}.actors GROUP BY actor_id) AS n ON n.actor_id = h.actor_id
SETTINGS max_block_size = 2048;
