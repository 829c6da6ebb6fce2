package callback_test

import (
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/restriction"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestEventsOfTheNouns: a request taken back, and a restriction that its person says is gone, come before the programmes through their jobs; a
// draft that is thrown away does not.
func TestEventsOfTheNouns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		ctx, who := t.Context(), w.Debtor(t, "13800006071")
		start := func() filing.Filing {
			f, err := w.Filings.Start(ctx, who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
				"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), "moved": rules.Pick("no"),
				filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said("深圳市南山区人民法院"), filing.FactApplicant: rules.Said("林晓芸"),
				"act": rules.Said("冻结"), "what_happened": rules.Said("全部冻结。"), "request": rules.Said("解除冻结。")}})
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		draft, f := start(), start()
		if _, err := w.Filings.Withdraw(ctx, who, draft.ID, draft.Version); err != nil {
			t.Fatal(err)
		}
		f, _, err := w.Filings.Submit(ctx, who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
		if err != nil {
			t.Fatal(err)
		}
		if f, err = w.Filings.Withdraw(ctx, who, f.ID, f.Version); err != nil {
			t.Fatal(err)
		}
		e, err := w.Limits.Note(ctx, who, restriction.New{Kind: "consumption", Event: "paid", On: calendar.Today(w.Clock), Token: "once"})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Tx(ctx, func(tx *gorm.DB) error { // as if a decision had ended it
			return tx.Exec("UPDATE restriction SET filing_id = ? WHERE id = ?", f.ID, e.ID).Error
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Limits.Answer(ctx, who, e.ID, e.Version, restriction.SayGone, "zh-Hans"); err != nil {
			t.Fatal(err)
		}
		w.Work(t)
		var rows []struct{ Event, FilingID, Party string }
		if err := db.Read(ctx).Table("callback_frame").Order("event").Select("event, filing_id, party").Scan(&rows).Error; err != nil {
			t.Fatal(err)
		}
		if len(rows) != 2 || rows[0].Event != "closed" || rows[1].Event != "lifted" || rows[0].FilingID != f.ID || rows[1].FilingID != f.ID || rows[0].Party != "respondent" {
			t.Errorf("frame: %+v", rows)
		}
	})
}
