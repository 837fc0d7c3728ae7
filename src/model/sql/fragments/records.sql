-- The records of a connection in order of time, an end after the others of its moment; needs `sent` and `received`.
-- counter: 1 delta, 2 cumulative, 3 final, 4 sample; only differences may be equal and yet not the same record
arraySort(arrayDistinct(groupArray(CAST(
    (o.ts, toInt8(o.counter = 'final'), toInt8(o.counter), if(o.counter IN ('delta', 'sample'), o.record_id, 0), o.start_ts, o.end_ts, toInt8(o.state),
     ifNull(sent, 0), ifNull(received, 0), sent IS NOT NULL AND o.counter != 'none', received IS NOT NULL AND o.counter != 'none'),
    'Tuple(ts DateTime64(6, \'UTC\'), final Int8, counter Int8, record_id UInt64, start_ts DateTime64(6, \'UTC\'), end_ts DateTime64(6, \'UTC\'), state Int8, bytes_out UInt64, bytes_in UInt64, out_known UInt8, in_known UInt8)'))))
