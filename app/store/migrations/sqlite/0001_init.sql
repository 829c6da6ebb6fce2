-- +goose Up

-- People who sign in: debtors by one-time code, staff by password and TOTP.
CREATE TABLE person (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('debtor','staff')),
  name_sealed BLOB,
  lang        TEXT NOT NULL DEFAULT 'zh-Hans',
  status      TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active','disabled')),
  epoch       BIGINT NOT NULL DEFAULT 0,
  created_at  DATETIME NOT NULL,
  updated_at  DATETIME NOT NULL
);

-- Where a person can be reached. value_index is a keyed hash: equal values give equal indexes, nothing else can be read from it.
CREATE TABLE contact (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES person(id),
  kind         TEXT NOT NULL CHECK (kind IN ('email','mobile')),
  value_sealed BLOB NOT NULL,
  value_index  BLOB NOT NULL,
  verified_at  DATETIME,
  created_at   DATETIME NOT NULL,
  UNIQUE (kind, value_index)
);
CREATE INDEX contact_person ON contact (person_id);

CREATE TABLE login_code (
  id            TEXT PRIMARY KEY,
  contact_kind  TEXT NOT NULL,
  contact_index BLOB NOT NULL,
  code_hash     BLOB NOT NULL,
  browser_hash  BLOB NOT NULL,
  tries         BIGINT NOT NULL DEFAULT 0,
  expires_at    DATETIME NOT NULL,
  used_at       DATETIME,
  created_at    DATETIME NOT NULL
);
CREATE INDEX login_code_contact ON login_code (contact_kind, contact_index, created_at);

CREATE TABLE staff_login (
  person_id     TEXT PRIMARY KEY REFERENCES person(id),
  login         TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  totp_sealed   BLOB NOT NULL,
  totp_step     BIGINT NOT NULL DEFAULT 0,
  created_at    DATETIME NOT NULL,
  updated_at    DATETIME NOT NULL
);

CREATE TABLE session (
  token      TEXT PRIMARY KEY,
  data       BLOB NOT NULL,
  expiry     DATETIME NOT NULL,
  person_id  TEXT
);
CREATE INDEX session_expiry ON session (expiry);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE rate_window (
  bucket     TEXT NOT NULL,
  starts_at  DATETIME NOT NULL,
  count      BIGINT NOT NULL,
  expires_at DATETIME NOT NULL,
  PRIMARY KEY (bucket, starts_at)
);
CREATE INDEX rate_window_expiry ON rate_window (expires_at);

-- Courts, procuratorates, callback centres. parent_id is the body one level up.
CREATE TABLE body (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('court','procuratorate','callback','other')),
  name       TEXT NOT NULL UNIQUE,
  name_en    TEXT NOT NULL DEFAULT '',
  level      BIGINT NOT NULL DEFAULT 0,
  parent_id  TEXT REFERENCES body(id),
  province   TEXT NOT NULL DEFAULT '',
  sign       TEXT NOT NULL DEFAULT '',
  sign_basis TEXT NOT NULL DEFAULT '',
  uncertain  BOOLEAN NOT NULL DEFAULT FALSE,
  created_at DATETIME NOT NULL,
  updated_at DATETIME NOT NULL
);
CREATE INDEX body_sign ON body (sign);
CREATE INDEX body_parent ON body (parent_id);

CREATE TABLE division (
  id         TEXT PRIMARY KEY,
  body_id    TEXT NOT NULL REFERENCES body(id),
  kind       TEXT NOT NULL CHECK (kind IN ('docketing','review','implementing','civil','supervision','criminal','bankruptcy','compensation','callback','routing')),
  name       TEXT NOT NULL,
  name_en    TEXT NOT NULL DEFAULT '',
  from_on    DATE NOT NULL,
  to_on      DATE,
  created_at DATETIME NOT NULL
);
CREATE INDEX division_body ON division (body_id, kind, from_on);

CREATE TABLE role_grant (
  id          TEXT PRIMARY KEY,
  person_id   TEXT NOT NULL REFERENCES person(id),
  role        TEXT NOT NULL,
  body_id     TEXT REFERENCES body(id),
  division_id TEXT REFERENCES division(id),
  from_on     DATE NOT NULL,
  to_on       DATE,
  created_at  DATETIME NOT NULL
);
CREATE INDEX role_grant_person ON role_grant (person_id);
CREATE INDEX role_grant_body ON role_grant (body_id, role);

