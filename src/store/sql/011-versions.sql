-- Schema 11. A corrected transcript is another version of its source; what was decided of quotes of the
-- one before is carried to where they stand now, see doc/review.md.

------------------------------------------------------------------------------ content

CREATE TABLE carried (                 -- quotes that stood in an earlier version of a source
  old_key INTEGER NOT NULL REFERENCES quote (key),
  new_key INTEGER REFERENCES quote (key), -- where it stands now; NULL: nobody can say, and the old one is kept
  how     TEXT NOT NULL CHECK (how IN ('diff', 'words', 'ambiguous', 'lost')),
  seq     INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- the update
  CHECK ((new_key IS NULL) = (how IN ('ambiguous', 'lost'))),
  UNIQUE (old_key, seq)
) STRICT;

CREATE TRIGGER carried_never_updated BEFORE UPDATE ON carried
BEGIN SELECT RAISE (ABORT, 'where quotes were carried to is never changed'); END;
CREATE TRIGGER carried_never_deleted BEFORE DELETE ON carried
BEGIN SELECT RAISE (ABORT, 'where quotes were carried to is never deleted'); END;

DROP VIEW decision_in_force;
CREATE VIEW decision_in_force AS       -- not taken back, and not carried to another quote
SELECT id, seq, quote_key, source_id, codebook, code, action, other_code, text, coder, at
FROM decision d
WHERE ifnull ((SELECT u.in_force FROM undo u WHERE u.command = d.seq ORDER BY u.seq DESC LIMIT 1), 1)
  AND NOT EXISTS (SELECT 1 FROM carried k WHERE k.old_key = d.quote_key AND k.new_key IS NOT NULL);

DROP VIEW undoable;
CREATE VIEW undoable AS                -- commands that can be taken back, and how much they said
SELECT seq, count (*) AS n FROM (
  SELECT seq FROM decision WHERE action <> 'recoded'
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
