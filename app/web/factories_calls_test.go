package web_test

import (
	"errors"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/store"
	"reliefportal/app/web/kit"
)

func init() {
	factories[kit.Programme], factories[kit.Referral] = makeProgramme, makeReferral
	// A programme belongs to the body that runs it, a case the callers could not go on with to the body above the one asked about.
	sees[kit.Programme] = func(_ *world, p *person, _ kit.Route, rel relation) bool { return p.name == "supervisor" && rel == own }
	sees[kit.Referral] = sees[kit.Programme]
	// An interview is checked by a caller who may ring about the body and did not hold it himself.
	factories[kit.Redial], sees[kit.Redial] = makeRedial, sees[kit.CallbackCase]
}

// makeRedial draws the case of a side to be checked; somebody else held the interview.
func makeRedial(t *testing.T, w *world, route kit.Route, rel relation) map[string]string {
	t.Helper()
	params := makeCase(t, w, route, rel)
	if rel == nobodys {
		return params
	}
	now := w.Clock.Now()
	row := map[string]any{"case_id": params["id"], "caller_id": w.person("admin").actor.PersonID, "close_by": now.AddDate(0, 0, 7), "status": "open", "result": "", "created_at": now}
	err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return errors.Join(tx.Exec("DELETE FROM callback_redial WHERE case_id = ?", params["id"]).Error, tx.Table("callback_redial").Create(row).Error)
	})
	if err != nil {
		t.Fatal(err)
	}
	return params
}

// makeProgramme plans a programme at the body above that of a side.
func makeProgramme(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	id := store.NewID()
	if rel == nobodys {
		return map[string]string{"id": id}
	}
	about, _ := w.Directory.BodyByName(t.Context(), sides[rel].body)
	now := w.Clock.Now()
	row := map[string]any{
		"id": id, "owner_body_id": about.ParentID, "name_zh": "方案", "name_en": "Plan", "kind": "treatment", "instrument": "treatment", "from_on": w.today(), "seed": "00",
		"strata": `[{"id":"served-respondent","event":"served","party":"respondent","per_mille":500}]`, "status": "draft", "version": 1, "created_at": now, "updated_at": now,
	}
	if err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Table("callback_programme").Create(row).Error }); err != nil {
		t.Fatal(err)
	}
	return map[string]string{"id": id}
}

// makeReferral sends the case of a side to its supervisor.
func makeReferral(t *testing.T, w *world, route kit.Route, rel relation) map[string]string {
	t.Helper()
	params := makeCase(t, w, route, rel)
	if rel == nobodys {
		return params
	}
	w.refer(t, params["id"], w.Clock.Now())
	return params
}

// refer puts a case with its supervisor, or, with nil, back on the list.
func (w *world) refer(t *testing.T, id string, since any) {
	t.Helper()
	err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return tx.Exec("UPDATE callback_case SET referred_at = ? WHERE id = ?", since, id).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}
