-- What running totals (`rising_out`, `rising_in`, in order of time) and differences (`steps`) add up to, from where the
-- totals stood before (`base_out`, `base_in`); needs `counters`, and `lasting`: the key names one connection for ever, so
-- that a total which stands lower is a lesser view of it and no counter that started again.
later(tupleElement(rising_out, 'ts'), tupleElement(steps, 'ts'), tupleElement(steps, 'bytes_out')) AS later_out,
later(tupleElement(rising_in, 'ts'), tupleElement(steps, 'ts'), tupleElement(steps, 'bytes_in')) AS later_in,
if(lasting, toUInt64(reached_out - base_out), risen(base_out, tupleElement(rising_out, 'bytes_out')) + later_out) AS counted_out,
if(lasting, toUInt64(reached_in - base_in), risen(base_in, tupleElement(rising_in, 'bytes_in')) + later_in) AS counted_in,
arraySum(tupleElement(steps, 'bytes_out')) AS stepped_out,
arraySum(tupleElement(steps, 'bytes_in')) AS stepped_in,
-- where the totals stand now
multiIf(
    lasting, greatest(base_out, arrayMax(arrayPushFront(tupleElement(rising_out, 'bytes_out'), toUInt64(0)))),
    empty(rising_out), base_out, rising_out[-1].bytes_out) + later_out AS reached_out,
multiIf(
    lasting, greatest(base_in, arrayMax(arrayPushFront(tupleElement(rising_in, 'bytes_in'), toUInt64(0)))),
    empty(rising_in), base_in, rising_in[-1].bytes_in) + later_in AS reached_in
