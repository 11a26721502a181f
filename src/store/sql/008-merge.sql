-- Schema 8. Copies of a project that several people work on and that are merged, see doc/merge.md;
-- when respondents were described; and what coders agreed on when they had differed.

------------------------------------------------------------------------------ content

-- Two copies of a project may write the same in the same second, and then go on: this tells their
-- entries apart.
ALTER TABLE audit ADD COLUMN nonce TEXT; -- random, the same in all copies; NULL: of an older attest

CREATE TABLE copied (                  -- audit entries that came with a merge, as they were sealed first
  seq           INTEGER PRIMARY KEY REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- here
  first_hash    TEXT NOT NULL CHECK (length (first_hash) = 64), -- with the nonce its name in all copies
  first_seq     INTEGER NOT NULL,      -- its number in the copy in which it was written
  first_detail  TEXT,                  -- as in that copy, with its seal
  previous_hash TEXT NOT NULL,         -- of the entry before it in that copy; '' in the first
  known_at      TEXT NOT NULL          -- time of the entry, or of one before it where a clock went back
) STRICT;

CREATE TABLE consensus (               -- coders who stand behind a decision that settles a difference
  decision_id INTEGER NOT NULL REFERENCES decision (id),
  coder       TEXT NOT NULL CHECK (coder <> ''), -- who agreed to it
  seq         INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- the command
  PRIMARY KEY (decision_id, coder)
) STRICT, WITHOUT ROWID;
CREATE INDEX consensus_by_seq ON consensus (seq);

-- What was said of respondents, and when, so that of several copies the last counts. Rows are only
-- added, by the triggers below; what an older attest wrote has none.
CREATE TABLE respondent_said (
  id         INTEGER PRIMARY KEY,      -- in the order in which it was said
  seq        INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- the command
  respondent TEXT NOT NULL,            -- label
  name       TEXT NOT NULL,            -- of the attribute
  value      TEXT                      -- NULL: removed
) STRICT;
CREATE INDEX respondent_said_by_seq ON respondent_said (seq);

CREATE TABLE speaker_said (            -- the same of who is behind a speaker
  id         INTEGER PRIMARY KEY,      -- in the order in which it was said
  seq        INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED, -- the command
  source_id  INTEGER NOT NULL REFERENCES source (id),
  speaker    TEXT NOT NULL,            -- as in respondent_speaker
  respondent TEXT                      -- label; NULL: removed
) STRICT;
CREATE INDEX speaker_said_by_seq ON speaker_said (seq);

CREATE TRIGGER respondent_attribute_added AFTER INSERT ON respondent_attribute
BEGIN INSERT INTO respondent_said (seq, respondent, name, value)
  SELECT (SELECT ifnull (max (seq), 0) + 1 FROM audit), label, new.name, new.value
  FROM respondent WHERE id = new.respondent_id; END;
CREATE TRIGGER respondent_attribute_changed AFTER UPDATE ON respondent_attribute
WHEN old.value <> new.value
BEGIN INSERT INTO respondent_said (seq, respondent, name, value)
  SELECT (SELECT ifnull (max (seq), 0) + 1 FROM audit), label, new.name, new.value
  FROM respondent WHERE id = new.respondent_id; END;
CREATE TRIGGER respondent_attribute_removed AFTER DELETE ON respondent_attribute
BEGIN INSERT INTO respondent_said (seq, respondent, name, value)
  SELECT (SELECT ifnull (max (seq), 0) + 1 FROM audit), label, old.name, NULL
  FROM respondent WHERE id = old.respondent_id; END;
CREATE TRIGGER respondent_speaker_added AFTER INSERT ON respondent_speaker
BEGIN INSERT INTO speaker_said (seq, source_id, speaker, respondent)
  SELECT (SELECT ifnull (max (seq), 0) + 1 FROM audit), new.source_id, new.speaker, label
  FROM respondent WHERE id = new.respondent_id; END;
CREATE TRIGGER respondent_speaker_changed AFTER UPDATE ON respondent_speaker
WHEN old.respondent_id <> new.respondent_id
BEGIN INSERT INTO speaker_said (seq, source_id, speaker, respondent)
  SELECT (SELECT ifnull (max (seq), 0) + 1 FROM audit), new.source_id, new.speaker, label
  FROM respondent WHERE id = new.respondent_id; END;
CREATE TRIGGER respondent_speaker_removed AFTER DELETE ON respondent_speaker
BEGIN INSERT INTO speaker_said (seq, source_id, speaker, respondent)
  VALUES ((SELECT ifnull (max (seq), 0) + 1 FROM audit), old.source_id, old.speaker, NULL); END;

CREATE TRIGGER copied_never_updated BEFORE UPDATE ON copied
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER copied_never_deleted BEFORE DELETE ON copied
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER consensus_never_updated BEFORE UPDATE ON consensus
BEGIN SELECT RAISE (ABORT, 'a decision is never changed'); END;
CREATE TRIGGER consensus_never_deleted BEFORE DELETE ON consensus
BEGIN SELECT RAISE (ABORT, 'a decision is never deleted: undo it'); END;
