-- One host, actor and destination over the window. Rates need at least ten seconds: a burst inside one record says
-- nothing about a rate. The rhythm is judged on the first 4,000 starts.
INSERT INTO {run:Identifier}.pairs
SELECT
    host_id, actor_id, destination, named, bytes_out, bytes_in, in_known, out_known, connections, ingress, open,
    first_ts, last_ts, max_duration, total_duration, peak_rate, port, ports, transport,
    arraySlice(arraySort(addresses), 1, 8), remote_name,
    sizes[1], sizes[2], sizes[3],
    median_gap,
    arrayElementOrNull(arraySort(arrayMap(g -> abs(g - median_gap), gaps)), intDiv(length(gaps), 2) + 1)
FROM
(
    SELECT
        host_id, actor_id, destination, max(named) AS named, sum(bytes_out) AS bytes_out, sum(bytes_in) AS bytes_in,
        max(in_known) AS in_known, max(out_known) AS out_known, count() AS connections,
        countIf(direction = 'ingress') AS ingress, max(open) AS open, min(start_ts) AS first_ts, max(until_ts) AS last_ts,
        max(duration) AS max_duration, sum(duration) AS total_duration,
        max(if(duration >= 10, bytes_out / duration, 0)) AS peak_rate,
        argMax(remote_port, (bytes_out, remote_port)) AS port, uniqExact(remote_port) AS ports,
        argMax(transport, (bytes_out, transport)) AS transport,
        groupUniqArray(remote_ip) AS addresses, max(remote_name) AS remote_name,
        quantilesExact(0.1, 0.5, 0.9)(bytes_out) AS sizes,
        arraySort(arrayPopFront(arrayDifference(groupArraySorted(4000)(toUnixTimestamp64Milli(start_ts) / 1000)))) AS gaps,
        gaps[intDiv(length(gaps), 2) + 1] AS median_gap
    FROM
    (
        SELECT c.*, c.actor_id AS actor_id
        FROM {run:Identifier}.connections AS c
            WHERE c.scope = 'external'
    )
    GROUP BY host_id, actor_id, destination
)
