package escalation_test

import (
	"slices"
	"testing"
	"time"

	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/escalation"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// Days of November 2026; the second is a Monday.
func nov(day int) calendar.Date { return calendar.NewDate(2026, 11, day) }

// TestReached: two working days before, on the day, the day after, and more than two working days after; each boundary with the day beside it.
func TestReached(t *testing.T) {
	cal, err := calendar.New([]byte(`{"year": 2026, "days": []}`))
	if err != nil {
		t.Fatal(err)
	}
	type L = escalation.Level
	cases := []struct {
		today, last calendar.Date
		want        []L
	}{
		{nov(3), nov(6), nil}, // three working days before a Friday
		{nov(4), nov(6), []L{escalation.Approaching}},
		{nov(5), nov(6), []L{escalation.Approaching}},
		{nov(6), nov(6), []L{escalation.Due}},
		{nov(7), nov(6), []L{escalation.Supervisor}},
		{nov(10), nov(6), []L{escalation.Supervisor}}, // Tuesday is the second working day after Friday
		{nov(11), nov(6), []L{escalation.Supervisor, escalation.Above}},
		{nov(4), nov(9), nil}, // before a Monday the weekend does not count
		{nov(5), nov(9), []L{escalation.Approaching}},
	}
	for _, c := range cases {
		if got := escalation.Reached(cal, c.today, c.last, 2, 2); !slices.Equal(got, c.want) {
			t.Errorf("on %s, last day %s: %v, want %v", c.today, c.last, got, c.want)
		}
	}
}

// TestEscalation: a filing that nobody touches: the desk is told before and on the last day, the court above once it is late by more than two
// working days, each once however often the work runs; once it is taken up, nothing late is listed any more.
func TestEscalation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
			"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
			filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said("深圳市南山区人民法院"), filing.FactApplicant: rules.Said("林晓芸"),
			"act": rules.Said("冻结工资卡"), "what_happened": rules.Said("全部冻结。"), "request": rules.Said("解除冻结。"), "moved": rules.Pick("no"),
		}})
		if err != nil {
			t.Fatal(err)
		}
		if f, _, err = w.Filings.Submit(t.Context(), who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
			t.Fatal(err)
		}
		// K01: three days from Monday 2 November end on Thursday 5 November.
		days := []struct {
			on     calendar.Date
			levels []escalation.Level
		}{
			{nov(2), nil},
			{nov(3), []escalation.Level{escalation.Approaching}},
			{nov(5), []escalation.Level{escalation.Approaching, escalation.Due}},
			{nov(6), []escalation.Level{escalation.Approaching, escalation.Due, escalation.Supervisor}},
			{nov(9), []escalation.Level{escalation.Approaching, escalation.Due, escalation.Supervisor}},
			{nov(10), []escalation.Level{escalation.Approaching, escalation.Due, escalation.Supervisor, escalation.Above}},
		}
		for _, d := range days {
			w.Time.Set(d.on.StartUTC().Add(10 * time.Hour))
			for _, name := range []string{"filing.clocks", "escalation.sweep", "escalation.sweep"} {
				if err := w.Jobs.RunNow(t.Context(), name); err != nil {
					t.Fatal(err)
				}
			}
			var got []escalation.Level
			if err := db.Read(t.Context()).Model(&escalation.Escalation{}).Where("filing_id = ?", f.ID).Order("created_at").Pluck("level", &got).Error; err != nil || !slices.Equal(got, d.levels) {
				t.Errorf("on %s: %v, %v; want %v", d.on, got, err, d.levels)
			}
		}
		duban := w.Staff(t, "duban")
		late, err := w.Escalations.LateFor(t.Context(), duban.Bodies("supervisor"))
		if err != nil || len(late) != 1 || late[0].Filing.ID != f.ID {
			t.Fatalf("the court above has %v, %v", late, err)
		}
		var told int64
		if err := db.Read(t.Context()).Table("notice").Where("kind = 'clock_late_above' AND person_id = ?", duban.PersonID).Count(&told).Error; err != nil || told == 0 {
			t.Errorf("the supervisor of the court above was not told: %v", err)
		}
		if err := db.Read(t.Context()).Where("id = ?", f.ID).Take(&f).Error; err != nil {
			t.Fatal(err)
		}
		if _, err := w.Reviews.Accept(t.Context(), w.Staff(t, "nanshan.lian"), f.ID, f.Version, ""); err != nil {
			t.Fatal(err)
		}
		if late, err := w.Escalations.LateFor(t.Context(), duban.Bodies("supervisor")); err != nil || len(late) != 0 {
			t.Errorf("taken up, and still listed as late: %v, %v", late, err)
		}
	})
}
