-- +goose Up

-- When the telephone rang, apart from when the call was written down: limits and parts of the day are about ringing.
ALTER TABLE callback_attempt ADD COLUMN rang_at TIMESTAMPTZ;
ALTER TABLE callback_attempt DISABLE TRIGGER callback_attempt_no_change;
UPDATE callback_attempt SET rang_at = at;
ALTER TABLE callback_attempt ENABLE TRIGGER callback_attempt_no_change;
ALTER TABLE callback_attempt ALTER COLUMN rang_at SET NOT NULL;
ALTER TABLE callback_case ADD COLUMN claimed_at TIMESTAMPTZ; -- when the claim that runs began
ALTER TABLE callback_case ADD COLUMN dialled_at TIMESTAMPTZ; -- when the telephone system last rang under it
UPDATE callback_case SET claimed_at = updated_at WHERE claimed_by IS NOT NULL;

-- +goose Down
ALTER TABLE callback_case DROP COLUMN dialled_at;
ALTER TABLE callback_case DROP COLUMN claimed_at;
ALTER TABLE callback_attempt DROP COLUMN rang_at;
