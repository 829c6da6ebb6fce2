-- +goose Up

-- When the person was told that a draft will go; none goes without that.
ALTER TABLE filing ADD COLUMN draft_warned_at TIMESTAMPTZ;

-- The words of the statement of truth as they were shown, and the outages that were put to the filing's account.
ALTER TABLE submission ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN outages TEXT NOT NULL DEFAULT '';

-- When the portal could not be used: what was measured, or what an administrator entered. Never deleted.
CREATE TABLE outage (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('down','save','upload','scan','mail','sms')),
  basis      TEXT NOT NULL CHECK (basis IN ('silence','failures','entered')),
  started_at TIMESTAMPTZ NOT NULL,
  ended_at   TIMESTAMPTZ NOT NULL,
  failures   BIGINT NOT NULL DEFAULT 0,
  entered_by TEXT REFERENCES person(id),
  created_at TIMESTAMPTZ NOT NULL,
  CONSTRAINT outage_has_length CHECK (ended_at >= started_at)
);
CREATE INDEX outage_time ON outage (started_at, id);
CREATE INDEX outage_end ON outage (kind, ended_at);

-- Which drafts a failure struck.
CREATE TABLE outage_hit (
  outage_id TEXT NOT NULL REFERENCES outage(id),
  filing_id TEXT NOT NULL REFERENCES filing(id),
  failures  BIGINT NOT NULL,
  PRIMARY KEY (outage_id, filing_id)
);
CREATE INDEX outage_hit_filing ON outage_hit (filing_id);

-- The last sign of life: one row. machine_at is the machine's own clock, which no setting moves.
CREATE TABLE outage_beat (
  id         BIGINT PRIMARY KEY CHECK (id = 1),
  machine_at TIMESTAMPTZ NOT NULL
);

-- What somebody typed and sent after the sign-in had run out, sealed, until the same person has signed in again; one a browser.
CREATE TABLE kept_form (
  browser_hash BYTEA PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES person(id),
  page         TEXT NOT NULL,
  action       TEXT NOT NULL,
  form_sealed  BYTEA NOT NULL,
  expires_at   TIMESTAMPTZ NOT NULL
);
CREATE INDEX kept_form_expiry ON kept_form (expires_at);

-- +goose Down
DROP TABLE kept_form;
DROP TABLE outage_beat;
DROP TABLE outage_hit;
DROP TABLE outage;
ALTER TABLE submission DROP COLUMN outages;
ALTER TABLE submission DROP COLUMN words;
ALTER TABLE filing DROP COLUMN draft_warned_at;
