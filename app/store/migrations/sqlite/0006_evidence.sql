-- +goose Up

-- Papers a person adds of his own accord after filing: each time one row, with its own receipt.
CREATE TABLE addition (
  id          TEXT PRIMARY KEY,
  filing_id   TEXT NOT NULL REFERENCES filing(id),
  number      BIGINT NOT NULL,
  person_id   TEXT NOT NULL REFERENCES person(id),
  said_sealed BLOB NOT NULL,
  submit_key  TEXT NOT NULL UNIQUE,
  created_at  DATETIME NOT NULL,
  UNIQUE (filing_id, number)
);

-- Which later addition a file came with, its place in the person's order, what the person says of it, what the virus scanner said, and what
-- was found in a PDF. A file that waits for the scanner is not shown to a body.
ALTER TABLE document ADD COLUMN addition_id TEXT REFERENCES addition(id);
ALTER TABLE document ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN note_sealed BLOB;
ALTER TABLE document ADD COLUMN scan TEXT NOT NULL DEFAULT 'none' CHECK (scan IN ('none','waiting','clean','infected'));
ALTER TABLE document ADD COLUMN scanned_at DATETIME;
ALTER TABLE document ADD COLUMN flags TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN late_told_at DATETIME;
CREATE INDEX document_waiting ON document (created_at, id) WHERE scan = 'waiting';

-- Papers came since the body last looked; not null shows a flag in its queue.
ALTER TABLE filing ADD COLUMN papers_added_at DATETIME;

-- Each time all stored files were read and hashed again.
CREATE TABLE document_check (
  id      TEXT PRIMARY KEY,
  at      DATETIME NOT NULL,
  checked BIGINT NOT NULL,
  missing BIGINT NOT NULL,
  damaged BIGINT NOT NULL,
  orphans BIGINT NOT NULL
);
CREATE INDEX document_check_at ON document_check (at);

-- +goose Down
DROP TABLE document_check;
ALTER TABLE filing DROP COLUMN papers_added_at;
DROP INDEX document_waiting;
ALTER TABLE document DROP COLUMN late_told_at;
ALTER TABLE document DROP COLUMN flags;
ALTER TABLE document DROP COLUMN scanned_at;
ALTER TABLE document DROP COLUMN scan;
ALTER TABLE document DROP COLUMN note_sealed;
ALTER TABLE document DROP COLUMN place;
ALTER TABLE document DROP COLUMN addition_id;
DROP TABLE addition;
