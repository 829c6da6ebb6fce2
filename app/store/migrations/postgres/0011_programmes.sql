-- +goose Up

-- A programme of questions: which events lead to a survey, with which share of each stratum. Everything but its status is frozen once it runs.
CREATE TABLE callback_programme (
  id            TEXT PRIMARY KEY,
  owner_body_id TEXT REFERENCES body(id), -- whose supervision runs it, for the bodies under it; NULL is the standing programme of the pack
  name_zh       TEXT NOT NULL,
  name_en       TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('treatment','circumstances')),
  instrument    TEXT NOT NULL,
  from_on       DATE NOT NULL,
  to_on         DATE,
  seed          TEXT NOT NULL,
  strata        TEXT NOT NULL,
  status        TEXT NOT NULL CHECK (status IN ('draft','running','stopped')),
  version       BIGINT NOT NULL,
  created_by    TEXT REFERENCES person(id),
  created_at    TIMESTAMPTZ NOT NULL,
  updated_at    TIMESTAMPTZ NOT NULL,
  started_at    TIMESTAMPTZ,
  stopped_at    TIMESTAMPTZ
);
CREATE INDEX callback_programme_owner ON callback_programme (owner_body_id, created_at);
-- +goose StatementBegin
CREATE FUNCTION callback_programme_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.status <> 'draft' AND (NEW.seed <> OLD.seed OR NEW.strata <> OLD.strata OR NEW.kind <> OLD.kind OR NEW.instrument <> OLD.instrument OR NEW.from_on <> OLD.from_on OR NEW.to_on IS DISTINCT FROM OLD.to_on) THEN RAISE EXCEPTION 'a programme that has started is frozen'; END IF; RETURN NEW; END $$;
-- +goose StatementEnd
CREATE TRIGGER callback_programme_frozen BEFORE UPDATE ON callback_programme FOR EACH ROW EXECUTE FUNCTION callback_programme_frozen();

