-- Every candidate is compared with the frozen baseline, whatever analytics want to see it.
INSERT INTO {run:Identifier}.compared SELECT DISTINCT host_id, actor_id FROM {run:Identifier}.candidates
