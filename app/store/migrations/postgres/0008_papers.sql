-- +goose Up

-- Where the court's papers go, as changed after a filing was handed over; the last row counts, and before the first the answers of the filing.
CREATE TABLE service_address (
  id          TEXT PRIMARY KEY,
  filing_id   TEXT NOT NULL REFERENCES filing(id),
  person_id   TEXT NOT NULL REFERENCES person(id),
  sealed      BYTEA NOT NULL,
  consent     BOOLEAN NOT NULL,
  wording     TEXT NOT NULL,
  created_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX service_address_filing ON service_address (filing_id, created_at);

-- The written application of a filing is frozen once.
CREATE UNIQUE INDEX document_application ON document (filing_id) WHERE paper = 'application';

-- +goose Down
DROP INDEX document_application;
DROP TABLE service_address;
