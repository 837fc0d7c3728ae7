-- Rows of a TSV log as canonical records: what the line is, and its fields by name whatever the header's order.
-- A position beyond the row answers '', which is how absent columns read. Numbers need no care for unset markers,
-- since those are no numbers.
WITH
    (value -> if(value IN (unset, empty), '', value)) AS text_or_nothing
SELECT
    line,
    row_number,
    multiIf(
        line = '', 'blank',
        startsWith(line, '#'), 'header',
        layout = 0, 'before_header',
        {kinds:Array(String)}[layout] = 'other', 'not_conn',
        length(columns) != toUInt32({widths:Array(String)}[layout]), 'column_count',
        '') AS note,
    {paths:Array(String)}[layout] AS path,
    columns[place[1]] AS moment_text,
    text_or_nothing(columns[place[2]]) AS uid,
    columns[place[3]] AS orig_h,
    columns[place[4]] AS orig_p,
    columns[place[5]] AS resp_h,
    columns[place[6]] AS resp_p,
    columns[place[7]] AS proto,
    text_or_nothing(columns[place[8]]) AS service,
    columns[place[9]] AS duration,
    columns[place[10]] AS orig_bytes,
    columns[place[11]] AS resp_bytes,
    text_or_nothing(columns[place[12]]) AS conn_state,
    columns[place[13]] AS local_orig,
    columns[place[14]] AS local_resp,
    columns[place[15]] AS missed_bytes,
    text_or_nothing(columns[place[16]]) AS history,
    columns[place[17]] AS orig_ip_bytes,
    columns[place[18]] AS resp_ip_bytes,
    columns[place[19]] AS orig_shunted_bytes,
    columns[place[20]] AS resp_shunted_bytes
FROM
(
    SELECT
        line,
        row_number,
        layout,
        {unset:Array(String)}[layout] AS unset,
        {empty:Array(String)}[layout] AS empty,
        arrayMap(list -> arrayMap(number -> toUInt16(number), splitByChar(',', list)),
            {positions:Array(String)})[layout] AS place,
        -- Splitting takes one separator for all rows: each layout's own becomes the unit separator, which Zeek escapes.
        splitByChar('\x1f', replaceAll(line, if(layout = 0, '\t', {separators:Array(String)}[layout]), '\x1f')) AS columns
    FROM
    (
        SELECT
            line,
            row_number,
            -- Which header holds for this row; the row number only counts in an ordered read.
            transform(roundDown(row_number, arrayMap(row -> toUInt64(row), {change_rows:Array(String)})),
                arrayMap(row -> toUInt64(row), {change_rows:Array(String)}),
                arrayMap(index -> toUInt32(index), {change_layouts:Array(String)}), toUInt32(0)) AS layout
        FROM (SELECT line, rowNumberInAllBlocks() AS row_number FROM {lines})
    )
)
