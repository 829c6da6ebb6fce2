package supervisor_test

import (
	"fmt"
	"testing"

	"reliefportal/app/appraisal"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestAppraisals: an institution is shown to supervisors from the fifth person on, and to nobody else.
func TestAppraisals(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c := p.SignInStaff(t, "duban")
		for i := range appraisal.Few {
			c.Get("/staff/appraisals").Is(200).Says(zh("appraisal.list_none"))
			d := p.SignInDebtor(t, fmt.Sprintf("appraised%d@example.cn", i))
			d.Get("/my/appraisal").Is(200)
			d.Submit("main form", webtest.Fields{"kind": "car", "institution": "例评估", "value_unsure": "1", "fee_unsure": "1"}).Is(200).At("/my/appraisal/result")
		}
		c.Get("/staff/appraisals").Is(200).Says("例评估", zh("appraisal.few", "N", 5))
		p.SignInStaff(t, "guanli").Get("/staff/appraisals").Is(404)
	})
}
