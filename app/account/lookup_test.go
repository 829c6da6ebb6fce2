package account_test

import (
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
)

func TestLoadAndNamesWorkInsideATransaction(t *testing.T) {
	today := calendar.NewDate(2026, 10, 8)
	each(t, func(t *testing.T, w *world) {
		body := w.body(t, "b1")
		p := w.staff(t, "zhou", account.NewGrant{Grant: account.Grant{Role: account.RoleReviewer, BodyID: body}, From: today})
		debtor := w.debtor(t, phone)
		err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
			a, err := account.Load(tx, p.ID, today)
			if err != nil || !a.IsStaff() || !a.HasAt(account.RoleReviewer, body) {
				t.Errorf("%+v, err %v", a, err)
			}
			if a, err := account.Load(tx, p.ID, today.AddDays(-1)); err != nil || a.Has(account.RoleReviewer) {
				t.Errorf("the day before the grant: %+v, err %v", a, err)
			}
			if _, err := account.Load(tx, "nobody", today); key(err) != "error.not_found" {
				t.Errorf("unknown person: %v", err)
			}
			names, err := account.Names(tx, w.box, []string{p.ID, debtor.ID, "nobody"})
			if err != nil || len(names) != 2 || names[p.ID] != "周文" || names[debtor.ID] != "" {
				t.Errorf("names %v, err %v", names, err)
			}
			names, err = account.Names(tx, w.box, nil)
			if err != nil || len(names) != 0 {
				t.Errorf("names of none: %v, err %v", names, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
