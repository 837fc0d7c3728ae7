-- Subjects that can become findings at all: something long, large, wide or of a kind known to matter. Everything else
-- stays in the engine. The thresholds are far below those of the indicators: this saves work and decides nothing.
SELECT s.host_id AS host_id, s.actor_id AS actor_id
FROM {run:Identifier}.subjects AS s
WHERE s.bytes_out >= {candidate_bytes_out:UInt64} OR s.max_duration >= {candidate_duration:Float64}
   OR s.peers_day >= {candidate_peers:UInt64} OR s.connections >= {candidate_connections:UInt64}
UNION DISTINCT
SELECT a.host_id, a.actor_id
FROM {run:Identifier}.actors AS a
INNER JOIN {run:Identifier}.identities AS i ON i.identity = a.identity
WHERE i.tool != '' OR i.qualify != ''
