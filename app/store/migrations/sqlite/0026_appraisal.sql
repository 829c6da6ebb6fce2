-- +goose Up

-- What appraisals may cost, as an administrator found it published. A row is never edited: it is ended, and a new one replaces it.
CREATE TABLE appraisal_price (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('home','car','equity','other')),
  region     TEXT NOT NULL,
  bands      TEXT NOT NULL,
  source     TEXT NOT NULL CHECK (source <> ''),
  from_on    DATE NOT NULL,
  to_on      DATE CHECK (to_on >= from_on),
  version    BIGINT NOT NULL,
  created_at DATETIME NOT NULL,
  updated_at DATETIME NOT NULL,
  UNIQUE (kind, region, from_on)
);
CREATE UNIQUE INDEX appraisal_price_open ON appraisal_price (kind, region) WHERE to_on IS NULL;

-- What a person states about an appraisal: a version a save, sealed, with a keyed index of the institution to count by.
CREATE TABLE appraisal_check (
  id                TEXT PRIMARY KEY,
  person_id         TEXT NOT NULL REFERENCES person(id),
  version           BIGINT NOT NULL,
  institution_index BLOB,
  data_sealed       BLOB NOT NULL,
  created_at        DATETIME NOT NULL,
  UNIQUE (person_id, version)
);
CREATE INDEX appraisal_check_institution ON appraisal_check (institution_index);

-- +goose Down
DROP TABLE appraisal_check;
DROP TABLE appraisal_price;
