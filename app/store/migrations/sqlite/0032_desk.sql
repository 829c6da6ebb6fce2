-- +goose Up

-- Why a filing should not wait, as codes of its rule pack, the weightiest first, and the rank of the first: 9 is none. The queue goes by the last
-- day and, on the same last day, by this rank.
ALTER TABLE filing ADD COLUMN urgency TEXT NOT NULL DEFAULT '';
ALTER TABLE filing ADD COLUMN urgency_rank BIGINT NOT NULL DEFAULT 9;
DROP INDEX filing_queue;
DROP INDEX filing_reviewer;
CREATE INDEX filing_queue ON filing (owner_body_id, next_due_at, urgency_rank, id) WHERE next_due_at IS NOT NULL;
CREATE INDEX filing_reviewer ON filing (reviewer_id, next_due_at, urgency_rank, id) WHERE next_due_at IS NOT NULL;
CREATE INDEX filing_stage ON filing (owner_body_id, status, next_due_at, urgency_rank, id) WHERE next_due_at IS NOT NULL;
CREATE INDEX filing_unassigned ON filing (owner_body_id, next_due_at, urgency_rank, id) WHERE status = 'reviewing' AND reviewer_id IS NULL;
CREATE INDEX filing_case ON filing (owner_body_id, case_number) WHERE ref IS NOT NULL AND case_number <> '';
CREATE INDEX filing_docket ON filing (owner_body_id, docket_number) WHERE docket_number <> '';
-- The same file in two filings is a hint that they are about the same matter.
CREATE INDEX document_same ON document (sha256);

-- Who stands aside in one filing: recused (by whoever decides on it) or by a tie he declared himself. The words are sealed.
CREATE TABLE review_exclusion (
  id          TEXT PRIMARY KEY,
  filing_id   TEXT NOT NULL REFERENCES filing(id),
  person_id   TEXT NOT NULL REFERENCES person(id),
  kind        TEXT NOT NULL CHECK (kind IN ('recused','relation')),
  reason      TEXT NOT NULL,
  note_sealed BLOB,
  recorded_by TEXT NOT NULL REFERENCES person(id),
  created_at  DATETIME NOT NULL,
  UNIQUE (filing_id, person_id, kind)
);
CREATE INDEX review_exclusion_person ON review_exclusion (person_id, filing_id);

-- The team a member of staff works in at a body. Whoever shares a team with somebody who took the measure does not review it.
CREATE TABLE team_member (
  id         TEXT PRIMARY KEY,
  body_id    TEXT NOT NULL REFERENCES body(id),
  team       TEXT NOT NULL,
  person_id  TEXT NOT NULL REFERENCES person(id),
  from_on    DATE NOT NULL,
  to_on      DATE CHECK (to_on >= from_on),
  created_at DATETIME NOT NULL
);
CREATE INDEX team_member_person ON team_member (person_id);
CREATE INDEX team_member_team ON team_member (body_id, team);

-- Days on which somebody is away, first and last included.
CREATE TABLE absence (
  id          TEXT PRIMARY KEY,
  person_id   TEXT NOT NULL REFERENCES person(id),
  from_on     DATE NOT NULL,
  to_on       DATE NOT NULL CHECK (to_on >= from_on),
  recorded_by TEXT NOT NULL REFERENCES person(id),
  created_at  DATETIME NOT NULL
);
CREATE INDEX absence_person ON absence (person_id, to_on);

-- Weights a body uses instead of those of the rule pack; body_id '' is for all bodies. A change is a new version, the newest counts.
CREATE TABLE work_weights (
  id      TEXT PRIMARY KEY,
  body_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  data    TEXT NOT NULL,
  set_by  TEXT NOT NULL REFERENCES person(id),
  set_at  DATETIME NOT NULL,
  UNIQUE (body_id, version)
);

-- What a filing weighs, with the parts it was added up from.
CREATE TABLE workload (
  filing_id  TEXT PRIMARY KEY REFERENCES filing(id),
  points     BIGINT NOT NULL,
  parts      TEXT NOT NULL,
  counted_at DATETIME NOT NULL
);

