-- +goose Up

-- The code on a paper booklet: whoever types it at a counter continues the draft. It lives as long as the draft; a new one withdraws the old one.
CREATE TABLE booklet_code (
  id           TEXT PRIMARY KEY,
  filing_id    TEXT NOT NULL REFERENCES filing(id),
  code_index   BYTEA NOT NULL UNIQUE,
  issued_at    TIMESTAMPTZ NOT NULL,
  withdrawn_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX booklet_code_live ON booklet_code (filing_id) WHERE withdrawn_at IS NULL;

-- A member of staff who types for a person, on the telephone or at a counter. One at a time, bound to one sign-in.
CREATE TABLE assist_session (
  id         TEXT PRIMARY KEY,
  staff_id   TEXT NOT NULL REFERENCES person(id),
  login      TEXT NOT NULL,
  role       TEXT NOT NULL,
  body_id    TEXT NOT NULL REFERENCES body(id),
  person_id  TEXT NOT NULL REFERENCES person(id),
  filing_id  TEXT REFERENCES filing(id),
  how        TEXT NOT NULL CHECK (how IN ('phone','counter','booklet')),
  started_at TIMESTAMPTZ NOT NULL,
  seen_at    TIMESTAMPTZ NOT NULL,
  ended_at   TIMESTAMPTZ,
  ended_how  TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX assist_session_open ON assist_session (staff_id) WHERE ended_at IS NULL;
CREATE INDEX assist_session_filing ON assist_session (filing_id, staff_id);

-- Who typed what for somebody else: which answers, never what they say.
CREATE TABLE assist_entry (
  id        TEXT PRIMARY KEY,
  filing_id TEXT NOT NULL REFERENCES filing(id),
  by_id     TEXT NOT NULL REFERENCES person(id),
  by_kind   TEXT NOT NULL CHECK (by_kind IN ('staff','representative')),
  body_id   TEXT REFERENCES body(id),
  how       TEXT NOT NULL CHECK (how IN ('phone','counter','booklet','online')),
  page      TEXT NOT NULL,
  facts     TEXT NOT NULL,
  at        TIMESTAMPTZ NOT NULL
);
CREATE INDEX assist_entry_filing ON assist_entry (filing_id, at);
CREATE INDEX assist_entry_by ON assist_entry (by_id, filing_id);

-- Somebody whom the person has asked to act in one filing.
CREATE TABLE representative (
  id          TEXT PRIMARY KEY,
  filing_id   TEXT NOT NULL REFERENCES filing(id),
  person_id   TEXT REFERENCES person(id),
  capacity    TEXT NOT NULL,
  powers      TEXT NOT NULL,
  label_sealed BYTEA NOT NULL,
  code_index  BYTEA NOT NULL UNIQUE,
  code_sealed BYTEA,
  expires_at  TIMESTAMPTZ NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('invited','active','revoked','declined','expired')),
  version     BIGINT NOT NULL,
  invited_at  TIMESTAMPTZ NOT NULL,
  accepted_at TIMESTAMPTZ,
  ended_at    TIMESTAMPTZ,
  ended_by    TEXT,
  CHECK ((state = 'active') = (accepted_at IS NOT NULL AND ended_at IS NULL AND person_id IS NOT NULL))
);
CREATE INDEX representative_filing ON representative (filing_id, state);
CREATE INDEX representative_person ON representative (person_id, state);

-- How the statement of truth was made: by the person, orally to or on paper before a member of staff, or by a representative.
ALTER TABLE submission ADD COLUMN made TEXT NOT NULL DEFAULT 'self';
ALTER TABLE submission ADD COLUMN made_to TEXT;

-- Who of staff opened a filing, once per person, filing and hour.
CREATE TABLE filing_reading (
  filing_id TEXT NOT NULL REFERENCES filing(id),
  person_id TEXT NOT NULL REFERENCES person(id),
  hour      TIMESTAMPTZ NOT NULL,
  role      TEXT NOT NULL,
  body_id   TEXT NOT NULL,
  at        TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (filing_id, person_id, hour)
);

-- A contact on its way to being replaced.
CREATE TABLE contact_change (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES person(id),
  kind         TEXT NOT NULL,
  old_id       TEXT,
  value_sealed BYTEA NOT NULL,
  value_index  BYTEA NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('confirming','waiting','done','stopped')),
  new_ok       BOOLEAN NOT NULL DEFAULT FALSE,
  old_ok       BOOLEAN NOT NULL DEFAULT FALSE,
  applies_at   TIMESTAMPTZ,
  created_at   TIMESTAMPTZ NOT NULL,
  ended_at     TIMESTAMPTZ
);
CREATE UNIQUE INDEX contact_change_open ON contact_change (person_id) WHERE state IN ('confirming','waiting');
CREATE INDEX contact_change_due ON contact_change (applies_at) WHERE state = 'waiting';

-- +goose Down
DROP TABLE contact_change;
DROP TABLE filing_reading;
ALTER TABLE submission DROP COLUMN made_to;
ALTER TABLE submission DROP COLUMN made;
DROP TABLE representative;
DROP TABLE assist_entry;
DROP TABLE assist_session;
DROP TABLE booklet_code;
