package web_test

import (
	"net/http"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
)

// TestUnreadableSessionCountsAsNone damages a session in the database, as a change of its form does: the person is signed out, every open
// page answers, and signing in works in the same browser.
func TestUnreadableSessionCountsAsNone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c := p.SignInDebtor(t, "13812346071")
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			return tx.Exec("UPDATE session SET data = ?", []byte("%written by another program")).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		c.Get(p.Web.Path(kit.RouteStart)).Is(http.StatusOK)
		c.Get(p.Web.Path(kit.RouteDebtorHome)).Is(http.StatusOK).At(p.Web.Path(kit.RouteSignIn))
		p.Clock.Add(time.Minute)
		c.Submit("main form", webtest.Fields{"contact": "13812346071"}).Is(http.StatusOK)
		c.Submit("main form", webtest.Fields{"code": p.CodeFor(t, "13812346071")}).Is(http.StatusOK).At(p.Web.Path(kit.RouteDebtorHome))
	})
}
