-- The actor of every owner. An interpreter is what it runs; a dual-use tool, or an interpreter that runs nothing of its
-- own, is named after the nearest ancestor that is not a shell or launchd.
INSERT INTO {run:Identifier}.actors
SELECT
    p.host_id, p.process_id, sipHash64(full_actor), full_actor, p.identity, by_identity, qualified_by, qualifier
FROM
(
    SELECT
        p.host_id AS host_id, p.process_id AS process_id, p.identity AS identity,
        multiIf(i.qualify = 'script' AND c.script != '', 'script', i.qualify != '' AND n.actor != '', 'parent', '') AS qualified_by,
        multiIf(qualified_by = 'script', c.script, qualified_by = 'parent', n.actor, '') AS qualifier,
        -- for people, and what the id is made of: nobody reads the parts back out of it
        multiIf(
            qualified_by = 'script', concat(i.actor, ' running ', qualifier),
            qualified_by = 'parent', concat(i.actor, ' by ', qualifier),
            i.actor) AS full_actor,
        if(i.qualify != '', n.identity, 0) AS by_identity
    FROM
    (
        SELECT host_id, process_id, identity, sipHash64(args, script) AS command_line
        FROM {run:Identifier}.processes
        WHERE (host_id, process_id) IN (SELECT host_id, process_id FROM {run:Identifier}.owners)
    ) AS p
    INNER JOIN {run:Identifier}.identities AS i ON i.identity = p.identity
    LEFT JOIN {run:Identifier}.command_lines AS c ON c.command_line = p.command_line
    LEFT JOIN
    (
        SELECT a.host_id AS host_id, a.process_id AS process_id, argMin(i.actor, a.level) AS actor, argMin(a.identity, a.level) AS identity
        FROM {run:Identifier}.ancestry AS a
        INNER JOIN {run:Identifier}.identities AS i ON i.identity = a.identity
        WHERE NOT i.shell AND a.executable NOT IN ('/sbin/launchd', '/usr/libexec/xpcproxy')
        GROUP BY a.host_id, a.process_id
    ) AS n ON n.host_id = p.host_id AND n.process_id = p.process_id
) AS p
