package document

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// strayAge is how old a stored file without a document must be before it counts as lost: younger ones may be uploads under way.
const strayAge = 24 * time.Hour

// Stray finds the ids of documents whose file is gone, and the keys of files, older than a day, that no document points to. It opens files and does not
// read them; Verify does.
func (s *Service) Stray(ctx context.Context) (missing, orphans []string, err error) {
	for after := ""; ; {
		var rows []row
		if err := s.DB.Read(ctx).Select("id", "blob_key", "copy_key").Where("id > ?", after).Order("id").Limit(batchSize).Find(&rows).Error; err != nil {
			return nil, nil, fmt.Errorf("list documents: %w", err)
		}
		for _, r := range rows {
			gone, err := s.gone(ctx, r)
			if err != nil {
				return nil, nil, err
			}
			if gone {
				missing = append(missing, r.ID)
			}
			after = r.ID
		}
		if len(rows) < batchSize {
			break
		}
	}
	orphans, err = s.lost(ctx)
	return missing, orphans, err
}

func (s *Service) gone(ctx context.Context, r row) (bool, error) {
	keys := []string{r.BlobKey}
	if r.CopyKey != nil {
		keys = append(keys, *r.CopyKey)
	}
	for _, key := range keys {
		body, err := s.Blobs.Open(ctx, key)
		switch {
		case errors.Is(err, ErrNoBlob):
			removed, err := s.removed(ctx, r.ID)
			return !removed, err
		case err != nil:
			return false, err
		}
		if err := body.Close(); err != nil {
			return false, err
		}
	}
	return false, nil
}

func (s *Service) lost(ctx context.Context) (out []string, err error) {
	var keys []string
	look := func() error {
		found, err := s.orphans(ctx, keys)
		out, keys = append(out, found...), keys[:0]
		return err
	}
	before := s.Clock.Now().Add(-strayAge)
	err = s.Blobs.Each(ctx, func(f Stored) error {
		if f.Written.After(before) {
			return nil
		}
		if keys = append(keys, f.Key); len(keys) < batchSize {
			return nil
		}
		return look()
	})
	if err != nil {
		return nil, err
	}
	return out, look()
}
