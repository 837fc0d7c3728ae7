-- One level further up.
INSERT INTO {run:Identifier}.ancestry
WITH {{fragments/identity-of-path}}
SELECT a.host_id, a.process_id, a.level + 1, p.parent_process_id, if(q.executable = '', p.parent_executable, q.executable),
    if(q.process_id != 0, q.identity, identity_of_path(p.parent_executable))
FROM (SELECT * FROM {run:Identifier}.ancestry WHERE level = {level:UInt8} AND ancestor_id != 0) AS a
INNER JOIN
(
    SELECT host_id, process_id, parent_process_id, parent_executable FROM {run:Identifier}.processes
    WHERE (host_id, process_id) IN (SELECT host_id, ancestor_id FROM {run:Identifier}.ancestry WHERE level = {level:UInt8})
) AS p ON p.host_id = a.host_id AND p.process_id = a.ancestor_id
LEFT JOIN
(
    SELECT host_id, process_id, executable, identity FROM {run:Identifier}.processes
    WHERE process_id != 0 AND (host_id, process_id) IN
    (
        SELECT host_id, parent_process_id FROM {run:Identifier}.processes
        WHERE (host_id, process_id) IN (SELECT host_id, ancestor_id FROM {run:Identifier}.ancestry WHERE level = {level:UInt8})
    )
) AS q ON q.host_id = p.host_id AND q.process_id = p.parent_process_id
WHERE (q.executable != '' OR p.parent_executable != '') AND p.parent_process_id != a.process_id AND p.parent_process_id != a.ancestor_id
