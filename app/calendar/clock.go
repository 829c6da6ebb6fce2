package calendar

import (
	"sync"
	"time"
)

// Clock tells the present instant in UTC, in whole microseconds: PostgreSQL keeps no more, and a hash over a time must survive storage.
type Clock interface {
	Now() time.Time
}

// SystemClock is the machine's clock moved by Offset (zero in production; PORTAL_CLOCK_OFFSET shows tomorrow today in development).
type SystemClock struct {
	Offset time.Duration
}

// Now returns the moved present instant.
func (c SystemClock) Now() time.Time { return whole(time.Now().Add(c.Offset)) }

// FakeClock is a clock that stands still until told otherwise; for tests. Safe for use by several goroutines.
type FakeClock struct {
	mu  sync.Mutex
	now time.Time
}

// NewFakeClock returns a clock that stands at t.
func NewFakeClock(t time.Time) *FakeClock { return &FakeClock{now: whole(t)} }

// Now returns the instant at which the clock stands.
func (c *FakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to t.
func (c *FakeClock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = whole(t)
}

// Add moves the clock by d.
func (c *FakeClock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = whole(c.now.Add(d))
}

// Today returns the civil date in Zone at the clock's present instant.
func Today(c Clock) Date { return DateOf(c.Now()) }

func whole(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
