-- The counts of a connection of which no earlier day tells, out of its records; needs `counters` and `believed` bytes as
-- `sent` and `received`.
toUInt64(0) AS base_out,
toUInt64(0) AS base_in,
CAST(
    arraySort(arrayDistinct(groupArrayIf((o.ts, ifNull(sent, 0), ifNull(received, 0), sent IS NOT NULL, received IS NOT NULL), o.counter = 'cumulative'))),
    'Array(Tuple(ts DateTime64(6, \'UTC\'), bytes_out UInt64, bytes_in UInt64, out_known UInt8, in_known UInt8))') AS rising,
arrayFilter(r -> r.out_known, rising) AS rising_out,
arrayFilter(r -> r.in_known, rising) AS rising_in,
CAST(
    arrayDistinct(groupArrayIf((o.record_id, o.ts, ifNull(sent, 0), ifNull(received, 0)), o.counter IN ('delta', 'sample'))),
    'Array(Tuple(record_id UInt64, ts DateTime64(6, \'UTC\'), bytes_out UInt64, bytes_in UInt64))') AS steps,
{{counted}},
countIf(sent IS NOT NULL AND o.counter != 'none') > 0 AS out_known,
countIf(received IS NOT NULL AND o.counter != 'none') > 0 AS in_known
