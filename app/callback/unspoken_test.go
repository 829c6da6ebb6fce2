package callback

import (
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestUnspoken: a case in a language none of the callers who may ring about its body speaks is before the supervisor at the next sweep, may be
// given to the person to answer alone, and goes back by itself once somebody speaks it.
func TestUnspoken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		boss, ann := w.staff("boss", account.RoleSupervisor, shenzhen), w.caller("ann")
		tied := w.staff("tied", account.RoleCaller, nanshan) // speaks it, and may not ring about this body
		w.do(w.s.SetLanguages(t.Context(), tied, []string{"en"}))
		zh, first, second := w.open(), w.open(), w.open()
		w.exec("UPDATE callback_case SET lang = 'en' WHERE id IN (?, ?)", first.ID, second.ID)
		refs := func(want int) []Referral {
			t.Helper()
			w.do(w.s.Unspoken(t.Context()))
			w.do(w.s.Unspoken(t.Context()))
			rows, _, err := w.s.Referrals(t.Context(), boss, Cursor{})
			w.do(err)
			if len(rows) != want {
				t.Fatalf("%d before the supervisor, want %d", len(rows), want)
			}
			return rows
		}
		rows := refs(2)
		if rows[0].For != ForLanguage || rows[0].Lang != "en" {
			t.Errorf("referral: %+v", rows[0])
		}
		w.do(w.s.Resolve(t.Context(), boss, first.ID, w.reload(first.ID).Version, Resolution{Alone: true}))
		if c := w.reload(first.ID); c.ByPhone || c.ReferredAt != nil || c.Status != Open {
			t.Errorf("given to the person: %+v", c)
		}
		var links int64
		w.do(db.Read(t.Context()).Model(&Invite{}).Where("case_id = ?", first.ID).Count(&links).Error)
		if links != 1 {
			t.Errorf("%d links", links)
		}
		refs(1)
		w.do(w.s.SetLanguages(t.Context(), ann, []string{"zh-Hans", "en"}))
		refs(0)
		if c := w.reload(second.ID); c.ReferredAt != nil || c.ReferredFor != "" || !c.ByPhone {
			t.Errorf("once somebody speaks it: %+v", c)
		}
		w.claim(ann, second.ID)
		w.exec("UPDATE callback_case SET referred_at = ? WHERE id = ?", w.clock.Now(), zh.ID) // by a caller
		refs(1)
		wants(t, "a case a caller sent, given to the person", w.s.Resolve(t.Context(), boss, zh.ID, w.reload(zh.ID).Version, Resolution{Alone: true}), "callback.outcome_unknown")
	})
}
