-- +goose Up

-- What the public is told about the callbacks of a quarter, made once when it is over and never changed: counts only, with small ones hidden.
CREATE TABLE figure_release (
  quarter TEXT PRIMARY KEY,
  data    TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL
);
CREATE TRIGGER figure_release_no_change BEFORE UPDATE OR DELETE ON figure_release FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER figure_release_no_truncate BEFORE TRUNCATE ON figure_release FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Answers made up as a file for research, without anybody in it. The file is sealed, and removed when it was kept long enough.
CREATE TABLE figure_export (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES person(id), -- who asked for it, and alone may fetch it
  programme_id TEXT NOT NULL REFERENCES callback_programme(id),
  quarter      TEXT NOT NULL,
  party        TEXT NOT NULL,
  status       TEXT NOT NULL CHECK (status IN ('waiting','done','refused')),
  done         BIGINT NOT NULL, -- people gone through
  whole        BIGINT NOT NULL, -- people to go through
  kept         BIGINT NOT NULL,
  coarser      BIGINT NOT NULL, -- of those kept, how many with something taken out
  left_out     BIGINT NOT NULL,
  file_sealed  BYTEA,
  created_at   TIMESTAMPTZ NOT NULL,
  updated_at   TIMESTAMPTZ NOT NULL
);
CREATE INDEX figure_export_kept ON figure_export (created_at);

-- The people drawn in a quarter, for the figures.
CREATE INDEX callback_case_drawn ON callback_case (programme_id, created_at);

-- +goose Down
DROP INDEX callback_case_drawn;
DROP TABLE figure_export;
DROP TABLE figure_release;
