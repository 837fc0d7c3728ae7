-- `object` with dotted names as objects in objects, whatever the spelling was: flattened to paths as deep as a field is
-- read, sorted, and written with a brace wherever a path leaves or enters an object. What is deeper stays as it is.
arrayMap(
    fields -> concat(
        '{',
        arrayStringConcat(arrayMap(
            (path, before, value) -> arrayMap(
                shared -> concat(
                    repeat('}', greatest(toInt64(length(before)) - 1 - shared, 0)),
                    if(empty(before), '', ','),
                    arrayStringConcat(arrayMap(name -> concat(toJSONString(name), ':{'), arraySlice(arrayPopBack(path), shared + 1))),
                    toJSONString(path[-1]), ':', value),
                -- how many objects both are in
                [toInt64(arrayFirstIndex((a, b) -> a != b, arrayResize(arrayPopBack(path), 7, '\0'), arrayResize(arrayPopBack(before), 7, '\1'))) - 1])[1],
            fields.1,
            arraySlice(arrayPushFront(fields.1, []), 1, length(fields.1)),
            fields.2)),
        repeat('}', greatest(length(fields.1[-1]), 1))),
    [arraySort(field -> field.1, arrayFilter(field -> length(field.1) <= 6, arrayMap(
        field -> (splitByChar('.', field.1), field.2),
        {flattened})))])[1]
