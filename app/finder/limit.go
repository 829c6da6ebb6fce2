package finder

import (
	"context"
	"encoding/hex"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/fail"
)

// How often one address may look receipt codes up (PROJECT). A code has 40 random bits, so this leaves no hope of finding one by trying.
const (
	LookUps    = 20
	lookUpSpan = 10 * time.Minute
)

// MayLookUp counts one look-up from a network address. Error: TooMany "lookup.too_many". The address itself is not kept.
func (s *Service) MayLookUp(ctx context.Context, address string) error {
	now := s.Clock.Now()
	at := now.Truncate(lookUpSpan)
	bucket := "lookup/" + hex.EncodeToString(s.Box.Index("lookup address", address))
	var count int64
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Raw("INSERT INTO rate_window (bucket, starts_at, count, expires_at) VALUES (?, ?, 1, ?) "+
			"ON CONFLICT (bucket, starts_at) DO UPDATE SET count = rate_window.count + 1 RETURNING count", bucket, at, at.Add(2*lookUpSpan)).Scan(&count).Error
	})
	if err == nil && count > LookUps {
		return fail.TooMany("lookup.too_many", "Minutes", int(lookUpSpan/time.Minute))
	}
	return err
}
