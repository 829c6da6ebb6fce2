package e2e

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"

	"reliefportal/app/apptest"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// atOnce is how many drafts are submitted while the database goes away.
const atOnce = 12

// waiting are people before the check page of their draft, with the form filled in.
type waiting struct {
	v     *visitor
	id    string
	draft string
	form  url.Values
}

func (w waiting) submit() (reply, error) { return w.v.post(w.draft+"/check", w.form) }

// lineUp signs people in and brings each to the check page.
func lineUp(t *testing.T, w *apptest.World, base string) []waiting {
	t.Helper()
	var all []waiting
	for i := range atOnce {
		contact := "1390000" + strconv.Itoa(1000+i)
		who := w.Debtor(t, contact)
		w.Time.Add(time.Minute)
		v := newVisitor(t, base)
		v.signIn(t, contact)
		f := complete(t, w, who)
		all = append(all, waiting{v, f.ID, "/my/f/" + f.ID, v.declaration(t, "/my/f/"+f.ID)})
	}
	return all
}

// pressed submits all at once, and says which were told that they are received. It closes first when the first was.
func pressed(all []waiting, first chan<- struct{}) map[string]bool {
	var mu sync.Mutex
	var wg sync.WaitGroup
	received := map[string]bool{}
	for _, p := range all {
		wg.Go(func() {
			if r, err := p.submit(); err == nil && r.status == http.StatusSeeOther && r.to == p.draft+"/receipt" {
				mu.Lock()
				if received[p.id] = true; len(received) == 1 {
					close(first)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return received
}

// pressedAgain sends the same forms once more, with the database back: each leads to its receipt, and each filing is there once and whole.
func pressedAgain(t *testing.T, db *store.DB, all []waiting) {
	t.Helper()
	for _, p := range all {
		r, err := p.submit()
		if err != nil || r.status != http.StatusSeeOther || r.to != p.draft+"/receipt" {
			t.Errorf("pressed again, answered %d, leads to %q (%v)", r.status, r.to, err)
			continue
		}
		p.v.must(t, http.StatusOK)(p.v.get(p.draft + "/receipt"))
		oneOfEach(t, db, p.id)
	}
}

// TestNothingLostDatabaseRestarted takes the database away in the middle of many submits. The Postgres server crashes and is started again; in
// another run every connection of the portal is terminated again and again. SQLite has no server, so there its file is closed and opened anew by
// a new program.
func TestNothingLostDatabaseRestarted(t *testing.T) {
	t.Run("postgres crashes", func(t *testing.T) {
		own := storetest.OwnServer(t)
		db := reopen(t, own.URL)
		w := apptest.New(t, db)
		server := httptest.NewServer(w.Handler())
		t.Cleanup(server.Close)
		all := lineUp(t, w, server.URL)
		first, back := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(back)
			<-first
			own.Restart()
		}()
		received := pressed(all, first)
		if len(received) == 0 {
			t.Fatal("none was answered, so nothing crashed")
		}
		<-back
		t.Logf("%d of %d submits answered with a receipt", len(received), len(all))
		if len(received) == len(all) {
			t.Error("all were answered before the crash: the test shows nothing")
		}
		acknowledgedAreThere(t, db, received)
		pressedAgain(t, db, all)
	})
	t.Run("postgres connections", func(t *testing.T) {
		db := storetest.Postgres(t)
		w := apptest.New(t, db)
		server := httptest.NewServer(w.Handler())
		t.Cleanup(server.Close)
		all := lineUp(t, w, server.URL)
		stop, stopped := make(chan struct{}), make(chan int)
		go func() { stopped <- terminate(t, db, stop) }()
		received := pressed(all, make(chan struct{}))
		close(stop)
		if n := <-stopped; n == 0 {
			t.Fatal("no connection was terminated: the test shows nothing")
		} else {
			t.Logf("%d connections terminated, %d of %d submits answered with a receipt", n, len(received), len(all))
		}
		acknowledgedAreThere(t, db, received)
		pressedAgain(t, db, all)
	})
	t.Run("sqlite", func(t *testing.T) {
		address, dir := storetest.SQLiteURL(t), t.TempDir()
		db := reopen(t, address)
		w := apptest.New(t, db, "PORTAL_DATA_DIR="+dir)
		server := httptest.NewServer(w.Handler())
		all := lineUp(t, w, server.URL)
		gone := make(chan struct{})
		go func() {
			defer close(gone)
			time.Sleep(15 * time.Millisecond)
			_ = db.Close()
		}()
		received := pressed(all, make(chan struct{}))
		<-gone
		server.Close()
		t.Logf("%d of %d submits answered with a receipt", len(received), len(all))
		back := reopen(t, address)
		again := apptest.New(t, back, "PORTAL_DATA_DIR="+dir)
		again.Time.Set(w.Time.Now())
		second := httptest.NewServer(again.Handler())
		t.Cleanup(second.Close)
		acknowledgedAreThere(t, back, received)
		for i := range all {
			all[i].v.base = second.URL
			if cookies := all[i].v.client.Jar.Cookies(mustURL(t, server.URL)); len(cookies) > 0 {
				all[i].v.client.Jar.SetCookies(mustURL(t, second.URL), cookies)
			}
		}
		pressedAgain(t, back, all)
	})
}

// terminate ends every other connection to the database until told to stop, and says how many it ended.
func terminate(t *testing.T, db *store.DB, stop chan struct{}) (ended int) {
	for {
		select {
		case <-stop:
			return ended
		default:
		}
		var n int
		row := db.SQL().QueryRowContext(t.Context(), `SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()) ended`)
		if row.Scan(&n) == nil {
			ended += n
		}
		time.Sleep(3 * time.Millisecond)
	}
}

// acknowledgedAreThere wants every filing whose submit was answered with a receipt.
func acknowledgedAreThere(t *testing.T, db *store.DB, received map[string]bool) {
	t.Helper()
	for id := range received {
		oneOfEach(t, db, id)
	}
}

func reopen(t *testing.T, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address, store.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func mustURL(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
