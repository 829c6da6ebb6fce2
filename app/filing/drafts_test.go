package filing_test

import (
	"slices"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/packs"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

func sweep(t *testing.T, w *apptest.World, at time.Time) (closed int) {
	t.Helper()
	w.Time.Set(at)
	closed, err := w.Filings.SweepDrafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return closed
}

func warnings(t *testing.T, w *apptest.World) (n int64) {
	t.Helper()
	if err := w.DB.Read(t.Context()).Table("notice").Where("kind = ?", "draft_expiring").Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// TestDraftsGoAfterAWarning walks past the days on which a draft is warned of and goes.
func TestDraftsGoAfterAWarning(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		d := draft(t, w, who, "R01", answers())
		end := *d.DraftExpiresAt
		for _, step := range []struct {
			at     time.Time
			closed int
			warned int64
		}{
			{end.Add(-filing.DraftWarning - time.Second), 0, 0},
			{end.Add(-filing.DraftWarning), 0, 1},
			{end.Add(-time.Hour), 0, 1}, // told once
			{end.Add(-time.Second), 0, 1},
			{end, 1, 1},
			{end.Add(time.Hour), 0, 1},
		} {
			if closed := sweep(t, w, step.at); closed != step.closed || warnings(t, w) != step.warned {
				t.Fatalf("at %v before the end: closed %d, %d warnings", end.Sub(step.at), closed, warnings(t, w))
			}
		}
		if rows, _, err := w.Filings.Mine(t.Context(), who, filing.Cursor{}); err != nil || len(rows) != 0 {
			t.Errorf("a draft that is gone is listed: %v, %v", rows, err)
		}
	})
}

// TestNoDraftGoesUnwarned: the portal stood still past the end of a draft. It warns first, and the draft lives on for the whole time of a warning.
func TestNoDraftGoesUnwarned(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	d := draft(t, w, w.Debtor(t, "13800006071"), "R01", answers())
	late := d.DraftExpiresAt.Add(30 * 24 * time.Hour)
	if closed := sweep(t, w, late); closed != 0 || warnings(t, w) != 1 {
		t.Fatalf("closed %d, %d warnings", closed, warnings(t, w))
	}
	if closed := sweep(t, w, late.Add(filing.DraftWarning-time.Second)); closed != 0 {
		t.Fatal("closed before the warning had had its time")
	}
	if closed := sweep(t, w, late.Add(filing.DraftWarning)); closed != 1 {
		t.Fatal("not closed after the warning had had its time")
	}
}

// TestComingBackSavesADraft: an answer given after the warning starts the time anew, and the next end is warned of again.
func TestComingBackSavesADraft(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	d := draft(t, w, who, "R01", answers())
	sweep(t, w, d.DraftExpiresAt.Add(-time.Hour))
	d, err := w.Filings.Answer(t.Context(), who, d.ID, d.Version, rules.Facts{"request": rules.Said("解除冻结，留出生活费。")})
	if err != nil {
		t.Fatal(err)
	}
	if day, going := d.Going(w.Clock.Now()); going {
		t.Errorf("after an answer the draft goes on %s", day)
	}
	sweep(t, w, d.DraftExpiresAt.Add(-filing.DraftWarning))
	if n := warnings(t, w); n != 2 {
		t.Errorf("%d warnings, want 2", n)
	}
}

// TestManyDraftsAreWarnedOf: more drafts than one batch end on the same day.
func TestManyDraftsAreWarnedOf(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	const many = 230
	var last filing.Filing
	for range many {
		last = draft(t, w, who, "R01", rules.Facts{})
	}
	sweep(t, w, last.DraftExpiresAt.Add(-time.Hour))
	if n := warnings(t, w); n != many {
		t.Errorf("%d warnings for %d drafts", n, many)
	}
}

// TestBlankNeverWipesAProtectedAnswer: an empty box in the place of a day, a number or a name is refused; only removal takes it away.
func TestBlankNeverWipesAProtectedAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		facts := answers()
		facts["act_served_on"], facts["id_number"] = rules.On(calendar.NewDate(2026, 10, 26)), rules.Said("44030519900101123X")
		d := draft(t, w, who, "R01", facts)
		for _, id := range []rules.FactID{"act_served_on", "id_number", filing.FactCaseNumber, filing.FactExecCourt, filing.FactApplicant} {
			_, err := w.Filings.Answer(ctx, who, d.ID, d.Version, rules.Facts{id: {}})
			if e, ok := fail.As(err); !ok || e.Kind != fail.KindInvalid || e.Fields[0].Key != "answer.kept" {
				t.Errorf("%s wiped by a blank: %v", id, err)
			}
			now, have, err := w.Filings.Get(ctx, who, d.ID)
			if err != nil || now.Version != d.Version || string(rules.Facts{id: have[id]}.Canonical()) != string(rules.Facts{id: facts[id]}.Canonical()) {
				t.Errorf("%s is now %+v, %v", id, have[id], err)
			}
			if d, err = w.Filings.RemoveAnswer(ctx, who, d.ID, d.Version, id); err != nil {
				t.Fatalf("remove %s: %v", id, err)
			}
			if have, err := w.Filings.Facts(d); err != nil || have.Asked(id) {
				t.Errorf("%s is still there after it was removed, %v", id, err)
			}
		}
		if d.CaseNumber != "" || d.ExecBodyID != nil || d.ApplicantSealed != nil {
			t.Errorf("columns read from removed answers remain: %+v", d)
		}
		if _, err := w.Filings.RemoveAnswer(ctx, who, d.ID, d.Version, "what_happened"); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("an answer that is not protected was removed: %v", err)
		}
		if _, err := w.Filings.Answer(ctx, who, d.ID, d.Version, rules.Facts{"security_offer": rules.Said("")}); err != nil {
			t.Errorf("an answer that may be empty was refused: %v", err)
		}
	})
}

