package finder_test

import (
	"bytes"
	"context"
	"regexp"
	"sync"
	"testing"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/finder"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

func service(t *testing.T, db *store.DB) (*finder.Service, *calendar.FakeClock) {
	t.Helper()
	key := make([]byte, seal.KeySize)
	for i := range key {
		key[i] = byte(i + 1)
	}
	box, err := seal.New(key)
	if err != nil {
		t.Fatal(err)
	}
	clock := calendar.NewFakeClock(time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))
	return finder.New(finder.Deps{DB: db, Box: box, Clock: clock}), clock
}

func answer(t *testing.T, s *finder.Service, token string, facts rules.Facts) string {
	t.Helper()
	kept, err := s.Answer(t.Context(), token, "zh-Hans", facts)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func visit(t *testing.T, s *finder.Service, token string) (finder.Visit, bool) {
	t.Helper()
	v, ok, err := s.Visit(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return v, ok
}

func TestAnswersAreKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, _ := service(t, db)
		token := answer(t, s, "", rules.Facts{"what": rules.Pick("frozen"), "when": rules.Unsure()})
		if again := answer(t, s, token, rules.Facts{"what": rules.Pick("listed")}); again != token {
			t.Fatal("a second answer got another token")
		}
		v, ok := visit(t, s, token)
		if !ok || v.Facts["what"].Choice != "listed" || !v.Facts["when"].Unsure {
			t.Fatalf("kept %v, %v", v.Facts, ok)
		}
		if !regexp.MustCompile(`^D-[2-9A-HJ-NP-Z]{4}$`).MatchString(v.Code) {
			t.Fatalf("code %q", v.Code)
		}
		for _, other := range []string{"", "x", token + "x"} {
			if _, ok := visit(t, s, other); ok {
				t.Fatalf("token %q opens the visit", other)
			}
		}
	})
}

// TestNothingReadable looks for an answer in the row as stored.
func TestNothingReadable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, _ := service(t, db)
		token := answer(t, s, "", rules.Facts{"note": rules.Said("canary-55")})
		var sealed, hash []byte
		if err := db.SQL().QueryRowContext(t.Context(), "SELECT facts_sealed, token_hash FROM finder_visit").Scan(&sealed, &hash); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(sealed, []byte("canary-55")) || bytes.Contains(hash, []byte(token)) {
			t.Fatal("an answer or the token is readable in the table")
		}
	})
}

func TestAnswersGoAfterTheirTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, clock := service(t, db)
		token := answer(t, s, "", rules.Facts{"what": rules.Pick("frozen")})
		clock.Add(finder.Life - time.Second)
		if _, ok := visit(t, s, token); !ok {
			t.Fatal("gone a second too early")
		}
		if n, err := s.Sweep(t.Context()); err != nil || n != 0 {
			t.Fatalf("swept %d, %v", n, err)
		}
		clock.Add(time.Second)
		if _, ok := visit(t, s, token); ok {
			t.Fatal("still there when its time is over")
		}
		if fresh := answer(t, s, token, rules.Facts{"what": rules.Pick("listed")}); fresh == token {
			t.Fatal("a token whose answers are gone was used again")
		}
		if n, err := s.Sweep(t.Context()); err != nil || n != 1 {
			t.Fatalf("swept %d, want 1, %v", n, err)
		}
	})
}

func TestForget(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, _ := service(t, db)
		token := answer(t, s, "", rules.Facts{"what": rules.Pick("frozen")})
		other := answer(t, s, "", rules.Facts{"what": rules.Pick("listed")})
		for range 2 {
			if err := s.Forget(t.Context(), token); err != nil {
				t.Fatal(err)
			}
		}
		if _, ok := visit(t, s, token); ok {
			t.Fatal("not forgotten")
		}
		if _, ok := visit(t, s, other); !ok {
			t.Fatal("somebody else's answers were forgotten")
		}
	})
}

// TestTwoTabs answers different questions at once: none may be lost.
func TestTwoTabs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, _ := service(t, db)
		token := answer(t, s, "", rules.Facts{"start": rules.Pick("yes")})
		ids := []rules.FactID{"a", "b", "c", "d", "e", "f"}
		var wg sync.WaitGroup
		for _, id := range ids {
			wg.Go(func() {
				if _, err := s.Answer(context.WithoutCancel(t.Context()), token, "zh-Hans", rules.Facts{id: rules.Pick("yes")}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		v, _ := visit(t, s, token)
		if len(v.Facts) != len(ids)+1 {
			t.Fatalf("kept %d answers of %d: %v", len(v.Facts), len(ids)+1, v.Facts)
		}
	})
}

func TestLookUpsAreLimited(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, clock := service(t, db)
		for n := range finder.LookUps {
			if err := s.MayLookUp(t.Context(), "192.0.2.7"); err != nil {
				t.Fatalf("look-up %d refused: %v", n+1, err)
			}
		}
		if err := s.MayLookUp(t.Context(), "192.0.2.7"); fail.KindOf(err) != fail.KindTooMany {
			t.Fatalf("one too many gave %v", err)
		}
		if err := s.MayLookUp(t.Context(), "192.0.2.8"); err != nil {
			t.Fatalf("another address is refused: %v", err)
		}
		clock.Add(10 * time.Minute)
		if err := s.MayLookUp(t.Context(), "192.0.2.7"); err != nil {
			t.Fatalf("refused after the time was over: %v", err)
		}
	})
}
