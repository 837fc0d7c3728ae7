-- The code identities of a run, a page at a time.
WITH {{fragments/identity-of-path}}
SELECT DISTINCT identity, executable, name, signing_id, team_id, platform_binary, cs_flags, cs_category, code_signed,
       code_trusted, code_subject
FROM
(
    SELECT identity, executable, name, signing_id, team_id, platform_binary, cs_flags, cs_category, code_signed,
           code_trusted, code_subject
    FROM {run:Identifier}.processes
    UNION DISTINCT
    SELECT identity_of_path(parent_executable) AS identity, parent_executable AS executable, splitByChar('/', parent_executable)[-1] AS name,
           '' AS signing_id, '' AS team_id, -1 AS platform_binary, 0 AS cs_flags, -1 AS cs_category, -1 AS code_signed,
           -1 AS code_trusted, '' AS code_subject
    FROM {run:Identifier}.processes WHERE parent_executable != ''
)
WHERE identity > {after:UInt64}
ORDER BY identity
LIMIT {page:UInt32}
