package admin_test

import (
	"net/http"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/i18n"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestChecksPage: an administrator lets the checkers look and reads what they found, by id and since when; nobody's name is on the page.
func TestChecksPage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c := p.SignInStaff(t, "guanli")
		c.Get("/staff/admin/checks").Is(http.StatusOK).Says(zh("checks.no_owner"), zh("checks.never"))
		c.Submit("main form", nil).Is(http.StatusOK).At("/staff/admin/checks").Says(zh("checks.sound")).SaysNot(zh("checks.never"))
		id := store.NewID()
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			return tx.Exec("INSERT INTO integrity_finding (id, checker, subject, detail, first_seen_at, last_seen_at) VALUES (?, 'unserved', ?, '', ?, ?)", store.NewID(), id, p.Clock.Now(), p.Clock.Now()).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		c.Get("/staff/admin/checks").Says(zh("checks.bad", "N", 1), id, zh("checks.unserved_what"))
	})
}

func zh(key string, kv ...any) string { return i18n.T(i18n.Chinese, key, kv...) }