// TestUnsureIsAnAnswer: "I do not know" is said, not slipped, and may stand in the place of a day.
func TestUnsureIsAnAnswer(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	facts := answers()
	facts["act_served_on"] = rules.On(calendar.NewDate(2026, 10, 26))
	d := draft(t, w, who, "R01", facts)
	if _, err := w.Filings.Answer(t.Context(), who, d.ID, d.Version, rules.Facts{"act_served_on": rules.Unsure()}); err != nil {
		t.Error(err)
	}
}

// TestAsideAnswers: the case moved, so three answers follow; then it turns out that it did not. They are kept and count no more.
func TestAsideAnswers(t *testing.T) {
	set, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	p := set.On(calendar.NewDate(2026, 11, 2))
	r, _ := p.Remedy("R01")
	given := answers()
	given["complain_of"], given["act_court"] = rules.Pick("old"), rules.Said("深圳市福田区人民法院")
	for _, tc := range []struct {
		name  string
		moved rules.Value
		aside []rules.FactID
	}{
		{"moved", rules.Pick("designated"), nil},
		{"not moved", rules.Pick("no"), []rules.FactID{"complain_of", "act_court"}},
		{"not known", rules.Unsure(), []rules.FactID{"complain_of", "act_court"}},
	} {
		facts := given.Clone()
		facts["moved"] = tc.moved
		counted, aside := filing.Counted(p, r, facts)
		if !slices.Equal(aside, tc.aside) || len(counted)+len(aside) != len(facts) {
			t.Errorf("%s: aside %v", tc.name, aside)
		}
		if again, none := filing.Counted(p, r, counted); len(none) != 0 || len(again) != len(counted) {
			t.Errorf("%s: not at rest", tc.name)
		}
		for _, pg := range filing.Pages(p, r, facts) {
			if pg.Question != nil && slices.Contains(tc.aside, pg.Question.Fact) {
				t.Errorf("%s: page %s still applies", tc.name, pg.Question.ID)
			}
		}
	}
}

// TestAsideAnswersAreNotFiled: what no longer applies is not handed over, and does not choose the court.
func TestAsideAnswersAreNotFiled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		facts := answers()
		facts["moved"], facts["complain_of"], facts["act_court"] = rules.Pick("no"), rules.Pick("old"), rules.Said("深圳市福田区人民法院")
		f := filed(t, w, who, "R01", facts)
		have, err := w.Filings.Facts(f)
		if err != nil || have.Asked("complain_of") || have.Asked("act_court") || !have.Asked("what_happened") {
			t.Errorf("filed %v, %v", have, err)
		}
		if got := w.Directory.BodyName(t.Context(), f.Owner()); got != nanshan {
			t.Errorf("it went to %s", got)
		}
	})
}

const words = "以上是我知道的真实情况。"

