package callback

import (
	"testing"

	"github.com/alexedwards/argon2id"

	"reliefportal/app/account"
	"reliefportal/app/seal"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestPeopleOfAccounts rings real accounts: one with name and number, one with neither.
func TestPeopleOfAccounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		cheap := &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
		accounts, err := account.New(db, w.clock, w.box, nil, account.Options{Argon2: cheap})
		w.do(err)
		w.s = New(db, w.clock, w, w, PeopleOf(accounts), w.box)
		a, known, unknown := w.caller("ann"), w.open(), w.open()
		w.do(accounts.SetName(t.Context(), account.System(), known.PersonID, "黄晓芸"))
		w.exec("INSERT INTO contact (id, person_id, kind, value_sealed, value_index, verified_at, created_at) VALUES ('k1', ?, 'mobile', ?, ?, ?, ?)",
			known.PersonID, w.box.SealText(seal.AD{Table: "contact", Column: "value_sealed", Row: "k1"}, "+8613800006071"), []byte("i"), w.clock.Now(), w.clock.Now())
		for id, want := range map[string][2]string{known.ID: {"黄某某", "+8613800006071"}, unknown.ID: {"", ""}} {
			w.claim(a, id)
			v, err := w.s.Case(t.Context(), a, id)
			w.do(err)
			if v.Person != want[0] || v.Phone != want[1] {
				t.Errorf("%s %s, want %v", v.Person, v.Phone, want)
			}
		}
	})
}
