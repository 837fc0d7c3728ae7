-- Evaluations name their analytic; those of before there were several are AN0082's.
ALTER TABLE evaluations ADD COLUMN IF NOT EXISTS analytic LowCardinality(String) DEFAULT 'AN0082' AFTER evaluated_on;
