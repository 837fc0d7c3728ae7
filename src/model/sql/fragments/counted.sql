-- What running totals (`rising_out`, `rising_in`, in order of time) and differences (`steps`) add up to, from where the
-- totals stood before (`base_out`, `base_in`); needs `counters`.
later(tupleElement(rising_out, 'ts'), tupleElement(steps, 'ts'), tupleElement(steps, 'bytes_out')) AS later_out,
later(tupleElement(rising_in, 'ts'), tupleElement(steps, 'ts'), tupleElement(steps, 'bytes_in')) AS later_in,
risen(base_out, tupleElement(rising_out, 'bytes_out')) + later_out AS counted_out,
risen(base_in, tupleElement(rising_in, 'bytes_in')) + later_in AS counted_in,
arraySum(tupleElement(steps, 'bytes_out')) AS stepped_out,
arraySum(tupleElement(steps, 'bytes_in')) AS stepped_in,
-- where the totals stand now
if(empty(rising_out), base_out, rising_out[-1].bytes_out) + later_out AS reached_out,
if(empty(rising_in), base_in, rising_in[-1].bytes_in) + later_in AS reached_in
