-- Schema 14. Samples that several people code, and what each has judged of them, see
-- doc/double-coding.md. Rows are only added; `seq` is the audit entry whose detail seals them.

------------------------------------------------------------------------------ content

CREATE TABLE sample (                  -- what was drawn by one command; or, in a copy for a coder, given to him
  id       INTEGER PRIMARY KEY,        -- in the order in which they were drawn
  seq      INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- the command
  name     TEXT NOT NULL CHECK (name <> ''), -- by which people call it; a copy for a coder has the same
  unit     TEXT NOT NULL CHECK (unit IN ('sentence', 'source')), -- what was drawn
  codebook TEXT,                       -- name of the codebook whose codes are to be given; of sources NULL
  seed     INTEGER,                    -- that chance started from; NULL: given to a coder
  design   TEXT,                       -- what was asked for, in words; NULL: given to a coder
  coder    TEXT CHECK (coder <> ''),   -- for whom the copy is; NULL: as it was drawn
  CHECK ((unit = 'sentence') = (codebook IS NOT NULL))
) STRICT;
CREATE INDEX sample_by_seq ON sample (seq);

CREATE TABLE sample_unit (             -- what is in it; an order that says nothing
  id        INTEGER PRIMARY KEY,
  seq       INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- as of the sample
  sample_id INTEGER NOT NULL REFERENCES sample (id),
  quote_key INTEGER REFERENCES quote (key),   -- of a sentence
  source_id INTEGER REFERENCES source (id),   -- of a source
  stratum   TEXT,                      -- the code for which it was drawn, '' for none, of a source its kind
                                       -- and group; NULL: given to a coder, who must not know
  of_units  INTEGER CHECK (of_units > 0), -- how many there were to draw from in that stratum
  CHECK ((quote_key IS NULL) = (source_id IS NOT NULL)),
  CHECK ((stratum IS NULL) = (of_units IS NULL))
) STRICT;
CREATE INDEX sample_unit_by_sample ON sample_unit (sample_id, id);
CREATE INDEX sample_unit_by_seq ON sample_unit (seq);
CREATE INDEX sample_unit_by_quote ON sample_unit (quote_key);

CREATE TABLE judged (                  -- somebody has said of a passage which codes of a codebook it has:
                                       -- those decisions say, and this that it has no others
  id        INTEGER PRIMARY KEY,       -- in the order in which it was said
  seq       INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- the command
  quote_key INTEGER NOT NULL REFERENCES quote (key),
  codebook  TEXT NOT NULL,             -- name
  coder     TEXT NOT NULL CHECK (coder <> ''), -- who
  at        TEXT NOT NULL              -- time
) STRICT;
CREATE INDEX judged_by_quote ON judged (quote_key, codebook);
CREATE INDEX judged_by_seq ON judged (seq);

CREATE TRIGGER sample_never_updated BEFORE UPDATE ON sample
BEGIN SELECT RAISE (ABORT, 'a sample is never changed'); END;
CREATE TRIGGER sample_never_deleted BEFORE DELETE ON sample
BEGIN SELECT RAISE (ABORT, 'a sample is never deleted: undo it'); END;
CREATE TRIGGER sample_unit_never_updated BEFORE UPDATE ON sample_unit
BEGIN SELECT RAISE (ABORT, 'a sample is never changed'); END;
CREATE TRIGGER sample_unit_never_deleted BEFORE DELETE ON sample_unit
BEGIN SELECT RAISE (ABORT, 'a sample is never deleted: undo it'); END;
CREATE TRIGGER judged_never_updated BEFORE UPDATE ON judged
BEGIN SELECT RAISE (ABORT, 'what somebody judged is never changed'); END;
CREATE TRIGGER judged_never_deleted BEFORE DELETE ON judged
BEGIN SELECT RAISE (ABORT, 'what somebody judged is never deleted: undo it'); END;

CREATE VIEW judged_in_force AS         -- not taken back, and not carried to another quote
SELECT id, seq, quote_key, codebook, coder, at FROM judged j
WHERE seq NOT IN (SELECT seq FROM taken_back)
  AND NOT EXISTS (SELECT 1 FROM carried k WHERE k.old_key = j.quote_key AND k.new_key IS NOT NULL);

DROP VIEW undoable;
CREATE VIEW undoable AS                -- commands that can be taken back, and how much they said
SELECT seq, count (*) AS n FROM (
  SELECT seq FROM decision WHERE action <> 'recoded'
  UNION ALL SELECT seq FROM judged WHERE seq NOT IN (SELECT seq FROM decision)
  UNION ALL SELECT seq FROM sample WHERE coder IS NULL
  UNION ALL SELECT seq FROM rating
  UNION ALL SELECT seq FROM entry
  UNION ALL SELECT seq FROM entry_value WHERE seq NOT IN (SELECT seq FROM entry)
  UNION ALL SELECT seq FROM entry_link WHERE seq NOT IN (SELECT seq FROM entry)
  UNION ALL SELECT seq FROM project_value
  UNION ALL SELECT seq FROM criterion_scope
  UNION ALL SELECT seq FROM silence WHERE seq IS NOT NULL
  UNION ALL SELECT seq FROM quote_page
  UNION ALL SELECT seq FROM change)
WHERE seq NOT IN (SELECT seq FROM audit WHERE command LIKE 'update %') -- the text would not come back
GROUP BY seq;
