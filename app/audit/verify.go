package audit

import (
	"context"
	"errors"
	"fmt"
	"os"

	"reliefportal/app/store"
)

// Report is what a verification found.
type Report struct {
	Subjects    int64 // chains followed
	Events      int64 // events read
	Checkpoints int64 // checkpoints computed again
	Outside     int64 // checkpoints compared with the file outside the database
	Uncovered   int64 // events newer than the last checkpoint, guarded by their chain only
	Problems    []string
}

// OK tells whether nothing was changed.
func (r *Report) OK() bool { return len(r.Problems) == 0 }

// problemsAtMost keeps the report readable when a whole table was changed.
const problemsAtMost = 100

func (r *Report) add(format string, args ...any) {
	if len(r.Problems) < problemsAtMost {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// VerifySubject follows the chain of one subject. It cannot see that the end of the chain was cut off; VerifyAll can.
func VerifySubject(ctx context.Context, db *store.DB, s Subject) (Report, error) {
	var r Report
	v := chainCheck{report: &r}
	err := eachEvent(ctx, db, "WHERE subject_type = ? AND subject_id = ? ORDER BY seq", []any{s.Type, s.ID}, v.visit)
	return r, err
}

// VerifyAll follows every chain, computes every checkpoint again and compares them with the file outside the database.
// It streams: memory does not grow with the record.
func (k *Keeper) VerifyAll(ctx context.Context) (Report, error) {
	var r Report
	v := chainCheck{report: &r}
	if err := eachEvent(ctx, k.DB, "ORDER BY subject_type, subject_id, seq", nil, v.visit); err != nil {
		return r, err
	}
	checkpoints, err := k.checkpoints(ctx)
	if err != nil {
		return r, err
	}
	if err := k.verifyRoots(ctx, checkpoints, &r); err != nil {
		return r, err
	}
	return r, k.verifyOutside(checkpoints, &r)
}

func (k *Keeper) checkpoints(ctx context.Context) ([]Checkpoint, error) {
	var out []Checkpoint
	if err := k.DB.Read(ctx).Order("id").Find(&out).Error; err != nil {
		return nil, fmt.Errorf("read audit checkpoints: %w", err)
	}
	return out, nil
}

// chainCheck follows chains that come by one after the other.
type chainCheck struct {
	report *Report
	before Event
}

func (c *chainCheck) visit(e *Event) error {
	c.report.Events++
	wantSeq, wantPrev := int64(1), ""
	if e.Subject == c.before.Subject {
		wantSeq, wantPrev = c.before.Seq+1, c.before.Hash
	} else {
		c.report.Subjects++
	}
	switch {
	case e.Seq != wantSeq:
		c.report.add("%s %s: event %d follows event %d", e.Subject.Type, e.Subject.ID, e.Seq, wantSeq-1)
	case e.PrevHash != wantPrev:
		c.report.add("%s %s: event %d is not tied to the one before", e.Subject.Type, e.Subject.ID, e.Seq)
	case e.Hash != e.digest():
		c.report.add("%s %s: event %d was changed", e.Subject.Type, e.Subject.ID, e.Seq)
	}
	c.before = *e
	return nil
}

// verifyRoots reads the events once in order of id and closes a checkpoint wherever one ends.
func (k *Keeper) verifyRoots(ctx context.Context, checkpoints []Checkpoint, r *Report) error {
	v := rootCheck{report: r, open: checkpoints}
	err := eachEvent(ctx, k.DB, "ORDER BY id", nil, func(e *Event) error {
		v.closeBefore(e.ID)
		v.tree.add(e.leaf())
		return nil
	})
	if err != nil {
		return err
	}
	for len(v.open) > 0 {
		v.close()
	}
	r.Uncovered = v.tree.n
	return nil
}

type rootCheck struct {
	report *Report
	open   []Checkpoint // not yet reached
	before Checkpoint
	tree   tree
}

func (v *rootCheck) closeBefore(id int64) {
	for len(v.open) > 0 && v.open[0].LastID < id {
		v.close()
	}
}

func (v *rootCheck) close() {
	c := v.open[0]
	want := Checkpoint{LastID: c.LastID, Events: v.tree.n, PrevRoot: v.before.Root}
	switch {
	case c.PrevRoot != v.before.Root || c.LastID <= v.before.LastID:
		v.report.add("checkpoint %d does not follow checkpoint %d", c.ID, v.before.ID)
	case c.Events != want.Events || c.Root != want.root(v.tree.root()):
		v.report.add("the events up to %d are not those of checkpoint %d", c.LastID, c.ID)
	}
	v.report.Checkpoints++
	v.before, v.open, v.tree = c, v.open[1:], tree{}
}

func (k *Keeper) verifyOutside(inside []Checkpoint, r *Report) error {
	f, err := os.Open(k.File)
	if errors.Is(err, os.ErrNotExist) {
		if len(inside) > 0 {
			r.add("the file of checkpoints outside the database is missing")
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the audit checkpoint file: %w", err)
	}
	defer func() { _ = f.Close() }()
	held, _, err := readOutside(f)
	if errors.Is(err, ErrOutside) {
		r.add("%s", err.Error())
		return nil
	}
	if err != nil {
		return err
	}
	compare(inside, held, r)
	return nil
}

// compare allows the database to be ahead by what was not copied yet, never the file.
func compare(inside, held []Checkpoint, r *Report) {
	for i, c := range held {
		if i >= len(inside) || !inside[i].equal(c) {
			r.add("checkpoint %d outside the database is not the one in it", c.ID)
			continue
		}
		r.Outside++
	}
}
