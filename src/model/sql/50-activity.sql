-- A connection's bytes are spread evenly over the hours it lasted, in whole bytes that add up to its total; beyond 60
-- days only its last 60 days are spread.
INSERT INTO {run:Identifier}.activity
SELECT host_id, actor_id, destination, hour,
    sum(toUInt64(bytes_out * done_after) - toUInt64(bytes_out * done_before)),
    sum(toUInt64(bytes_in * done_after) - toUInt64(bytes_in * done_before)),
    sum(starts)
FROM
(
    SELECT
        c.host_id AS host_id, c.actor_id AS actor_id, c.destination AS destination, c.bytes_out AS bytes_out, c.bytes_in AS bytes_in,
        greatest(toUnixTimestamp(c.counted_ts), toUnixTimestamp(c.until_ts) - 5184000) AS from_s,
        greatest(toUnixTimestamp(c.until_ts), from_s) AS to_s,
        intDiv(from_s, 3600) AS from_hour,
        arrayJoin(range(from_hour, intDiv(to_s, 3600) + 1)) AS hour_no,
        toDateTime(hour_no * 3600, 'UTC') AS hour,
        hour_no = from_hour AND NOT c.carried AS starts,
        -- share of the connection that was over at the beginning and at the end of the hour
        if(to_s = from_s, 0, (greatest(from_s, hour_no * 3600) - from_s) / (to_s - from_s)) AS done_before,
        if(to_s = from_s, 1, (least(to_s, (hour_no + 1) * 3600) - from_s) / (to_s - from_s)) AS done_after
    FROM {run:Identifier}.connections AS c
    WHERE c.scope = 'external'
)
GROUP BY host_id, actor_id, destination, hour
