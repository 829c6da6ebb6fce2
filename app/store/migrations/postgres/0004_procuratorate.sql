-- +goose Up

-- The procuratorate that supervises a court, once an administrator has confirmed or corrected its name; several courts may share one.
ALTER TABLE body ADD COLUMN procuratorate_id TEXT REFERENCES body(id);

-- Clocks whose date waits for the holiday notice of a year; few, and looked for every hour.
CREATE INDEX clock_provisional ON clock (id) WHERE state = 'running' AND provisional;

-- The last filings, for rehearsing a pack.
CREATE INDEX filing_submitted ON filing (submitted_at, id) WHERE submitted_at IS NOT NULL;

-- +goose Down
DROP INDEX filing_submitted;
DROP INDEX clock_provisional;
ALTER TABLE body DROP COLUMN procuratorate_id;
