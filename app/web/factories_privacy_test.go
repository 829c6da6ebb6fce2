package web_test

import (
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/store"
	"reliefportal/app/web/kit"
)

func init() {
	factories[kit.ExportOwn] = ownRow("data_export", func(w *world, id, person string) map[string]any {
		return map[string]any{"id": id, "person_id": person, "lang": "zh-Hans", "state": "gone", "created_at": w.Clock.Now()}
	})
	factories[kit.PasskeyOwn] = ownRow("passkey", func(w *world, id, person string) map[string]any {
		return map[string]any{"id": id, "person_id": person, "name_sealed": []byte{1}, "handle": []byte(id), "credential": "{}", "created_at": w.Clock.Now()}
	})
	factories[kit.Erasure] = ownRow("erasure", func(w *world, id, person string) map[string]any {
		return map[string]any{"id": id, "person_id": person, "part": "calls", "state": "waiting", "due_on": w.today(), "version": 1, "created_at": w.Clock.Now()}
	})
	sees[kit.ExportOwn], sees[kit.PasskeyOwn] = sees[kit.FilingOwn], sees[kit.FilingOwn]
	// An administrator answers for everybody.
	sees[kit.Erasure] = func(*world, *person, kit.Route, relation) bool { return true }
}

// ownRow makes a row that belongs to the debtor of a side.
func ownRow(table string, row func(w *world, id, person string) map[string]any) func(*testing.T, *world, kit.Route, relation) map[string]string {
	return func(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
		t.Helper()
		id := store.NewID()
		if rel != nobodys {
			err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
				if err := tx.Exec("DELETE FROM "+table+" WHERE person_id = ?", w.person(sides[rel].debtor).actor.PersonID).Error; err != nil {
					return err
				}
				return tx.Table(table).Create(row(w, id, w.person(sides[rel].debtor).actor.PersonID)).Error
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		return map[string]string{"id": id}
	}
}
