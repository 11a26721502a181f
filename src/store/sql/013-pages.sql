-- Schema 13. Where pages begin in texts whose files say so, so that a quote of a document cites its page by
-- itself; what somebody says of a quote (quote_page) goes before it.

------------------------------------------------------------------------------ derived

CREATE TABLE page (
  version_id INTEGER NOT NULL REFERENCES version (id),
  start_byte INTEGER NOT NULL CHECK (start_byte >= 0), -- into the text; a page without text begins where the next does
  number     INTEGER NOT NULL,         -- of those of the version, from 0
  label      TEXT CHECK (label <> ''), -- as printed: 'iv', '4'; NULL: from here on nobody can say
  PRIMARY KEY (version_id, start_byte, number)
) STRICT, WITHOUT ROWID;
