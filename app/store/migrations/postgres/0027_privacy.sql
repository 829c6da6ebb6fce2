-- +goose Up

-- A copy of everything about a person, made when he asks for it. The file is sealed, and goes after its time.
CREATE TABLE data_export (
  id         TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL REFERENCES person(id),
  lang       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('waiting','ready','failed','gone')),
  done       BIGINT NOT NULL DEFAULT 0, -- parts that are written
  total      BIGINT NOT NULL DEFAULT 0, -- parts there are
  blob_key   TEXT,
  size       BIGINT NOT NULL DEFAULT 0, -- bytes
  sha256     TEXT NOT NULL DEFAULT '',
  created_at TIMESTAMPTZ NOT NULL,
  ready_at   TIMESTAMPTZ,
  expires_at TIMESTAMPTZ,
  CONSTRAINT data_export_has_file CHECK ((state = 'ready') = (blob_key IS NOT NULL AND expires_at IS NOT NULL))
);
CREATE UNIQUE INDEX data_export_open ON data_export (person_id) WHERE state = 'waiting';
CREATE INDEX data_export_person ON data_export (person_id, created_at);
CREATE INDEX data_export_expiry ON data_export (expires_at) WHERE state = 'ready';

-- What a person asks to be erased, a row a part. What was erased is not here, only that it was.
CREATE TABLE erasure (
  id         TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL REFERENCES person(id),
  part       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('queued','waiting','erased','refused')),
  reason     TEXT NOT NULL DEFAULT '',
  due_on     DATE,
  decided_by TEXT REFERENCES person(id),
  version    BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  ended_at   TIMESTAMPTZ,
  CONSTRAINT erasure_waits_until CHECK (state <> 'waiting' OR due_on IS NOT NULL),
  CONSTRAINT erasure_refused_why CHECK (state <> 'refused' OR reason <> '')
);
CREATE UNIQUE INDEX erasure_open ON erasure (person_id, part) WHERE state IN ('queued','waiting');
CREATE INDEX erasure_person ON erasure (person_id, created_at);
CREATE INDEX erasure_waiting ON erasure (due_on, id) WHERE state = 'waiting';

-- Keys kept in a person's own devices, by which he signs in. The private half never leaves the device.
CREATE TABLE passkey (
  id          TEXT PRIMARY KEY,
  person_id   TEXT NOT NULL REFERENCES person(id),
  name_sealed BYTEA NOT NULL,
  handle      BYTEA NOT NULL UNIQUE, -- the credential id
  credential  TEXT NOT NULL,        -- public key, counter and flags
  created_at  TIMESTAMPTZ NOT NULL,
  used_at     TIMESTAMPTZ
);
CREATE INDEX passkey_person ON passkey (person_id, created_at);

-- A challenge is answered once, by the browser it was given to.
CREATE TABLE passkey_challenge (
  browser_hash BYTEA PRIMARY KEY,
  purpose      TEXT NOT NULL CHECK (purpose IN ('add','enter')),
  person_id    TEXT REFERENCES person(id),
  data         TEXT NOT NULL,
  expires_at   TIMESTAMPTZ NOT NULL
);
CREATE INDEX passkey_challenge_expiry ON passkey_challenge (expires_at);

-- +goose Down
DROP TABLE passkey_challenge;
DROP TABLE passkey;
DROP TABLE erasure;
DROP TABLE data_export;
