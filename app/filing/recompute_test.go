package filing_test

import (
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// december is ten in the morning in China of a day in December 2026.
func december(day int) time.Time { return time.Date(2026, time.December, day, 2, 0, 0, 0, time.UTC) }

func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// reviewed is a filing of 21 December that the body has docketed: its 15 days end on 5 January of a year whose holidays nobody knows.
func reviewed(t *testing.T, w *apptest.World, who account.Actor) filing.Filing {
	t.Helper()
	w.Time.Set(december(21))
	f := filed(t, w, who, "R01", answers())
	w.Time.Add(time.Hour)
	f, err := w.Reviews.Accept(t.Context(), w.Staff(t, "nanshan.lian"), f.ID, f.Version, "")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// served takes it to the end: rejected, and served on 22 December.
func served(t *testing.T, w *apptest.World, who account.Actor) filing.Filing {
	t.Helper()
	f := reviewed(t, w, who)
	zhou := w.Staff(t, "nanshan.shen1")
	f, err := w.Reviews.Assign(t.Context(), zhou, f.ID, f.Version, zhou.PersonID)
	if err != nil {
		t.Fatal(err)
	}
	w.Time.Set(december(22))
	f, err = w.Reviews.Decide(t.Context(), zhou, f.ID, f.Version, review.Ruling{Disposition: "rejected", Grounds: []string{"G01"}, Text: "裁定没有为申请人留出生活所必需的费用。"})
	if err != nil {
		t.Fatal(err)
	}
	f, err = w.Reviews.Serve(t.Context(), zhou, f.ID, f.Version, review.ServedInPerson, date("2026-12-22"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// clock gives the clock of one rule.
func clock(t *testing.T, w *apptest.World, f filing.Filing, rule string) filing.Clock {
	t.Helper()
	all, err := filing.ClocksOf(w.DB.Read(t.Context()), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.Rule == rule {
			return c
		}
	}
	t.Fatalf("no clock %s among %d", rule, len(all))
	return filing.Clock{}
}

// notices counts the messages of a kind about a filing.
func notices(t *testing.T, w *apptest.World, f filing.Filing, kind string) int64 {
	t.Helper()
	var n int64
	if err := w.DB.Read(t.Context()).Table("notice").Where("filing_id = ? AND kind = ?", f.ID, kind).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// events counts the visible entries of a kind in the record of a filing.
func events(t *testing.T, w *apptest.World, f filing.Filing, kind string) int {
	t.Helper()
	all, err := w.Filings.Timeline(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range all {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

func recompute(t *testing.T, w *apptest.World, want int) {
	t.Helper()
	if n, err := w.Filings.RecomputeProvisional(t.Context()); err != nil || n != want {
		t.Errorf("recomputed %d clocks, %v; want %d", n, err, want)
	}
}

// TestCalendarMakesWindowsCertain: ten days from 22 December end on New Year's Day. Until the notice of 2027 is out the safe day is 31 December;
// with it the last day is the first working day.
func TestCalendarMakesWindowsCertain(t *testing.T) {
	for _, c := range []struct{ name, off, end string }{
		{"three days off", "2027-01-03", "2027-01-04"},
		{"four days off", "2027-01-04", "2027-01-05"},
	} {
		t.Run(c.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				w := apptest.New(t, db)
				who := w.Debtor(t, "13800006071")
				f := served(t, w, who)
				was := clock(t, w, f, "K05")
				if !was.Provisional || was.RawEndOn != date("2027-01-01") || was.FileByOn != date("2026-12-31") {
					t.Fatalf("before: %+v", was)
				}
				recompute(t, w, 0)
				w.Filings.Packs = apptest.OpenPacks(t, apptest.PackDir(t, "2026-12-x", "2026-12-22", apptest.Year2027(c.off)))
				recompute(t, w, 1)
				recompute(t, w, 0)
				now := clock(t, w, f, "K05")
				if now.Provisional || now.LegalEndOn != date(c.end) || now.FileByOn != date(c.end) || !now.DueAt.Equal(date(c.end).EndUTC()) || now.State != filing.Running {
					t.Errorf("after: %+v", now)
				}
				if n := notices(t, w, f, "window_moved"); n != 1 {
					t.Errorf("%d messages", n)
				}
				if n := events(t, w, f, "clock.recomputed"); n != 1 {
					t.Errorf("%d entries", n)
				}
				nextEnds(t, w, who, f, c.end)
			})
		})
	}
}

// nextEnds checks that the way on shows the same last day as the clock, under the pack of the filing.
func nextEnds(t *testing.T, w *apptest.World, who account.Actor, f filing.Filing, end string) {
	t.Helper()
	f, facts, err := w.Filings.Get(t.Context(), who, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	next, err := w.Filings.NextDoors(t.Context(), f, facts)
	if err != nil || len(next) == 0 {
		t.Fatalf("next doors %v, %v", next, err)
	}
	if win := next[0].Door.Window; win == nil || win.Deadline.Provisional || win.Deadline.LegalEnd != date(end) {
		t.Errorf("window of the next door: %+v", win)
	}
}

// TestCalendarMovesTheBodysDate: the next date of the filing goes with its clock, and the debtor is told only when it moved.
func TestCalendarMovesTheBodysDate(t *testing.T) {
	for _, c := range []struct {
		name, off, end string
		told           int64
	}{
		{"certain and the same", "2027-01-03", "2027-01-05", 0},
		{"moved by a day", "2027-01-05", "2027-01-06", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				w := apptest.New(t, db)
				who := w.Debtor(t, "13800006071")
				f := reviewed(t, w, who)
				if was := clock(t, w, f, "K04"); !was.Provisional || was.LegalEndOn != date("2027-01-05") {
					t.Fatalf("before: %+v", was)
				}
				w.Filings.Packs = apptest.OpenPacks(t, apptest.PackDir(t, "2026-12-x", "2026-12-21", apptest.Year2027(c.off)))
				recompute(t, w, 1)
				now, _, err := w.Filings.Get(t.Context(), who, f.ID)
				if err != nil || !now.NextDueAt.Equal(date(c.end).EndUTC()) || now.Version != f.Version+1 {
					t.Errorf("filing: due %v, version %d after %d, %v", now.NextDueAt, now.Version, f.Version, err)
				}
				k := clock(t, w, f, "K04")
				p, err := w.Filings.Pack(now)
				if err != nil {
					t.Fatal(err)
				}
				if dl, _ := filing.Deadline(p, k); k.Provisional || dl.LegalEnd != date(c.end) || dl.Provisional {
					t.Errorf("clock: %+v, shown %+v", k, dl)
				}
				if n := notices(t, w, f, "clock_moved"); n != c.told {
					t.Errorf("%d messages, want %d", n, c.told)
				}
				report, err := audit.VerifySubject(t.Context(), db, audit.Subject{Type: "filing", ID: f.ID})
				if err != nil || !report.OK() {
					t.Errorf("audit: %+v, %v", report, err)
				}
				receiptStands(t, w, who, f)
			})
		})
	}
}

// receiptStands checks that the receipt goes on saying what it said.
func receiptStands(t *testing.T, w *apptest.World, who account.Actor, f filing.Filing) {
	t.Helper()
	r, err := w.Filings.Receipt(t.Context(), who, f.ID)
	if err != nil || r.Deadline.LegalEnd != date("2026-12-24") {
		t.Errorf("receipt: %v, %v", r.Deadline.LegalEnd, err)
	}
}

// TestNewClocksTakeTheLaterCalendar: a filing under an older pack, whose calendar ends with 2026, gets certain dates at once when the pack in force
// knows more; the length of the period stays that of its own pack.
func TestNewClocksTakeTheLaterCalendar(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		w.Time.Set(december(21))
		f := filed(t, w, w.Debtor(t, "13800006071"), "R01", answers())
		w.Filings.Packs = apptest.OpenPacks(t, apptest.PackDir(t, "2026-12-x", "2026-12-21", apptest.Year2027("2027-01-03"),
			apptest.Edit{File: "clocks.yaml", Old: "title: {zh: 审查并作出裁定, en: Examine and rule}\n    length: 15 day", New: "title: {zh: 审查并作出裁定, en: Examine and rule}\n    length: 16 day"}))
		f, err := w.Reviews.Accept(t.Context(), w.Staff(t, "nanshan.lian"), f.ID, f.Version, "")
		if err != nil {
			t.Fatal(err)
		}
		if k := clock(t, w, f, "K04"); k.Provisional || k.LegalEndOn != date("2027-01-05") || k.Who != rules.WhoBody {
			t.Errorf("clock: %+v", k)
		}
	})
}
