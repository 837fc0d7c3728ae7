-- Rows of a JSON log as canonical records. Keys come dotted (Zeek's default), with underscores (Corelight, OTRF) or as an
-- object (Zed); a shipper (Filebeat) carries the row as text in `message`.
-- everything is read as text, so numbers in quotes and unset values are one case.
SELECT
    line,
    row_number,
    multiIf(
        trimBoth(line) = '', 'blank',
        NOT has({known_paths:Array(String)}, path), 'not_conn',
        json.uid != '' AND (path != '' OR json.conn_state != '' OR json.history != '' OR json.orig_pkts != ''
            OR json.missed_bytes != ''), '',
        NOT isValidJSON(line), 'not_json',
        json.uid != '' OR path != '', 'not_conn',
        'not_zeek') AS note,
    path,
    json.ts AS moment_text,
    json.uid AS uid,
    multiIf(json.`id.orig_h` != '', json.`id.orig_h`, json.id_orig_h != '', json.id_orig_h, tupleElement(json.id, 'orig_h')) AS orig_h,
    multiIf(json.`id.orig_p` != '', json.`id.orig_p`, json.id_orig_p != '', json.id_orig_p, tupleElement(json.id, 'orig_p')) AS orig_p,
    multiIf(json.`id.resp_h` != '', json.`id.resp_h`, json.id_resp_h != '', json.id_resp_h, tupleElement(json.id, 'resp_h')) AS resp_h,
    multiIf(json.`id.resp_p` != '', json.`id.resp_p`, json.id_resp_p != '', json.id_resp_p, tupleElement(json.id, 'resp_p')) AS resp_p,
    json.proto AS proto,
    json.service AS service,
    json.duration AS duration,
    json.orig_bytes AS orig_bytes,
    json.resp_bytes AS resp_bytes,
    json.conn_state AS conn_state,
    json.local_orig AS local_orig,
    json.local_resp AS local_resp,
    json.missed_bytes AS missed_bytes,
    json.history AS history,
    json.orig_ip_bytes AS orig_ip_bytes,
    json.resp_ip_bytes AS resp_ip_bytes,
    json.orig_shunted_bytes AS orig_shunted_bytes,
    json.resp_shunted_bytes AS resp_shunted_bytes
FROM
(
    SELECT
        line,
        row_number,
        replaceAll(if(json._path != '', json._path, json.`@stream`), '-', '_') AS path,
        json
    FROM
    (
        SELECT
            line,
            rowNumberInAllBlocks() AS row_number,
            JSONExtract(if({enveloped:Bool}, JSONExtractString(line, 'message'), line), 'Tuple(
                ts String, uid String,
                `id.orig_h` String, `id.orig_p` String, `id.resp_h` String, `id.resp_p` String,
                id_orig_h String, id_orig_p String, id_resp_h String, id_resp_p String,
                proto String, service String, duration String, orig_bytes String, resp_bytes String, conn_state String,
                local_orig String, local_resp String, missed_bytes String, history String,
                orig_ip_bytes String, resp_ip_bytes String, orig_pkts String,
                orig_shunted_bytes String, resp_shunted_bytes String,
                id Tuple(orig_h String, orig_p String, resp_h String, resp_p String),
                _path String, `@stream` String)') AS json
        FROM {lines}
    )
)