-- The answers of somebody who has not signed in, kept under a token held by the browser only.
CREATE TABLE finder_visit (
  id           TEXT PRIMARY KEY,
  code         TEXT NOT NULL UNIQUE,
  token_hash   BLOB NOT NULL UNIQUE,
  facts_sealed BLOB NOT NULL,
  lang         TEXT NOT NULL,
  created_at   DATETIME NOT NULL,
  updated_at   DATETIME NOT NULL,
  expires_at   DATETIME NOT NULL
);
CREATE INDEX finder_visit_expiry ON finder_visit (expires_at);

-- One request of one debtor, from the first answer to the outcome.
CREATE TABLE filing (
  id               TEXT PRIMARY KEY,
  ref              TEXT UNIQUE,
  status           TEXT NOT NULL CHECK (status IN ('draft','submitted','supplement','reviewing','decided','closed')),
  version          BIGINT NOT NULL,
  remedy           TEXT NOT NULL,
  pack_id          TEXT NOT NULL,
  pack_hash        TEXT NOT NULL,
  person_id        TEXT NOT NULL REFERENCES person(id),
  lang             TEXT NOT NULL,
  facts_sealed     BLOB NOT NULL,
  applicant_sealed BLOB,
  trace            TEXT NOT NULL DEFAULT '',
  case_number      TEXT NOT NULL DEFAULT '',
  exec_body_id     TEXT REFERENCES body(id),
  parent_id        TEXT REFERENCES filing(id),
  submit_key       TEXT NOT NULL UNIQUE,
  owner_body_id    TEXT REFERENCES body(id),
  owner_division   TEXT NOT NULL DEFAULT '',
  reviewer_id      TEXT REFERENCES person(id),
  next_action      TEXT,
  next_clock_id    TEXT REFERENCES clock(id),
  next_due_at      DATETIME,
  overdue          BOOLEAN NOT NULL DEFAULT FALSE,
  route_row        TEXT NOT NULL DEFAULT '',
  docket_number    TEXT NOT NULL DEFAULT '',
  submitted_at     DATETIME,
  docketed_at      DATETIME,
  decided_at       DATETIME,
  served_on        DATE,
  closed_at        DATETIME,
  outcome          TEXT,
  closed_ground    TEXT,
  draft_expires_at DATETIME,
  created_at       DATETIME NOT NULL,
  updated_at       DATETIME NOT NULL,
  -- An open filing has exactly one owner, one next action and one running clock; closing needs an outcome and a ground.
  CONSTRAINT filing_has_owner CHECK (
    (status = 'draft' AND owner_body_id IS NULL AND next_clock_id IS NULL AND ref IS NULL)
    OR (status IN ('submitted','supplement','reviewing','decided')
        AND owner_body_id IS NOT NULL AND next_action IS NOT NULL AND next_clock_id IS NOT NULL AND next_due_at IS NOT NULL AND ref IS NOT NULL AND submitted_at IS NOT NULL)
    OR (status = 'closed' AND outcome IS NOT NULL AND closed_ground IS NOT NULL AND closed_at IS NOT NULL AND next_clock_id IS NULL AND next_due_at IS NULL)
  )
);
-- The queue of one body by next clock; partial, so that it stays small as closed filings pile up.
CREATE INDEX filing_queue ON filing (owner_body_id, next_due_at, id) WHERE next_due_at IS NOT NULL;
CREATE INDEX filing_reviewer ON filing (reviewer_id, next_due_at, id) WHERE next_due_at IS NOT NULL;
CREATE INDEX filing_person ON filing (person_id, updated_at, id);
CREATE INDEX filing_parent ON filing (parent_id);
CREATE INDEX filing_closed ON filing (owner_body_id, closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX filing_draft_expiry ON filing (draft_expires_at) WHERE status = 'draft';

-- A running or ended period: whose, since when, until when, by which rule.
CREATE TABLE clock (
  id          TEXT PRIMARY KEY,
  filing_id   TEXT NOT NULL REFERENCES filing(id),
  rule        TEXT NOT NULL,
  who         TEXT NOT NULL CHECK (who IN ('body','applicant')),
  body_id     TEXT REFERENCES body(id),
  started_on  DATE NOT NULL,
  raw_end_on  DATE NOT NULL,
  legal_end_on DATE NOT NULL,
  file_by_on  DATE NOT NULL,
  provisional BOOLEAN NOT NULL DEFAULT FALSE,
  due_at      DATETIME NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('running','met','missed','moot')),
  ended_at    DATETIME,
  created_at  DATETIME NOT NULL
);
CREATE INDEX clock_filing ON clock (filing_id, created_at);
CREATE INDEX clock_due ON clock (due_at, id) WHERE state = 'running';

