-- +goose Up

-- The court that took the measure, when the person says it is not the one that enforces now: the procuratorates of both seats see the filing.
ALTER TABLE filing ADD COLUMN act_body_id TEXT REFERENCES body(id);
CREATE INDEX filing_exec ON filing (exec_body_id) WHERE exec_body_id IS NOT NULL;
CREATE INDEX filing_act ON filing (act_body_id) WHERE act_body_id IS NOT NULL;
CREATE INDEX filing_case_number ON filing (case_number) WHERE case_number <> '';
CREATE INDEX body_procuratorate ON body (procuratorate_id) WHERE procuratorate_id IS NOT NULL;

-- What a procuratorate asks or recommends about one filing. The body it is addressed to must answer in time.
CREATE TABLE remark (
  id            TEXT PRIMARY KEY,
  filing_id     TEXT NOT NULL REFERENCES filing(id),
  body_id       TEXT NOT NULL REFERENCES body(id),     -- that must answer
  office_id     TEXT NOT NULL REFERENCES body(id),     -- the procuratorate
  author_id     TEXT NOT NULL REFERENCES person(id),
  kind          TEXT NOT NULL CHECK (kind IN ('suggestion','question')),
  status        TEXT NOT NULL CHECK (status IN ('open','answered')),
  version       BIGINT NOT NULL,
  text_sealed   BLOB NOT NULL,
  clock_rule    TEXT NOT NULL,
  due_on        DATE NOT NULL,
  due_at        DATETIME NOT NULL,
  extended      BOOLEAN NOT NULL DEFAULT FALSE,
  reason_sealed BLOB,                                 -- why the time was made longer
  overdue       BOOLEAN NOT NULL DEFAULT FALSE,
  above_id      TEXT REFERENCES body(id),              -- the procuratorate above, once the date has passed
  answer_sealed BLOB,
  answered_by   TEXT REFERENCES person(id),
  answered_at   DATETIME,
  created_at    DATETIME NOT NULL,
  CONSTRAINT remark_answered CHECK ((status = 'answered') = (answer_sealed IS NOT NULL AND answered_at IS NOT NULL))
);
CREATE INDEX remark_body ON remark (body_id, due_at, id);
CREATE INDEX remark_office ON remark (office_id, due_at, id);
CREATE INDEX remark_filing ON remark (filing_id);
CREATE INDEX remark_above ON remark (above_id) WHERE above_id IS NOT NULL;
CREATE INDEX remark_due ON remark (due_at, id) WHERE status = 'open' AND NOT overdue;

-- A person asks that the one who has his filing steps aside.
CREATE TABLE recusal (
  id            TEXT PRIMARY KEY,
  filing_id     TEXT NOT NULL REFERENCES filing(id),
  body_id       TEXT NOT NULL REFERENCES body(id),
  asked_by      TEXT NOT NULL REFERENCES person(id),
  about_id      TEXT NOT NULL REFERENCES person(id),
  reason        TEXT NOT NULL CHECK (reason IN ('party','relative','interest','other')),
  status        TEXT NOT NULL CHECK (status IN ('open','granted','refused','again','final')),
  version       BIGINT NOT NULL,
  text_sealed   BLOB NOT NULL,
  again_sealed  BLOB,
  due_on        DATE NOT NULL,
  due_at        DATETIME NOT NULL,
  overdue       BOOLEAN NOT NULL DEFAULT FALSE,
  answer_sealed BLOB,
  decided_by    TEXT REFERENCES person(id),
  decided_at    DATETIME,
  created_at    DATETIME NOT NULL,
  UNIQUE (filing_id, about_id)
);
CREATE INDEX recusal_body ON recusal (body_id, due_at, id);
CREATE INDEX recusal_due ON recusal (due_at, id) WHERE status IN ('open','again') AND NOT overdue;

