-- How byte counters are read.
-- more than a petabyte on one connection is a broken counter, not traffic
(bytes -> if(bytes > 1000000000000000, NULL, bytes)) AS believed,
-- the rises of a running total from where it stood before; a fall is a counter that started again
((base, values) -> arraySum(arrayMap(
    (now, before) -> toUInt64(now - if(now >= before, before, toUInt64(0))),
    values, arrayPopBack(arrayPushFront(values, base))))) AS risen,
-- differences after the last running total
((totals_at, steps_at, steps) -> arraySum(
    (step_at, step) -> if(empty(totals_at) OR step_at > totals_at[-1], step, toUInt64(0)), steps_at, steps)) AS later
