-- What the connections of a run say of one host, actor and external destination, a row for each day on which connections
-- began: pieces, which 51-pairs.sql puts together, be they those of one window or those of many days. Connections that
-- lie within the run are summed up; those that cross its edge (an earlier day handed them over, or they are still open and
-- {goes_on:UInt8} says that other days may follow) go into `lasting`, so that they can be measured as wholes. Rates need at least ten seconds: a burst inside one record
-- says nothing about a rate. Bounds: the first 600 starts and the first 600 lasting ones of a day, the lowest 64 ports,
-- the lowest 8 addresses.
INSERT INTO {target_db:Identifier}.{target:Identifier}
    (seen_on, host_id, actor_id, destination, named, bytes_out, bytes_in, in_known, out_known, connections, ingress, open,
     first_ts, last_ts, max_duration, total_duration, peak_rate, heaviest, port, ports, transport, ips, remote_name, starts,
     lasting)
SELECT
    {day:Date}, host_id, actor_id, destination, max(named), sum(sent), sum(bytes_in), max(in_known), max(out_known),
    countIf(NOT carried), countIf(direction = 'ingress' AND NOT carried), max(open), min(start_ts), max(until_ts),
    max(duration),
    (sum(until_us - from_us) - arraySum(part -> part.until_us - part.from_us, parts)) / 1000000,
    maxIf(sent / duration, whole AND duration >= 10),
    maxIf(sent, whole), argMaxIf(remote_port, (sent, remote_port), whole),
    arraySlice(arraySort(groupUniqArray(remote_port)), 1, 64),
    argMaxIf(transport, (sent, transport), whole),
    arraySlice(arraySort(groupUniqArray(remote_ip)), 1, 8), max(remote_name),
    -- start and bytes as one number, which sorts as the two do: over tuples groupArraySorted takes three times as long
    arrayMap(one -> (toInt64(bitShiftRight(one, 64)), toUInt64(bitAnd(one, 18446744073709551615))),
        groupArraySortedIf(600)(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(start_ts)), 64) + sent, whole)),
    CAST(
        groupArraySortedIf(600)((start_us, flow_id, carried, counted_us, from_us, until_us, sent, remote_port, transport), NOT whole),
        'Array(Tuple(start_us Int64, flow_id UInt64, carried UInt8, counted_us Int64, from_us Int64, until_us Int64,
               bytes_out UInt64, port UInt16, transport String))') AS parts
FROM
(
    SELECT
        host_id, actor_id, destination, named, bytes_out AS sent, bytes_in, in_known, out_known, direction, open, carried,
        start_ts, until_ts, duration, remote_port, remote_ip, remote_name, transport, flow_id,
        NOT carried AND NOT (open AND {goes_on:UInt8}) AS whole,
        toUnixTimestamp64Micro(start_ts) AS start_us,
        toUnixTimestamp64Micro(counted_ts) AS counted_us,
        -- what a connection lasted before today belongs to the days before
        if(carried, greatest(start_us, toUnixTimestamp64Micro({since:DateTime64(6, 'UTC')})), start_us) AS from_us,
        greatest(from_us, toUnixTimestamp64Micro(until_ts)) AS until_us
    FROM {run:Identifier}.connections
    WHERE scope = 'external'
)
GROUP BY host_id, actor_id, destination, toDate(start_ts)
SETTINGS optimize_aggregation_in_order = 1, aggregation_in_order_max_block_bytes = 4000000, max_block_size = 4096
