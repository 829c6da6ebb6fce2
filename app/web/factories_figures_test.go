package web_test

import (
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/insight"
	"reliefportal/app/seal"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
)

func init() {
	factories[kit.FigureExport] = makeExport
	// A file of answers belongs to whoever asked for it: here to the supervisor.
	sees[kit.FigureExport] = func(_ *world, p *person, _ kit.Route, rel relation) bool { return rel == own && p.name == "supervisor" }
}

// makeExport has a file ready that the supervisor asked for; for the other side nobody of this world did.
func makeExport(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	id := store.NewID()
	if rel == nobodys {
		return map[string]string{"id": id}
	}
	programme := makeProgramme(t, w, kit.Route{}, own)["id"]
	owner := map[relation]string{own: "supervisor", other: "admin"}[rel]
	now := w.Clock.Now()
	e := insight.Export{ID: id, PersonID: w.person(owner).actor.PersonID, ProgrammeID: programme, Quarter: "2026-Q4", Party: "respondent", Status: insight.ExportDone, CreatedAt: now, UpdatedAt: now}
	box, err := seal.New(webtest.Key)
	if err != nil {
		t.Fatal(err)
	}
	e.FileSealed = box.Seal(seal.AD{Table: "figure_export", Column: "file_sealed", Row: id}, []byte("A\n1\n"))
	err = w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		if err := tx.Exec("UPDATE callback_programme SET status = 'running' WHERE id = ?", programme).Error; err != nil {
			return err
		}
		return tx.Create(&e).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"id": id}
}
