-- One host, actor and destination today. Rates need at least ten seconds, as in model/sql/51-pairs.sql; the rhythm is
-- judged on the first 600 starts of a day.
INSERT INTO {run:Identifier}.day_pairs
SELECT
    {day:Date}, host_id, actor_id, destination, named, bytes_out, bytes_in, in_known, out_known, connections, ingress, open,
    first_ts, last_ts, max_duration, total_duration, peak_rate, port_bytes, port, ports, transport, ips, remote_name, starts, today()
FROM
(
    SELECT
        host_id, actor_id, destination, max(named) AS named, sum(bytes_out) AS bytes_out, sum(bytes_in) AS bytes_in,
        max(in_known) AS in_known, max(out_known) AS out_known, countIf(NOT carried) AS connections,
        countIf(direction = 'ingress' AND NOT carried) AS ingress, max(open) AS open, min(start_ts) AS first_ts, max(until_ts) AS last_ts,
        max(duration) AS max_duration, sum(active) AS total_duration,
        max(if(counted >= 10, bytes_out / counted, 0)) AS peak_rate,
        argMax(remote_port, (bytes_out, remote_port)) AS port, max(bytes_out) AS port_bytes,
        arraySlice(arraySort(groupUniqArray(remote_port)), 1, 64) AS ports,
        argMax(transport, (bytes_out, transport)) AS transport,
        arraySlice(arraySort(groupUniqArray(remote_ip)), 1, 8) AS ips, max(remote_name) AS remote_name,
        groupArraySortedIf(600)((toUnixTimestamp64Milli(start_ts), bytes_out), NOT carried) AS starts
    FROM
    (
        SELECT c.*, c.actor_id AS actor_id,
            greatest(0, toUnixTimestamp64Micro(c.until_ts) - toUnixTimestamp64Micro(c.counted_ts)) / 1000000 AS counted,
            -- what a connection lasted before today was counted on the day that handed it over, if one did
            greatest(0, toUnixTimestamp64Micro(c.until_ts) - if(c.carried, greatest(toUnixTimestamp64Micro(c.start_ts), toUnixTimestamp64Micro({since:DateTime64(6, 'UTC')})), toUnixTimestamp64Micro(c.start_ts))) / 1000000 AS active
        FROM {run:Identifier}.connections AS c
        WHERE c.scope = 'external'
    )
    GROUP BY host_id, actor_id, destination
)
SETTINGS optimize_aggregation_in_order = 1, aggregation_in_order_max_block_bytes = 4000000, max_block_size = 4096
