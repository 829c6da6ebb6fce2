-- +goose Up

-- One way for the person of a case to answer alone. Of the link only a keyed hash is kept, and of the browser that answers by it. A new link
-- takes the place of the old one; what was answered stays.
CREATE TABLE callback_invite (
  case_id     TEXT PRIMARY KEY REFERENCES callback_case(id),
  tag         BLOB NOT NULL UNIQUE,
  browser_tag BLOB UNIQUE,                -- of the one browser that may go on; NULL before the start and after the end
  code_sealed BLOB,                       -- with which another device goes on
  channel     TEXT NOT NULL CHECK (channel IN ('message','sheet')),
  version     BIGINT NOT NULL,
  created_at  DATETIME NOT NULL,
  expires_at  DATETIME NOT NULL,
  started_at  DATETIME,
  done_at     DATETIME
);

-- What the person wishes to be done about it, what was found, and whether he was rung. 'left' ends a finding because he wished so.
CREATE TABLE finding_before AS SELECT * FROM finding;
DROP TABLE finding;
CREATE TABLE finding (
  id            TEXT PRIMARY KEY,
  case_id       TEXT NOT NULL REFERENCES callback_case(id),
  kind          TEXT NOT NULL,
  body_id       TEXT NOT NULL REFERENCES body(id),
  owner_body_id TEXT NOT NULL REFERENCES body(id),
  owner_id      TEXT REFERENCES person(id),
  status        TEXT NOT NULL CHECK (status IN ('open','answered','left')),
  version       BIGINT NOT NULL,
  take_by       DATETIME NOT NULL,
  answer_by     DATETIME NOT NULL,
  answer_sealed BLOB,
  created_at    DATETIME NOT NULL,
  answered_at   DATETIME,
  urgent        BOOLEAN NOT NULL DEFAULT FALSE,
  choice        TEXT NOT NULL DEFAULT '' CHECK (choice IN ('','file','call','leave')), -- of the person, with the words of pack_hash of the case
  chosen_at     DATETIME,
  chosen_by     TEXT NOT NULL DEFAULT '' CHECK (chosen_by IN ('','phone','web')),
  reply_by      TEXT NOT NULL DEFAULT '' CHECK (reply_by IN ('','portal','call','none')), -- how he wants to hear the answer
  result        TEXT NOT NULL DEFAULT '' CHECK (result IN ('','confirmed','partly','not_confirmed','unclear')),
  called_at     DATETIME, -- when he was rung because he wished to be
  told_by       TEXT REFERENCES person(id), -- who rang him about it
  told_at       DATETIME,
  UNIQUE (case_id, kind)
);
INSERT INTO finding (id, case_id, kind, body_id, owner_body_id, owner_id, status, version, take_by, answer_by, answer_sealed, created_at, answered_at)
  SELECT id, case_id, kind, body_id, owner_body_id, owner_id, status, version, take_by, answer_by, answer_sealed, created_at, answered_at FROM finding_before;
DROP TABLE finding_before;
CREATE INDEX finding_owner ON finding (owner_body_id, answer_by, id) WHERE status = 'open';
-- Calls promised to people: because they asked for one, or to tell them the answer.
CREATE INDEX finding_promised ON finding (created_at, id) WHERE (choice = 'call' AND called_at IS NULL) OR (reply_by = 'call' AND status = 'answered' AND told_at IS NULL);

-- Requests written for a person from what he said, until he takes one up as his own draft.
CREATE TABLE callback_prepared (
  id           TEXT PRIMARY KEY,
  case_id      TEXT NOT NULL REFERENCES callback_case(id),
  person_id    TEXT NOT NULL REFERENCES person(id),
  remedy       TEXT NOT NULL,
  facts_sealed BLOB NOT NULL,
  created_at   DATETIME NOT NULL,
  filing_id    TEXT REFERENCES filing(id),
  started_at   DATETIME,
  UNIQUE (case_id, remedy)
);
CREATE INDEX callback_prepared_person ON callback_prepared (person_id, created_at);

-- +goose Down
DROP TABLE callback_prepared;
DROP INDEX finding_promised;
UPDATE finding SET status = 'open' WHERE status = 'left';
CREATE TABLE finding_after AS SELECT * FROM finding;
DROP TABLE finding;
CREATE TABLE finding (
  id            TEXT PRIMARY KEY,
  case_id       TEXT NOT NULL REFERENCES callback_case(id),
  kind          TEXT NOT NULL,
  body_id       TEXT NOT NULL REFERENCES body(id),
  owner_body_id TEXT NOT NULL REFERENCES body(id),
  owner_id      TEXT REFERENCES person(id),
  status        TEXT NOT NULL CHECK (status IN ('open','answered')),
  version       BIGINT NOT NULL,
  take_by       DATETIME NOT NULL,
  answer_by     DATETIME NOT NULL,
  answer_sealed BLOB,
  created_at    DATETIME NOT NULL,
  answered_at   DATETIME,
  UNIQUE (case_id, kind)
);
INSERT INTO finding (id, case_id, kind, body_id, owner_body_id, owner_id, status, version, take_by, answer_by, answer_sealed, created_at, answered_at)
  SELECT id, case_id, kind, body_id, owner_body_id, owner_id, status, version, take_by, answer_by, answer_sealed, created_at, answered_at FROM finding_after;
DROP TABLE finding_after;
CREATE INDEX finding_owner ON finding (owner_body_id, answer_by, id) WHERE status = 'open';
DROP TABLE callback_invite;
