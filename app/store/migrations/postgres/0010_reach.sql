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

-- +goose Down
DROP INDEX notice_failed;
DROP INDEX notice_person;
DROP INDEX notice_event;
ALTER TABLE notice DROP COLUMN second_of;
ALTER TABLE notice DROP COLUMN args_sealed;
ALTER TABLE notice DROP COLUMN neutral;
ALTER TABLE notice DROP COLUMN subject;
ALTER TABLE notice DROP COLUMN event;
DROP TABLE safe_contact;
