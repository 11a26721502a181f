-- Schema 5. Ratings and what they rest on, see doc/ledger.md. Rows are only added; of those about the
-- same, the last holds. `seq` is the entry of the audit log that added a row: it says who and when, and
-- its detail seals the row.

------------------------------------------------------------------------------ content

CREATE TABLE scale (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL CHECK (name <> ''), -- the scale's own id
  version  TEXT,                       -- as in the file
  title    TEXT,                       -- as in the file
  sha256   TEXT NOT NULL UNIQUE CHECK (length (sha256) = 64), -- of the text
  text     TEXT NOT NULL,              -- the file
  added_at TEXT NOT NULL               -- time
) STRICT;

CREATE TABLE rating (
  id        INTEGER PRIMARY KEY,       -- in the order in which they were given
  seq       INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  criterion TEXT NOT NULL CHECK (criterion <> ''), -- id of a code: stays when codes are made again
  scale_id  INTEGER NOT NULL REFERENCES scale (id),
  level     TEXT NOT NULL CHECK (level <> ''), -- '5', 'not-assessed'
  label     TEXT,                      -- 'excellent'
  position  REAL CHECK (position BETWEEN 0 AND 1), -- 0 the worst … 1 the best; NULL: outside the order
  because   TEXT NOT NULL CHECK (because <> '')
) STRICT;
CREATE INDEX rating_by_criterion ON rating (criterion, id);
CREATE INDEX rating_by_seq ON rating (seq);

CREATE TABLE entry (                   -- of the ledger: F1 is finding 1
  id     INTEGER PRIMARY KEY,
  seq    INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  kind   TEXT NOT NULL CHECK (kind IN ('finding', 'conclusion', 'recommendation', 'lesson', 'practice')),
  number INTEGER NOT NULL CHECK (number >= 1), -- within its kind
  UNIQUE (kind, number)
) STRICT;
CREATE INDEX entry_by_seq ON entry (seq);

CREATE TABLE entry_value (             -- what an entry says
  id       INTEGER PRIMARY KEY,        -- in the order in which they were given
  seq      INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  field    TEXT NOT NULL,              -- 'text', 'criterion', 'addressee', …
  value    TEXT                        -- NULL: removed
) STRICT;
CREATE INDEX entry_value_by_seq ON entry_value (seq);

CREATE TABLE entry_link (              -- what an entry rests on: a quote or another entry
  id        INTEGER PRIMARY KEY,       -- in the order in which they were given
  seq       INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  entry_id  INTEGER NOT NULL REFERENCES entry (id),
  quote_key INTEGER REFERENCES quote (key),
  target_id INTEGER REFERENCES entry (id),
  stance    TEXT CHECK (stance IN ('supports', 'contradicts', 'context')), -- NULL: the link is removed
  note      TEXT,                      -- what the analyst says of it
  CHECK ((quote_key IS NULL) <> (target_id IS NULL)),
  CHECK (target_id <> entry_id)
) STRICT;
CREATE INDEX entry_link_by_entry ON entry_link (entry_id, quote_key, target_id);
CREATE INDEX entry_link_by_seq ON entry_link (seq);

CREATE TRIGGER scale_never_updated BEFORE UPDATE ON scale
BEGIN SELECT RAISE (ABORT, 'a scale is never changed'); END;
CREATE TRIGGER scale_never_deleted BEFORE DELETE ON scale
BEGIN SELECT RAISE (ABORT, 'a scale is never deleted'); END;
CREATE TRIGGER rating_never_updated BEFORE UPDATE ON rating
BEGIN SELECT RAISE (ABORT, 'a rating is never changed: rate again'); END;
CREATE TRIGGER rating_never_deleted BEFORE DELETE ON rating
BEGIN SELECT RAISE (ABORT, 'a rating is never deleted: rate again'); END;
CREATE TRIGGER entry_never_updated BEFORE UPDATE ON entry
BEGIN SELECT RAISE (ABORT, 'the number of an entry never changes'); END;
CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE (ABORT, 'an entry is never deleted: withdraw it'); END;
CREATE TRIGGER entry_value_never_updated BEFORE UPDATE ON entry_value
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER entry_value_never_deleted BEFORE DELETE ON entry_value
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER entry_link_never_updated BEFORE UPDATE ON entry_link
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER entry_link_never_deleted BEFORE DELETE ON entry_link
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;

CREATE VIEW taken_back AS              -- commands that an undo took back: what they added does not count
SELECT u.command AS seq FROM undo u
WHERE u.in_force = 0 AND u.seq = (SELECT max (v.seq) FROM undo v WHERE v.command = u.command);

CREATE VIEW undoable AS                -- commands that can be taken back, and how much they said
SELECT seq, count (*) AS n FROM (
  SELECT seq FROM decision WHERE action <> 'recoded'
  UNION ALL SELECT seq FROM rating
  UNION ALL SELECT seq FROM entry
  UNION ALL SELECT seq FROM entry_value WHERE seq NOT IN (SELECT seq FROM entry)
  UNION ALL SELECT seq FROM entry_link WHERE seq NOT IN (SELECT seq FROM entry))
GROUP BY seq;
