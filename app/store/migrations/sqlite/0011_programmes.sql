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
  created_at    DATETIME NOT NULL,
  updated_at    DATETIME NOT NULL,
  started_at    DATETIME,
  stopped_at    DATETIME
);
CREATE INDEX callback_programme_owner ON callback_programme (owner_body_id, created_at);
-- +goose StatementBegin
CREATE TRIGGER callback_programme_frozen BEFORE UPDATE ON callback_programme WHEN OLD.status <> 'draft' AND (NEW.seed <> OLD.seed OR NEW.strata <> OLD.strata OR NEW.kind <> OLD.kind OR NEW.instrument <> OLD.instrument OR NEW.from_on <> OLD.from_on OR NEW.to_on IS NOT OLD.to_on) BEGIN SELECT RAISE(ABORT, 'a programme that has started is frozen'); END;
-- +goose StatementEnd

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
  at           DATETIME NOT NULL,
  UNIQUE (programme_id, event_key)
);
CREATE INDEX callback_frame_list ON callback_frame (programme_id, at, id);
CREATE INDEX callback_frame_stratum ON callback_frame (programme_id, stratum, state);
-- +goose StatementBegin
CREATE TRIGGER callback_frame_no_update BEFORE UPDATE ON callback_frame BEGIN SELECT RAISE(ABORT, 'callback_frame is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER callback_frame_no_delete BEFORE DELETE ON callback_frame BEGIN SELECT RAISE(ABORT, 'callback_frame is append-only'); END;
-- +goose StatementEnd

-- A person has one open case at most, and a filing may lead to several over the years.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE callback_case_before AS SELECT * FROM callback_case;
DROP TABLE callback_case;
CREATE TABLE callback_case (
  id                 TEXT PRIMARY KEY,
  filing_id          TEXT NOT NULL REFERENCES filing(id),
  person_id          TEXT NOT NULL REFERENCES person(id),
  body_id            TEXT NOT NULL REFERENCES body(id),
  supervisor_body_id TEXT REFERENCES body(id), -- whose supervision is asked when the callers cannot go on
  programme_id       TEXT REFERENCES callback_programme(id),
  frame_id           TEXT UNIQUE REFERENCES callback_frame(id),
  kind               TEXT NOT NULL DEFAULT 'treatment' CHECK (kind IN ('treatment','circumstances')),
  party              TEXT NOT NULL DEFAULT 'respondent',
  stratum            TEXT NOT NULL DEFAULT '',
  reason             TEXT NOT NULL,
  instrument         TEXT NOT NULL,
  pack_hash          TEXT NOT NULL,
  lang               TEXT NOT NULL,
  status             TEXT NOT NULL CHECK (status IN ('open','closed')),
  version            BIGINT NOT NULL,
  due_at             DATETIME NOT NULL,
  close_by           DATETIME NOT NULL,
  attempts           BIGINT NOT NULL DEFAULT 0,
  by_phone           BOOLEAN NOT NULL DEFAULT TRUE, -- false: no number that works, so the person is not on the calling list
  appointment_at     DATETIME,
  appointment_with   TEXT REFERENCES person(id),
  missed             BIGINT NOT NULL DEFAULT 0,     -- appointments nobody kept
  referred_at        DATETIME,                      -- with the supervisor, and not on the calling list, since
  claimed_by         TEXT REFERENCES person(id),
  claimed_until      DATETIME,
  final_code         TEXT,
  consent_at         DATETIME,
  created_at         DATETIME NOT NULL,
  updated_at         DATETIME NOT NULL,
  CONSTRAINT callback_closed_has_code CHECK (status <> 'closed' OR final_code IS NOT NULL)
);
INSERT INTO callback_case (id, filing_id, person_id, body_id, supervisor_body_id, reason, instrument, pack_hash, lang, status, version, due_at, close_by, attempts, claimed_by, claimed_until, final_code, consent_at, created_at, updated_at)
  SELECT c.id, filing_id, person_id, body_id, COALESCE(b.parent_id, b.id), reason, instrument, pack_hash, lang, status, version, due_at, close_by, attempts, claimed_by, claimed_until, final_code, consent_at, c.created_at, c.updated_at
  FROM callback_case_before c JOIN body b ON b.id = c.body_id;
DROP TABLE callback_case_before;
CREATE INDEX callback_due ON callback_case (due_at, id) WHERE status = 'open';
CREATE INDEX callback_late ON callback_case (close_by, id) WHERE status = 'open';
CREATE INDEX callback_filing ON callback_case (filing_id);
CREATE INDEX callback_person ON callback_case (person_id, created_at);
CREATE INDEX callback_claimed ON callback_case (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX callback_programme_case ON callback_case (programme_id, status);
CREATE INDEX callback_appointment ON callback_case (appointment_at) WHERE status = 'open' AND appointment_at IS NOT NULL;
CREATE INDEX callback_referred ON callback_case (supervisor_body_id, referred_at, id) WHERE status = 'open' AND referred_at IS NOT NULL;
-- +goose StatementBegin
CREATE TRIGGER callback_case_final BEFORE UPDATE ON callback_case WHEN OLD.status = 'closed' AND (NEW.status <> 'closed' OR NEW.final_code <> OLD.final_code) BEGIN SELECT RAISE(ABORT, 'a closed callback case is final'); END;
-- +goose StatementEnd

-- Through which channel it was: phone, web, sms, mail or office; and which number was rung.
ALTER TABLE callback_attempt ADD COLUMN mode TEXT NOT NULL DEFAULT 'phone';
ALTER TABLE callback_attempt ADD COLUMN number_id TEXT;

-- People never to be asked again, about anything, over any channel: they refused for good, died, or have a guardian. For ever.
CREATE TABLE callback_stop (
  person_id TEXT PRIMARY KEY REFERENCES person(id),
  code      TEXT NOT NULL,
  mode      TEXT NOT NULL,
  case_id   TEXT REFERENCES callback_case(id),
  at        DATETIME NOT NULL
);
INSERT INTO callback_stop (person_id, code, mode, case_id, at)
  SELECT c.person_id, '51', 'phone', MIN(c.id), MIN(a.at) FROM callback_attempt a JOIN callback_case c ON c.id = a.case_id WHERE a.code = '51' GROUP BY c.person_id;
-- +goose StatementBegin
CREATE TRIGGER callback_stop_no_update BEFORE UPDATE ON callback_stop BEGIN SELECT RAISE(ABORT, 'callback_stop is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER callback_stop_no_delete BEFORE DELETE ON callback_stop BEGIN SELECT RAISE(ABORT, 'callback_stop is append-only'); END;
-- +goose StatementEnd

-- Who answered is apart from what was answered. callback_link holds, for a case, the random respondent its answers are kept under, sealed
-- with the key of the callbacks; without that key neither side leads to the other. Dates on the side of the answers are whole months.
CREATE TABLE callback_link (
  case_id           TEXT PRIMARY KEY REFERENCES callback_case(id),
  respondent_sealed BLOB NOT NULL
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
) WITHOUT ROWID;
CREATE INDEX callback_respondent_programme ON callback_respondent (programme_id, month);
-- Answers written before this change keep their case as their respondent: the program cannot seal a link without its key.
ALTER TABLE callback_answer RENAME TO callback_answer_before;
CREATE TABLE callback_answer (
  respondent    TEXT NOT NULL,
  item          TEXT NOT NULL,
  answer_sealed BLOB NOT NULL,
  month         DATE NOT NULL,
  PRIMARY KEY (respondent, item)
) WITHOUT ROWID;
INSERT INTO callback_answer (respondent, item, answer_sealed, month) SELECT case_id, item, answer_sealed, substr(at, 1, 7) || '-01' FROM callback_answer_before;
DROP TABLE callback_answer_before;

-- Numbers of a person as the callers know them. The number is sealed with the key of the callbacks; same number, same tag.
CREATE TABLE callback_number (
  id            TEXT PRIMARY KEY,
  person_id     TEXT NOT NULL REFERENCES person(id),
  tag           BLOB NOT NULL,
  number_sealed BLOB NOT NULL,
  source        TEXT NOT NULL CHECK (source IN ('account','given')),
  state         TEXT NOT NULL CHECK (state IN ('unknown','works','wrong','not_his')),
  created_at    DATETIME NOT NULL,
  updated_at    DATETIME NOT NULL,
  UNIQUE (person_id, tag)
);

-- The languages a caller speaks on the phone; without a row he speaks Chinese.
CREATE TABLE callback_caller (
  person_id  TEXT PRIMARY KEY REFERENCES person(id),
  langs      TEXT NOT NULL,
  updated_at DATETIME NOT NULL
);

-- Codes in the message before the first call, by which a person refuses without signing in. Only a keyed hash is kept.
CREATE TABLE callback_refusal (
  tag     BLOB PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES callback_case(id)
);

-- Interviews drawn to be checked by a second caller, and what the check found.
CREATE TABLE callback_redial (
  case_id     TEXT PRIMARY KEY REFERENCES callback_case(id),
  caller_id   TEXT NOT NULL REFERENCES person(id),
  close_by    DATETIME NOT NULL,
  status      TEXT NOT NULL CHECK (status IN ('open','done','lapsed')),
  result      TEXT NOT NULL,
  done_by     TEXT REFERENCES person(id),
  done_at     DATETIME,
  created_at  DATETIME NOT NULL,
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
  answer_sealed BLOB NOT NULL,
  at            DATETIME NOT NULL,
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
DROP INDEX callback_due;
DROP TRIGGER callback_case_final;
-- One case a filing again: the first one stays, with its attempts and findings; the case is the only place of the others.
PRAGMA defer_foreign_keys = ON;
DROP TRIGGER callback_attempt_no_delete;
CREATE TABLE callback_case_after AS SELECT * FROM callback_case c WHERE NOT EXISTS (SELECT 1 FROM callback_case e WHERE e.filing_id = c.filing_id AND (e.created_at, e.id) < (c.created_at, c.id));
DELETE FROM callback_attempt WHERE case_id NOT IN (SELECT id FROM callback_case_after);
DELETE FROM callback_answer WHERE case_id NOT IN (SELECT id FROM callback_case_after);
DELETE FROM finding WHERE case_id NOT IN (SELECT id FROM callback_case_after);
DROP TABLE callback_case;
CREATE TABLE callback_case (
  id            TEXT PRIMARY KEY,
  filing_id     TEXT NOT NULL UNIQUE REFERENCES filing(id),
  person_id     TEXT NOT NULL REFERENCES person(id),
  body_id       TEXT NOT NULL REFERENCES body(id),
  reason        TEXT NOT NULL,
  instrument    TEXT NOT NULL,
  pack_hash     TEXT NOT NULL,
  lang          TEXT NOT NULL,
  status        TEXT NOT NULL CHECK (status IN ('open','closed')),
  version       BIGINT NOT NULL,
  due_at        DATETIME NOT NULL,
  close_by      DATETIME NOT NULL,
  attempts      BIGINT NOT NULL DEFAULT 0,
  claimed_by    TEXT REFERENCES person(id),
  claimed_until DATETIME,
  final_code    TEXT,
  consent_at    DATETIME,
  created_at    DATETIME NOT NULL,
  updated_at    DATETIME NOT NULL,
  CONSTRAINT callback_closed_has_code CHECK (status <> 'closed' OR final_code IS NOT NULL)
);
INSERT INTO callback_case SELECT id, filing_id, person_id, body_id, reason, instrument, pack_hash, lang, status, version, due_at, close_by, attempts, claimed_by, claimed_until, final_code, consent_at, created_at, updated_at FROM callback_case_after;
DROP TABLE callback_case_after;
CREATE INDEX callback_due ON callback_case (due_at, id) WHERE status = 'open';
-- +goose StatementBegin
CREATE TRIGGER callback_attempt_no_delete BEFORE DELETE ON callback_attempt BEGIN SELECT RAISE(ABORT, 'callback_attempt is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER callback_case_final BEFORE UPDATE ON callback_case WHEN OLD.status = 'closed' AND (NEW.status <> 'closed' OR NEW.final_code <> OLD.final_code) BEGIN SELECT RAISE(ABORT, 'a closed callback case is final'); END;
-- +goose StatementEnd
DROP TABLE callback_frame;
DROP TABLE callback_programme;
