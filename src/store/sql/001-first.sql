-- Schema 1. Released scripts are frozen: a change is a new script.
-- Times are text, ISO 8601, UTC. Hashes are SHA-256, 64 hex digits unless said otherwise.
-- Positions are half-open and count into version_content's text: *_byte UTF-8 bytes, *_char code points.

------------------------------------------------------------------------------ content

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,              -- 'title', 'created_at', 'tool_version', …
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  id       INTEGER PRIMARY KEY,
  label    TEXT NOT NULL UNIQUE CHECK (label <> ''), -- how people and scripts name it
  kind     TEXT NOT NULL CHECK (kind IN ('interview', 'focus-group', 'document', 'survey', 'observation')),
  lang     TEXT,                       -- as given by the user, ISO 639-1; NULL: guessed turn by turn
  encoding TEXT,                       -- as given by the user; NULL: detected
  format   TEXT,                       -- reader as given by the user; NULL: probed
  added_at TEXT NOT NULL               -- time
) STRICT;

CREATE TABLE source_interviewer (      -- labels that the user said are interviewers
  source_id INTEGER NOT NULL REFERENCES source (id),
  label     TEXT NOT NULL,             -- as in the transcript
  PRIMARY KEY (source_id, label)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_map (              -- which columns of a table are what, as the user said
  source_id INTEGER NOT NULL REFERENCES source (id),
  number    INTEGER NOT NULL,          -- order in which they were given, from 0
  entry     TEXT NOT NULL,             -- 'text=Answer,speaker=Who'
  PRIMARY KEY (source_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE version (                 -- an immutable text of a source
  id               INTEGER PRIMARY KEY,
  source_id        INTEGER NOT NULL REFERENCES source (id),
  number           INTEGER NOT NULL CHECK (number >= 1), -- within the source, from 1
  path             TEXT NOT NULL,      -- as given by the user; display only
  original_sha256  TEXT NOT NULL UNIQUE CHECK (length (original_sha256) = 64),
  text_sha256      TEXT NOT NULL CHECK (length (text_sha256) = 64),
  reader           TEXT NOT NULL,      -- id of the reader
  encoding         TEXT,               -- as found; NULL: the format has none
  encoding_guessed INTEGER NOT NULL CHECK (encoding_guessed IN (0, 1)),
  characters       INTEGER NOT NULL,   -- code points of the text
  words            INTEGER NOT NULL,   -- words of all turns
  warnings_dropped INTEGER NOT NULL,   -- warnings beyond those in version_warning
  tool_version     TEXT NOT NULL,      -- of the attest that derived the text
  ingested_at      TEXT NOT NULL,      -- time
  UNIQUE (source_id, number)
) STRICT;

-- Apart, so that listing sources never reads it. The text first: what stands behind it in the row is
-- not read with it.
CREATE TABLE version_content (
  version_id INTEGER PRIMARY KEY REFERENCES version (id),
  text       TEXT,                     -- UTF-8, NFC, LF; NULL: equal to the original, byte for byte
  original   BLOB NOT NULL             -- bytes of the file
) STRICT;

CREATE TABLE version_metadata (        -- header of the transcript
  version_id INTEGER NOT NULL REFERENCES version (id),
  number     INTEGER NOT NULL,         -- order in the file, from 0
  key        TEXT NOT NULL,            -- as in the transcript
  value      TEXT NOT NULL,
  PRIMARY KEY (version_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE version_warning (         -- what the reader warned of
  version_id INTEGER NOT NULL REFERENCES version (id),
  number     INTEGER NOT NULL,         -- from 0
  line       INTEGER,                  -- of the original, from 1; NULL: the whole file
  message    TEXT NOT NULL,
  PRIMARY KEY (version_id, number)
) STRICT, WITHOUT ROWID;

-- The rows with origin 'default' are derived: they are made from the transcripts for speakers that
-- the user has not mapped, and go when no speaker needs them.
CREATE TABLE respondent (
  id     INTEGER PRIMARY KEY,
  label  TEXT NOT NULL UNIQUE CHECK (label <> ''),
  origin TEXT NOT NULL CHECK (origin IN ('given', 'default'))
) STRICT;

CREATE TABLE respondent_attribute (
  respondent_id INTEGER NOT NULL REFERENCES respondent (id),
  name          TEXT NOT NULL CHECK (name <> ''),  -- lower case; 'group' is the stakeholder group
  value         TEXT NOT NULL CHECK (value <> ''), -- not known is no row
  PRIMARY KEY (respondent_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX respondent_attribute_by_value ON respondent_attribute (name, value);

CREATE TABLE respondent_speaker (      -- the user's mapping
  source_id     INTEGER NOT NULL REFERENCES source (id),
  speaker       TEXT NOT NULL,         -- label in the transcript; '': every speaker but interviewers
  respondent_id INTEGER NOT NULL REFERENCES respondent (id),
  PRIMARY KEY (source_id, speaker)
) STRICT, WITHOUT ROWID;
CREATE INDEX respondent_speaker_by_respondent ON respondent_speaker (respondent_id);

CREATE TABLE codebook (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL CHECK (name <> ''), -- the codebook's own id
  version  TEXT,                       -- as in the file
  title    TEXT,                       -- as in the file
  sha256   TEXT NOT NULL UNIQUE CHECK (length (sha256) = 64), -- of the text
  text     TEXT NOT NULL,              -- the file
  added_at TEXT NOT NULL               -- time
) STRICT;
CREATE INDEX codebook_by_name ON codebook (name);

CREATE TABLE run (                     -- a codebook over sources; the record stays when its segments go
  id           INTEGER PRIMARY KEY,
  codebook_id  INTEGER NOT NULL REFERENCES codebook (id),
  started_at   TEXT NOT NULL,          -- time
  tool_version TEXT NOT NULL,          -- of the attest that coded
  options      TEXT,                   -- what the run was started with
  turns_coded  INTEGER NOT NULL,       -- turns searched
  incomplete   INTEGER NOT NULL        -- turns that a limit stopped
) STRICT;
CREATE INDEX run_by_codebook ON run (codebook_id);

CREATE TABLE quote (                   -- every id ever given: an id never changes its meaning
  key        INTEGER PRIMARY KEY,      -- first 63 bits of the SHA-256 of source and span, see attest-store-quote.c
  chars      INTEGER NOT NULL,         -- of the id behind its Q: 6, more where another quote has the same
  version_id INTEGER NOT NULL REFERENCES version (id),
  start_byte INTEGER NOT NULL,
  end_byte   INTEGER NOT NULL,
  text_hash  INTEGER NOT NULL,         -- first 63 bits of the SHA-256 of the quoted text
  CHECK (start_byte < end_byte)
) STRICT;
CREATE INDEX quote_with_long_id ON quote (chars) WHERE chars <> 6;

CREATE VIEW quote_id AS                -- for people at a prompt: attest makes ids itself
SELECT key, 'Q' || substr (
  substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 58 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 53 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 48 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 43 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 38 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 33 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 28 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 23 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 18 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 13 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 8 & 31) + 1, 1)
  || substr ('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 3 & 31) + 1, 1), 1, chars)
  AS id                                -- 'Q7F3K2A', the same on every machine: the key in base 32
FROM quote;

CREATE TABLE audit (                   -- append-only; each entry holds the hash of the one before
  seq           INTEGER PRIMARY KEY AUTOINCREMENT, -- from 1 without gaps
  at            TEXT NOT NULL,         -- time
  actor         TEXT NOT NULL,         -- who
  command       TEXT NOT NULL,         -- 'ingest'
  detail        TEXT,
  previous_hash TEXT NOT NULL,         -- hash of entry seq - 1; '' in the first
  hash          TEXT NOT NULL          -- of all the above
) STRICT;

CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER content_never_updated BEFORE UPDATE ON version_content
BEGIN SELECT RAISE (ABORT, 'a version is never changed'); END;
CREATE TRIGGER quote_never_updated BEFORE UPDATE ON quote
BEGIN SELECT RAISE (ABORT, 'a quote is never changed'); END;
CREATE TRIGGER quote_never_deleted BEFORE DELETE ON quote
BEGIN SELECT RAISE (ABORT, 'a quote id is never given up'); END;

------------------------------------------------------------------------------ derived

CREATE TABLE speaker (
  version_id    INTEGER NOT NULL REFERENCES version (id),
  number        INTEGER NOT NULL,      -- order of appearance, from 0; -1: the turns without a label
  label         TEXT,                  -- as in the transcript; NULL exactly for -1
  role          TEXT NOT NULL CHECK (role IN ('interviewer', 'respondent', 'interpreter', 'other')),
  role_reason   TEXT,                  -- why that role
  attributes    TEXT,                  -- what stood in brackets after the label
  respondent_id INTEGER REFERENCES respondent (id), -- NULL: nobody's evidence
  turns         INTEGER NOT NULL,
  words         INTEGER NOT NULL,      -- of those turns
  PRIMARY KEY (version_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX speaker_by_respondent ON speaker (respondent_id);

CREATE TABLE turn (
  version_id INTEGER NOT NULL,
  number     INTEGER NOT NULL,         -- from 0
  speaker    INTEGER NOT NULL,         -- number of the speaker
  start_byte INTEGER NOT NULL,
  end_byte   INTEGER NOT NULL,
  start_ms   INTEGER,                  -- milliseconds into the recording
  end_ms     INTEGER,                  -- milliseconds into the recording
  lang       TEXT,                     -- ISO 639-1; NULL: not known
  words      INTEGER NOT NULL,
  PRIMARY KEY (version_id, number),
  FOREIGN KEY (version_id, speaker) REFERENCES speaker (version_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE code (
  id          INTEGER PRIMARY KEY,
  codebook_id INTEGER NOT NULL REFERENCES codebook (id),
  number      INTEGER NOT NULL,        -- order in the codebook, from 0
  code        TEXT NOT NULL,           -- id in the codebook
  name        TEXT,                    -- for people
  dimension   TEXT NOT NULL,           -- id of its dimension
  UNIQUE (codebook_id, number),
  UNIQUE (codebook_id, code)
) STRICT;

CREATE TABLE rule_name (               -- keeps segment.places small
  id          INTEGER PRIMARY KEY,
  codebook_id INTEGER NOT NULL REFERENCES codebook (id),
  name        TEXT NOT NULL,           -- 'impact/3.2'
  UNIQUE (codebook_id, name)
) STRICT;

CREATE TABLE coded (                   -- what a run searched, also where it found nothing
  run_id     INTEGER NOT NULL REFERENCES run (id),
  version_id INTEGER NOT NULL REFERENCES version (id),
  words      INTEGER NOT NULL,         -- of the turns searched
  PRIMARY KEY (run_id, version_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX coded_by_version ON coded (version_id);

CREATE TABLE asked (                   -- the question before the turn was about the code
  code_id    INTEGER NOT NULL REFERENCES code (id),
  version_id INTEGER NOT NULL,
  turn       INTEGER NOT NULL,         -- number of the turn that answers
  PRIMARY KEY (code_id, version_id, turn),
  FOREIGN KEY (version_id, turn) REFERENCES turn (version_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX asked_by_turn ON asked (version_id, turn);

CREATE TABLE segment (
  id         INTEGER PRIMARY KEY,
  run_id     INTEGER NOT NULL REFERENCES run (id),
  version_id INTEGER NOT NULL,
  start_byte INTEGER NOT NULL,         -- of the quote
  end_byte   INTEGER NOT NULL,         -- of the quote
  code_id    INTEGER NOT NULL REFERENCES code (id),
  quote_key  INTEGER NOT NULL,         -- quote; registered when the run ends, so not enforced
  turn       INTEGER NOT NULL,         -- number of the turn
  speaker    INTEGER NOT NULL,         -- of the turn; here, so that counting needs no turn
  strength   INTEGER NOT NULL,         -- distinct rules behind it
  weight     REAL NOT NULL,            -- sum of the weights of those rules
  hits       INTEGER NOT NULL,         -- in places
  places     BLOB NOT NULL,            -- where rules matched, see attest-store-places.c
  status     TEXT NOT NULL DEFAULT 'proposed',
  origin     TEXT NOT NULL DEFAULT 'rule',
  FOREIGN KEY (version_id, turn) REFERENCES turn (version_id, number)
) STRICT;
-- A large run drops these two and makes them again when it is done.
CREATE INDEX segment_by_place ON segment (version_id, start_byte);
CREATE INDEX segment_by_code ON segment (code_id, version_id, speaker, status, hits);

CREATE TABLE incomplete (              -- a pattern was not searched to the end of a turn
  run_id     INTEGER NOT NULL REFERENCES run (id),
  version_id INTEGER NOT NULL,
  turn       INTEGER NOT NULL,         -- number of the turn
  rule       INTEGER NOT NULL REFERENCES rule_name (id),
  reason     TEXT NOT NULL,
  FOREIGN KEY (version_id, turn) REFERENCES turn (version_id, number)
) STRICT;
CREATE INDEX incomplete_by_turn ON incomplete (version_id, turn);
