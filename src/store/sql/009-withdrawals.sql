-- Schema 9. Respondents who withdrew, see doc/confidentiality.md. `seq` is the entry of the audit log
-- that added a row; its detail seals the row. Only what a withdrawal names may be changed or deleted.

------------------------------------------------------------------------------ content

CREATE TABLE withdrawal (              -- what stays of a respondent
  id      INTEGER PRIMARY KEY,         -- in the order in which they withdrew
  seq     INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  label   TEXT NOT NULL UNIQUE CHECK (label <> ''), -- 'withdrawn-1': no name
  at      TEXT NOT NULL,               -- time
  because TEXT NOT NULL CHECK (because <> '')
) STRICT;

CREATE TABLE withdrawal_span (         -- what was struck out: his turns
  id         INTEGER PRIMARY KEY,
  seq        INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  version_id INTEGER NOT NULL REFERENCES version (id),
  start_byte INTEGER NOT NULL,
  end_byte   INTEGER NOT NULL,
  CHECK (start_byte < end_byte)
) STRICT;
CREATE INDEX withdrawal_span_by_version ON withdrawal_span (version_id, start_byte);
CREATE INDEX withdrawal_span_by_seq ON withdrawal_span (seq);

CREATE TABLE withdrawal_version (      -- texts that are other than they were; the last of a version holds
  id          INTEGER PRIMARY KEY,
  seq         INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  version_id  INTEGER NOT NULL REFERENCES version (id), -- whose original is empty from then on
  text_sha256 TEXT NOT NULL CHECK (length (text_sha256) = 64) -- of the text from then on
) STRICT;
CREATE INDEX withdrawal_version_by_version ON withdrawal_version (version_id, id);

CREATE TABLE withdrawal_seal (         -- seals of commands whose rows went; the last of a command holds
  id      INTEGER PRIMARY KEY,
  seq     INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  command INTEGER NOT NULL REFERENCES audit (seq),
  seal    TEXT NOT NULL CHECK (length (seal) = 64) -- of the rows that stayed
) STRICT;
CREATE INDEX withdrawal_seal_by_command ON withdrawal_seal (command, id);

CREATE TRIGGER withdrawal_never_updated BEFORE UPDATE ON withdrawal
BEGIN SELECT RAISE (ABORT, 'a withdrawal is never changed'); END;
CREATE TRIGGER withdrawal_never_deleted BEFORE DELETE ON withdrawal
BEGIN SELECT RAISE (ABORT, 'a withdrawal is never deleted'); END;
CREATE TRIGGER withdrawal_span_never_updated BEFORE UPDATE ON withdrawal_span
BEGIN SELECT RAISE (ABORT, 'a withdrawal is never changed'); END;
CREATE TRIGGER withdrawal_span_never_deleted BEFORE DELETE ON withdrawal_span
BEGIN SELECT RAISE (ABORT, 'a withdrawal is never deleted'); END;
CREATE TRIGGER withdrawal_version_never_updated BEFORE UPDATE ON withdrawal_version
BEGIN SELECT RAISE (ABORT, 'a withdrawal is never changed'); END;
CREATE TRIGGER withdrawal_version_never_deleted BEFORE DELETE ON withdrawal_version
BEGIN SELECT RAISE (ABORT, 'a withdrawal is never deleted'); END;
CREATE TRIGGER withdrawal_seal_never_updated BEFORE UPDATE ON withdrawal_seal
BEGIN SELECT RAISE (ABORT, 'a withdrawal is never changed'); END;
CREATE TRIGGER withdrawal_seal_never_deleted BEFORE DELETE ON withdrawal_seal
BEGIN SELECT RAISE (ABORT, 'a withdrawal is never deleted'); END;

DROP TRIGGER content_never_updated;
CREATE TRIGGER content_never_updated BEFORE UPDATE ON version_content
WHEN NOT EXISTS (SELECT 1 FROM withdrawal_version w WHERE w.version_id = OLD.version_id)
BEGIN SELECT RAISE (ABORT, 'a version is never changed'); END;
DROP TRIGGER decision_never_deleted;
CREATE TRIGGER decision_never_deleted BEFORE DELETE ON decision
WHEN NOT EXISTS (SELECT 1 FROM quote q JOIN withdrawal_span w ON w.version_id = q.version_id
  AND w.start_byte < q.end_byte AND w.end_byte > q.start_byte WHERE q.key = OLD.quote_key)
BEGIN SELECT RAISE (ABORT, 'a decision is never deleted: undo it'); END;
DROP TRIGGER entry_link_never_updated;
CREATE TRIGGER entry_link_never_updated BEFORE UPDATE ON entry_link
WHEN NOT EXISTS (SELECT 1 FROM quote q JOIN withdrawal_span w ON w.version_id = q.version_id
  AND w.start_byte < q.end_byte AND w.end_byte > q.start_byte WHERE q.key = OLD.quote_key)
  OR NEW.note IS NOT NULL OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.entry_id <> OLD.entry_id
  OR NEW.quote_key IS NOT OLD.quote_key OR NEW.target_id IS NOT OLD.target_id OR NEW.stance IS NOT OLD.stance
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
DROP TRIGGER consensus_never_deleted;
CREATE TRIGGER consensus_never_deleted BEFORE DELETE ON consensus
WHEN NOT EXISTS (SELECT 1 FROM decision d JOIN quote q ON q.key = d.quote_key
  JOIN withdrawal_span w ON w.version_id = q.version_id
  AND w.start_byte < q.end_byte AND w.end_byte > q.start_byte WHERE d.id = OLD.decision_id)
BEGIN SELECT RAISE (ABORT, 'a decision is never deleted: undo it'); END;
CREATE TRIGGER decision_on_withdrawn BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM quote q JOIN withdrawal_span w ON w.version_id = q.version_id
  AND w.start_byte < q.end_byte AND w.end_byte > q.start_byte WHERE q.key = NEW.quote_key)
BEGIN SELECT RAISE (ABORT, 'the quote was withdrawn'); END;
