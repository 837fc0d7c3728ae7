-- Canonical records (records-tsv.sql, records-json.sql) as rows of `landing`.
WITH
    -- Addresses of one's own side where Zeek was not told (Site::local_nets): private, shared, link-local, loopback.
    -- Matched on the canonical text of an address.
    (address -> match(address, '^(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|127\\.|169\\.254\\.'
        || '|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:|::1$)')) AS own_side,
    -- Zeek takes payload from TCP sequence numbers, which a stray packet can make absurd; IP bytes are counted. What
    -- the sensor missed explains a difference, but not more than it saw.
    ((payload, counted, missed) -> multiIf(
        payload IS NULL, counted,
        counted IS NULL, payload,
        payload > counted + least(ifNull(missed, 0), counted), counted,
        payload)) AS trusted
SELECT
    multiIf(
        note IN ('blank', 'header', 'not_conn', 'not_tcp_udp', 'connection_failed'), 'ignored',
        note != '', 'reject',
        'flow') AS kind,
    note AS reason,
    toUInt32(1) AS lines,
    if(kind = 'reject', substring(line, 1, 2000), '') AS raw,
    if(kind = 'reject' AND {ordered:Bool}, row_number + 1, 0) AS line_no,
    local_ip AS host_id,
    -- Zeek writes a record after the time it covers; interim records of one connection are in order by it.
    end_ts AS ts,
    started AS start_ts,
    fromUnixTimestamp64Micro(toUnixTimestamp64Micro(started) + lasted, 'UTC') AS end_ts,
    sipHash64('zeek', host_id, uid) AS flow_id,
    sipHash64(flow_id, path, end_ts, bytes_out, bytes_in, conn_state) AS record_id,
    multiIf(has(splitByChar(',', services), 'quic'), 'quic', protocol) AS transport,
    if(responder_is_local, responder, originator) AS local_ip,
    if(responder_is_local, responder_port, originator_port) AS local_port,
    if(responder_is_local, originator, responder) AS remote_ip,
    if(responder_is_local, originator_port, responder_port) AS remote_port,
    if(responder_is_local, 'ingress', 'egress') AS direction,
    multiIf(interim OR conn_state = 'S1', 'open', conn_state = '', 'unknown', 'closed') AS state,
    if(state = 'closed', 'final', 'cumulative') AS counter,
    if(responder_is_local, responder_bytes, originator_bytes) AS bytes_out,
    if(responder_is_local, originator_bytes, responder_bytes) AS bytes_in
FROM
(
    SELECT
        line,
        row_number,
        path,
        uid,
        protocol,
        services,
        conn_state,
        ifNull(moment, toDateTime64(0, 6, 'UTC')) AS started,
        lasted,
        originator,
        responder,
        ifNull(originator_port, 0) AS originator_port,
        ifNull(responder_port, 0) AS responder_port,
        originator_bytes,
        responder_bytes,
        has({interim_paths:Array(String)}, path) AS interim,
        multiIf(
            orig_is_local = 1 AND resp_is_local != 1, 0,
            resp_is_local = 1 AND orig_is_local != 1, 1,
            own_side(responder) AND NOT own_side(originator)) AS responder_is_local,
        multiIf(
            note != '', note,
            moment IS NULL, 'no_timestamp',
            uid = '', 'no_uid',
            originator = '' OR responder = '', 'bad_address',
            originator_port IS NULL OR responder_port IS NULL, 'bad_port',
            protocol NOT IN ('tcp', 'udp'), 'not_tcp_udp',
            -- A TCP handshake that never completed, with no payload seen from either end.
            protocol = 'tcp' AND NOT has({interim_paths:Array(String)}, path)
                AND conn_state IN ('S0', 'REJ', 'RSTOS0', 'RSTRH', 'SH', 'SHR')
                AND if(history != '', NOT match(history, '[Dd]'),
                    ifNull(originator_bytes, 0) = 0 AND ifNull(responder_bytes, 0) = 0), 'connection_failed',
            '') AS note
    FROM
    (
        SELECT
            line,
            row_number,
            note,
            path,
            uid,
            lower(proto) AS protocol,
            lower(service) AS services,
            conn_state,
            history,
            if(match(moment_text, '^[0-9]{1,10}(\\.[0-9]+)?$'),
                if(toFloat64OrZero(moment_text) >= 1, toDateTime64(toDecimal64OrZero(moment_text, 6), 6, 'UTC'), NULL),
                if(match(moment_text, '^[0-9]{4}-[0-9]{2}-[0-9]{2}T'),
                    parseDateTime64BestEffortOrNull(moment_text, 6, 'UTC'), NULL)) AS moment,
            -- Microseconds; a duration beyond ten years is no duration.
            if(toFloat64OrZero(duration) BETWEEN 0 AND 315576000, toInt64(round(toFloat64OrZero(duration) * 1e6)), 0)
                AS lasted,
            if(isIPv4String(orig_h), orig_h, ifNull(toString(toIPv6OrNull(orig_h)), '')) AS originator,
            if(isIPv4String(resp_h), resp_h, ifNull(toString(toIPv6OrNull(resp_h)), '')) AS responder,
            toUInt16OrNull(orig_p) AS originator_port,
            toUInt16OrNull(resp_p) AS responder_port,
            transform(lower(local_orig), ['t', 'true', 'f', 'false'], [1, 1, 0, 0], -1) AS orig_is_local,
            transform(lower(local_resp), ['t', 'true', 'f', 'false'], [1, 1, 0, 0], -1) AS resp_is_local,
            trusted(toUInt64OrNull(orig_bytes), toUInt64OrNull(orig_ip_bytes), toUInt64OrNull(missed_bytes)) AS originator_bytes,
            trusted(toUInt64OrNull(resp_bytes), toUInt64OrNull(resp_ip_bytes), toUInt64OrNull(missed_bytes)) AS responder_bytes
        FROM ({records})
    )
)
