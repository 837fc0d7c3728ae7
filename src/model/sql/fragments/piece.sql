-- What the records of one connection (`piece`) add up to from where its counters stood; needs `counters`.
arrayFilter(r -> r.counter = 2 AND r.out_known, piece) AS rising_out,
arrayFilter(r -> r.counter = 2 AND r.in_known, piece) AS rising_in,
arrayFilter(r -> r.counter IN (1, 4), piece) AS steps,
{{counted}},
arrayMax(r -> if(r.final = 1, r.bytes_out, toUInt64(0)), piece) AS final_out,
arrayMax(r -> if(r.final = 1, r.bytes_in, toUInt64(0)), piece) AS final_in
