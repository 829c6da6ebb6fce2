-- +goose Up

-- A body that is no more, and the one that has what it had.
ALTER TABLE body ADD COLUMN closed_on DATE;
ALTER TABLE body ADD COLUMN successor_id TEXT REFERENCES body(id);

-- One body asks another to take a filing. The owner stays the owner until the other has taken it; a filing is offered once (one_offer), a second
-- time it is asked of the court above. What was written is sealed.
CREATE TABLE transfer_offer (
  id                TEXT PRIMARY KEY,
  filing_id         TEXT NOT NULL REFERENCES filing(id),
  from_body_id      TEXT NOT NULL REFERENCES body(id),
  to_body_id        TEXT NOT NULL REFERENCES body(id),
  division          TEXT NOT NULL,
  reason            TEXT NOT NULL,
  text_sealed       BYTEA NOT NULL,
  offered_by        TEXT NOT NULL REFERENCES person(id),
  offered_at        TIMESTAMPTZ NOT NULL,
  due_on            DATE NOT NULL,
  due_at            TIMESTAMPTZ NOT NULL,
  state             TEXT NOT NULL CHECK (state IN ('open','taken','declined','silent','recalled','moot')),
  answer            TEXT NOT NULL DEFAULT '',
  answer_sealed     BYTEA,
  answered_by       TEXT REFERENCES person(id),
  answered_at       TIMESTAMPTZ,
  CONSTRAINT offer_to_another CHECK (from_body_id <> to_body_id),
  CONSTRAINT offer_answered CHECK ((state = 'open') = (answered_at IS NULL))
);
CREATE UNIQUE INDEX transfer_one_offer ON transfer_offer (filing_id);
CREATE INDEX transfer_offer_asked ON transfer_offer (to_body_id, due_at, id) WHERE state = 'open';
CREATE INDEX transfer_offer_due ON transfer_offer (due_at, id) WHERE state = 'open';
CREATE INDEX transfer_offer_from ON transfer_offer (from_body_id, offered_at);

-- The court above, or the routing desk, is asked to name who has a filing. At most one such question is open.
CREATE TABLE transfer_appointment (
  id             TEXT PRIMARY KEY,
  filing_id      TEXT NOT NULL REFERENCES filing(id),
  offer_id       TEXT REFERENCES transfer_offer(id),
  asked_body_id  TEXT NOT NULL REFERENCES body(id),
  why            TEXT NOT NULL CHECK (why IN ('declined','silence','second_offer','above_silent')),
  proposed_id    TEXT REFERENCES body(id),
  reason         TEXT NOT NULL DEFAULT '',
  text_sealed    BYTEA,
  asked_at       TIMESTAMPTZ NOT NULL,
  due_on         DATE NOT NULL,
  due_at         TIMESTAMPTZ NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('open','named','passed_up','recalled','moot')),
  named_body_id  TEXT REFERENCES body(id),
  named_sealed   BYTEA,
  named_by       TEXT REFERENCES person(id),
  ended_at       TIMESTAMPTZ,
  CONSTRAINT appointment_ended CHECK ((state = 'open') = (ended_at IS NULL)),
  CONSTRAINT appointment_named CHECK ((state = 'named') = (named_body_id IS NOT NULL))
);
CREATE UNIQUE INDEX transfer_one_question ON transfer_appointment (filing_id) WHERE state = 'open';
CREATE INDEX transfer_appointment_asked ON transfer_appointment (asked_body_id, due_at, id) WHERE state = 'open';
CREATE INDEX transfer_appointment_due ON transfer_appointment (due_at, id) WHERE state = 'open';
CREATE INDEX transfer_appointment_filing ON transfer_appointment (filing_id, asked_at);

-- Each step at which somebody was told of a clock of a body, once: before its end, on its last day, to the supervisor, to the body above.
CREATE TABLE escalation (
  id          TEXT PRIMARY KEY,
  clock_id    TEXT NOT NULL REFERENCES clock(id),
  filing_id   TEXT NOT NULL REFERENCES filing(id),
  level       TEXT NOT NULL CHECK (level IN ('approaching','due','supervisor','above')),
  body_id     TEXT NOT NULL REFERENCES body(id),
  told        BIGINT NOT NULL,
  created_at  TIMESTAMPTZ NOT NULL,
  CONSTRAINT escalation_once UNIQUE (clock_id, level)
);
CREATE INDEX escalation_body ON escalation (body_id, created_at, id);

-- What the checkers found, with the first and the last time it was seen; ended when it was gone.
CREATE TABLE integrity_finding (
  id            TEXT PRIMARY KEY,
  checker       TEXT NOT NULL,
  subject       TEXT NOT NULL,
  detail        TEXT NOT NULL DEFAULT '',
  first_seen_at TIMESTAMPTZ NOT NULL,
  last_seen_at  TIMESTAMPTZ NOT NULL,
  ended_at      TIMESTAMPTZ
);
CREATE UNIQUE INDEX integrity_open ON integrity_finding (checker, subject) WHERE ended_at IS NULL;
CREATE TABLE integrity_run (
  checker    TEXT PRIMARY KEY,
  ran_at     TIMESTAMPTZ NOT NULL,
  took_ms    BIGINT NOT NULL,
  found      BIGINT NOT NULL,
  problem    TEXT NOT NULL DEFAULT ''
);

-- +goose Down
DROP TABLE integrity_run;
DROP TABLE integrity_finding;
DROP TABLE escalation;
DROP TABLE transfer_appointment;
DROP TABLE transfer_offer;
ALTER TABLE body DROP COLUMN successor_id;
ALTER TABLE body DROP COLUMN closed_on;
