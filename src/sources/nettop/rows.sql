-- Rows of nettop's CSV as rows of `landing`.
WITH
    (address -> multiIf(
        isIPv4String(address), address,
        isIPv6String(address), replaceRegexpOne(ifNull(toString(toIPv6OrNull(address)), ''), '^::ffff:([0-9.]+)$', '\\1'),
        '')) AS ip_text
SELECT
    multiIf(
        note IN ('blank', 'header', 'listen', 'sum_of_connections', 'multicast_dns'), 'ignored',
        note != '', 'reject',
        'flow') AS kind,
    note AS reason,
    toUInt32(1) AS lines,
    raw,
    if(kind = 'reject', row_number + 1, 0) AS line_no,
    {host:String} AS host_id,
    {host:String} AS host_name,
    moment AS ts,
    moment AS start_ts,
    moment AS end_ts,
    pid,
    name,
    sipHash64(host_id, 'nettop', pid, name, connection_key, occurrence) AS flow_id,
    sipHash64(flow_id, toUnixTimestamp64Micro(moment), counter, ifNull(bytes_out, 0), ifNull(bytes_in, 0)) AS record_id,
    extract(protocol, '^(tcp|udp|quic)') AS transport,
    ip_text(local_host) AS local_ip,
    ifNull(toUInt16OrNull(local_service), 0) AS local_port,
    ip_text(remote_host) AS remote_ip,
    ifNull(toUInt16OrNull(remote_service), 0) AS remote_port,
    if(remote_ip = '' AND remote_host != '*', lower(trim(TRAILING '.' FROM remote_host)), '') AS remote_name,
    interface,
    if(socket_state IN ('Closed', 'TimeWait'), 'closed', 'open') AS state,
    multiIf(
        bytes_out IS NULL AND bytes_in IS NULL, 'none',
        {delta:Bool} AND row_number >= {second_sample:UInt64}, 'delta',
        'cumulative') AS counter,
    bytes_out,
    bytes_in
