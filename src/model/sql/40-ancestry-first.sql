-- Parents of the processes that own flows (and of known tools that ran without any).
INSERT INTO {run:Identifier}.ancestry
WITH {{fragments/identity-of-path}}
SELECT p.host_id, p.process_id, 1, p.parent_process_id, if(q.executable = '', p.parent_executable, q.executable),
    if(q.process_id != 0, q.identity, identity_of_path(p.parent_executable))
FROM
(
    SELECT host_id, process_id, parent_process_id, parent_executable FROM {run:Identifier}.processes
    WHERE (host_id, process_id) IN (SELECT host_id, process_id FROM {run:Identifier}.owners)
) AS p
LEFT JOIN
(
    SELECT host_id, process_id, executable, identity FROM {run:Identifier}.processes
    WHERE process_id != 0 AND (host_id, process_id) IN
    (
        SELECT host_id, parent_process_id FROM {run:Identifier}.processes
        WHERE (host_id, process_id) IN (SELECT host_id, process_id FROM {run:Identifier}.owners)
    )
) AS q ON q.host_id = p.host_id AND q.process_id = p.parent_process_id
WHERE (q.executable != '' OR p.parent_executable != '') AND p.parent_process_id != p.process_id
