-- Canonical records (records-tsv.sql, records-json.sql) as rows of `landing`.
WITH
    -- Addresses of one's own side where Zeek was not told (Site::local_nets): private, shared, benchmarking (which
    -- proxies hand out as stand-ins), link-local, loopback. Matched on the canonical text of an address; as a
    -- destination they mean the same (model/sql/43-connections.sql).
    (address -> match(address, '^(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|127\\.|169\\.254\\.|198\\.1[89]\\.'
        || '|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:|::1$)')) AS own_side,
    -- A count as number; more than a petabyte is no count.
    (text -> if(toUInt64OrZero(text) > 1000000000000000, NULL, toUInt64OrNull(text))) AS number,
    -- Zeek takes payload from TCP sequence numbers, which a stray packet can make absurd; IP bytes are counted, but only
    -- of packets that reached the sensor whole. `ended`: a FIN from both sides, which confirms both ends of the sequence
    -- space. `broken`: packets of this direction failed their checksum and were not counted.
    -- 'payload', 'counted', or 'least': counted, and known to be less than what was sent.
    ((payload, counted, missed, ended, broken, shunted) -> multiIf(
        payload IS NULL, if(broken OR missed > 0, 'least', 'counted'),
        counted IS NULL OR payload <= counted AND (ended OR shunted = 0), 'payload',
        payload <= counted, 'counted',
        ended AND (broken OR payload <= counted + missed), 'payload',
        payload <= counted + least(missed, counted), 'payload',
        'least')) AS judged
SELECT
    multiIf(
        note IN ('blank', 'header', 'not_conn', 'not_tcp_udp', 'connection_failed', 'stays_inside'), 'ignored',
        note != '', 'reject',
        'flow') AS kind,
    -- Of a flow: that its counts are known to be less than what was sent.
    if(note = '' AND has([originator_judged, responder_judged], 'least'), 'bytes_at_least', note) AS reason,
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
    -- Without a path an interim record looks like the last one: UDP has no end to see, and some states of TCP are none.
    -- Reports on long connections begin at a minute at the earliest.
    multiIf(
        interim OR conn_state = 'S1', 'open',
        conn_state = '', 'unknown',
        path = '' AND lasted >= 60000000 AND (protocol = 'udp' OR conn_state IN ('S2', 'S3', 'OTH')), 'unknown',
        'closed') AS state,
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
        -- UDP has no sequence numbers to mislead; fragments bring up to as much again as was counted.
        judged(originator_payload, originator_counted, if(protocol = 'udp', ifNull(originator_counted, 0), missed),
            ended, match(history, 'C'), originator_shunted)
            AS originator_judged,
        judged(responder_payload, responder_counted, if(protocol = 'udp', ifNull(responder_counted, 0), missed),
            ended, match(history, 'c'), responder_shunted)
            AS responder_judged,
        if(originator_judged = 'payload', originator_payload, originator_counted) AS originator_bytes,
        if(responder_judged = 'payload', responder_payload, responder_counted) AS responder_bytes,
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
            -- The sensor was told that both ends are ours; between private addresses that shows by itself.
            orig_is_local = 1 AND resp_is_local = 1 AND NOT (own_side(originator) AND own_side(responder)), 'stays_inside',
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
            multiIf(
                match(moment_text, '^[0-9]{1,10}(\\.[0-9]+)?$'),
                    if(toFloat64OrZero(moment_text) >= 1, toDateTime64(toDecimal64OrZero(moment_text, 6), 6, 'UTC'), NULL),
                -- JSON::TS_MILLIS; twelve digits begin in 1973
                match(moment_text, '^[0-9]{12,13}$'), fromUnixTimestamp64Milli(toInt64OrZero(moment_text), 'UTC')::DateTime64(6, 'UTC'),
                match(moment_text, '^[0-9]{4}-[0-9]{2}-[0-9]{2}T'),
                    parseDateTime64BestEffortOrNull(moment_text, 6, 'UTC'), NULL) AS moment,
            -- Microseconds; a duration beyond ten years is no duration.
            if(toFloat64OrZero(duration) BETWEEN 0 AND 315576000, toInt64(round(toFloat64OrZero(duration) * 1e6)), 0)
                AS lasted,
            if(isIPv4String(orig_h), orig_h, ifNull(toString(toIPv6OrNull(orig_h)), '')) AS originator,
            if(isIPv4String(resp_h), resp_h, ifNull(toString(toIPv6OrNull(resp_h)), '')) AS responder,
            toUInt16OrNull(orig_p) AS originator_port,
            toUInt16OrNull(resp_p) AS responder_port,
            transform(lower(local_orig), ['t', 'true', 'f', 'false'], [1, 1, 0, 0], -1) AS orig_is_local,
            transform(lower(local_resp), ['t', 'true', 'f', 'false'], [1, 1, 0, 0], -1) AS resp_is_local,
            number(orig_bytes) AS originator_payload,
            number(resp_bytes) AS responder_payload,
            ifNull(number(orig_shunted_bytes), 0) AS originator_shunted,
            ifNull(number(resp_shunted_bytes), 0) AS responder_shunted,
            -- Every connection begins with a packet: nothing counted either way means that nothing was counting.
            ifNull(number(orig_ip_bytes), 0) + ifNull(number(resp_ip_bytes), 0) + originator_shunted + responder_shunted > 0
                AS counting,
            if(counting, number(orig_ip_bytes) + originator_shunted, NULL) AS originator_counted,
            if(counting, number(resp_ip_bytes) + responder_shunted, NULL) AS responder_counted,
            ifNull(number(missed_bytes), 0) AS missed,
            protocol = 'tcp' AND (conn_state = 'SF'
                OR (conn_state = '' AND match(history, 'F') AND match(history, 'f') AND NOT match(history, '[Rr]'))) AS ended
        FROM ({records})
    )
)
