-- What is known of the heaviest processes of these hosts' candidates, and of who started them.
SELECT
    p.host_id AS host_id, toString(p.process_id) AS process_id, p.pid AS pid, p.name AS name, p.executable AS executable,
    arrayMap(a -> substring(a, 1, 2000), arraySlice(p.args, 1, 60)) AS args, p.script AS script, p.user AS user, p.uid AS uid,
    p.session AS session, p.executed AS executed, p.ppid AS ppid, p.signing_id AS signing_id, p.team_id AS team_id, p.cdhash AS cdhash,
    p.platform_binary AS platform_binary, i.signer AS signer, p.parent_executable AS parent_executable,
    toUnixTimestamp64Milli(p.start_ts) AS start_ms,
    n.ancestors AS ancestors
FROM
(
    SELECT *, identity FROM {run:Identifier}.processes
    WHERE (host_id, process_id) IN (SELECT host_id, arrayJoin(heaviest) FROM {run:Identifier}.heaviest WHERE host_id IN {hosts:Array(String)})
) AS p
INNER JOIN {run:Identifier}.identities AS i ON i.identity = p.identity
LEFT JOIN
(
    SELECT a.host_id AS host_id, a.process_id AS process_id,
        arraySort(t -> t.level, groupArray(CAST((a.level, a.executable, i.signer, i.signing_id, i.team_id, i.shell),
            'Tuple(level UInt8, executable String, signer String, signing_id String, team_id String, shell UInt8)'))) AS ancestors
    FROM {run:Identifier}.ancestry AS a
    INNER JOIN {run:Identifier}.identities AS i ON i.identity = a.identity
    WHERE (a.host_id, a.process_id) IN (SELECT host_id, arrayJoin(heaviest) FROM {run:Identifier}.heaviest WHERE host_id IN {hosts:Array(String)})
    GROUP BY a.host_id, a.process_id
) AS n ON n.host_id = p.host_id AND n.process_id = p.process_id
