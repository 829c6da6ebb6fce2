package supervisor_test

import (
	"strings"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/callback"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// ended gives a programme of the court above four cases: one complete, one refused, one at a number out of use, one still in the field.
func ended(t *testing.T, p *webtest.Portal) (programme string) {
	t.Helper()
	found(t, p)
	now, programme := p.Clock.Now(), store.NewID()
	plan := map[string]any{
		"id": programme, "owner_body_id": p.Directory.BodyID(t.Context(), owner), "name_zh": "方案", "name_en": "Plan", "kind": "treatment", "instrument": "treatment",
		"from_on": "2026-11-02", "seed": "00", "strata": `[{"id":"s","event":"served","party":"respondent","per_mille":1000}]`, "status": "running",
		"version": 1, "created_at": now, "updated_at": now,
	}
	err := p.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		if err := tx.Table("callback_programme").Create(plan).Error; err != nil {
			return err
		}
		var c callback.Case
		if err := tx.Take(&c).Error; err != nil {
			return err
		}
		if err := tx.Model(&c).Updates(map[string]any{"programme_id": programme, "stratum": "s"}).Error; err != nil {
			return err
		}
		for _, code := range []string{"10", "50", "71"} {
			more := c
			more.ID, more.ProgrammeID, more.Stratum, more.Status, more.FinalCode = store.NewID(), &programme, "s", callback.Closed, &code
			if err := tx.Create(&more).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return programme
}

// TestFigures shows the rates of a programme with everybody in the base, and gives the same as a table. Of four people one answered, one refused,
// and of two nobody knows: RR1 is 1/4, and e is 2/2.
func TestFigures(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		here := "/staff/programmes/" + ended(t, p) + "/figures"
		c := p.SignInStaff(t, "duban")
		c.Get(here).Is(200).Says("RR1", "25.0 %", zh("figures.sample", "N", 4), zh("figures.open", "N", 1), zh("figures.only_known", "N", 2),
			zh("figures.e_estimated", "E", "1.0000", "Known", 2, "All", 2), asked)
		table := string(c.Get(here + ".csv").Is(200).Body)
		for _, want := range []string{"\ufeffgroup,name,n,I,P,R,NC,O,UH,UO,NE,e,RR1,", ",4,1,0,1,0,0,0,2,0,1.0000,0.2500,"} {
			if !strings.Contains(table, want) {
				t.Errorf("the table does not hold %q:\n%s", want, table)
			}
		}
		c = p.SignInStaff(t, "nanshan.shen1")
		c.Get(here).Is(404)
		c.Get(here + ".csv").Is(404)
	})
}