-- The statement of truth and the one act of submitting. Append-only.
CREATE TABLE submission (
  filing_id    TEXT PRIMARY KEY REFERENCES filing(id),
  submit_key   TEXT NOT NULL UNIQUE,
  facts_hash   TEXT NOT NULL,
  declaration  TEXT NOT NULL,
  lang         TEXT NOT NULL,
  submitted_at DATETIME NOT NULL
);

-- Evidence. The original bytes are sealed and never shown; copy_key is the re-encoded copy without metadata.
CREATE TABLE document (
  id          TEXT PRIMARY KEY,
  filing_id   TEXT NOT NULL REFERENCES filing(id),
  person_id   TEXT NOT NULL REFERENCES person(id),
  paper       TEXT NOT NULL,
  name_sealed BLOB NOT NULL,
  mime        TEXT NOT NULL,
  size        BIGINT NOT NULL,
  sha256      TEXT NOT NULL,
  blob_key    TEXT NOT NULL UNIQUE,
  state       TEXT NOT NULL CHECK (state IN ('received','ready','refused')),
  copy_key    TEXT,
  copy_mime   TEXT,
  copy_size   BIGINT,
  copy_sha256 TEXT,
  created_at  DATETIME NOT NULL,
  ready_at    DATETIME
);
CREATE INDEX document_filing ON document (filing_id, created_at);

-- People who took part in the measure of a case: they may never review it.
CREATE TABLE measure_participant (
  id          TEXT PRIMARY KEY,
  body_id     TEXT NOT NULL REFERENCES body(id),
  case_number TEXT NOT NULL,
  person_id   TEXT NOT NULL REFERENCES person(id),
  part        TEXT NOT NULL,
  created_at  DATETIME NOT NULL,
  UNIQUE (case_number, person_id)
);

CREATE TABLE supplement_request (
  id            TEXT PRIMARY KEY,
  filing_id     TEXT NOT NULL UNIQUE REFERENCES filing(id),
  asked_by      TEXT NOT NULL REFERENCES person(id),
  text_sealed   BLOB NOT NULL,
  answer_sealed BLOB,
  asked_at      DATETIME NOT NULL,
  answered_at   DATETIME
);

CREATE TABLE decision (
  id          TEXT PRIMARY KEY,
  filing_id   TEXT NOT NULL REFERENCES filing(id),
  version     BIGINT NOT NULL,
  disposition TEXT NOT NULL,
  grounds     TEXT NOT NULL,
  text_sealed BLOB NOT NULL,
  decided_by  TEXT NOT NULL REFERENCES person(id),
  decided_at  DATETIME NOT NULL,
  served_on   DATE,
  served_how  TEXT,
  UNIQUE (filing_id, version)
);
CREATE INDEX decision_decider ON decision (decided_by, filing_id);

-- A message to a person. send_key makes sending idempotent.
CREATE TABLE notice (
  id             TEXT PRIMARY KEY,
  send_key       TEXT NOT NULL UNIQUE,
  filing_id      TEXT REFERENCES filing(id),
  person_id      TEXT REFERENCES person(id),
  channel        TEXT NOT NULL CHECK (channel IN ('email','mobile')),
  to_sealed      BLOB NOT NULL,
  subject_sealed BLOB NOT NULL,
  body_sealed    BLOB NOT NULL,
  lang           TEXT NOT NULL,
  kind           TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('queued','sent','failed')),
  tries          BIGINT NOT NULL DEFAULT 0,
  problem        TEXT NOT NULL DEFAULT '',
  created_at     DATETIME NOT NULL,
  sent_at        DATETIME
);
CREATE INDEX notice_filing ON notice (filing_id, created_at);
CREATE INDEX notice_created ON notice (created_at, id);

