-- +goose Up

-- What a body found on each ground of a decision; the sealed letter is the paper as it was signed.
ALTER TABLE decision ADD COLUMN letter TEXT NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN letter_sealed BLOB;
ALTER TABLE decision ADD COLUMN why_sealed BLOB;
CREATE TABLE decision_ground (
  decision_id TEXT NOT NULL REFERENCES decision(id),
  code        TEXT NOT NULL,
  finding     TEXT NOT NULL CHECK (finding IN ('made','partly','not_made')),
  PRIMARY KEY (decision_id, code)
);

-- The numbers of a decision: what is left to live on, instalments, the day a restriction ends. Amounts in fen.
CREATE TABLE decision_number (
  decision_id TEXT NOT NULL REFERENCES decision(id),
  kind        TEXT NOT NULL CHECK (kind IN ('reserve','instalment','lifted')),
  fen         BIGINT NOT NULL DEFAULT 0 CHECK (fen >= 0),
  times       BIGINT NOT NULL DEFAULT 0 CHECK (times >= 0),
  on_date     DATE,
  PRIMARY KEY (decision_id, kind)
);

-- A ruling that waits for the signatures it needs. One waits for a filing at a time.
CREATE TABLE proposal (
  id             TEXT PRIMARY KEY,
  filing_id      TEXT NOT NULL REFERENCES filing(id),
  act            TEXT NOT NULL CHECK (act IN ('decide','correct')),
  mode           TEXT NOT NULL CHECK (mode IN ('second','panel')),
  state          TEXT NOT NULL CHECK (state IN ('waiting','made','returned','dropped')),
  ruling_sealed  BLOB NOT NULL,
  written_by     TEXT NOT NULL REFERENCES person(id),
  written_at     DATETIME NOT NULL,
  ended_at       DATETIME
);
CREATE UNIQUE INDEX proposal_waiting ON proposal (filing_id) WHERE state = 'waiting';
CREATE INDEX proposal_filing ON proposal (filing_id, written_at);

-- Who may sign a proposal, in which seat, and what he said.
CREATE TABLE signature (
  proposal_id  TEXT NOT NULL REFERENCES proposal(id),
  person_id    TEXT NOT NULL REFERENCES person(id),
  seat         TEXT NOT NULL CHECK (seat IN ('presiding','member','second')),
  vote         TEXT CHECK (vote IN ('agree','dissent','return')),
  words_sealed BLOB,
  at           DATETIME,
  PRIMARY KEY (proposal_id, person_id),
  CHECK ((vote IS NULL) = (at IS NULL))
);
CREATE INDEX signature_person ON signature (person_id, at);

-- How a body works, by its own choice.
CREATE TABLE body_practice (
  body_id    TEXT PRIMARY KEY,
  second     BOOLEAN NOT NULL,
  version    BIGINT NOT NULL,
  changed_by TEXT NOT NULL REFERENCES person(id),
  changed_at DATETIME NOT NULL
);

-- +goose Down
DROP TABLE body_practice;
DROP TABLE signature;
DROP TABLE proposal;
DROP TABLE decision_number;
DROP TABLE decision_ground;
ALTER TABLE decision DROP COLUMN why_sealed;
ALTER TABLE decision DROP COLUMN letter_sealed;
ALTER TABLE decision DROP COLUMN letter;
