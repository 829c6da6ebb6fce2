package calendar

import (
	"sync"
	"testing"
	"time"
)

func TestSystemClock(t *testing.T) {
	before := time.Now()
	now := SystemClock{Offset: 48 * time.Hour}.Now()
	after := time.Now()
	if now.Location() != time.UTC || now.Nanosecond()%1000 != 0 {
		t.Errorf("Now = %v, want whole microseconds in UTC", now)
	}
	if now.Before(before.Add(48*time.Hour-time.Microsecond)) || now.After(after.Add(48*time.Hour)) {
		t.Errorf("Now = %v is not moved by two days", now)
	}
}

func TestFakeClock(t *testing.T) {
	c := NewFakeClock(time.Date(2026, 11, 23, 1, 2, 3, 4567, Zone))
	if want := time.Date(2026, 11, 22, 17, 2, 3, 4000, time.UTC); c.Now() != want {
		t.Errorf("Now = %v, want %v", c.Now(), want)
	}
	if Today(c) != NewDate(2026, 11, 23) {
		t.Errorf("Today = %v", Today(c))
	}
	c.Add(25 * time.Hour)
	if Today(c) != NewDate(2026, 11, 24) {
		t.Errorf("a day and an hour later = %v", Today(c))
	}
	c.Set(time.Date(2027, 1, 1, 0, 0, 0, 0, Zone))
	if Today(c) != NewDate(2027, 1, 1) {
		t.Errorf("after Set = %v", Today(c))
	}
}

func TestFakeClockFromManyGoroutines(t *testing.T) {
	start := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	c := NewFakeClock(start)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { c.Add(time.Minute); c.Now() })
	}
	wg.Wait()
	if got := c.Now().Sub(start); got != 50*time.Minute {
		t.Errorf("moved by %v, want 50 minutes", got)
	}
}
