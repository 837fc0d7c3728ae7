-- One host, actor and destination over a window or a week, out of its pieces (50-pieces.sql). The parts of a connection
-- that days cut apart are put together first, so that sizes, rates, ports and durations are those of whole connections
-- and come out the same however the records were cut. Of each day's starts the first 600 count.
INSERT INTO {run:Identifier}.pairs
SELECT
    host_id, actor_id, destination, any_named, sent, received, in_measured, out_measured, greatest(begun, 1), came_in, is_open,
    first_seen, last_seen, longest,
    -- a sum of microseconds, in whatever order it was made
    round(lasted + arraySum(one -> one.lasted, lasting_ones), 6),
    greatest(fastest, arrayMax(one -> if(one.counted >= 10, one.bytes_out / one.counted, 0), lasting_ones)),
    heaviest_one.2, distinct_ports, heaviest_carrier.2, addresses, a_name,
    sizes[1], sizes[2], sizes[3], median_gap,
    arrayElementOrNull(arraySort(arrayMap(gap -> abs(gap - median_gap), gaps)), intDiv(length(gaps), 2) + 1)
FROM
(
    SELECT
        *,
        greatest(heaviest_within, arrayMax(one -> (one.bytes_out, one.port), lasting_ones)) AS heaviest_one,
        greatest(carrier_within, arrayMax(one -> (one.bytes_out, one.transport), lasting_ones)) AS heaviest_carrier,
        arraySort(arrayConcat(starts_within,
            arrayMap(one -> (intDiv(one.start_us, 1000), one.bytes_out), arrayFilter(one -> one.begun, lasting_ones)))) AS all_starts,
        arrayFilter((start, earlier) -> intDiv(start.1, 86400000) != intDiv(earlier.1, 86400000), all_starts,
            arrayShiftRight(all_starts, 600, (toInt64(-86400000), toUInt64(0)))) AS counted_starts,
        arrayReduce('quantilesExact(0.1, 0.5, 0.9)', arrayMap(start -> start.2, counted_starts)) AS sizes,
        arraySort(arrayPopFront(arrayDifference(arrayMap(start -> start.1 / 1000, counted_starts)))) AS gaps,
        gaps[intDiv(length(gaps), 2) + 1] AS median_gap
    FROM
    (
        SELECT
            host_id, actor_id, destination, max(named) AS any_named, sum(bytes_out) AS sent, sum(bytes_in) AS received,
            max(in_known) AS in_measured, max(out_known) AS out_measured, sum(connections) AS begun, sum(ingress) AS came_in,
            argMax(open, (seen_on, open)) AS is_open, min(first_ts) AS first_seen, max(last_ts) AS last_seen,
            max(max_duration) AS longest, sum(total_duration) AS lasted, max(peak_rate) AS fastest,
            max((heaviest, port)) AS heaviest_within, max((heaviest, toString(transport))) AS carrier_within,
            length(arraySlice(arraySort(groupUniqArrayArray(ports)), 1, 64)) AS distinct_ports,
            arraySlice(arraySort(groupUniqArrayArray(ips)), 1, 8) AS addresses, max(remote_name) AS a_name,
            groupArrayArray(starts) AS starts_within,
            arraySort(part -> (part.flow_id, part.from_us, part.until_us), groupArrayArray(lasting)) AS parts,
            -- a part that no earlier day handed over begins a connection; one that was goes on with the part before it
            arraySplit((part, before) -> NOT part.carried OR part.flow_id != before.flow_id, parts, arrayShiftRight(parts, 1)) AS chains,
            arrayMap(chain -> CAST((
                    -- an earlier beginning may be told of later
                    arrayMin(part -> part.start_us, chain), NOT chain[1].carried, arraySum(part -> part.bytes_out, chain),
                    chain[-1].port, chain[-1].transport,
                    (chain[-1].until_us - if(chain[1].carried, chain[1].counted_us, chain[-1].start_us)) / 1000000,
                    (chain[-1].until_us - if(chain[1].carried, chain[1].from_us, chain[-1].start_us)) / 1000000),
                'Tuple(start_us Int64, begun UInt8, bytes_out UInt64, port UInt16, transport String, counted Float64,
                       lasted Float64)'), chains) AS lasting_ones
        FROM {pieces_db:Identifier}.{pieces:Identifier}
        WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}
        GROUP BY host_id, actor_id, destination
    )
)
SETTINGS optimize_aggregation_in_order = 1, aggregation_in_order_max_block_bytes = 4000000, max_block_size = 4096
