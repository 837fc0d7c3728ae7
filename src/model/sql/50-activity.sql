-- A connection's bytes are spread evenly over the hours it lasted; beyond 60 days only its last 60 days are spread.
INSERT INTO {run:Identifier}.activity
SELECT host_id, actor_id, destination, hour, sum(bytes_out * share), sum(bytes_in * share), sum(starts)
FROM
(
    SELECT
        c.host_id AS host_id, c.actor_id AS actor_id, c.destination AS destination, c.bytes_out AS bytes_out, c.bytes_in AS bytes_in,
        greatest(toUnixTimestamp(c.start_ts), toUnixTimestamp(c.until_ts) - 5184000) AS from_s,
        greatest(toUnixTimestamp(c.until_ts), from_s) AS to_s,
        intDiv(from_s, 3600) AS from_hour,
        arrayJoin(range(from_hour, intDiv(to_s, 3600) + 1)) AS hour_no,
        toDateTime(hour_no * 3600, 'UTC') AS hour,
        if(to_s = from_s, 1, (least(to_s, (hour_no + 1) * 3600) - greatest(from_s, hour_no * 3600)) / (to_s - from_s)) AS share,
        hour_no = from_hour AS starts
    FROM {run:Identifier}.connections AS c
    WHERE c.scope = 'external'
)
GROUP BY host_id, actor_id, destination, hour