-- The frame: everybody an event of a programme concerned, drawn or not, or left out for a coded reason. It is never changed.
CREATE TABLE callback_frame (
  id           TEXT PRIMARY KEY,
  programme_id TEXT NOT NULL REFERENCES callback_programme(id),
  event        TEXT NOT NULL,
  event_key    TEXT NOT NULL,
  filing_id    TEXT NOT NULL REFERENCES filing(id),
  person_id    TEXT NOT NULL REFERENCES person(id),
  body_id      TEXT NOT NULL REFERENCES body(id),
  party        TEXT NOT NULL,
  stratum      TEXT NOT NULL,
  per_mille    BIGINT NOT NULL,
  chance       BIGINT NOT NULL, -- of a million, from the seed and the event key
  state        TEXT NOT NULL CHECK (state IN ('drawn','not_drawn','excluded')),
  reason       TEXT NOT NULL,
  at           TIMESTAMPTZ NOT NULL,
  UNIQUE (programme_id, event_key)
);
CREATE INDEX callback_frame_list ON callback_frame (programme_id, at, id);
CREATE INDEX callback_frame_stratum ON callback_frame (programme_id, stratum, state);
CREATE TRIGGER callback_frame_no_change BEFORE UPDATE OR DELETE ON callback_frame FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER callback_frame_no_truncate BEFORE TRUNCATE ON callback_frame FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A person has one open case at most, and a filing may lead to several over the years.
ALTER TABLE callback_case DROP CONSTRAINT callback_case_filing_id_key;
ALTER TABLE callback_case ADD COLUMN supervisor_body_id TEXT REFERENCES body(id); -- whose supervision is asked when the callers cannot go on
ALTER TABLE callback_case ADD COLUMN programme_id TEXT REFERENCES callback_programme(id);
ALTER TABLE callback_case ADD COLUMN frame_id TEXT UNIQUE REFERENCES callback_frame(id);
ALTER TABLE callback_case ADD COLUMN kind TEXT NOT NULL DEFAULT 'treatment' CHECK (kind IN ('treatment','circumstances'));
ALTER TABLE callback_case ADD COLUMN party TEXT NOT NULL DEFAULT 'respondent';
ALTER TABLE callback_case ADD COLUMN stratum TEXT NOT NULL DEFAULT '';
ALTER TABLE callback_case ADD COLUMN by_phone BOOLEAN NOT NULL DEFAULT TRUE; -- false: no number that works, so the person is not on the calling list
ALTER TABLE callback_case ADD COLUMN appointment_at TIMESTAMPTZ;
ALTER TABLE callback_case ADD COLUMN appointment_with TEXT REFERENCES person(id);
ALTER TABLE callback_case ADD COLUMN missed BIGINT NOT NULL DEFAULT 0; -- appointments nobody kept
ALTER TABLE callback_case ADD COLUMN referred_at TIMESTAMPTZ; -- with the supervisor, and not on the calling list, since
UPDATE callback_case SET supervisor_body_id = (SELECT COALESCE(b.parent_id, b.id) FROM body b WHERE b.id = callback_case.body_id);
CREATE INDEX callback_late ON callback_case (close_by, id) WHERE status = 'open';
CREATE INDEX callback_filing ON callback_case (filing_id);
CREATE INDEX callback_person ON callback_case (person_id, created_at);
CREATE INDEX callback_claimed ON callback_case (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX callback_programme_case ON callback_case (programme_id, status);
CREATE INDEX callback_appointment ON callback_case (appointment_at) WHERE status = 'open' AND appointment_at IS NOT NULL;
CREATE INDEX callback_referred ON callback_case (supervisor_body_id, referred_at, id) WHERE status = 'open' AND referred_at IS NOT NULL;

-- Through which channel it was: phone, web, sms, mail or office; and which number was rung.
ALTER TABLE callback_attempt ADD COLUMN mode TEXT NOT NULL DEFAULT 'phone';
ALTER TABLE callback_attempt ADD COLUMN number_id TEXT;

-- People never to be asked again, about anything, over any channel: they refused for good, died, or have a guardian. For ever.
CREATE TABLE callback_stop (
  person_id TEXT PRIMARY KEY REFERENCES person(id),
  code      TEXT NOT NULL,
  mode      TEXT NOT NULL,
  case_id   TEXT REFERENCES callback_case(id),
  at        TIMESTAMPTZ NOT NULL
);
INSERT INTO callback_stop (person_id, code, mode, case_id, at)
  SELECT c.person_id, '51', 'phone', MIN(c.id), MIN(a.at) FROM callback_attempt a JOIN callback_case c ON c.id = a.case_id WHERE a.code = '51' GROUP BY c.person_id;
CREATE TRIGGER callback_stop_no_change BEFORE UPDATE OR DELETE ON callback_stop FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER callback_stop_no_truncate BEFORE TRUNCATE ON callback_stop FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who answered is apart from what was answered. callback_link holds, for a case, the random respondent its answers are kept under, sealed
-- with the key of the callbacks; without that key neither side leads to the other. Dates on the side of the answers are whole months.
CREATE TABLE callback_link (
  case_id           TEXT PRIMARY KEY REFERENCES callback_case(id),
  respondent_sealed BYTEA NOT NULL
);
CREATE TABLE callback_respondent (
  id           TEXT PRIMARY KEY,
  programme_id TEXT,
  kind         TEXT NOT NULL,
  instrument   TEXT NOT NULL,
  version      TEXT NOT NULL,
  pack_hash    TEXT NOT NULL,
  body_id      TEXT NOT NULL,
  event        TEXT NOT NULL,
  party        TEXT NOT NULL,
  stratum      TEXT NOT NULL,
  result       TEXT NOT NULL, -- how the filing ended, '' when not known
  lang         TEXT NOT NULL,
  mode         TEXT NOT NULL,
  state        TEXT NOT NULL, -- I complete, P partial, '' neither
  month        DATE NOT NULL
);
CREATE INDEX callback_respondent_programme ON callback_respondent (programme_id, month);
-- Answers written before this change keep their case as their respondent: the program cannot seal a link without its key.
ALTER TABLE callback_answer RENAME TO callback_answer_before;
CREATE TABLE callback_answer (
  respondent    TEXT NOT NULL,
  item          TEXT NOT NULL,
  answer_sealed BYTEA NOT NULL,
  month         DATE NOT NULL,
  PRIMARY KEY (respondent, item)
);
INSERT INTO callback_answer (respondent, item, answer_sealed, month) SELECT case_id, item, answer_sealed, date_trunc('month', at)::date FROM callback_answer_before;
DROP TABLE callback_answer_before;

-- Numbers of a person as the callers know them. The number is sealed with the key of the callbacks; same number, same tag.
CREATE TABLE callback_number (
  id            TEXT PRIMARY KEY,
  person_id     TEXT NOT NULL REFERENCES person(id),
  tag           BYTEA NOT NULL,
  number_sealed BYTEA NOT NULL,
  source        TEXT NOT NULL CHECK (source IN ('account','given')),
  state         TEXT NOT NULL CHECK (state IN ('unknown','works','wrong','not_his')),
  created_at    TIMESTAMPTZ NOT NULL,
  updated_at    TIMESTAMPTZ NOT NULL,
  UNIQUE (person_id, tag)
);

-- The languages a caller speaks on the phone; without a row he speaks Chinese.
CREATE TABLE callback_caller (
  person_id  TEXT PRIMARY KEY REFERENCES person(id),
  langs      TEXT NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL
);

-- Codes in the message before the first call, by which a person refuses without signing in. Only a keyed hash is kept.
CREATE TABLE callback_refusal (
  tag     BYTEA PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES callback_case(id)
);

-- Interviews drawn to be checked by a second caller, and what the check found.
CREATE TABLE callback_redial (
  case_id     TEXT PRIMARY KEY REFERENCES callback_case(id),
  caller_id   TEXT NOT NULL REFERENCES person(id),
  close_by    TIMESTAMPTZ NOT NULL,
  status      TEXT NOT NULL CHECK (status IN ('open','done','lapsed')),
  result      TEXT NOT NULL,
  done_by     TEXT REFERENCES person(id),
  done_at     TIMESTAMPTZ,
  created_at  TIMESTAMPTZ NOT NULL,
  CONSTRAINT callback_redial_second CHECK (done_by IS NULL OR done_by <> caller_id)
);
CREATE INDEX callback_redial_open ON callback_redial (created_at, case_id) WHERE status = 'open';

-- +goose Down
DROP TABLE callback_redial;
DROP TABLE callback_refusal;
DROP TABLE callback_caller;
DROP TABLE callback_number;
ALTER TABLE callback_answer RENAME TO callback_answer_after;
CREATE TABLE callback_answer (
  case_id       TEXT NOT NULL REFERENCES callback_case(id),
  item          TEXT NOT NULL,
  answer_sealed BYTEA NOT NULL,
  at            TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (case_id, item)
);
-- Answers under a respondent cannot be led back without the key; those from before can.
INSERT INTO callback_answer (case_id, item, answer_sealed, at) SELECT respondent, item, answer_sealed, month FROM callback_answer_after WHERE respondent IN (SELECT id FROM callback_case);
DROP TABLE callback_answer_after;
DROP TABLE callback_respondent;
DROP TABLE callback_link;
DROP TABLE callback_stop;
ALTER TABLE callback_attempt DROP COLUMN number_id;
ALTER TABLE callback_attempt DROP COLUMN mode;
DROP INDEX callback_referred;
DROP INDEX callback_appointment;
DROP INDEX callback_programme_case;
DROP INDEX callback_claimed;
DROP INDEX callback_person;
DROP INDEX callback_filing;
DROP INDEX callback_late;
-- One case a filing again: the first one stays, with its attempts and findings; the case is the only place of the others.
ALTER TABLE callback_attempt DISABLE TRIGGER callback_attempt_no_change;
CREATE TEMPORARY TABLE callback_case_gone AS SELECT c.id FROM callback_case c WHERE EXISTS (SELECT 1 FROM callback_case e WHERE e.filing_id = c.filing_id AND (e.created_at, e.id) < (c.created_at, c.id));
DELETE FROM callback_attempt WHERE case_id IN (SELECT id FROM callback_case_gone);
DELETE FROM callback_answer WHERE case_id IN (SELECT id FROM callback_case_gone);
DELETE FROM finding WHERE case_id IN (SELECT id FROM callback_case_gone);
DELETE FROM callback_case WHERE id IN (SELECT id FROM callback_case_gone);
DROP TABLE callback_case_gone;
ALTER TABLE callback_attempt ENABLE TRIGGER callback_attempt_no_change;
ALTER TABLE callback_case DROP COLUMN referred_at, DROP COLUMN missed, DROP COLUMN appointment_with, DROP COLUMN appointment_at, DROP COLUMN by_phone,
  DROP COLUMN stratum, DROP COLUMN party, DROP COLUMN kind, DROP COLUMN frame_id, DROP COLUMN programme_id, DROP COLUMN supervisor_body_id;
ALTER TABLE callback_case ADD CONSTRAINT callback_case_filing_id_key UNIQUE (filing_id);
DROP TABLE callback_frame;
DROP TABLE callback_programme;
DROP FUNCTION callback_programme_frozen();
