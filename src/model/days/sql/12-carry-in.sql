-- What the last day that was built handed over.
INSERT INTO {run:Identifier}.carry
SELECT * FROM day_carry WHERE seen_on = {previous:Date}
