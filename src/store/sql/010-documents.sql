-- Schema 10. Pages of documents that are quoted, and what commands changed that is not only added to, so
-- that it can be taken back. Rows are only added; `seq` is the audit entry whose detail seals them.

------------------------------------------------------------------------------ content

CREATE TABLE quote_page (              -- where in a document a quote stands; the last that holds counts
  id        INTEGER PRIMARY KEY,       -- in the order in which they were given
  seq       INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  quote_key INTEGER NOT NULL REFERENCES quote (key),
  page      TEXT NOT NULL CHECK (page <> '') -- as printed: '4', 'iv', '4-5'
) STRICT;
CREATE INDEX quote_page_by_quote ON quote_page (quote_key, id);
CREATE INDEX quote_page_by_seq ON quote_page (seq);

-- Of respondents and of guides of sources, by one command. Gone when somebody withdraws: it may name him.
CREATE TABLE change (
  seq       INTEGER PRIMARY KEY REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  changeset BLOB NOT NULL              -- rows before and after, in the format of SQLite's sessions
) STRICT;

CREATE TRIGGER quote_page_never_updated BEFORE UPDATE ON quote_page
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER quote_page_never_deleted BEFORE DELETE ON quote_page
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER change_never_updated BEFORE UPDATE ON change
BEGIN SELECT RAISE (ABORT, 'what a command changed is never changed'); END;

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
GROUP BY seq;
