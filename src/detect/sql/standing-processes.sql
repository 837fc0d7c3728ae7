-- The processes that stand for candidates: of these a week adds what it knows.
INSERT INTO {run:Identifier}.standing_processes SELECT host_id, arrayJoin(heaviest) FROM {run:Identifier}.heaviest
