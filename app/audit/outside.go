package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrOutside reports that the checkpoints kept outside and those in the database contradict each other: one of the two
// was changed.
var ErrOutside = errors.New("the audit checkpoints in the database are not those recorded outside it")

// copyOutside appends to the file the checkpoints it does not hold yet. A process may have died between the commit and
// the copy, or the file may be new on this instance.
func (k *Keeper) copyOutside(ctx context.Context) error {
	f, err := os.OpenFile(k.File, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open the audit checkpoint file: %w", err)
	}
	err = k.catchUp(ctx, f)
	return errors.Join(err, f.Close())
}

func (k *Keeper) catchUp(ctx context.Context, f *os.File) error {
	held, end, err := readOutside(f)
	if err != nil {
		return err
	}
	var after int64
	if n := len(held); n > 0 {
		after = held[n-1].ID
		if err := k.sameAsInside(ctx, held[n-1]); err != nil {
			return err
		}
	}
	var missing []Checkpoint
	if err := k.DB.Read(ctx).Where("id > ?", after).Order("id").Find(&missing).Error; err != nil {
		return fmt.Errorf("read audit checkpoints: %w", err)
	}
	if len(missing) == 0 {
		return nil
	}
	return appendOutside(f, end, missing)
}

func (k *Keeper) sameAsInside(ctx context.Context, c Checkpoint) error {
	var found []Checkpoint
	if err := k.DB.Read(ctx).Where("id = ?", c.ID).Find(&found).Error; err != nil {
		return fmt.Errorf("read an audit checkpoint: %w", err)
	}
	if len(found) == 0 || !found[0].equal(c) {
		return fmt.Errorf("%w (checkpoint %d)", ErrOutside, c.ID)
	}
	return nil
}

func (c Checkpoint) equal(o Checkpoint) bool {
	at, oat := c.CreatedAt, o.CreatedAt
	c.CreatedAt, o.CreatedAt = oat, oat
	return c == o && at.Equal(oat)
}

// readOutside reads every whole line and tells where they end; a line cut off by a crash is written again.
func readOutside(f io.ReadSeeker) (held []Checkpoint, end int64, err error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, 0, fmt.Errorf("read the audit checkpoint file: %w", err)
	}
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return held, end, nil
		}
		if err != nil {
			return nil, 0, fmt.Errorf("read the audit checkpoint file: %w", err)
		}
		var c Checkpoint
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, 0, fmt.Errorf("%w (line %d cannot be read)", ErrOutside, len(held)+1)
		}
		held, end = append(held, c), end+int64(len(line))
	}
}

func appendOutside(f *os.File, end int64, missing []Checkpoint) error {
	var out []byte
	for _, c := range missing {
		c.CreatedAt = c.CreatedAt.UTC()
		line, err := json.Marshal(c)
		if err != nil {
			return err
		}
		out = append(append(out, line...), '\n')
	}
	if err := f.Truncate(end); err != nil {
		return fmt.Errorf("write the audit checkpoint file: %w", err)
	}
	if _, err := f.WriteAt(out, end); err != nil {
		return fmt.Errorf("write the audit checkpoint file: %w", err)
	}
	return f.Sync()
}
