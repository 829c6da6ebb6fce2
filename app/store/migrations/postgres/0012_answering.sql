-- +goose Up

-- One way for the person of a case to answer alone. Of the link only a keyed hash is kept, and of the browser that answers by it. A new link
-- takes the place of the old one; what was answered stays.
CREATE TABLE callback_invite (
  case_id     TEXT PRIMARY KEY REFERENCES callback_case(id),
  tag         BYTEA NOT NULL UNIQUE,
  browser_tag BYTEA UNIQUE,                -- of the one browser that may go on; NULL before the start and after the end
  code_sealed BYTEA,                       -- with which another device goes on
  channel     TEXT NOT NULL CHECK (channel IN ('message','sheet')),
  version     BIGINT NOT NULL,
  created_at  TIMESTAMPTZ NOT NULL,
  expires_at  TIMESTAMPTZ NOT NULL,
  started_at  TIMESTAMPTZ,
  done_at     TIMESTAMPTZ
);

-- What the person wishes to be done about it, what was found, and whether he was rung. 'left' ends a finding because he wished so.
ALTER TABLE finding DROP CONSTRAINT finding_status_check;
ALTER TABLE finding ADD CONSTRAINT finding_status_check CHECK (status IN ('open','answered','left'));
ALTER TABLE finding ADD COLUMN urgent BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE finding ADD COLUMN choice TEXT NOT NULL DEFAULT '' CHECK (choice IN ('','file','call','leave'));
ALTER TABLE finding ADD COLUMN chosen_at TIMESTAMPTZ;
ALTER TABLE finding ADD COLUMN chosen_by TEXT NOT NULL DEFAULT '' CHECK (chosen_by IN ('','phone','web'));
ALTER TABLE finding ADD COLUMN reply_by TEXT NOT NULL DEFAULT '' CHECK (reply_by IN ('','portal','call','none'));
ALTER TABLE finding ADD COLUMN result TEXT NOT NULL DEFAULT '' CHECK (result IN ('','confirmed','partly','not_confirmed','unclear'));
ALTER TABLE finding ADD COLUMN called_at TIMESTAMPTZ;
ALTER TABLE finding ADD COLUMN told_by TEXT REFERENCES person(id);
ALTER TABLE finding ADD COLUMN told_at TIMESTAMPTZ;
-- Calls promised to people: because they asked for one, or to tell them the answer.
CREATE INDEX finding_promised ON finding (created_at, id) WHERE (choice = 'call' AND called_at IS NULL) OR (reply_by = 'call' AND status = 'answered' AND told_at IS NULL);

-- Requests written for a person from what he said, until he takes one up as his own draft.
CREATE TABLE callback_prepared (
  id           TEXT PRIMARY KEY,
  case_id      TEXT NOT NULL REFERENCES callback_case(id),
  person_id    TEXT NOT NULL REFERENCES person(id),
  remedy       TEXT NOT NULL,
  facts_sealed BYTEA NOT NULL,
  created_at   TIMESTAMPTZ NOT NULL,
  filing_id    TEXT REFERENCES filing(id),
  started_at   TIMESTAMPTZ,
  UNIQUE (case_id, remedy)
);
CREATE INDEX callback_prepared_person ON callback_prepared (person_id, created_at);

-- +goose Down
DROP TABLE callback_prepared;
DROP INDEX finding_promised;
UPDATE finding SET status = 'open' WHERE status = 'left';
ALTER TABLE finding DROP CONSTRAINT finding_status_check;
ALTER TABLE finding ADD CONSTRAINT finding_status_check CHECK (status IN ('open','answered'));
ALTER TABLE finding DROP COLUMN urgent;
ALTER TABLE finding DROP COLUMN choice;
ALTER TABLE finding DROP COLUMN chosen_at;
ALTER TABLE finding DROP COLUMN chosen_by;
ALTER TABLE finding DROP COLUMN reply_by;
ALTER TABLE finding DROP COLUMN result;
ALTER TABLE finding DROP COLUMN called_at;
ALTER TABLE finding DROP COLUMN told_by;
ALTER TABLE finding DROP COLUMN told_at;
DROP TABLE callback_invite;
