-- Per finding: its connections (the 200 that carried most, in order of start), how many there are, and what they came from.
SELECT
    c.host_id AS host_id, toString(c.actor_id) AS actor_id, count() AS flows, arraySort(groupUniqArray(c.source)) AS sources,
    arraySort(arraySlice(arrayReverseSort(f -> (f.bytes_out, f), groupArray(CAST((
        toUnixTimestamp64Milli(c.start_ts), toUnixTimestamp64Milli(c.until_ts), c.open,
        if(c.remote_name != '', c.remote_name, if(c.remote_ip != '', c.remote_ip, c.destination)),
        c.remote_port, c.transport, c.bytes_out, c.bytes_in, c.out_known, c.in_known),
        'Tuple(start_ms Float64, end_ms Float64, open UInt8, destination String, port UInt16, transport String,
               bytes_out Float64, bytes_in Float64, out_known UInt8, in_known UInt8)'))), 1, 200)) AS list
FROM {run:Identifier}.connections AS c
WHERE c.scope = 'external'
  AND (c.host_id, c.actor_id) IN (SELECT arrayJoin(arrayZip({hosts:Array(String)}, arrayMap(a -> toUInt64(a), {actors:Array(String)}))))
GROUP BY c.host_id, c.actor_id