-- The collegial panel of a filing; a new one ends the one before it.
CREATE TABLE panel (
  id        TEXT PRIMARY KEY,
  filing_id TEXT NOT NULL REFERENCES filing(id),
  number    BIGINT NOT NULL,
  formed_by TEXT NOT NULL REFERENCES person(id),
  formed_at DATETIME NOT NULL,
  ended_at  DATETIME,
  ended_why TEXT NOT NULL DEFAULT '',
  UNIQUE (filing_id, number)
);
CREATE UNIQUE INDEX panel_open ON panel (filing_id) WHERE ended_at IS NULL;
CREATE TABLE panel_member (
  id        TEXT PRIMARY KEY,
  panel_id  TEXT NOT NULL REFERENCES panel(id),
  person_id TEXT NOT NULL REFERENCES person(id),
  presiding BOOLEAN NOT NULL DEFAULT FALSE,
  UNIQUE (panel_id, person_id)
);
CREATE INDEX panel_member_person ON panel_member (person_id);
CREATE UNIQUE INDEX panel_presiding ON panel_member (panel_id) WHERE presiding;

-- The other sides of a filing and when the court told each that it was taken up.
CREATE TABLE filing_party (
  id          TEXT PRIMARY KEY,
  filing_id   TEXT NOT NULL REFERENCES filing(id),
  role        TEXT NOT NULL,
  name_sealed BLOB NOT NULL,
  told_on     DATE,
  told_how    TEXT NOT NULL DEFAULT '',
  recorded_by TEXT NOT NULL REFERENCES person(id),
  created_at  DATETIME NOT NULL,
  CHECK ((told_on IS NULL) = (told_how = ''))
);
CREATE INDEX filing_party_filing ON filing_party (filing_id, created_at);

-- Filters of the queue that a member of staff keeps for himself. What was looked for may be a name, so it is sealed.
CREATE TABLE saved_view (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES person(id),
  name_sealed  BLOB NOT NULL,
  query_sealed BLOB NOT NULL,
  created_at   DATETIME NOT NULL
);
CREATE INDEX saved_view_person ON saved_view (person_id, created_at);

-- Keyed words of a filing to look for, and the body that owns it as one of them. The words themselves stand nowhere.
CREATE TABLE filing_search (
  seq       INTEGER PRIMARY KEY,
  filing_id TEXT NOT NULL UNIQUE REFERENCES filing(id),
  doc       TEXT NOT NULL
);
CREATE VIRTUAL TABLE filing_fts USING fts5(doc, content='filing_search', content_rowid='seq', tokenize='unicode61');
-- +goose StatementBegin
CREATE TRIGGER filing_search_added AFTER INSERT ON filing_search BEGIN
  INSERT INTO filing_fts (rowid, doc) VALUES (new.seq, new.doc);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER filing_search_gone AFTER DELETE ON filing_search BEGIN
  INSERT INTO filing_fts (filing_fts, rowid, doc) VALUES ('delete', old.seq, old.doc);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER filing_search_changed AFTER UPDATE ON filing_search BEGIN
  INSERT INTO filing_fts (filing_fts, rowid, doc) VALUES ('delete', old.seq, old.doc);
  INSERT INTO filing_fts (rowid, doc) VALUES (new.seq, new.doc);
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE filing_fts;
DROP TABLE filing_search;
DROP TABLE saved_view;
DROP TABLE filing_party;
DROP TABLE panel_member;
DROP TABLE panel;
DROP TABLE workload;
DROP TABLE work_weights;
DROP TABLE absence;
DROP TABLE team_member;
DROP TABLE review_exclusion;
DROP INDEX document_same;
DROP INDEX filing_docket;
DROP INDEX filing_case;
DROP INDEX filing_unassigned;
DROP INDEX filing_stage;
DROP INDEX filing_reviewer;
DROP INDEX filing_queue;
ALTER TABLE filing DROP COLUMN urgency_rank;
ALTER TABLE filing DROP COLUMN urgency;
CREATE INDEX filing_queue ON filing (owner_body_id, next_due_at, id) WHERE next_due_at IS NOT NULL;
CREATE INDEX filing_reviewer ON filing (reviewer_id, next_due_at, id) WHERE next_due_at IS NOT NULL;