func look(t *testing.T, w *apptest.World, f filing.Filing) filing.Look {
	t.Helper()
	facts, err := w.Filings.Facts(f)
	if err != nil {
		t.Fatal(err)
	}
	l, err := w.Filings.Look(w.DB.Read(t.Context()), f, facts, words)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestOnlyWhatWasCheckedIsFiled: any change between the look and the submit asks to look again and says what changed; changing back does not.
func TestOnlyWhatWasCheckedIsFiled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		d := draft(t, w, who, "R01", answers())
		saw := look(t, w, d)
		in := filing.SubmitInput{Key: d.SubmitKey, Checked: saw.Hash, Declared: true, Words: words, Lang: "en"}
		other, err := w.Filings.Answer(ctx, who, d.ID, d.Version, rules.Facts{"request": rules.Said("另外一个请求。"), "living_left": rules.Pick("yes")})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = w.Filings.Submit(ctx, who, d.ID, in)
		if e, ok := fail.As(err); !ok || e.Kind != fail.KindConflict || e.Key != "filing.stale" {
			t.Fatalf("filed what was not checked: %v", err)
		}
		if c := look(t, w, other).Since(saw.Parts); !slices.Equal(c.Facts, []rules.FactID{"living_left", "request"}) || c.Law || c.Words || len(c.Files)+c.Gone > 0 {
			t.Errorf("changes: %+v", c)
		}
		back, err := w.Filings.Answer(ctx, who, d.ID, other.Version, rules.Facts{"request": answers()["request"], "living_left": answers()["living_left"]})
		if err != nil {
			t.Fatal(err)
		}
		if c := look(t, w, back).Since(saw.Parts); !c.None() {
			t.Errorf("changed back, and there is %+v", c)
		}
		wrong := in
		wrong.Words = "以上都不是真的。"
		if _, _, err := w.Filings.Submit(ctx, who, d.ID, wrong); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("another statement than the one shown was taken: %v", err)
		}
		w.Time.Add(time.Minute)
		f, already, err := w.Filings.Submit(ctx, who, d.ID, in)
		if err != nil || already {
			t.Fatal(already, err)
		}
		sub, ok, err := filing.SubmissionOf(w.DB.Read(ctx), f.ID)
		if err != nil || !ok || sub.Words != words || sub.Lang != "en" || sub.Declaration != filing.DeclarationVersion || !sub.SubmittedAt.Equal(w.Clock.Now()) ||
			sub.FactsHash != saw.Hash {
			t.Errorf("submission %+v, %v", sub, err)
		}
	})
}

// TestNextDraftFollowsTheDayOfService: the day of service is corrected while the next filing is being written. The day carried over moves along;
// one the person gave himself stays; a filing handed in stays as it was.
func TestNextDraftFollowsTheDayOfService(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		f, judge := rejected(t, w, who)
		next := func() filing.Filing {
			t.Helper()
			d, err := w.Filings.StartNext(ctx, who, f.ID, "R15", "zh-Hans", store.NewID())
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		kept, own := next(), next()
		mine := calendar.NewDate(2026, 11, 1)
		if _, err := w.Filings.Answer(ctx, who, own.ID, own.Version, rules.Facts{"ruling_served_on": rules.On(mine)}); err != nil {
			t.Fatal(err)
		}
		w.Time.Set(calendar.NewDate(2026, 11, 6).StartUTC())
		corrected := calendar.NewDate(2026, 11, 5)
		if _, err := w.Reviews.CorrectService(ctx, judge, f.ID, f.Version, corrected, review.ServedPost); err != nil {
			t.Fatal(err)
		}
		for _, tc := range []struct {
			name  string
			id    string
			want  calendar.Date
			moved int
		}{{"as carried over", kept.ID, corrected, 1}, {"given by the person", own.ID, mine, 0}} {
			d, facts, err := w.Filings.Get(ctx, who, tc.id)
			if err != nil || facts["ruling_served_on"].Date != tc.want {
				t.Errorf("%s: %v, %v", tc.name, facts["ruling_served_on"].Date, err)
			}
			told, ok, err := w.Filings.LastFollowed(ctx, d)
			if err != nil || !ok || told.From != f.ServedOn || told.To != corrected || len(told.Facts) != tc.moved {
				t.Errorf("%s: told %+v %v, %v", tc.name, told, ok, err)
			}
		}
		if d, _, _ := w.Filings.Get(ctx, who, kept.ID); d.Version != kept.Version+1 {
			t.Error("a form opened before the correction could still overwrite the day")
		}
	})
}

// rejected is a filing that was decided against the person and served on the world's first day.
func rejected(t *testing.T, w *apptest.World, who account.Actor) (filing.Filing, account.Actor) {
	t.Helper()
	ctx, judge := t.Context(), w.Staff(t, "nanshan.shen1")
	f := filed(t, w, who, "R01", answers())
	for _, step := range []func() (filing.Filing, error){
		func() (filing.Filing, error) {
			return w.Reviews.Accept(ctx, w.Staff(t, "nanshan.lian"), f.ID, f.Version, "（2026）粤0305执异88号")
		},
		func() (filing.Filing, error) {
			return w.Reviews.Assign(ctx, judge, f.ID, f.Version, judge.PersonID)
		},
		func() (filing.Filing, error) {
			return w.Reviews.Decide(ctx, judge, f.ID, f.Version, review.Ruling{Disposition: "rejected", Grounds: []string{"G01"}, Text: "账户里的钱不全是工资，已经留出生活费。"})
		},
		func() (filing.Filing, error) {
			return w.Reviews.Serve(ctx, judge, f.ID, f.Version, review.ServedPost, calendar.Today(w.Clock))
		},
	} {
		var err error
		if f, err = step(); err != nil {
			t.Fatal(err)
		}
	}
	return f, judge
}
