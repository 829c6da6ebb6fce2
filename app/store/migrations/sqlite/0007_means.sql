-- +goose Up

-- What a household lives on. Every save is a version of its own and is never changed; data is sealed.
CREATE TABLE means_statement (
  id          TEXT PRIMARY KEY,
  person_id   TEXT NOT NULL REFERENCES person(id),
  version     BIGINT NOT NULL,
  data_sealed BLOB NOT NULL,
  created_at  DATETIME NOT NULL,
  UNIQUE (person_id, version)
);

-- The version a filing shows, and the one before a change of circumstances. It moves while the filing is a draft, and stays from then on.
CREATE TABLE means_attachment (
  filing_id    TEXT PRIMARY KEY REFERENCES filing(id),
  statement_id TEXT NOT NULL REFERENCES means_statement(id),
  before_id    TEXT REFERENCES means_statement(id),
  change_id    TEXT,
  attached_on  DATE NOT NULL,
  created_at   DATETIME NOT NULL
);
CREATE INDEX means_attachment_statement ON means_attachment (statement_id);

-- A change of circumstances a person is reporting: what changed (sealed), and the statement before it.
CREATE TABLE means_change (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES person(id),
  from_id      TEXT REFERENCES means_statement(id),
  kinds_sealed BLOB NOT NULL,
  filing_id    TEXT REFERENCES filing(id),
  state        TEXT NOT NULL CHECK (state IN ('open','filed','dropped')),
  created_at   DATETIME NOT NULL,
  ended_at     DATETIME
);
CREATE UNIQUE INDEX means_change_open ON means_change (person_id) WHERE state = 'open';

-- How often a person wants to be asked whether anything has changed.
CREATE TABLE means_reminder (
  person_id  TEXT PRIMARY KEY REFERENCES person(id),
  months     BIGINT NOT NULL CHECK (months IN (3, 6, 12)),
  next_on    DATE NOT NULL,
  version    BIGINT NOT NULL,
  created_at DATETIME NOT NULL,
  updated_at DATETIME NOT NULL
);
CREATE INDEX means_reminder_next ON means_reminder (next_on);

-- +goose Down
DROP TABLE means_reminder;
DROP TABLE means_change;
DROP TABLE means_attachment;
DROP TABLE means_statement;
