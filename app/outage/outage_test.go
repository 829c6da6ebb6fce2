package outage_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/outage"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// ledger is a ledger with two clocks to move.
func ledger(db *store.DB) (s *outage.Service, portal, machine *calendar.FakeClock) {
	portal, machine = calendar.NewFakeClock(apptest.Start), calendar.NewFakeClock(apptest.Start)
	return outage.New(outage.Deps{DB: db, Clock: portal, Machine: machine, Log: slog.New(slog.DiscardHandler)}), portal, machine
}

func entries(t *testing.T, s *outage.Service) []outage.Row {
	t.Helper()
	rows, err := s.Latest(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestSilenceIsMeasured: what lies between two signs of life is an outage when it is too long, and the first sign ever is none.
func TestSilenceIsMeasured(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, portal, machine := ledger(db)
		for _, step := range []struct {
			pause time.Duration
			want  int
		}{{0, 0}, {30 * time.Second, 0}, {outage.SilenceAfter, 0}, {outage.SilenceAfter + time.Second, 1}, {30 * time.Second, 1}, {2 * time.Hour, 2}} {
			portal.Add(step.pause)
			machine.Add(step.pause)
			if err := s.Beat(t.Context()); err != nil {
				t.Fatal(err)
			}
			rows := entries(t, s)
			if len(rows) != step.want {
				t.Fatalf("after %v: %d entries", step.pause, len(rows))
			}
			if step.pause > outage.SilenceAfter && (rows[0].Kind != outage.Down || rows[0].Basis != outage.Silence ||
				rows[0].EndedAt.Sub(rows[0].StartedAt) != step.pause || !rows[0].EndedAt.Equal(portal.Now())) {
				t.Errorf("after %v: %+v", step.pause, rows[0].Entry)
			}
		}
		report, err := audit.VerifySubject(t.Context(), db, audit.Subject{Type: "outage", ID: entries(t, s)[0].ID})
		if err != nil || !report.OK() {
			t.Errorf("the record: %+v, %v", report, err)
		}
	})
}

// TestMovedClockIsNoOutage: a portal that is started with its clock a week ahead was not away for a week.
func TestMovedClockIsNoOutage(t *testing.T) {
	s, portal, machine := ledger(storetest.SQLite(t))
	for range 2 {
		if err := s.Beat(t.Context()); err != nil {
			t.Fatal(err)
		}
		portal.Add(7 * 24 * time.Hour)
		machine.Add(time.Minute)
	}
	if rows := entries(t, s); len(rows) != 0 {
		t.Errorf("%+v", rows)
	}
}

// TestFailuresMakeARow: failures close together are one entry from the first to the last, later ones another, and each kind has its own.
func TestFailuresMakeARow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, _, _ := ledger(db)
		at := func(minute int) time.Time { return apptest.Start.Add(time.Duration(minute) * time.Minute) }
		for _, minute := range []int{0, 4, 13, 40} {
			s.Note(outage.Failure{Kind: outage.Upload, At: at(minute)})
		}
		s.Note(outage.Failure{Kind: outage.Save, At: at(5)})
		if len(entries(t, s)) != 0 {
			t.Fatal("written before a sign of life")
		}
		if err := s.Beat(t.Context()); err != nil {
			t.Fatal(err)
		}
		want := []outage.Entry{{Kind: outage.Upload, StartedAt: at(40), EndedAt: at(40), Failures: 1}, {Kind: outage.Save, StartedAt: at(5), EndedAt: at(5), Failures: 1},
			{Kind: outage.Upload, StartedAt: at(0), EndedAt: at(13), Failures: 3}}
		rows := entries(t, s)
		if len(rows) != len(want) {
			t.Fatalf("%+v", rows)
		}
		for i, w := range want {
			if r := rows[i]; r.Kind != w.Kind || r.Basis != outage.Failures || !r.StartedAt.Equal(w.StartedAt) || !r.EndedAt.Equal(w.EndedAt) || r.Failures != w.Failures {
				t.Errorf("entry %d: %+v, want %+v", i, r, w)
			}
		}
	})
}

var errDown = errors.New("the database is away")

// TestFailuresOutliveTheDatabase: what could not be written is written with the next sign of life.
func TestFailuresOutliveTheDatabase(t *testing.T) {
	db := storetest.SQLite(t)
	s, _, _ := ledger(db)
	s.Note(outage.Failure{Kind: outage.Save})
	hold := make(chan struct{})
	held := make(chan error, 1)
	began := make(chan struct{})
	go func() { // somebody else holds SQLite's only writer
		held <- db.Tx(t.Context(), func(*gorm.DB) error { close(began); <-hold; return errDown })
	}()
	<-began
	if err := s.Beat(shortly(t)); err == nil {
		t.Error("a sign of life was given without a commit")
	}
	close(hold)
	if err := <-held; !errors.Is(err, errDown) {
		t.Errorf("the transaction that held the table: %v", err)
	}
	if err := s.Beat(t.Context()); err != nil {
		t.Fatal(err)
	}
	if rows := entries(t, s); len(rows) != 1 || rows[0].Failures != 1 {
		t.Errorf("%+v", rows)
	}
}

