package callback

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// phoneSystem is a telephone system: it answers with one status after the other, and keeps what it was sent.
type phoneSystem struct {
	mutex    sync.Mutex
	statuses []int
	bodies   [][]byte
	headers  []http.Header
}

func (p *phoneSystem) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	body, _ := io.ReadAll(r.Body)
	p.bodies, p.headers = append(p.bodies, body), append(p.headers, r.Header.Clone())
	if n := len(p.bodies); n <= len(p.statuses) {
		w.WriteHeader(p.statuses[n-1])
	}
}

// dialling connects a world with a telephone system that answers with the statuses given, 200 after them.
func dialling(t *testing.T, db *store.DB, statuses ...int) (*world, *phoneSystem) {
	t.Helper()
	w, system := newWorld(t, db), &phoneSystem{statuses: statuses}
	server := httptest.NewServer(system)
	t.Cleanup(server.Close)
	d, err := NewDialer(server.URL+"/ring", w.box)
	w.do(err)
	d.pause = time.Microsecond
	w.s.Connect(Neighbours{Dialer: d})
	return w, system
}

// TestDial: the order names caller and number and nothing of the case, is signed with the key the operator was given, and the moment of it is
// the time at which the call counts.
func TestDial(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, system := dialling(t, db)
		a, c := w.caller("ann"), w.open()
		wants(t, "before the claim", w.s.Dial(t.Context(), a, c.ID), "callback.not_claimed")
		w.claim(a, c.ID)
		wants(t, "by a colleague", w.s.Dial(t.Context(), w.caller("bob"), c.ID), "callback.taken")
		rang := c.DueAt.Add(7 * time.Minute)
		w.clock.Set(rang)
		w.do(w.s.Dial(t.Context(), a, c.ID))
		if len(system.bodies) != 1 {
			t.Fatalf("%d orders", len(system.bodies))
		}
		var order map[string]any
		w.do(json.Unmarshal(system.bodies[0], &order))
		if order["caller"] != Short("ann") || order["number"] != "+86138"+c.PersonID || order["call"] == "" || len(order) != 4 {
			t.Errorf("order: %v", order)
		}
		key, err := hex.DecodeString(w.s.Dialer.DialKey())
		w.do(err)
		mac := hmac.New(sha256.New, key)
		mac.Write(system.bodies[0])
		if got := system.headers[0].Get("Menjing-Signature"); got != hex.EncodeToString(mac.Sum(nil)) {
			t.Errorf("signature %q", got)
		}
		w.clock.Set(rang.Add(10 * time.Minute))
		_, err = w.s.LogAttempt(t.Context(), a, c.ID, w.reload(c.ID).Version, Report{Code: "30"})
		w.do(err)
		attempts, err := attemptsOf(db.Read(t.Context()), c.ID)
		w.do(err)
		if got := attempts[c.ID][0]; !got.RangAt.Equal(rang) || !got.At.Equal(rang.Add(10*time.Minute)) {
			t.Errorf("rang at %s, written down at %s", got.RangAt, got.At)
		}
	})
}

// TestDialFails: the same order is sent again while the system does not answer; one that refuses is not asked twice. Either way the case stays
// with its caller, who rings by hand.
func TestDialFails(t *testing.T) {
	for _, x := range []struct {
		name     string
		statuses []int
		orders   int
		refused  bool
	}{
		{"once out of order", []int{503}, 2, false},
		{"twice out of order", []int{500, 502}, 3, false},
		{"out of order", []int{500, 500, 500}, 3, true},
		{"the number is refused", []int{422}, 1, true},
		{"sent on elsewhere", []int{302}, 1, true},
	} {
		t.Run(x.name, func(t *testing.T) {
			w, system := dialling(t, storetest.SQLite(t), x.statuses...)
			a, c := w.caller("ann"), w.open()
			w.claim(a, c.ID)
			err := w.s.Dial(t.Context(), a, c.ID)
			if wants(t, "dial", err, map[bool]string{true: "callback.dial_failed"}[x.refused]); len(system.bodies) != x.orders {
				t.Errorf("%d orders", len(system.bodies))
			}
			for _, body := range system.bodies {
				if string(body) != string(system.bodies[0]) {
					t.Error("the second order is another call")
				}
			}
			if err != nil && strings.Contains(err.Error(), c.PersonID) {
				t.Errorf("the number is in the error: %v", err)
			}
			if _, err := w.s.LogAttempt(t.Context(), a, c.ID, w.reload(c.ID).Version, Report{Code: "30"}); err != nil {
				t.Errorf("rung by hand: %v", err)
			}
		})
	}
}

// TestDialChecksAgain: all that forbids a call is asked once more when the telephone system is to ring.
func TestDialChecksAgain(t *testing.T) {
	w, system := dialling(t, storetest.SQLite(t))
	a, c := w.caller("ann"), w.open()
	w.clock.Set(shanghai(t, "2026-11-24 19:50"))
	w.claim(a, c.ID)
	w.clock.Set(shanghai(t, "2026-11-24 20:00"))
	wants(t, "after hours", w.s.Dial(t.Context(), a, c.ID), "callback.hours")
	if len(system.bodies) != 0 {
		t.Error("somebody was rung at night")
	}
	for _, bad := range []string{"", "http://elsewhere.example/ring", "ftp://127.0.0.1/ring", "https://"} {
		if _, err := NewDialer(bad, w.box); err == nil {
			t.Errorf("%q is taken for an address", bad)
		}
	}
}
