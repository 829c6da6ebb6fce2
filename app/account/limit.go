package account

import (
	"fmt"
	"time"

	"gorm.io/gorm"
)

// limit allows so many acts in any period of a length. It counts in slices of a fifteenth of the period, so it may hold
// up to one slice longer than exact, and never lets one more through.
type limit struct {
	most   int64
	period time.Duration
}

const slicesInPeriod = 15

func (l limit) slice() time.Duration { return l.period / slicesInPeriod }

// take counts one act on bucket, in tx, and tells whether it is within the limit. When it is not, the caller rolls back
// or gives back, so that acts refused do not count and nobody can hold the door shut by knocking.
func (l limit) take(tx *gorm.DB, bucket string, now time.Time) (bool, error) {
	at := now.UTC().Truncate(l.slice())
	err := tx.Exec("INSERT INTO rate_window (bucket, starts_at, count, expires_at) VALUES (?, ?, 1, ?) "+
		"ON CONFLICT (bucket, starts_at) DO UPDATE SET count = rate_window.count + 1", bucket, at, at.Add(2*l.period)).Error
	if err != nil {
		return false, fmt.Errorf("count for a limit: %w", err)
	}
	var sum int64
	err = tx.Raw("SELECT coalesce(sum(count), 0) FROM rate_window WHERE bucket = ? AND starts_at > ?", bucket, at.Add(-l.period-l.slice())).Scan(&sum).Error
	if err != nil {
		return false, fmt.Errorf("read a limit: %w", err)
	}
	return sum <= l.most, nil
}

// giveBack takes one act off again.
func (l limit) giveBack(tx *gorm.DB, bucket string, now time.Time) error {
	err := tx.Exec("UPDATE rate_window SET count = count - 1 WHERE bucket = ? AND starts_at = ? AND count > 0", bucket, now.UTC().Truncate(l.slice())).Error
	if err != nil {
		return fmt.Errorf("give back for a limit: %w", err)
	}
	return nil
}

// Allow counts one act on bucket, in tx, and tells whether no more than most were done in the period up to now. The caller rolls back, or
// lets a refused act count, as suits what is limited.
func Allow(tx *gorm.DB, bucket string, most int64, period time.Duration, now time.Time) (bool, error) {
	return limit{most: most, period: period}.take(tx, bucket, now)
}
