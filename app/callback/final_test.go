package callback

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reliefportal/app/account"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestFinalOutcomes lets callers, the person by his link, by a code, signed in, the supervisor and time act on a case in any order. A case that is
// closed keeps its code, against the service and against the tables themselves; whoever refused for good, or died, stays so over all channels,
// is rung no more and can be asked by no link; attempts cannot be changed or removed.
func TestFinalOutcomes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		f := &finals{world: w, ann: w.caller("ann"), boss: w.staff("boss", account.RoleSupervisor, shenzhen)}
		rapid.Check(t, f.play)
	})
}

// finals is a case with everybody who may act on it, and what must not change any more.
type finals struct {
	*world
	ann, boss       account.Actor
	c               Case
	token, secret   string
	final, stopped  string // codes, once there are any
	attempts, calls int    // when it was stopped
}

func (f *finals) play(r *rapid.T) {
	f.clock.Set(shanghai(f.t, "2026-11-23 10:00").Add(time.Duration(rapid.IntRange(0, 20*24*60).Draw(r, "minutes")) * time.Minute))
	f.c, f.token, f.secret, f.final, f.stopped = f.open(), "", "", "", ""
	for range rapid.IntRange(1, 9).Draw(r, "steps") {
		f.step(r)
		f.look(r)
	}
	f.meddle(r)
}

// step lets somebody act. Most of it is refused once the case is closed; what matters is what stands afterwards.
func (f *finals) step(r *rapid.T) {
	ctx := f.t.Context()
	switch rapid.SampledFrom([]string{"call", "call", "call", "call", "link", "begin", "write", "end", "never", "refuse", "signed in", "supervisor", "late"}).Draw(r, "who") {
	case "call":
		f.call(rapid.SampledFrom([]string{"20", "30", "32", "40", "41", "50", "51", "60", "70", "90"}).Draw(r, "code"))
	case "link":
		if address, err := f.s.Invite(ctx, f.ann, f.c.ID, BySheet); err == nil {
			f.token = address[strings.LastIndex(address, "/")+1:]
		}
	case "begin":
		if secret, err := f.s.Begin(ctx, f.token, "en"); err == nil {
			f.secret = secret
		}
	case "write":
		_, _ = f.s.Write(ctx, f.secret, Reply{Item: rapid.SampledFrom([]string{"P1", "P13"}).Draw(r, "item"), Value: "1"})
	case "end":
		_ = f.s.End(ctx, f.secret)
	case "never":
		_ = f.s.Never(ctx, f.token)
	case "refuse":
		f.do(f.s.RefuseForGood(ctx, f.c.ID, rapid.SampledFrom([]Mode{ByWeb, BySMS, ByMail}).Draw(r, "mode")))
	case "signed in":
		f.do(f.s.Refuse(ctx, account.Actor{PersonID: f.c.PersonID, Kind: account.Debtor}))
	case "supervisor":
		code := rapid.SampledFrom([]string{"", "51", "60", "80"}).Draw(r, "ending")
		_ = f.s.Resolve(ctx, f.boss, f.c.ID, f.reload(f.c.ID).Version, Resolution{Code: code, Note: "记"})
	case "late":
		f.clock.Set(f.c.CloseBy)
		f.do(f.s.CloseLate(ctx))
	}
}

func (f *finals) call(code string) {
	at := f.reload(f.c.ID).DueAt
	if now := f.clock.Now(); at.Before(now) {
		at = now
	}
	report := Report{Code: code, Note: "记"}
	report.When, _ = NewHours(&f.pack.Calls, f.pack.Calendar).Next(at.Add(24*time.Hour), "")
	_, _ = f.log(f.ann, f.c.ID, at, report)
}

// look holds the case against what it was.
func (f *finals) look(r *rapid.T) {
	c := f.reload(f.c.ID)
	switch {
	case f.final != "" && (c.Status != Closed || *c.FinalCode != f.final):
		r.Fatalf("closed under %s, and now %+v", f.final, c)
	case c.Status == Closed:
		f.final = *c.FinalCode
	}
	tx := f.db.Read(f.t.Context())
	stop, stopped, err := stopOf(tx, c.PersonID)
	f.do(err)
	all, err := attemptsOf(tx, c.ID)
	f.do(err)
	tried := triedOf(all[c.ID])
	if f.stopped == "" && stopped {
		f.stopped, f.attempts, f.calls = stop.Code, len(tried), len(calls(tried))
	}
	if f.stopped == "" {
		return
	}
	if !stopped || stop.Code != f.stopped || f.final == "" {
		r.Fatalf("stopped by %s, and now %+v; the case: %+v", f.stopped, stop, c)
	}
	if len(tried) != f.attempts || len(calls(tried)) != f.calls {
		r.Fatalf("after %s somebody tried again: %v", f.stopped, tried)
	}
	if _, err := f.s.Take(f.t.Context(), f.ann); err == nil {
		r.Fatalf("after %s he is on the list", f.stopped)
	}
	if entry, _, err := f.s.Peek(f.t.Context(), f.token, f.secret); f.token != "" && (err != nil || entry != EntryStopped) {
		r.Fatalf("after %s his link opens %q, %v", f.stopped, entry, err)
	}
	if _, err := f.s.Begin(f.t.Context(), f.token, "en"); err == nil {
		r.Fatalf("after %s he is asked by his link", f.stopped)
	}
}

// meddle goes to the tables themselves.
func (f *finals) meddle(r *rapid.T) {
	if f.final == "" {
		f.do(f.s.RefuseForGood(f.t.Context(), f.c.ID, ByWeb)) // nobody is left on the list for the next play
		return
	}
	for _, set := range []string{"final_code = '99'", "status = 'open'", "status = 'open', final_code = NULL"} {
		if f.try("UPDATE callback_case SET "+set+" WHERE id = ?", f.c.ID) == nil {
			r.Fatalf("the table took %s after %s", set, f.final)
		}
	}
	var n int64
	f.do(f.db.Read(f.t.Context()).Model(&attemptRow{}).Where("case_id = ?", f.c.ID).Count(&n).Error)
	if n > 0 && (f.try("UPDATE callback_attempt SET code = '99' WHERE case_id = ?", f.c.ID) == nil || f.try("DELETE FROM callback_attempt WHERE case_id = ?", f.c.ID) == nil) {
		r.Fatal("an attempt was changed or removed")
	}
}