-- Somebody to be asked how it went. body_id is the body asked about; its staff never see this row.
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
CREATE INDEX callback_due ON callback_case (due_at, id) WHERE status = 'open';

CREATE TABLE callback_attempt (
  id          TEXT PRIMARY KEY,
  case_id     TEXT NOT NULL REFERENCES callback_case(id),
  caller_id   TEXT NOT NULL REFERENCES person(id),
  code        TEXT NOT NULL,
  note_sealed BLOB,
  at          DATETIME NOT NULL
);
CREATE INDEX callback_attempt_case ON callback_attempt (case_id, at);

-- Answers are sealed under a key of their own.
CREATE TABLE callback_answer (
  case_id       TEXT NOT NULL REFERENCES callback_case(id),
  item          TEXT NOT NULL,
  answer_sealed BLOB NOT NULL,
  at            DATETIME NOT NULL,
  PRIMARY KEY (case_id, item)
);

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
CREATE INDEX finding_owner ON finding (owner_body_id, answer_by, id) WHERE status = 'open';

-- Who did what: one hash chain per subject, written in the transaction of the fact itself.
CREATE TABLE audit_event (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  subject_type  TEXT NOT NULL,
  subject_id    TEXT NOT NULL,
  seq           BIGINT NOT NULL,
  at            DATETIME NOT NULL,
  actor_id      TEXT NOT NULL,
  actor_kind    TEXT NOT NULL,
  actor_role    TEXT NOT NULL,
  actor_body_id TEXT NOT NULL,
  kind          TEXT NOT NULL,
  data          TEXT NOT NULL,
  visible       BOOLEAN NOT NULL,
  prev_hash     TEXT NOT NULL,
  hash          TEXT NOT NULL,
  UNIQUE (subject_type, subject_id, seq)
);

CREATE TABLE audit_checkpoint (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  last_id    BIGINT NOT NULL,
  events     BIGINT NOT NULL,
  root       TEXT NOT NULL,
  prev_root  TEXT NOT NULL,
  created_at DATETIME NOT NULL
);

-- +goose StatementBegin
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER submission_no_update BEFORE UPDATE ON submission BEGIN SELECT RAISE(ABORT, 'submission is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER submission_no_delete BEFORE DELETE ON submission BEGIN SELECT RAISE(ABORT, 'submission is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER callback_attempt_no_update BEFORE UPDATE ON callback_attempt BEGIN SELECT RAISE(ABORT, 'callback_attempt is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER callback_attempt_no_delete BEFORE DELETE ON callback_attempt BEGIN SELECT RAISE(ABORT, 'callback_attempt is append-only'); END;
-- +goose StatementEnd
-- Refusal for good and death are never overwritten: a closed callback case stays as it was closed.
-- +goose StatementBegin
CREATE TRIGGER callback_case_final BEFORE UPDATE ON callback_case WHEN OLD.status = 'closed' AND (NEW.status <> 'closed' OR NEW.final_code <> OLD.final_code) BEGIN SELECT RAISE(ABORT, 'a closed callback case is final'); END;
-- +goose StatementEnd


-- +goose Down
-- filing and clock point at each other
PRAGMA defer_foreign_keys = ON;
UPDATE filing SET status = 'draft', owner_body_id = NULL, next_clock_id = NULL, next_due_at = NULL, next_action = NULL, ref = NULL;
DROP TABLE audit_checkpoint;
DROP TABLE audit_event;
DROP TABLE finding;
DROP TABLE callback_answer;
DROP TABLE callback_attempt;
DROP TABLE callback_case;
DROP TABLE notice;
DROP TABLE decision;
DROP TABLE supplement_request;
DROP TABLE measure_participant;
DROP TABLE document;
DROP TABLE submission;
DROP TABLE clock;
DROP TABLE filing;
DROP TABLE finder_visit;
DROP TABLE role_grant;
DROP TABLE division;
DROP TABLE body;
DROP TABLE rate_window;
DROP TABLE session;
DROP TABLE staff_login;
DROP TABLE login_code;
DROP TABLE contact;
DROP TABLE person;

