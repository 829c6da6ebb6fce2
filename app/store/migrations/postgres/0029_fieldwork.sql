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

-- Who is to be asked anew about his circumstances, and when: half a year after his last word, while enforcement goes on.
CREATE TABLE callback_round (
  person_id    TEXT PRIMARY KEY REFERENCES person(id),
  filing_id    TEXT NOT NULL REFERENCES filing(id),
  submitted_at TIMESTAMPTZ NOT NULL,
  due_on       DATE -- NULL once enforcement is over
);
CREATE INDEX callback_round_due ON callback_round (due_on, person_id) WHERE due_on IS NOT NULL;
CREATE INDEX callback_round_newest ON callback_round (submitted_at);
CREATE INDEX filing_exec_case ON filing (exec_body_id, case_number) WHERE case_number <> '';

-- Why a case is with the supervisor although no caller sent it there.
ALTER TABLE callback_case ADD COLUMN referred_for TEXT NOT NULL DEFAULT '' CHECK (referred_for IN ('','language'));

-- Who is about to make a promised call, and until when nobody else does.
ALTER TABLE finding ADD COLUMN ring_by TEXT REFERENCES person(id);
ALTER TABLE finding ADD COLUMN ring_until TIMESTAMPTZ;

-- +goose Down
ALTER TABLE finding DROP COLUMN ring_until;
ALTER TABLE finding DROP COLUMN ring_by;
ALTER TABLE callback_case DROP COLUMN referred_for;
DROP INDEX filing_exec_case;
DROP TABLE callback_round;
ALTER TABLE callback_case DROP COLUMN dialled_at;
ALTER TABLE callback_case DROP COLUMN claimed_at;
ALTER TABLE callback_attempt DROP COLUMN rang_at;