-- A random share of what a body has decided, drawn by a logged seed, so that anybody can draw it again.
CREATE TABLE quality_draw (
  id         TEXT PRIMARY KEY,
  office_id  TEXT NOT NULL REFERENCES body(id),
  body_id    TEXT NOT NULL REFERENCES body(id),
  from_on    DATE NOT NULL,
  to_on      DATE NOT NULL CHECK (to_on >= from_on),
  seed       BIGINT NOT NULL,
  population BIGINT NOT NULL,
  size       BIGINT NOT NULL,
  drawn_by   TEXT NOT NULL REFERENCES person(id),
  created_at DATETIME NOT NULL,
  UNIQUE (office_id, body_id, from_on, to_on)
);
CREATE TABLE quality_item (
  id          TEXT PRIMARY KEY,
  draw_id     TEXT NOT NULL REFERENCES quality_draw(id),
  filing_id   TEXT NOT NULL REFERENCES filing(id),
  place       BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  scores      TEXT NOT NULL DEFAULT '',
  note_sealed BLOB,
  scored_by   TEXT REFERENCES person(id),
  scored_at   DATETIME,
  UNIQUE (draw_id, filing_id)
);
CREATE INDEX filing_decided ON filing (owner_body_id, decided_at, id) WHERE decided_at IS NOT NULL;

-- Cases of enforcement as a court's own system has them, taken over from a table.
CREATE TABLE enforcement_case (
  id          TEXT PRIMARY KEY,
  case_number TEXT NOT NULL UNIQUE,
  body_id     TEXT NOT NULL REFERENCES body(id),       -- that enforces now
  opened_on   DATE NOT NULL,
  closed_on   DATE,
  version     BIGINT NOT NULL,
  created_at  DATETIME NOT NULL,
  updated_at  DATETIME NOT NULL
);
CREATE TABLE enforcement_party (
  id          TEXT PRIMARY KEY,
  case_id     TEXT NOT NULL REFERENCES enforcement_case(id),
  part        TEXT NOT NULL CHECK (part IN ('creditor','debtor','third')),
  name_sealed BLOB NOT NULL,
  name_index  BLOB NOT NULL,
  UNIQUE (case_id, part, name_index)
);
CREATE TABLE enforcement_measure (
  id            TEXT PRIMARY KEY,
  case_id       TEXT NOT NULL REFERENCES enforcement_case(id),
  body_id       TEXT NOT NULL REFERENCES body(id),     -- that took it
  kind          TEXT NOT NULL,
  taken_on      DATE NOT NULL,
  lifted_on     DATE,
  note_sealed   BLOB,
  UNIQUE (case_id, kind, taken_on, body_id)
);
CREATE INDEX enforcement_measure_body ON enforcement_measure (body_id);

-- A table that was handed in, row by row with its fate. Nothing of it counts before it is applied, and then all of it does.
CREATE TABLE import (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('bodies','cases')),
  sha256     TEXT NOT NULL,
  status     TEXT NOT NULL CHECK (status IN ('checked','applied','dropped')),
  version    BIGINT NOT NULL,
  rows_total BIGINT NOT NULL,
  rows_bad   BIGINT NOT NULL,
  data_sealed BLOB NOT NULL,
  made_by    TEXT NOT NULL REFERENCES person(id),
  created_at DATETIME NOT NULL,
  applied_by TEXT REFERENCES person(id),
  applied_at DATETIME
);
CREATE INDEX import_created ON import (created_at, id);

-- +goose Down
DROP TABLE import;
DROP TABLE enforcement_measure;
DROP TABLE enforcement_party;
DROP TABLE enforcement_case;
DROP INDEX filing_decided;
DROP TABLE quality_item;
DROP TABLE quality_draw;
DROP TABLE recusal;
DROP TABLE remark;
DROP INDEX body_procuratorate;
DROP INDEX filing_case_number;
DROP INDEX filing_act;
DROP INDEX filing_exec;
ALTER TABLE filing DROP COLUMN act_body_id;
