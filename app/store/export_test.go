package store

import "context"

// MigrateDown takes every migration back, to prove that each can be.
func MigrateDown(ctx context.Context, db *DB) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	_, err = p.DownTo(ctx, 0)
	return err
}
