-- Editors and their tunnels by name or signature, and whatever connected to a tunnel service of an editor. Names are the last
-- part of an actor: `team:ID/signing-id`, `path:/a/b/name`, `name:name`.
SELECT a.host_id AS host_id, a.actor_id AS actor_id
FROM {run:Identifier}.actors AS a
INNER JOIN
(
    SELECT identity FROM {run:Identifier}.identities
    WHERE lower(arrayElement(splitByRegexp('[/:]', actor), -1)) IN {names:Array(String)}
        OR lower(signing_id) IN {names:Array(String)}
        OR arrayExists(prefix -> startsWith(lower(signing_id), prefix), {prefixes:Array(String)})
) AS i ON i.identity = a.identity
UNION DISTINCT
SELECT p.host_id, p.actor_id
FROM {run:Identifier}.pairs AS p
WHERE arrayExists(domain -> lower(p.remote_name) = domain OR endsWith(lower(p.remote_name), concat('.', domain)), {domains:Array(String)})
