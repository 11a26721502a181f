-- Schema 2. How something was said, see doc/qualifiers.md. NULL: the language has no rules, or they found
-- nothing; in runs of an older attest, nobody looked.

ALTER TABLE segment ADD COLUMN polarity TEXT   -- whether it speaks well or ill
  CHECK (polarity IN ('positive', 'negative', 'mixed'));
ALTER TABLE segment ADD COLUMN certainty TEXT  -- how surely
  CHECK (certainty IN ('asserted', 'possible', 'conditional'));
ALTER TABLE segment ADD COLUMN time TEXT       -- of which time
  CHECK (time IN ('past', 'present', 'planned'));
ALTER TABLE segment ADD COLUMN holder TEXT     -- from whose experience
  CHECK (holder IN ('own', 'reported'));
ALTER TABLE segment ADD COLUMN act TEXT        -- to what end
  CHECK (act IN ('statement', 'question', 'recommendation', 'complaint', 'praise'));
