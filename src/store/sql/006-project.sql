-- Schema 6. What is known of the project and its evaluation, and which criteria are judged, see
-- doc/project.md. Rows are only added; of those about the same, the last that was not taken back
-- holds. `seq` is the entry of the audit log that added a row; its detail seals the row.

------------------------------------------------------------------------------ content

CREATE TABLE project_value (
  id    INTEGER PRIMARY KEY,           -- in the order in which they were given
  seq   INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  key   TEXT NOT NULL CHECK (key <> ''), -- 'donor'
  lang  TEXT NOT NULL,                 -- ISO 639-1 of the value; '': of none
  value TEXT CHECK (value <> '')       -- items of a list on lines; NULL: removed
) STRICT;
CREATE INDEX project_value_by_seq ON project_value (seq);

CREATE TABLE criterion_scope (         -- criteria that the codebook has not, or that are not judged
  id        INTEGER PRIMARY KEY,       -- in the order in which they were given
  seq       INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  criterion TEXT NOT NULL CHECK (criterion <> ''), -- id, of a code where there is one
  scope     TEXT NOT NULL CHECK (scope IN ('added', 'dropped')),
  name      TEXT CHECK (name <> ''),   -- for people, of one that was added
  because   TEXT NOT NULL CHECK (because <> '')
) STRICT;
CREATE INDEX criterion_scope_by_seq ON criterion_scope (seq);

CREATE TRIGGER project_value_never_updated BEFORE UPDATE ON project_value
BEGIN SELECT RAISE (ABORT, 'what is known of the project is append-only'); END;
CREATE TRIGGER project_value_never_deleted BEFORE DELETE ON project_value
BEGIN SELECT RAISE (ABORT, 'what is known of the project is append-only'); END;
CREATE TRIGGER criterion_scope_never_updated BEFORE UPDATE ON criterion_scope
BEGIN SELECT RAISE (ABORT, 'the scope of criteria is append-only'); END;
CREATE TRIGGER criterion_scope_never_deleted BEFORE DELETE ON criterion_scope
BEGIN SELECT RAISE (ABORT, 'the scope of criteria is append-only'); END;

DROP VIEW undoable;
CREATE VIEW undoable AS                -- commands that can be taken back, and how much they said
SELECT seq, count (*) AS n FROM (
  SELECT seq FROM decision WHERE action <> 'recoded'
  UNION ALL SELECT seq FROM rating
  UNION ALL SELECT seq FROM entry
  UNION ALL SELECT seq FROM entry_value WHERE seq NOT IN (SELECT seq FROM entry)
  UNION ALL SELECT seq FROM entry_link WHERE seq NOT IN (SELECT seq FROM entry)
  UNION ALL SELECT seq FROM project_value
  UNION ALL SELECT seq FROM criterion_scope)
GROUP BY seq;