// TestOnlyAdministratorsEnter walks the edges of what may be entered by hand.
func TestOnlyAdministratorsEnter(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	now, admin := w.Clock.Now(), w.Staff(t, "guanli")
	for _, tc := range []struct {
		name       string
		who        account.Actor
		kind       outage.Kind
		start, end time.Time
		want       string
	}{
		{"right", admin, outage.Down, now.Add(-time.Hour), now, ""},
		{"to the future", admin, outage.Down, now.Add(-time.Hour), now.Add(time.Second), "outage.future"},
		{"no length", admin, outage.Down, now.Add(-time.Hour), now.Add(-time.Hour), "outage.order"},
		{"ninety days", admin, outage.Mail, now.Add(-90 * 24 * time.Hour), now, ""},
		{"longer", admin, outage.Mail, now.Add(-90*24*time.Hour - time.Second), now, "outage.long"},
		{"no kind", admin, "flood", now.Add(-time.Hour), now, "answer.choose"},
		{"a reviewer", w.Staff(t, "nanshan.shen1"), outage.Down, now.Add(-time.Hour), now, "not found"},
		{"a debtor", w.Debtor(t, "13800006071"), outage.Down, now.Add(-time.Hour), now, "not found"},
	} {
		err := w.Outages.Enter(t.Context(), tc.who, tc.kind, tc.start, tc.end)
		got := ""
		if e, ok := fail.As(err); ok && len(e.Fields) > 0 {
			got = e.Fields[0].Key
		} else if fail.KindOf(err) == fail.KindNotFound && err != nil {
			got = "not found"
		}
		if got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
	if rows := entries(t, w.Outages); len(rows) != 2 || rows[0].EnteredBy == nil || *rows[0].EnteredBy != admin.PersonID {
		t.Errorf("%+v", rows)
	}
}

// lateDraft is a reconsideration whose last day was Thursday 12 November 2026, opened on the 2nd.
func lateDraft(t *testing.T, w *apptest.World, who account.Actor) filing.Filing {
	t.Helper()
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R15", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("ruling"), "prior": rules.Pick("rejected"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said("深圳市南山区人民法院"), filing.FactApplicant: rules.Said("林晓芸"),
		"ruling_number": rules.Said("（2026）粤0305执异88号"), "ruling_court": rules.Said("深圳市南山区人民法院"), "ruling_served_on": rules.On(calendar.NewDate(2026, 11, 2)),
		"why_wrong": rules.Said("裁定没有回应我的流水。"), "request": rules.Said("撤销裁定。"), "stop_sale": rules.Pick("no"), "served_how": rules.Pick("post"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestLateDraftTakesItsOutagesAlong: only what lay in the way, and only when it comes late; what struck the draft itself always.
func TestLateDraftTakesItsOutagesAlong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		admin, who := w.Staff(t, "guanli"), w.Debtor(t, "13800006071")
		f := lateDraft(t, w, who)
		facts, err := w.Filings.Facts(f)
		if err != nil {
			t.Fatal(err)
		}
		last := calendar.NewDate(2026, 11, 12)
		w.Time.Set(last.EndUTC().Add(48 * time.Hour))
		enter := func(kind outage.Kind, start time.Time, length time.Duration) {
			t.Helper()
			if err := w.Outages.Enter(ctx, admin, kind, start, start.Add(length)); err != nil {
				t.Fatal(err)
			}
		}
		enter(outage.Down, f.CreatedAt.Add(-2*time.Hour), time.Hour)  // before the draft, and before the last day
		enter(outage.Down, f.CreatedAt.Add(time.Hour), time.Hour)     // while it was open
		enter(outage.SMS, last.EndUTC().Add(-time.Second), time.Hour) // the last second
		enter(outage.Down, last.EndUTC(), time.Hour)                  // a second too late
		w.Outages.Note(outage.Failure{Kind: outage.Upload, FilingID: f.ID, PersonID: who.PersonID, At: last.EndUTC().Add(24 * time.Hour)})
		w.Outages.Note(outage.Failure{Kind: outage.Save, FilingID: f.ID, PersonID: "somebody else", At: last.EndUTC().Add(24 * time.Hour)})
		if err := w.Outages.Beat(ctx); err != nil {
			t.Fatal(err)
		}
		kinds := func(all []outage.Entry) (out []outage.Kind) {
			for _, e := range all {
				out = append(out, e.Kind)
			}
			return out
		}
		want := []outage.Kind{outage.Down, outage.SMS, outage.Upload}
		caught, err := w.Filings.CaughtNow(ctx, f, facts)
		if err != nil || !slices.Equal(kinds(caught), want) {
			t.Fatalf("caught by %v, %v", kinds(caught), err)
		}
		f, _, err = w.Filings.Submit(ctx, who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true, WhyLate: "那天系统打不开。"})
		if err != nil {
			t.Fatalf("a late filing was refused: %v", err)
		}
		took, err := w.Filings.TookAlong(ctx, f.ID)
		if err != nil || !slices.Equal(kinds(took), want) {
			t.Errorf("took %v, %v", kinds(took), err)
		}
		if facts, err := w.Filings.Facts(f); err != nil || facts[filing.FactWhyLate].Text != "那天系统打不开。" {
			t.Errorf("why it came late: %+v, %v", facts[filing.FactWhyLate], err)
		}
	})
}

// TestFilingInTimeTakesNothingAlong: the same silence, but the filing comes before the last day is over.
func TestFilingInTimeTakesNothingAlong(t *testing.T) {
	ctx, w := t.Context(), apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	f := lateDraft(t, w, who)
	w.Time.Set(calendar.NewDate(2026, 11, 12).EndUTC().Add(-time.Second))
	if err := w.Outages.Enter(ctx, w.Staff(t, "guanli"), outage.Down, f.CreatedAt.Add(time.Hour), f.CreatedAt.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	f, _, err := w.Filings.Submit(ctx, who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	if err != nil {
		t.Fatal(err)
	}
	if took, err := w.Filings.TookAlong(ctx, f.ID); err != nil || len(took) != 0 {
		t.Errorf("took %v, %v", took, err)
	}
}

// shortly is a context whose time is over soon.
func shortly(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}
