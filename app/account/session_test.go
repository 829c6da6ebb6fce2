package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"reliefportal/app/account"
	"reliefportal/app/jobs"
)

// browser keeps the token of a session and makes requests with it.
type browser struct {
	*account.Sessions
	token  string
	writes int
}

func newBrowser(w *world) *browser {
	return &browser{Sessions: account.NewSessions(w.db, w.Service)}
}

// request does one request the way the web frame does: load, work, commit.
func (b *browser) request(t *testing.T, work func(ctx context.Context)) {
	t.Helper()
	ctx, err := b.Manager.Load(t.Context(), b.token)
	if err != nil {
		t.Fatal(err)
	}
	work(ctx)
	b.commit(t, ctx)
}

func (b *browser) commit(t *testing.T, ctx context.Context) {
	t.Helper()
	switch b.Manager.Status(ctx) {
	case scs.Modified:
		token, _, err := b.Manager.Commit(ctx)
		if err != nil {
			t.Fatal(err)
		}
		b.token = token
		b.writes++
	case scs.Destroyed:
		b.token = ""
	case scs.Unmodified:
	}
}

func (b *browser) signIn(t *testing.T, p account.Person) {
	t.Helper()
	b.request(t, func(ctx context.Context) {
		if err := b.SignIn(ctx, p); err != nil {
			t.Fatal(err)
		}
	})
}

func (b *browser) actor(t *testing.T) (a account.Actor) {
	t.Helper()
	b.request(t, func(ctx context.Context) {
		var err error
		if a, err = b.Actor(ctx); err != nil {
			t.Fatal(err)
		}
	})
	return a
}

func TestSessionKnowsWhoIsSignedIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, b := w.debtor(t, phone), newBrowser(w)
		if a := b.actor(t); a.Kind != account.Anonymous || a.PersonID != "" || b.writes != 0 {
			t.Errorf("before: %+v, %d writes", a, b.writes)
		}
		b.signIn(t, p)
		a := b.actor(t)
		if !a.IsDebtor() || a.PersonID != p.ID || len(a.SessionID) != 16 || strings.Contains(b.token, a.SessionID) {
			t.Errorf("after: %+v", a)
		}
		all := w.dump(t, "session")
		if strings.Contains(all, b.token) || !strings.Contains(all, p.ID) {
			t.Errorf("session rows: %q", all)
		}
		b.request(t, func(ctx context.Context) {
			if err := b.SignOut(ctx); err != nil {
				t.Fatal(err)
			}
		})
		if a := b.actor(t); a.Kind != account.Anonymous {
			t.Errorf("after sign-out: %+v", a)
		}
	})
}

func TestSignInChangesTheToken(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, b := w.debtor(t, phone), newBrowser(w)
		b.request(t, func(ctx context.Context) { b.Manager.Put(ctx, "visit", "x") })
		planted := b.token
		b.signIn(t, p)
		if b.token == planted {
			t.Fatal("the token stayed")
		}
		b.request(t, func(ctx context.Context) {
			if b.Manager.GetString(ctx, "visit") != "x" {
				t.Error("what was in the session is gone")
			}
		})
		b.token = planted
		if a := b.actor(t); a.Kind != account.Anonymous {
			t.Errorf("the old token: %+v", a)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		debtor, staff := w.debtor(t, phone), w.staff(t, "zhou")
		for name, c := range map[string]struct {
			p          account.Person
			step, most time.Duration // a request every step
			in         bool
		}{
			"debtor idle, just in time": {debtor, 30*time.Minute - time.Second, 0, true},
			"debtor idle":               {debtor, 30 * time.Minute, 0, false},
			"staff idle, just in time":  {staff, 15*time.Minute - time.Second, 0, true},
			"staff idle":                {staff, 15 * time.Minute, 0, false},
			"debtor at work 12 hours":   {debtor, 10 * time.Minute, 12*time.Hour - 10*time.Minute, true},
			"debtor at work too long":   {debtor, 10 * time.Minute, 12 * time.Hour, false},
			"staff at work 10 hours":    {staff, 10 * time.Minute, 10*time.Hour - 10*time.Minute, true},
			"staff at work too long":    {staff, 10 * time.Minute, 10 * time.Hour, false},
		} {
			b := newBrowser(w)
			b.signIn(t, c.p)
			var in bool
			for past := time.Duration(0); past == 0 || past < c.most; past += c.step {
				w.clock.Add(c.step)
				in = b.actor(t).PersonID != ""
			}
			if in != c.in {
				t.Errorf("%s: signed in %v", name, in)
			}
		}
	})
}

