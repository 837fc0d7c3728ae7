-- Every finding over all its evaluations. Of the days, the later evaluation knows more about each.
SELECT
    weeks.finding_id AS finding_id,
    weeks.host_id AS host_id,
    weeks.actor AS actor,
    weeks.first_ms AS first_ms,
    weeks.last_ms AS last_ms,
    weeks.evaluated_on AS evaluated_on,
    weeks.risk AS risk,
    weeks.severity AS severity,
    weeks.seen_ms AS seen_ms,
    days.day AS day,
    days.bytes_out AS bytes_out,
    days.bytes_in AS bytes_in,
    days.connections AS connections
FROM
(
    SELECT
        finding_id,
        argMax(host_id, evaluated_on) AS host_id,
        argMax(actor, evaluated_on) AS actor,
        toUnixTimestamp64Milli(min(first_seen)) AS first_ms,
        toUnixTimestamp64Milli(max(last_seen)) AS last_ms,
        arraySort(groupArray((evaluated_on, risk, severity, toUnixTimestamp64Milli(last_seen)))) AS listed,
        arrayMap(week -> week.1, listed) AS evaluated_on,
        arrayMap(week -> toUInt32(week.2), listed) AS risk,
        arrayMap(week -> toString(week.3), listed) AS severity,
        arrayMap(week -> week.4, listed) AS seen_ms
    FROM {from:Identifier}.evaluations
    WHERE {all:Bool} OR finding_id IN {ids:Array(String)}
    GROUP BY finding_id
) AS weeks
LEFT JOIN
(
    SELECT
        finding_id,
        arraySort(groupArray((day, latest.1, latest.2, latest.3))) AS listed,
        arrayMap(one -> one.1, listed) AS day,
        arrayMap(one -> one.2, listed) AS bytes_out,
        arrayMap(one -> one.3, listed) AS bytes_in,
        arrayMap(one -> one.4, listed) AS connections
    FROM
    (
        SELECT
            finding_id,
            one.day AS day,
            argMax((one.bytes_out, one.bytes_in, one.connections), evaluated_on) AS latest
        FROM {from:Identifier}.evaluations
        ARRAY JOIN days AS one
        WHERE {all:Bool} OR finding_id IN {ids:Array(String)}
        GROUP BY finding_id, day
    )
    GROUP BY finding_id
) AS days ON days.finding_id = weeks.finding_id
ORDER BY finding_id
