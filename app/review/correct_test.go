package review_test

import (
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// servedToday is a filing decided and served on the world's first day, Monday 2 November 2026.
func servedToday(t *testing.T, w *apptest.World, who account.Actor) filing.Filing {
	t.Helper()
	f, zhou := accepted(t, w, filed(t, w, who)), w.Staff(t, "nanshan.shen1")
	f, err := w.Reviews.Assign(t.Context(), zhou, f.ID, f.Version, zhou.PersonID)
	if err != nil {
		t.Fatal(err)
	}
	if f, err = w.Reviews.Decide(t.Context(), zhou, f.ID, f.Version, ruling("rejected")); err != nil {
		t.Fatal(err)
	}
	if f, err = w.Reviews.Serve(t.Context(), zhou, f.ID, f.Version, review.ServedPost, calendar.Today(w.Clock)); err != nil {
		t.Fatal(err)
	}
	return f
}

func window(t *testing.T, w *apptest.World, f filing.Filing) filing.Clock {
	t.Helper()
	all, err := filing.ClocksOf(w.DB.Read(t.Context()), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	var found []filing.Clock
	for _, c := range all {
		if c.Rule == "K05" {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d windows", len(found))
	}
	return found[0]
}

// TestCorrectedServiceMovesTheWindow: the return slip says the 5th, so the ten days end on Monday the 16th and not on Thursday the 12th; the
// person is told, and a window that had run out by the wrong day is open again.
func TestCorrectedServiceMovesTheWindow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		f, zhou := servedToday(t, w, who), w.Staff(t, "nanshan.shen1")
		w.Time.Set(calendar.NewDate(2026, 11, 12).EndUTC())
		if _, err := w.Filings.SweepClocks(ctx); err != nil {
			t.Fatal(err)
		}
		if k := window(t, w, f); k.State != filing.Missed || k.LegalEndOn != calendar.NewDate(2026, 11, 12) {
			t.Fatalf("before: %+v", k)
		}
		now, err := w.Reviews.CorrectService(ctx, zhou, f.ID, f.Version, calendar.NewDate(2026, 11, 5), review.ServedPost)
		if err != nil {
			t.Fatal(err)
		}
		if now.ServedOn != calendar.NewDate(2026, 11, 5) || now.Version != f.Version+1 || now.Status != filing.Closed {
			t.Errorf("filing: %+v", now)
		}
		// Ten days from the 5th end on Sunday the 15th, and so on Monday.
		k := window(t, w, f)
		if k.State != filing.Running || k.EndedAt != nil || k.StartedOn != calendar.NewDate(2026, 11, 5) || k.LegalEndOn != calendar.NewDate(2026, 11, 16) ||
			!k.DueAt.Equal(calendar.NewDate(2026, 11, 16).EndUTC()) {
			t.Errorf("window: %+v", k)
		}
		_, read, err := w.Reviews.ForDebtor(ctx, who, f.ID)
		if err != nil || read[0].ServedOn != calendar.NewDate(2026, 11, 5) {
			t.Errorf("the debtor reads %v, %v", read, err)
		}
		var told int64
		if err := db.Read(ctx).Table("notice").Where("filing_id = ? AND kind = ?", f.ID, "service_corrected").Count(&told).Error; err != nil || told != 1 {
			t.Errorf("%d messages, %v", told, err)
		}
		events, err := w.Filings.Timeline(ctx, now)
		if err != nil || len(events) < 2 || events[0].Kind != "clock.recomputed" || events[1].Kind != "filing.service_corrected" {
			t.Errorf("timeline %+v, %v", events, err)
		}
	})
}

func TestCorrectServiceRefuses(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	open, f := accepted(t, w, filed(t, w, who)), servedToday(t, w, who)
	zhou, day := w.Staff(t, "nanshan.shen1"), calendar.Today(w.Clock)
	for _, c := range []struct {
		name    string
		who     account.Actor
		f       filing.Filing
		version int64
		on      calendar.Date
		how     string
		kind    fail.Kind
	}{
		{"nothing would change", zhou, f, f.Version, day, review.ServedPost, fail.KindInvalid},
		{"tomorrow", zhou, f, f.Version, day.AddDays(1), review.ServedPost, fail.KindInvalid},
		{"before the decision", zhou, f, f.Version, day.AddDays(-1), review.ServedPost, fail.KindInvalid},
		{"no day", zhou, f, f.Version, calendar.Date{}, review.ServedPost, fail.KindInvalid},
		{"no such way", zhou, f, f.Version, day, "pigeon", fail.KindInvalid},
		{"an old version", zhou, f, f.Version - 1, day, review.ServedInPerson, fail.KindConflict},
		{"not served yet", zhou, open, open.Version, day, review.ServedInPerson, fail.KindConflict},
		{"the docketing desk", w.Staff(t, "nanshan.lian"), f, f.Version, day, review.ServedInPerson, fail.KindConflict},
		{"the debtor", who, f, f.Version, day, review.ServedInPerson, fail.KindConflict},
		{"another court", w.Staff(t, "shenzhen.shen1"), f, f.Version, day, review.ServedInPerson, fail.KindNotFound},
	} {
		if _, err := w.Reviews.CorrectService(t.Context(), c.who, c.f.ID, c.version, c.on, c.how); fail.KindOf(err) != c.kind {
			t.Errorf("%s: %v, want kind %v", c.name, err, c.kind)
		}
	}
	if _, err := w.Reviews.CorrectService(t.Context(), zhou, f.ID, f.Version, day, review.ServedInPerson); err != nil {
		t.Errorf("another way on the same day: %v", err)
	}
}
