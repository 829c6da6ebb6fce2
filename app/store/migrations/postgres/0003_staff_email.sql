-- +goose Up

-- Where a member of staff is told that a day has passed. It is no contact: nobody signs in with it.
ALTER TABLE staff_login ADD COLUMN email_sealed BYTEA;

-- +goose Down
ALTER TABLE staff_login DROP COLUMN email_sealed;