func TestLastRequestIsKeptOnceAMinute(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := newBrowser(w)
		b.signIn(t, w.debtor(t, phone))
		before := b.writes
		for range 12 {
			w.clock.Add(10 * time.Second)
			b.actor(t)
		}
		if n := b.writes - before; n != 2 {
			t.Errorf("%d writes in two minutes, want 2", n)
		}
	})
}

func TestSignOutEverywhereAndDisabling(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, other := w.debtor(t, phone), w.debtor(t, "lin@example.cn")
		end := map[string]func() error{
			"sign out everywhere": func() error { return w.SignOutEverywhere(t.Context(), account.System(), p.ID) },
			"disabled":            func() error { return w.SetActive(t.Context(), account.System(), p.ID, false) },
		}
		for _, name := range []string{"sign out everywhere", "disabled"} {
			one, two, not := newBrowser(w), newBrowser(w), newBrowser(w)
			p, err := w.VerifyCode(t.Context(), phone, w.codeFor(t, phone), "b")
			if err != nil {
				t.Fatal(err)
			}
			one.signIn(t, p)
			two.signIn(t, p)
			not.signIn(t, other)
			if err := end[name](); err != nil {
				t.Fatal(err)
			}
			if one.actor(t).PersonID != "" || two.actor(t).PersonID != "" {
				t.Errorf("%s: still signed in", name)
			}
			if not.actor(t).PersonID != other.ID {
				t.Errorf("%s: somebody else is out", name)
			}
		}
		if err := w.SetActive(t.Context(), account.System(), p.ID, true); err != nil {
			t.Fatal(err)
		}
	})
}

func (w *world) codeFor(t *testing.T, contact string) string {
	t.Helper()
	w.clock.Add(16 * time.Minute) // out of reach of the limit
	w.request(t, contact, "b")
	return w.last()
}

// TestRequestUnderWayCannotBringASessionBack commits a request after another one signed out.
func TestRequestUnderWayCannotBringASessionBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := newBrowser(w)
		b.signIn(t, w.debtor(t, phone))
		stolen := b.token
		slow, err := b.Manager.Load(t.Context(), b.token)
		if err != nil {
			t.Fatal(err)
		}
		b.request(t, func(ctx context.Context) {
			if err := b.SignOut(ctx); err != nil {
				t.Fatal(err)
			}
		})
		b.Manager.Put(slow, "draft", "x")
		b.commit(t, slow)
		b.token = stolen
		if a := b.actor(t); a.PersonID != "" {
			t.Error("the session is back")
		}
	})
}

func TestPurge(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := jobs.NewRegistry()
		w.Register(r)
		b := newBrowser(w)
		b.signIn(t, w.debtor(t, phone))
		w.clock.Add(24 * time.Hour)
		if err := r.RunNow(t.Context(), "account.purge"); err != nil {
			t.Fatal(err)
		}
		if all := w.dump(t, "login_code"); all == "" {
			t.Error("a code went before its day was over")
		}
		w.clock.Add(25 * time.Hour)
		if err := r.RunNow(t.Context(), "account.purge"); err != nil {
			t.Fatal(err)
		}
		if left := w.dump(t, "login_code", "rate_window"); left != "" {
			t.Errorf("left: %s", left)
		}
		if all := w.dump(t, "session"); all == "" {
			t.Error("a session before its expiry is gone")
		}
	})
}
