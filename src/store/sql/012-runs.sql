-- Schema 12. What each run searched and found, kept when a later run takes the place of its segments: a run is
-- found again from its codebook, its options and these texts, and the digest tells whether it is the same.

------------------------------------------------------------------------------ content

ALTER TABLE run ADD COLUMN libraries TEXT; -- 'PCRE2 10.42, ICU 72.1', by which it searched; NULL: not noted

CREATE TABLE run_source (              -- the texts that a run searched, also where it found nothing
  run_id     INTEGER NOT NULL REFERENCES run (id),
  version_id INTEGER NOT NULL REFERENCES version (id),
  words      INTEGER NOT NULL,         -- of the turns searched
  segments   INTEGER NOT NULL,         -- that rules found
  digest     TEXT CHECK (length (digest) = 64), -- SHA-256 of code and span of each; NULL: not noted by an older attest
  PRIMARY KEY (run_id, version_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_source_by_version ON run_source (version_id);

INSERT INTO run_source (run_id, version_id, words, segments, digest)
SELECT d.run_id, d.version_id, d.words,
  (SELECT count (*) FROM segment g WHERE g.version_id = d.version_id AND g.run_id = d.run_id AND g.origin = 'rule'), NULL
FROM coded d;