FROM
(
    SELECT
        raw,
        row_number,
        note,
        occurrence,
        ifNull(moment, toDateTime64(0, 6, 'UTC')) AS moment,
        interface,
        socket_state,
        bytes_in,
        bytes_out,
        ifNull(toUInt32OrNull(extract(owner, '[.]([0-9]{1,10})$')), 0) AS pid,
        replaceRegexpOne(owner, '[.][0-9]{1,10}$', '') AS name,
        if(shape = 'connection', concat(subject, ' ', interface), '*') AS connection_key,
        protocol,
        local_host,
        local_service,
        remote_host,
        remote_service
    FROM
    (
        SELECT
            raw,
            row_number,
            shape,
            subject,
            interface,
            socket_state,
            bytes_in,
            bytes_out,
            owner,
            if(untimed,
                -- No time at all: nettop samples every second unless told otherwise.
                addSeconds(toDateTime64OrNull(concat({dates:Array(String)}[1], ' 00:00:00'), 6, {timezone:String}),
                    sample - 1),
                -- A time of day on a day that the pre-scan counted, in the zone of the Mac.
                toDateTime64OrNull(concat(transform(roundDown(row_number, arrayMap(row -> toUInt64(row), {day_rows:Array(String)})),
                    arrayMap(row -> toUInt64(row), {day_rows:Array(String)}), {dates:Array(String)}, ''), ' ', clock), 6,
                    {timezone:String})) AS moment,
            row_number() OVER (PARTITION BY piece, sample, owner, subject, interface ORDER BY row_number) AS occurrence,
            if(shape = 'connection', splitByChar(' ', subject)[1], '') AS protocol,
            if(shape = 'connection', splitByString('<->', splitByChar(' ', subject)[2])[1], '') AS local_end,
            if(shape = 'connection', splitByString('<->', splitByChar(' ', subject)[2])[2], '') AS remote_end,
            replaceRegexpOne(replaceRegexpOne(local_end, '[.:][^.:]*$', ''), '%[^%]*$', '') AS local_host,
            extract(local_end, '[.:]([^.:]*)$') AS local_service,
            replaceRegexpOne(replaceRegexpOne(remote_end, '[.:][^.:]*$', ''), '%[^%]*$', '') AS remote_host,
            extract(remote_end, '[.:]([^.:]*)$') AS remote_service,
            multiIf(
                shape IN ('blank', 'header', 'before_header', 'malformed_row'), shape,
                socket_state = 'Listen', 'listen',
                shape = 'process' AND {has_connections:Bool} AND NOT has({processes_without_connections:Array(String)}, subject),
                    'sum_of_connections',
                shape = 'connection' AND startsWith(owner, 'mDNSResponder.') AND local_service IN ('5353', 'mdns')
                    AND remote_host = '*', 'multicast_dns',
                '') AS note
        FROM
        (
            SELECT
                raw,
                row_number,
                piece,
                untimed,
                clock,
                shape,
                subject,
                interface,
                socket_state,
                bytes_in,
                bytes_out,
                -- Connections follow their process; a new sample or a row that cannot be read ends what came before.
                ifNull(anyLast(multiIf(shape = 'process', subject, shape IN ('header', 'malformed_row'), '', NULL))
                    OVER so_far, '') AS owner,
                transform(piece, arrayMap(row -> toUInt64(row), {piece_rows:Array(String)}),
                    arrayMap(samples -> toUInt64(samples), {piece_samples:Array(String)}), toUInt64(0))
                    + countIf(shape = 'header') OVER so_far AS sample
            FROM
            (
                -- What passes the sorting of the windows is kept narrow: of the line, only what is rejected.
                SELECT
                    row_number,
                    if(shape IN ('before_header', 'malformed_row'), substring(line, 1, 2000), '') AS raw,
                    place[2] = {absent:UInt16} AS untimed,
                    roundDown(row_number, arrayMap(row -> toUInt64(row), {piece_rows:Array(String)})) AS piece,
                    cells[place[2]] AS clock,
                    -- Only the subject can hold commas of its own: what a row has too many belongs to it.
                    arrayStringConcat(arraySlice(cells, place[3], extra + 1), ',') AS subject,
                    if(place[4] = {absent:UInt16}, '', cells[place[4] + extra]) AS interface,
                    if(place[5] = {absent:UInt16}, '', cells[place[5] + extra]) AS socket_state,
                    if(place[6] = {absent:UInt16}, '', cells[place[6] + extra]) AS in_text,
                    if(place[7] = {absent:UInt16}, '', cells[place[7] + extra]) AS out_text,
                    toUInt64OrNull(in_text) AS bytes_in,
                    toUInt64OrNull(out_text) AS bytes_out,
                    multiIf(
                        text = '', 'blank',
                        has({headers:Array(String)}, text), 'header',
                        layout = 0, 'before_header',
                        spare < 0, 'malformed_row',
                        place[2] != {absent:UInt16} AND NOT match(clock, {time_pattern:String}), 'malformed_row',
                        (in_text != '' AND bytes_in IS NULL) OR (out_text != '' AND bytes_out IS NULL), 'malformed_row',
                        match(subject, {connection_pattern:String}) AND NOT (place[4] != {absent:UInt16} AND interface = ''
                            AND socket_state = '' AND match(subject, {named_like_connection_pattern:String})), 'connection',
                        match(subject, {process_pattern:String}), 'process',
                        'malformed_row') AS shape
                FROM
                (
                    SELECT
                        line,
                        row_number,
                        text,
                        layout,
                        arrayMap(list -> arrayMap(number -> toUInt16(number), splitByChar(',', list)),
                            {places:Array(String)})[layout] AS place,
                        splitByChar(',', text) AS cells,
                        toInt64(length(cells)) - place[1] AS spare,
                        toUInt64(greatest(spare, 0)) AS extra
                    FROM
                    (
                        SELECT
                            line,
                            row_number,
                            replaceRegexpAll(line, {noise_pattern:String}, '') AS text,
                            transform(roundDown(row_number, arrayMap(row -> toUInt64(row), {header_rows:Array(String)})),
                                arrayMap(row -> toUInt64(row), {header_rows:Array(String)}),
                                arrayMap(index -> toUInt32(index), {header_indexes:Array(String)}), toUInt32(0)) AS layout
                        FROM (SELECT line, rowNumberInAllBlocks() AS row_number FROM {lines})
                    )
                )
            )
            WINDOW so_far AS (PARTITION BY piece ORDER BY row_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
        )
    )
)
-- Two windows sort; each goes to disk early, since landing itself needs the memory.
SETTINGS max_bytes_before_external_sort = 67108864, max_block_size = 4096
