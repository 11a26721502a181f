-- Schema 4. What people decide of segments, see doc/review.md.

------------------------------------------------------------------------------ content

-- Bound to what was judged, a quote (so a text and a span) and a code by its name, and not to a
-- segment: coding again makes segments anew and leaves this alone. Audit entry seq seals the rows.
CREATE TABLE decision (
  id         INTEGER PRIMARY KEY,      -- in the order in which they were taken; the last one counts
  seq        INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- the command
  quote_key  INTEGER REFERENCES quote (key),  -- NULL: a memo on a source or on a code
  source_id  INTEGER REFERENCES source (id),  -- of a memo on a source
  codebook   TEXT,                     -- name of the codebook; NULL: a memo on a source or on a quote
  code       TEXT,                     -- id in the codebook; NULL with codebook
  action     TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'recode', 'recoded', 'mark', 'key',
                                             'no-key', 'memo')),
  other_code TEXT,                     -- of recode the code that is right, of recoded the one before
  text       TEXT,                     -- the reason, or the memo
  coder      TEXT NOT NULL CHECK (coder <> ''), -- who
  at         TEXT NOT NULL,            -- time
  CHECK ((codebook IS NULL) = (code IS NULL)),
  CHECK (action = 'memo' OR (quote_key IS NOT NULL AND code IS NOT NULL))
) STRICT;
CREATE INDEX decision_by_quote ON decision (quote_key, codebook, code);
CREATE INDEX decision_by_seq ON decision (seq);

CREATE TABLE undo (                    -- commands that were taken back, or put into force again
  seq      INTEGER PRIMARY KEY REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- the undo
  of       INTEGER NOT NULL REFERENCES audit (seq), -- the entry that it takes back
  command  INTEGER NOT NULL REFERENCES audit (seq), -- whose decisions that concerns
  in_force INTEGER NOT NULL CHECK (in_force IN (0, 1)) -- whether they count from then on
) STRICT;
CREATE INDEX undo_by_command ON undo (command, seq);

CREATE VIEW decision_in_force AS       -- not taken back
SELECT id, seq, quote_key, source_id, codebook, code, action, other_code, text, coder, at
FROM decision d
WHERE ifnull ((SELECT u.in_force FROM undo u WHERE u.command = d.seq ORDER BY u.seq DESC LIMIT 1), 1);

CREATE TRIGGER decision_never_updated BEFORE UPDATE ON decision
BEGIN SELECT RAISE (ABORT, 'a decision is never changed'); END;
CREATE TRIGGER decision_never_deleted BEFORE DELETE ON decision
BEGIN SELECT RAISE (ABORT, 'a decision is never deleted: undo it'); END;
CREATE TRIGGER undo_never_updated BEFORE UPDATE ON undo
BEGIN SELECT RAISE (ABORT, 'an undo is never changed'); END;
CREATE TRIGGER undo_never_deleted BEFORE DELETE ON undo
BEGIN SELECT RAISE (ABORT, 'an undo is never deleted: undo it'); END;

------------------------------------------------------------------------------ derived

ALTER TABLE segment ADD COLUMN decision INTEGER REFERENCES decision (id); -- from which its status is
ALTER TABLE segment ADD COLUMN is_key INTEGER NOT NULL DEFAULT 0 CHECK (is_key IN (0, 1)); -- key quote
