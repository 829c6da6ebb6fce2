package audit

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/store"
)

// Keeper makes checkpoints and verifies the whole record.
type Keeper struct {
	DB    *store.DB
	File  string // where checkpoints are kept outside the database, one JSON line each; ship it to another machine
	Clock calendar.Clock
	Log   *slog.Logger
}

// Checkpoint covers the events since the last checkpoint by a Merkle root and records it in the database, in the file
// and in the log. It does nothing when there are none, or when another instance was first. It fails when the file
// contradicts the database. Run it every minute.
func (k *Keeper) Checkpoint(ctx context.Context) error {
	last, err := k.last(ctx)
	if err != nil {
		return err
	}
	settled, err := k.settled(ctx)
	if err != nil {
		return err
	}
	if settled > last.LastID {
		next, err := k.cover(ctx, last, settled)
		if err != nil {
			return err
		}
		if err := k.record(ctx, last, next); err != nil {
			return err
		}
	}
	return k.copyOutside(ctx)
}

func (k *Keeper) last(ctx context.Context) (Checkpoint, error) {
	var found []Checkpoint
	if err := k.DB.Read(ctx).Order("id DESC").Limit(1).Find(&found).Error; err != nil {
		return Checkpoint{}, fmt.Errorf("read the last audit checkpoint: %w", err)
	}
	if len(found) == 0 {
		return Checkpoint{}, nil
	}
	return found[0], nil
}

// settled is the highest event id such that no event with a lower one can still appear. Postgres gives ids out before
// transactions commit, so it must wait for those under way; it waits half a second at most, as new ones queue behind it.
func (k *Keeper) settled(ctx context.Context) (id int64, err error) {
	err = k.DB.Tx(ctx, func(tx *gorm.DB) error {
		if k.DB.Dialect() == store.Postgres {
			if err := tx.Exec("SET LOCAL lock_timeout = '500ms'").Error; err != nil {
				return err
			}
			if err := tx.Exec("LOCK TABLE audit_event IN SHARE MODE").Error; err != nil {
				return err
			}
		}
		return tx.Raw("SELECT coalesce(max(id), 0) FROM audit_event").Scan(&id).Error
	})
	if err != nil {
		return 0, fmt.Errorf("find the events to checkpoint: %w", err)
	}
	return id, nil
}

func (k *Keeper) cover(ctx context.Context, last Checkpoint, settled int64) (Checkpoint, error) {
	next := Checkpoint{LastID: settled, PrevRoot: last.Root, CreatedAt: k.Clock.Now().UTC().Truncate(time.Microsecond)}
	var t tree
	err := eachEvent(ctx, k.DB, "WHERE id > ? AND id <= ? ORDER BY id", []any{last.LastID, settled}, func(e *Event) error {
		t.add(e.leaf())
		return nil
	})
	if err != nil {
		return Checkpoint{}, err
	}
	next.Events = t.n
	next.Root = next.root(t.root())
	return next, nil
}

// record adds the checkpoint unless another instance added one since last was read.
func (k *Keeper) record(ctx context.Context, last, next Checkpoint) error {
	added := false
	err := k.DB.Tx(ctx, func(tx *gorm.DB) error {
		if k.DB.Dialect() == store.Postgres {
			if err := tx.Exec("LOCK TABLE audit_checkpoint IN EXCLUSIVE MODE").Error; err != nil {
				return err
			}
		}
		var newest int64
		if err := tx.Raw("SELECT coalesce(max(id), 0) FROM audit_checkpoint").Scan(&newest).Error; err != nil {
			return err
		}
		if newest != last.ID {
			return nil
		}
		added = true
		return tx.Create(&next).Error
	})
	if err != nil {
		return fmt.Errorf("record the audit checkpoint: %w", err)
	}
	if added {
		k.Log.InfoContext(ctx, "audit checkpoint", "last_id", next.LastID, "events", next.Events, "root", next.Root)
	}
	return nil
}

// eachEvent streams events to visit; where is the constant end of the query.
func eachEvent(ctx context.Context, db *store.DB, where string, args []any, visit func(*Event) error) error {
	rows, err := db.Read(ctx).Raw("SELECT id, subject_type, subject_id, seq, at, actor_id, actor_kind, actor_role, actor_body_id, "+
		"kind, data, visible, prev_hash, hash FROM audit_event "+where, args...).Rows()
	if err != nil {
		return fmt.Errorf("read audit events: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var e Event
		err := rows.Scan(&e.ID, &e.Subject.Type, &e.Subject.ID, &e.Seq, &e.At, &e.Actor.ID, &e.Actor.Kind, &e.Actor.Role,
			&e.Actor.BodyID, &e.Kind, &e.Data, &e.Visible, &e.PrevHash, &e.Hash)
		if err != nil {
			return fmt.Errorf("read an audit event: %w", err)
		}
		if err := visit(&e); err != nil {
			return err
		}
	}
	return rows.Err()
}
