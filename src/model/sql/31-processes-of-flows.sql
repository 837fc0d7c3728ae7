-- Processes known only from their traffic: what the flow records say of them. Process 0 is the unknown process of a
-- host whose traffic only a network sensor saw.
INSERT INTO {run:Identifier}.processes
SELECT
    f.host_id, f.process_id, f.pid, 0, f.first_ts, toDateTime64(0, 6, 'UTC'), if(o.name = '', f.name, o.name),
    if(o.executable = '', f.executable, o.executable), [], '', o.user, -1, 'unknown', 0,
    o.signing_id, o.team_id, '', if(o.known, o.platform_binary, -1), 0, -1, if(o.known, o.code_signed, -1),
    if(o.known, o.code_trusted, -1), o.code_subject, o.parent_process_id, ''
FROM
(
    SELECT host_id, process_id, max(pid) AS pid, min(start_ts) AS first_ts, max(name) AS name, max(executable) AS executable
    FROM {run:Identifier}.flows
    WHERE (host_id, process_id) NOT IN (SELECT host_id, process_id FROM {run:Identifier}.processes)
    GROUP BY host_id, process_id
) AS f
LEFT JOIN
(
    SELECT h.host_id AS host_id, o.process_id AS process_id, 1 AS known, max(o.name) AS name, max(o.executable) AS executable,
        max(o.user) AS user, max(o.signing_id) AS signing_id, max(o.team_id) AS team_id,
        max(o.platform_binary) AS platform_binary, max(o.code_signed) AS code_signed, max(o.code_trusted) AS code_trusted,
        max(o.code_subject) AS code_subject, max(o.parent_process_id) AS parent_process_id
    FROM flow_observations AS o
    INNER JOIN {run:Identifier}.hosts AS h ON h.seen_as = o.host_id
    WHERE o.process_id != 0 AND o.attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
      AND o.ts >= {since:DateTime64(6, 'UTC')} AND o.ts < {until:DateTime64(6, 'UTC')}
      AND o.process_id NOT IN (SELECT process_id FROM {run:Identifier}.processes)
    GROUP BY h.host_id, o.process_id
) AS o ON o.host_id = f.host_id AND o.process_id = f.process_id
