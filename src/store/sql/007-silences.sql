-- Schema 7. Problems that 'attest check' finds and somebody said why they are none, see doc/ledger.md.
-- Rows are only added; of those about the same, the last that was not taken back holds.

------------------------------------------------------------------------------ content

CREATE TABLE silence (
  id         INTEGER PRIMARY KEY,      -- in the order in which they were given
  seq        INTEGER REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- whose detail seals the row;
                                       -- NULL: of a project of schema 6, which sealed none
  check_name TEXT NOT NULL CHECK (check_name <> ''), -- 'above-strength'
  target     TEXT NOT NULL CHECK (target <> ''), -- 'F1', 'rating:impact', 'project'
  about      TEXT,                     -- of several problems of a check with a target, which: 'Q7F3K2A'
  because    TEXT CHECK (because <> '') -- NULL: it counts again
) STRICT;
CREATE INDEX silence_by_seq ON silence (seq);

INSERT INTO silence (check_name, target, because)
SELECT substr (rest, 1, instr (rest, ':') - 1), substr (rest, instr (rest, ':') + 1), value
FROM (SELECT substr (key, 9) AS rest, value FROM meta WHERE key LIKE 'silence:%:%') WHERE value <> '' ORDER BY rest;
DELETE FROM meta WHERE key LIKE 'silence:%';

CREATE TRIGGER silence_never_updated BEFORE UPDATE ON silence
BEGIN SELECT RAISE (ABORT, 'a silence is never changed'); END;
CREATE TRIGGER silence_never_deleted BEFORE DELETE ON silence
BEGIN SELECT RAISE (ABORT, 'a silence is never deleted: let the problem count again'); END;

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
  UNION ALL SELECT seq FROM silence WHERE seq IS NOT NULL)
GROUP BY seq;
