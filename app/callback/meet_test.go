package callback

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestCallersNeverMeet lets twenty callers take from one list at once, as fast as they can, until nobody is left: every person is taken by
// one caller, once.
func TestCallersNeverMeet(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const people, callers = 200, 20
		w := newWorld(t, db)
		w.bulk(people)
		w.clock.Set(shanghai(t, "2026-11-24 10:00"))
		var mutex sync.Mutex
		takenBy := map[string]string{}
		var wait sync.WaitGroup
		for i := range callers {
			a := w.caller(fmt.Sprintf("caller-%02d", i))
			wait.Go(func() { w.takeAll(a, &mutex, takenBy) })
		}
		wait.Wait()
		if len(takenBy) != people {
			t.Errorf("%d of %d people were taken", len(takenBy), people)
		}
	})
}

// takeAll takes and logs until the list is empty. A list that is empty because colleagues hold the rest for a moment is asked again.
func (w *world) takeAll(a account.Actor, mutex *sync.Mutex, takenBy map[string]string) {
	for empty := 0; empty < 3; {
		c, err := w.s.Take(w.t.Context(), a)
		if fail.KindOf(err) == fail.KindNotFound {
			empty++
			time.Sleep(5 * time.Millisecond)
			continue
		}
		if err != nil {
			w.t.Error(err)
			return
		}
		mutex.Lock()
		if by, ok := takenBy[c.ID]; ok {
			w.t.Errorf("%s is taken by %s after %s", c.ID, a.PersonID, by)
		}
		takenBy[c.ID] = a.PersonID
		mutex.Unlock()
		if _, err := w.s.LogAttempt(w.t.Context(), a, c.ID, c.Version, Report{Code: "50"}); err != nil {
			w.t.Error(err)
			return
		}
	}
}
