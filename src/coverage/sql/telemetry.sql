-- What each host's connections carry.
INSERT INTO {run:Identifier}.host_telemetry
SELECT
    c.host_id, count(), countIf(c.process_id != 0), countIf(c.named), countIf(c.remote_ip != '' OR c.named),
    countIf(c.out_known), countIf(c.in_known), countIf(c.duration > 0), countIf(p.signing), countIf(p.parent),
    countIf(c.open), arraySort(groupUniqArray(c.source)), min(c.start_ts), max(c.until_ts)
FROM {run:Identifier}.connections AS c
LEFT JOIN
(
    SELECT p.host_id AS host_id, p.process_id AS process_id, i.signer != 'unknown' AS signing,
        p.parent_process_id != 0 OR p.parent_executable != '' AS parent
    FROM {run:Identifier}.processes AS p
    INNER JOIN {run:Identifier}.identities AS i ON i.identity = p.identity
    WHERE (p.host_id, p.process_id) IN (SELECT host_id, process_id FROM {run:Identifier}.owners)
) AS p ON p.host_id = c.host_id AND p.process_id = c.process_id
GROUP BY c.host_id
