package callback

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// The bodies of the tests: a district court, the courts above it, and the callback centre.
const (
	nanshan   = "court-nanshan"
	shenzhen  = "court-shenzhen"
	guangdong = "court-guangdong"
	centre    = "callback-centre"
)

// world is a database with courts, staff and debtors, and the service over it.
type world struct {
	t     testing.TB
	db    *store.DB
	clock *calendar.FakeClock
	pack  *rules.Pack
	box   *seal.Box
	s     *Service
	n     int
	reach map[string]reach       // of people who differ from the rest
	party map[string]rules.Party // by filing, where it is no respondent
	ended map[string]bool        // filings whose enforcement is over
}

// reach is how somebody can be reached.
type reach struct {
	mobiles []string
	email   bool
}

// newWorld starts on Monday 2026-11-23 at 10:00 in China.
func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	key := sha256.Sum256([]byte("key of the callback tests"))
	box, err := seal.New(key[:])
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, db: db, clock: calendar.NewFakeClock(shanghai(t, "2026-11-23 10:00")), pack: testPack(t), box: box, reach: map[string]reach{}, party: map[string]rules.Party{}, ended: map[string]bool{}}
	w.s = New(db, w.clock, w, w, w, box)
	w.body(guangdong, "court", nil)
	w.body(shenzhen, "court", guangdong)
	w.body(nanshan, "court", shenzhen)
	w.body(centre, "callback", nil)
	return w
}

// On and ByHash make the world the packs of the service.
func (w *world) On(calendar.Date) *rules.Pack { return w.pack }

func (w *world) ByHash(hash string) (*rules.Pack, bool) { return w.pack, hash == w.pack.Hash }

// NamesOf and ReachIn make it the people of the service.
func (w *world) NamesOf(_ context.Context, ids []string) (map[string]string, error) {
	out := map[string]string{}
	for _, id := range ids {
		out[id] = "黄" + id
	}
	return out, nil
}

func (w *world) ReachIn(_ *gorm.DB, id string) ([]string, bool, error) {
	if reach, ok := w.reach[id]; ok {
		return reach.mobiles, reach.email, nil
	}
	return []string{"+86138" + id}, false, nil
}

// ForCallback makes it the filings of the service: every filing was decided by the court of Nanshan.
func (w *world) ForCallback(_ context.Context, tx *gorm.DB, filingID string) (Subject, error) {
	var f struct{ PersonID, Lang string }
	if err := tx.Table("filing").Where("id = ?", filingID).Select("person_id, lang").Take(&f).Error; err != nil {
		return Subject{}, err
	}
	return Subject{PersonID: f.PersonID, BodyID: nanshan, Lang: f.Lang, Outcome: "rejected", PackHash: w.pack.Hash, Party: w.party[filingID], Ended: w.ended[filingID]}, nil
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	err := w.db.Tx(w.t.Context(), func(tx *gorm.DB) error { return tx.Exec(query, args...).Error })
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) body(id, kind string, parent any) {
	w.t.Helper()
	w.exec("INSERT INTO body (id, kind, name, parent_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)", id, kind, id, parent, w.clock.Now(), w.clock.Now())
}

func (w *world) person(id, kind string) {
	w.t.Helper()
	w.exec("INSERT INTO person (id, kind, created_at, updated_at) VALUES (?, ?, ?, ?)", id, kind, w.clock.Now(), w.clock.Now())
}

// staff creates a person with one role at each of the bodies.
func (w *world) staff(id string, role account.Role, bodies ...string) account.Actor {
	w.t.Helper()
	w.person(id, "staff")
	a := account.Actor{PersonID: id, Kind: account.Staff}
	for _, b := range bodies {
		w.exec("INSERT INTO role_grant (id, person_id, role, body_id, from_on, created_at) VALUES (?, ?, ?, NULLIF(?, ''), ?, ?)",
			store.NewID(), id, string(role), b, calendar.NewDate(2026, 1, 1), w.clock.Now())
		a.Grants = append(a.Grants, account.Grant{Role: role, BodyID: b})
	}
	return a
}

func (w *world) caller(id string) account.Actor { return w.staff(id, account.RoleCaller, centre) }

// filing creates a filing of a new debtor, or of the one given.
func (w *world) filing(person string) string {
	w.t.Helper()
	w.n++
	id := fmt.Sprintf("filing-%d", w.n)
	if person == "" {
		person = fmt.Sprintf("%06d", w.n)
		w.person(person, "debtor")
	}
	w.exec(`INSERT INTO filing (id, status, version, remedy, pack_id, pack_hash, person_id, lang, facts_sealed, submit_key, created_at, updated_at)
VALUES (?, 'draft', 1, 'R01', 'test', 'hash-1', ?, 'zh-Hans', ?, ?, ?, ?)`, id, person, []byte{1}, id, w.clock.Now(), w.clock.Now())
	return id
}

// open puts a new debtor on the list, waits until the call is due and gives the case.
func (w *world) open() Case {
	w.t.Helper()
	filing := w.filing("")
	w.do(w.s.Open(w.t.Context(), filing, "served"))
	c := w.caseOf(filing)
	if w.clock.Now().Before(c.DueAt) {
		w.clock.Set(c.DueAt)
	}
	return c
}

func (w *world) caseOf(filing string) Case {
	w.t.Helper()
	var c Case
	if err := w.db.Read(w.t.Context()).Where("filing_id = ?", filing).Take(&c).Error; err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) reload(id string) Case {
	w.t.Helper()
	var c Case
	if err := w.db.Read(w.t.Context()).Where("id = ?", id).Take(&c).Error; err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) do(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// claim gives the case to the caller.
func (w *world) claim(a account.Actor, id string) Case {
	w.t.Helper()
	c, err := w.s.Claim(w.t.Context(), a, id)
	w.do(err)
	return c
}

// log claims the case at the given time and logs an outcome.
func (w *world) log(a account.Actor, id string, at time.Time, r Report) (Logged, error) {
	w.t.Helper()
	w.clock.Set(at)
	c, err := w.s.Claim(w.t.Context(), a, id)
	if err != nil {
		return Logged{}, err
	}
	return w.s.LogAttempt(w.t.Context(), a, id, c.Version, r)
}

// interview claims, takes consent and answers item by item: "P1=3".
func (w *world) interview(a account.Actor, id string, answers ...string) Answered {
	w.t.Helper()
	c := w.claim(a, id)
	_, err := w.s.Consent(w.t.Context(), a, id, c.Version)
	w.do(err)
	var last Answered
	for _, answer := range answers {
		var item, value string
		for i := range answer {
			if answer[i] == '=' {
				item, value = answer[:i], answer[i+1:]
			}
		}
		last, err = w.s.Answer(w.t.Context(), a, id, Reply{Item: item, Value: value})
		w.do(err)
	}
	return last
}

// wants checks the message key of an error: that of the page, or of the first field.
func wants(t testing.TB, what string, err error, key string) {
	t.Helper()
	got := ""
	if e, ok := fail.As(err); ok {
		got = e.Key
		if len(e.Fields) > 0 {
			got = e.Fields[0].Key
		}
	} else if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if got != key {
		t.Errorf("%s: %q, want %q", what, got, key)
	}
}

// events lists the kinds of audit events of a subject.
func (w *world) events(subject, id string) []string {
	w.t.Helper()
	var kinds []string
	err := w.db.Read(w.t.Context()).Table("audit_event").Where("subject_type = ? AND subject_id = ?", subject, id).Order("seq").Pluck("kind", &kinds).Error
	w.do(err)
	return kinds
}
