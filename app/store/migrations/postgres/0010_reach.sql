-- +goose Up

-- How a person may be reached without harm, sealed as a whole.
CREATE TABLE safe_contact (
  person_id      TEXT PRIMARY KEY REFERENCES person(id),
  profile_sealed BYTEA NOT NULL,
  version        BIGINT NOT NULL,
  updated_at     TIMESTAMPTZ NOT NULL
);

-- event groups the messages that tell one person of one thing, over all channels and routes; subject is what the message hangs on (a
-- clock, a restriction), asked again before it is sent; args_sealed are the values of its words, to word it anew; second_of is the
-- message that did not arrive and for which this one goes another way.
ALTER TABLE notice ADD COLUMN event TEXT NOT NULL DEFAULT '';
ALTER TABLE notice ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE notice ADD COLUMN neutral BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE notice ADD COLUMN args_sealed BYTEA;
ALTER TABLE notice ADD COLUMN second_of TEXT;
CREATE INDEX notice_event ON notice (event);
CREATE INDEX notice_person ON notice (person_id, created_at);
CREATE INDEX notice_failed ON notice (created_at, id) WHERE state = 'failed';

-- A filing that the portal drafted because this clock ran out; one a clock, and gone when the body has acted after all.
ALTER TABLE filing ADD COLUMN drafted_for TEXT;
CREATE UNIQUE INDEX filing_drafted_for ON filing (drafted_for) WHERE drafted_for IS NOT NULL;

-- Whether a decision was carried out, as the person says: decided, carried out and agreed with are three things.
CREATE TABLE carried_out (
  filing_id   TEXT PRIMARY KEY REFERENCES filing(id),
  person_id   TEXT NOT NULL REFERENCES person(id),
  due_on      DATE NOT NULL,
  provisional BOOLEAN NOT NULL DEFAULT FALSE,
  answer      TEXT NOT NULL DEFAULT '' CHECK (answer IN ('','yes','partly','no')),
  agrees      TEXT NOT NULL DEFAULT '' CHECK (agrees IN ('','yes','no')),
  note_sealed BYTEA,
  version     BIGINT NOT NULL,
  asked_at    TIMESTAMPTZ,
  answered_at TIMESTAMPTZ,
  created_at  TIMESTAMPTZ NOT NULL,
  updated_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX carried_out_ask ON carried_out (due_on, filing_id) WHERE asked_at IS NULL AND answer = '';

-- A restriction that should end: by what, by which day, and whether it is still there. What was told about the case is sealed.
CREATE TABLE restriction (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES person(id),
  filing_id    TEXT REFERENCES filing(id),
  kind         TEXT NOT NULL,
  event        TEXT NOT NULL,
  happened_on  DATE NOT NULL,
  due_on       DATE NOT NULL,
  provisional  BOOLEAN NOT NULL DEFAULT FALSE,
  pack_hash    TEXT NOT NULL,
  facts_sealed BYTEA NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('waiting','due','gone','dropped')),
  draft_id     TEXT REFERENCES filing(id),
  checked_at   TIMESTAMPTZ,
  version      BIGINT NOT NULL,
  token        TEXT NOT NULL UNIQUE,
  created_at   TIMESTAMPTZ NOT NULL,
  updated_at   TIMESTAMPTZ NOT NULL
);
CREATE INDEX restriction_person ON restriction (person_id, created_at);
CREATE INDEX restriction_due ON restriction (due_on, id) WHERE state = 'waiting';
CREATE UNIQUE INDEX restriction_filing ON restriction (filing_id, kind) WHERE filing_id IS NOT NULL;

-- +goose Down
DROP TABLE restriction;
DROP TABLE carried_out;
DROP INDEX filing_drafted_for;
ALTER TABLE filing DROP COLUMN drafted_for;
DROP INDEX notice_failed;
DROP INDEX notice_person;
DROP INDEX notice_event;
ALTER TABLE notice DROP COLUMN second_of;
ALTER TABLE notice DROP COLUMN args_sealed;
ALTER TABLE notice DROP COLUMN neutral;
ALTER TABLE notice DROP COLUMN subject;
ALTER TABLE notice DROP COLUMN event;
DROP TABLE safe_contact;
