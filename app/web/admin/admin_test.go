package admin_test

import (
	"net/http"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/document"
	"reliefportal/app/i18n"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestFailedJobs shows an administrator what was given up, with a button that puts it back to work; nobody else sees it.
func TestFailedJobs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c := p.SignInStaff(t, "guanli")
		c.Page.At("/staff/jobs").Says(i18n.T(i18n.Chinese, "jobs.none"))
		c.Page.Says(i18n.T(i18n.Chinese, "jobs.files_never"))
		if err := p.Documents.VerifyDaily(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.Get("/staff/jobs").Is(200).Says("读了 0 份，都在")
		if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Exec("UPDATE document_check SET checked = 9, missing = 1").Error }); err != nil {
			t.Fatal(err)
		}
		c.Get("/staff/jobs").Is(200).Says("读了 9 份，少了 1 份")
		if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return p.Queue.Insert(tx, document.Copy{ID: store.NewID()}) }); err != nil {
			t.Fatal(err)
		}
		given := "UPDATE river_job SET state = 'discarded', attempt = max_attempts, finalized_at = created_at WHERE kind = 'document.copy'"
		if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Exec(given).Error }); err != nil {
			t.Fatal(err)
		}
		c.Get("/staff/jobs").Is(200).Says("document.copy")
		c.Submit("main form[method=post]", nil).Is(200).At("/staff/jobs").Says(i18n.T(i18n.Chinese, "jobs.none"))
		p.SignInStaff(t, "nanshan.lian").GetRaw("/staff/jobs").Is(http.StatusNotFound)
	})
}
