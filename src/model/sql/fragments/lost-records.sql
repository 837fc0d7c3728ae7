-- Records lost over days, out of (day, least, most, own): the least and most that a running count of them stood at that day,
-- and the day's own rise. A count that goes on from where an earlier day left it has risen since then; one that stands
-- lower has started again, and only its own rise is known.
(days ->
    arraySum(
        (now, before) -> if(before.most > 0 AND now.least >= before.most, toUInt64(now.most - before.most), now.own),
        arraySort(arrayFilter(one -> one.own > 0 OR one.most > 0, days)),
        arrayShiftRight(arraySort(arrayFilter(one -> one.own > 0 OR one.most > 0, days)), 1))) AS lost_over
