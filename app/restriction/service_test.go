package restriction_test

import (
	"strings"
	"testing"

	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/notice"
	"reliefportal/app/restriction"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestTerms says by which day each restriction has to end, as the rules have it. The world begins on Monday 2 November 2026.
func TestTerms(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	friday := calendar.NewDate(2026, 10, 30)
	for _, c := range []struct {
		kind, event string
		due         calendar.Date
		standing    rules.Standing
	}{
		{"list", "paid", calendar.NewDate(2026, 11, 4), rules.Digest},
		{"list", "rested", calendar.NewDate(2026, 11, 4), rules.Digest},
		{"list", "ruling", calendar.NewDate(2026, 11, 4), rules.Digest},
		{"consumption", "secured", calendar.NewDate(2026, 11, 4), rules.Digest},
		{"exit", "paid", calendar.NewDate(2026, 11, 4), rules.Project},
		{"account", "paid", calendar.NewDate(2026, 11, 6), rules.Project},
	} {
		e, err := w.Limits.Note(t.Context(), who, restriction.New{Kind: c.kind, Event: c.event, On: friday, Token: store.NewID()})
		if err != nil || e.DueOn != c.due {
			t.Errorf("%s %s: due %v, want %v (%v)", c.kind, c.event, e.DueOn, c.due, err)
		}
		r, _ := w.Packs.On(friday).Restriction(c.kind)
		if term, _ := r.Term(c.event); term.Cite.Standing != c.standing {
			t.Errorf("%s %s stands as %s, want %s", c.kind, c.event, term.Cite.Standing, c.standing)
		}
	}
}

func TestNoteRefuses(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who, today := w.Debtor(t, "13800006071"), calendar.Today(w.Clock)
	for name, in := range map[string]restriction.New{
		"unknown kind":  {Kind: "no", Event: "paid", On: today},
		"unknown event": {Kind: "list", Event: "no", On: today},
		"no day":        {Kind: "list", Event: "paid"},
		"tomorrow":      {Kind: "list", Event: "paid", On: today.AddDays(1)},
	} {
		in.Token = store.NewID()
		if _, err := w.Limits.Note(t.Context(), who, in); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.Limits.Note(t.Context(), w.Staff(t, "nanshan.lian"), restriction.New{Kind: "list", Event: "paid", On: today, Token: "x"}); fail.KindOf(err) != fail.KindNotFound {
		t.Errorf("staff: %v", err)
	}
}

// TestFollowed: an entry turns due on the day after, its person is told once, "still there" drafts the request once, and what is gone is moot.
func TestFollowed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		ctx, who, other := t.Context(), w.Debtor(t, "13800006071"), w.Debtor(t, "13800006072")
		in := restriction.New{Kind: "consumption", Event: "paid", On: calendar.Today(w.Clock), Token: "once", Facts: rules.Facts{"case_number": rules.Said("（2024）粤0305执1234号")}}
		e, err := w.Limits.Note(ctx, who, in)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := w.Limits.Note(ctx, who, in); err != nil || again.ID != e.ID {
			t.Errorf("two clicks made two: %v", err)
		}
		if _, _, err := w.Limits.Get(ctx, other, e.ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("somebody else sees it: %v", err)
		}
		if now, err := w.Limits.Answer(ctx, who, e.ID, 1, restriction.SayStill, "zh-Hans"); err != nil || now.DraftID != nil || now.State != restriction.Waiting {
			t.Errorf("drafted before its day: %+v %v", now, err)
		}
		w.Time.Set(e.DueOn.EndUTC().Add(-1e9))
		if n, err := w.Limits.Sweep(ctx); n != 0 || err != nil {
			t.Errorf("on the last day %d turned, %v", n, err)
		}
		w.Time.Set(e.DueOn.EndUTC())
		for i, want := range []int{1, 0} {
			if n, err := w.Limits.Sweep(ctx); n != want || err != nil {
				t.Errorf("sweep %d turned %d, want %d, %v", i, n, want, err)
			}
		}
		occasion := notice.Occasion{Kind: "restriction_due", Subject: e.ID}
		if over, err := w.Limits.Moot(ctx, occasion); over || err != nil {
			t.Errorf("moot while it is due: %v", err)
		}
		first, err := w.Limits.Answer(ctx, who, e.ID, 3, restriction.SayStill, "zh-Hans")
		if err != nil || first.DraftID == nil {
			t.Fatalf("%+v %v", first, err)
		}
		second, err := w.Limits.Answer(ctx, who, e.ID, 4, restriction.SayStill, "zh-Hans")
		if err != nil || *second.DraftID != *first.DraftID {
			t.Errorf("a second draft: %v", err)
		}
		d, facts, err := w.Filings.Get(ctx, who, *first.DraftID)
		if err != nil || d.Remedy != "R20" || facts["cleared_on"].Date != e.HappenedOn || !strings.Contains(facts["what_happened"].Text, "2026年11月5日") ||
			facts["case_number"].Text != "（2024）粤0305执1234号" {
			t.Errorf("%s %v %v", d.Remedy, facts, err)
		}
		if _, err := w.Limits.Answer(ctx, who, e.ID, 4, restriction.SayGone, "zh-Hans"); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("an old page wrote over it: %v", err)
		}
		if now, err := w.Limits.Answer(ctx, who, e.ID, 5, restriction.SayGone, "zh-Hans"); err != nil || now.State != restriction.Gone {
			t.Errorf("%+v %v", now, err)
		}
		if over, err := w.Limits.Moot(ctx, occasion); !over || err != nil {
			t.Errorf("not moot when it is gone: %v", err)
		}
	})
}
