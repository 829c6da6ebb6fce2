package appraisal_test

import (
	"bytes"
	"fmt"
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/appraisal"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/money"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

func price(from string) appraisal.Price {
	day, err := calendar.ParseDate(from)
	if err != nil {
		panic(err)
	}
	return appraisal.Price{Kind: appraisal.Home, Bands: bands, Source: "test list", From: day}
}

func stated(fee money.Fen) appraisal.Data {
	return appraisal.Data{Institution: "canary (one) 评估", Kind: appraisal.Home, Value: appraisal.Sum{Known: true, Fen: money.Yuan(1_000_000)}, Fee: appraisal.Sum{Known: true, Fen: fee}}
}

// TestListIsReplaced: a new row ends the one before on the day before; the list of each day is the one that stood on it; only an administrator
// keeps it.
func TestListIsReplaced(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		admin := w.Staff(t, "guanli")
		first := price("2026-01-01")
		if err := w.Appraisals.AddPrice(t.Context(), w.Staff(t, "duban"), first); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("a supervisor gets %v", err)
		}
		for _, p := range []appraisal.Price{first, price("2026-06-01")} {
			if err := w.Appraisals.AddPrice(t.Context(), admin, p); err != nil {
				t.Fatal(err)
			}
		}
		for _, day := range []string{"2026-06-01", "2026-05-31"} {
			if err := w.Appraisals.AddPrice(t.Context(), admin, price(day)); fail.KindOf(err) != fail.KindInvalid {
				t.Errorf("a row from %s gives %v", day, err)
			}
		}
		list, err := w.Appraisals.Prices(t.Context())
		if err != nil || len(list) != 2 {
			t.Fatalf("%d rows, %v", len(list), err)
		}
		for day, want := range map[string]string{"2025-12-31": "", "2026-01-01": "2026-01-01", "2026-05-31": "2026-01-01", "2026-06-01": "2026-06-01"} {
			d := stated(0)
			d.Day = price(day).From
			got, ok := appraisal.Find(list, d, d.Day)
			if ok != (want != "") || ok && got.From.String() != want {
				t.Errorf("on %s the list of %s stands", day, got.From)
			}
		}
		open := list[0]
		if err := w.Appraisals.EndPrice(t.Context(), admin, open.ID, open.Version, open.From.AddDays(-1)); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("an end before the first day gives %v", err)
		}
		if err := w.Appraisals.EndPrice(t.Context(), admin, open.ID, open.Version, open.From); err != nil {
			t.Fatal(err)
		}
		if err := w.Appraisals.EndPrice(t.Context(), admin, open.ID, open.Version, open.From); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("ending twice gives %v", err)
		}
	})
}

// TestJudge: one fen above the list is above.
func TestJudge(t *testing.T) {
	list := []appraisal.Price{price("2026-01-01")}
	today := price("2026-11-01").From
	unknown := stated(0)
	unknown.Fee = appraisal.Sum{}
	high := stated(0)
	high.Value.Fen = money.Yuan(10_000_000) + 1
	for _, x := range []struct {
		name string
		list []appraisal.Price
		data appraisal.Data
		want appraisal.Verdict
	}{
		{"a fen below", list, stated(money.Yuan(5000) - 1), appraisal.Within}, {"the list", list, stated(money.Yuan(5000)), appraisal.Within},
		{"a fen above", list, stated(money.Yuan(5000) + 1), appraisal.AboveFee}, {"fee not known", list, unknown, appraisal.Unsaid},
		{"beyond the list", list, high, appraisal.NoList}, {"no list", nil, stated(1), appraisal.NoList},
	} {
		if got := appraisal.Judge(x.list, x.data, today).Verdict; got != x.want {
			t.Errorf("%s: %s", x.name, got)
		}
	}
}

// TestSealedAndCounted: what is stated cannot be read in the table nor by others; an institution is shown from five people on, however its
// name is spaced, and of the fees above the list no figure below five.
func TestSealedAndCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		duban := w.Staff(t, "duban")
		if err := w.Appraisals.AddPrice(t.Context(), w.Staff(t, "guanli"), price("2026-01-01")); err != nil {
			t.Fatal(err)
		}
		var people []account.Actor
		save := func(i int, version int64, name string, fee money.Fen) {
			d := stated(fee)
			d.Institution = name
			if err := w.Appraisals.Save(t.Context(), people[i], version, d); err != nil {
				t.Fatal(err)
			}
		}
		above := money.Yuan(5000) + 1
		for i := range appraisal.Few {
			people = append(people, w.Debtor(t, fmt.Sprintf("1381234600%d", i)))
			if counts, hidden, err := w.Appraisals.Counts(t.Context(), duban); err != nil || len(counts) != 0 || hidden != 0 {
				t.Fatalf("%d people are shown: %v, %d, %v", i, counts, hidden, err)
			}
			fee := above
			if i == 0 {
				fee = 0
			}
			save(i, 0, "canary（one） 评估", fee)
		}
		if err := w.Appraisals.Save(t.Context(), people[0], 0, stated(1)); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("an old page gave %v", err)
		}
		counts, _, err := w.Appraisals.Counts(t.Context(), duban)
		if err != nil || len(counts) != 1 || counts[0].People != 5 || counts[0].AboveShown || counts[0].Above != 0 {
			t.Fatalf("%+v, %v", counts, err)
		}
		save(0, 1, "Canary(one)评估", above)
		if counts, _, err = w.Appraisals.Counts(t.Context(), duban); err != nil || len(counts) != 1 || counts[0].People != 5 || counts[0].Above != 5 || !counts[0].AboveShown {
			t.Errorf("%+v, %v", counts, err)
		}
		if _, _, err := w.Appraisals.Counts(t.Context(), people[0]); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("a person gets %v", err)
		}
		if _, err := w.Appraisals.Current(t.Context(), duban); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("staff get %v", err)
		}
		var rows [][]byte
		if err := db.Read(t.Context()).Table("appraisal_check").Pluck("data_sealed", &rows).Error; err != nil || len(rows) != 6 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		for _, r := range rows {
			if bytes.Contains(bytes.ToLower(r), []byte("canary")) {
				t.Error("the institution is readable in the table")
			}
		}
	})
}
