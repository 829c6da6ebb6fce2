package filing_test

import (
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/notice"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// kinds counts the messages of a kind in the outbox.
func kinds(t *testing.T, w *apptest.World, kind string) (n int64) {
	t.Helper()
	if err := w.DB.Read(t.Context()).Table("notice").Where("kind = ?", kind).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// TestLateBodyDraftsTheNextFiling: when the body's day passes the next filing is drafted, once, with the facts in words; when the body acts after all it
// goes, unless the person has worked on it.
func TestLateBodyDraftsTheNextFiling(t *testing.T) {
	for _, touched := range []bool{false, true} {
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			w := apptest.New(t, db)
			who := w.Debtor(t, "13800006071")
			f := filed(t, w, who, "R01", answers())
			if _, ok, err := w.Filings.Drafted(t.Context(), f); ok || err != nil {
				t.Fatalf("drafted before the day: %v", err)
			}
			w.Time.Set(*f.NextDueAt)
			for range 2 {
				if _, err := w.Filings.SweepClocks(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			late, _, err := w.Filings.Get(t.Context(), who, f.ID)
			if err != nil {
				t.Fatal(err)
			}
			d, ok, err := w.Filings.Drafted(t.Context(), late)
			if err != nil || !ok || d.Remedy != "R36" {
				t.Fatalf("%+v %v %v", d, ok, err)
			}
			d, facts, err := w.Filings.Get(t.Context(), who, d.ID)
			if err != nil || !strings.Contains(facts["request"].Text, nanshan) || !strings.Contains(facts["filed_how"].Text, f.Code()) ||
				facts["filed_on"].Date != f.ReceivedOn() || facts[filing.FactApplicant].Text != "林晓芸" {
				t.Errorf("%v %v", facts, err)
			}
			if touched {
				if _, err := w.Filings.Answer(t.Context(), who, d.ID, d.Version, rules.Facts{"request": rules.Said("请督促。")}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := w.Reviews.Accept(t.Context(), w.Staff(t, "nanshan.lian"), late.ID, late.Version, ""); err != nil {
				t.Fatal(err)
			}
			now, _, err := w.Filings.Get(t.Context(), who, d.ID)
			if want := map[bool]filing.Status{false: filing.Closed, true: filing.Draft}[touched]; err != nil || now.Status != want {
				t.Errorf("touched %v: the draft is %s, want %s (%v)", touched, now.Status, want, err)
			}
			if over, err := w.Filings.Moot(t.Context(), notice.Occasion{Kind: "overdue", FilingID: f.ID, Subject: *late.NextClockID}); err != nil || !over {
				t.Errorf("the message that the body is late is not moot: %v", err)
			}
		})
	}
}

func TestReminder(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	cal := w.Packs.On(calendar.Today(w.Clock)).Calendar
	last := calendar.NewDate(2026, 11, 12) // a Thursday
	for _, c := range []struct {
		name  string
		today calendar.Date
		days  []int
		ahead int
		due   bool
	}{
		{"the day before the first", calendar.NewDate(2026, 11, 8), []int{3, 1}, 0, false},
		{"three working days before", calendar.NewDate(2026, 11, 9), []int{3, 1}, 3, true},
		{"two days before is still the first", calendar.NewDate(2026, 11, 10), []int{3, 1}, 3, true},
		{"one working day before", calendar.NewDate(2026, 11, 11), []int{3, 1}, 1, true},
		{"the last day", last, []int{3, 1}, 1, true},
		{"the last day when chosen", last, []int{3, 0}, 0, true},
		{"after the last day", last.AddDays(1), []int{3, 1, 0}, 0, false},
		{"none wished", calendar.NewDate(2026, 11, 11), nil, 0, false},
		{"over a weekend", calendar.NewDate(2026, 11, 6), []int{4}, 4, true},
	} {
		if ahead, due := filing.Reminder(cal, c.today, last, c.days); ahead != c.ahead || due != c.due {
			t.Errorf("%s: %d %v, want %d %v", c.name, ahead, due, c.ahead, c.due)
		}
	}
}

// TestRemindersStopWhenMoot: a window is reminded of on the chosen days, each once and never at night; when the next filing is handed in it stops, and
// when that is taken back in time it goes on.
func TestRemindersStopWhenMoot(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		f, _ := rejected(t, w, who)
		window := clock(t, w, f, "K05")
		sweep := func(at time.Time, want int64) {
			t.Helper()
			w.Time.Set(at)
			if _, err := w.Filings.SweepReminders(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := kinds(t, w, "reminder"); n != want {
				t.Errorf("%v: %d reminders, want %d", at, n, want)
			}
		}
		day := func(d calendar.Date, hour int) time.Time { return d.StartUTC().Add(time.Duration(hour) * time.Hour) }
		cal := w.Packs.On(calendar.Today(w.Clock)).Calendar
		three, one := filing.WorkdaysBefore(cal, window.FileByOn, 3), filing.WorkdaysBefore(cal, window.FileByOn, 1)
		sweep(day(three.AddDays(-1), 10), 0)
		sweep(day(three, 7), 0)
		sweep(day(three, 8), 1)
		sweep(day(three, 12), 1)
		next, err := w.Filings.StartNext(t.Context(), who, f.ID, "R15", "zh-Hans", store.NewID())
		if err != nil {
			t.Fatal(err)
		}
		next, err = w.Filings.Answer(t.Context(), who, next.ID, next.Version, rules.Facts{"why_wrong": rules.Said("没有算生活费。"), "request": rules.Said("撤销。")})
		if err != nil {
			t.Fatal(err)
		}
		next, _, err = w.Filings.Submit(t.Context(), who, next.ID, filing.SubmitInput{Version: next.Version, Key: next.SubmitKey, Declared: true})
		if err != nil {
			t.Fatal(err)
		}
		if c := clock(t, w, f, "K05"); c.State != filing.Met {
			t.Errorf("the window is %s after it was used", c.State)
		}
		if over, err := w.Filings.Moot(t.Context(), notice.Occasion{Kind: "reminder", FilingID: f.ID, Subject: window.ID}); err != nil || !over {
			t.Errorf("a reminder on its way is not moot: %v", err)
		}
		sweep(day(one, 10), 1)
		if _, err := w.Filings.Withdraw(t.Context(), who, next.ID, next.Version); err != nil {
			t.Fatal(err)
		}
		sweep(day(one, 11), 2)
		if err := w.Contacts.Save(t.Context(), who, contact.Profile{NoRemind: true}); err != nil {
			t.Fatal(err)
		}
		sweep(day(window.FileByOn, 11), 2)
	})
}

// granted is a filing decided in the person's favour and served on the world's first day.
func granted(t *testing.T, w *apptest.World, who account.Actor) filing.Filing {
	t.Helper()
	ctx, judge := t.Context(), w.Staff(t, "nanshan.shen1")
	f := filed(t, w, who, "R01", answers())
	for _, step := range []func() (filing.Filing, error){
		func() (filing.Filing, error) {
			return w.Reviews.Accept(ctx, w.Staff(t, "nanshan.lian"), f.ID, f.Version, "")
		},
		func() (filing.Filing, error) {
			return w.Reviews.Assign(ctx, judge, f.ID, f.Version, judge.PersonID)
		},
		func() (filing.Filing, error) {
			return w.Reviews.Decide(ctx, judge, f.ID, f.Version, review.Ruling{Disposition: "upheld", Grounds: []string{"G02"}, Text: "没有留出生活费，撤销冻结，三日内解冻。"})
		},
		func() (filing.Filing, error) {
			return w.Reviews.Serve(ctx, judge, f.ID, f.Version, review.ServedInPerson, calendar.Today(w.Clock))
		},
	} {
		var err error
		if f, err = step(); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// TestCarriedOut: the person is asked on the day after, once; "no" opens the way on with the facts in words, and "yes" shuts it again.
func TestCarriedOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		who, other := w.Debtor(t, "13800006071"), w.Debtor(t, "13800006072")
		f := granted(t, w, who)
		state, duty, _, ok, err := w.Filings.CarriedOf(t.Context(), who, f)
		if err != nil || !ok || state.DueOn != calendar.NewDate(2026, 11, 9) || duty.Cite.Standing != rules.Project { // 5 working days, a choice of this portal
			t.Fatalf("%+v %+v %v %v", state, duty, ok, err)
		}
		for _, c := range []struct {
			at   time.Time
			want int64
		}{{state.DueOn.EndUTC().Add(-time.Second), 0}, {state.DueOn.EndUTC(), 1}, {state.DueOn.EndUTC().Add(time.Hour), 1}} {
			w.Time.Set(c.at)
			if _, err := w.Filings.SweepCarried(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := kinds(t, w, "carried_ask"); n != c.want {
				t.Errorf("%v: asked %d times, want %d", c.at, n, c.want)
			}
		}
		answer := func(done filing.Done, version int64) error {
			return w.Filings.AnswerCarried(t.Context(), who, f.ID, filing.CarriedAnswer{Version: version, Done: done, Agrees: rules.Yes, Note: "金丝雀还冻结着"})
		}
		ways := func() (ids []string, request string) {
			t.Helper()
			now, facts, err := w.Filings.Get(t.Context(), who, f.ID)
			if err != nil {
				t.Fatal(err)
			}
			next, err := w.Filings.NextDoors(t.Context(), now, facts)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range next {
				ids = append(ids, n.Door.Remedy.ID)
				if n.Door.Remedy.ID == "R39" {
					request = n.Facts["what_happened"].Text
				}
			}
			return ids, request
		}
		if err := answer("", 1); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("no answer was taken: %v", err)
		}
		if err := w.Filings.AnswerCarried(t.Context(), other, f.ID, filing.CarriedAnswer{Version: 1, Done: filing.DoneNo}); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("somebody else answered: %v", err)
		}
		if err := answer(filing.DoneNo, 1); err != nil {
			t.Fatal(err)
		}
		if err := answer(filing.DoneYes, 1); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("an old page wrote over it: %v", err)
		}
		if _, said := ways(); !strings.Contains(said, f.Code()) || !strings.Contains(said, "2026年11月10日") || strings.Contains(said, "应当在") || strings.ContainsAny(said, "{}") {
			t.Errorf("not in words: %q", said)
		}
		if over, err := w.Filings.Moot(t.Context(), notice.Occasion{Kind: "carried_ask", FilingID: f.ID}); err != nil || !over {
			t.Errorf("still asked after the answer: %v", err)
		}
		if err := answer(filing.DoneYes, 2); err != nil {
			t.Fatal(err)
		}
		if _, said := ways(); strings.Contains(said, f.Code()) {
			t.Errorf("done, and still %q", said)
		}
		w.Work(t)
		var told int64
		if err := w.DB.Read(t.Context()).Table("callback_frame").Where("filing_id = ? AND event = 'lifted'", f.ID).Count(&told).Error; err != nil || told != 1 {
			t.Errorf("that it was carried out came before the programmes %d times, %v", told, err)
		}
	})
}
