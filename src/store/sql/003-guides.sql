-- Schema 3. Interview guides, see doc/guide.md; and for which languages the rules of a code are.

------------------------------------------------------------------------------ content

CREATE TABLE guide (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL CHECK (name <> ''), -- the guide's own id
  version  TEXT,                       -- as in the file
  title    TEXT,                       -- as in the file
  sha256   TEXT NOT NULL UNIQUE CHECK (length (sha256) = 64), -- of the text
  text     TEXT NOT NULL,              -- the file
  added_at TEXT NOT NULL               -- time
) STRICT;
CREATE INDEX guide_by_name ON guide (name);

CREATE TABLE guide_source (            -- by which guide a source was held, as the user said
  source_id    INTEGER PRIMARY KEY REFERENCES source (id),
  guide_id     INTEGER NOT NULL REFERENCES guide (id),
  applied_at   TEXT NOT NULL,          -- time
  tool_version TEXT NOT NULL           -- of the attest that aligned it first
) STRICT;
CREATE INDEX guide_source_by_guide ON guide_source (guide_id);

------------------------------------------------------------------------------ derived

CREATE TABLE question (
  id       INTEGER PRIMARY KEY,
  guide_id INTEGER NOT NULL REFERENCES guide (id),
  number   INTEGER NOT NULL,           -- order in the guide, from 0
  question TEXT NOT NULL,              -- id in the guide
  section  TEXT,                       -- heading that it stands under
  text     TEXT NOT NULL,              -- as it is to be asked
  langs    TEXT NOT NULL,              -- in which it can be known: 'en ru'; '*': any
  UNIQUE (guide_id, number),
  UNIQUE (guide_id, question)
) STRICT;

CREATE TABLE question_code (           -- what a question asks about
  question_id INTEGER NOT NULL REFERENCES question (id),
  code        TEXT NOT NULL,           -- id in a codebook: stays when codes are made again
  PRIMARY KEY (question_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE aligned (                 -- texts whose questions were looked for
  version_id INTEGER PRIMARY KEY REFERENCES version (id),
  guide_id   INTEGER NOT NULL REFERENCES guide (id)
) STRICT;

CREATE TABLE question_turn (           -- interviewers' turns that ask
  version_id  INTEGER NOT NULL,
  turn        INTEGER NOT NULL,        -- number of the turn
  question_id INTEGER REFERENCES question (id), -- NULL: none of the guide
  start_byte  INTEGER NOT NULL,        -- of what told the question
  end_byte    INTEGER NOT NULL,        -- of what told the question
  UNIQUE (version_id, turn, question_id),
  FOREIGN KEY (version_id, turn) REFERENCES turn (version_id, number)
) STRICT;
CREATE INDEX question_turn_by_question ON question_turn (question_id);

CREATE TABLE question_answer (         -- the turn answers the question
  question_id INTEGER NOT NULL REFERENCES question (id),
  version_id  INTEGER NOT NULL,
  turn        INTEGER NOT NULL,        -- number of the turn that answers
  PRIMARY KEY (question_id, version_id, turn),
  FOREIGN KEY (version_id, turn) REFERENCES turn (version_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX question_answer_by_turn ON question_answer (version_id, turn);

CREATE TABLE question_incomplete (     -- the question was not looked for to the end of a turn
  question_id INTEGER NOT NULL REFERENCES question (id),
  version_id  INTEGER NOT NULL,
  turn        INTEGER NOT NULL,        -- number of the turn
  reason      TEXT NOT NULL,
  FOREIGN KEY (version_id, turn) REFERENCES turn (version_id, number)
) STRICT;
CREATE INDEX question_incomplete_by_question ON question_incomplete (question_id);
CREATE INDEX question_incomplete_by_turn ON question_incomplete (version_id, turn);

-- Languages of turns, ISO 639-1 with spaces between; '*': any; NULL: coded by an older attest.
ALTER TABLE code ADD COLUMN langs TEXT;       -- that its rules are for
ALTER TABLE code ADD COLUMN asked_langs TEXT; -- that its questions are for; '': it has none
