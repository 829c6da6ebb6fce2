package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/review"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/kit"
)

// bodyObjects are the kinds of objects that belong to one body, its filings and whatever hangs on them.
var bodyObjects = []kit.Object{kit.FilingBody, kit.DocumentBody, kit.Remark, kit.Recusal, kit.Draw, kit.DrawItem}

// outsiders are people who have nothing to look for at the first body, and what they are to it.
var outsiders = map[string]string{
	"docketing of the other body":  "works at another body",
	"reviewer of the other body":   "works at another body",
	"procurator of the other seat": "supervises other courts",
	"implementer":                  "took the measure",
	"caller of the asked body":     "works at the body, but not on filings",
	"supervisor":                   "heads another body",
	"helper":                       "types for people",
	"admin":                        "runs the portal",
}

// TestBodyIsolation is generated from the route table: on every row whose object belongs to a body, everybody outside it finds nothing, to the
// byte the same as for an object that does not exist; and no list of theirs names a filing of the body.
func TestBodyIsolation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.tookMeasure(t, "implementer")
		cells := 0
		for _, route := range w.Routes {
			if !slices.Contains(bodyObjects, route.Object) || stateOf(route) == "unrouted" { // what no body has yet is the routing desk's
				continue
			}
			for name, why := range outsiders {
				cells += w.findsNothing(t, route, w.person(name), why)
			}
		}
		if cells < 200 {
			t.Errorf("only %d cells were asked", cells)
		}
		marks := w.marks(t)
		for _, route := range w.Routes {
			if route.Method == http.MethodGet && route.Object == kit.None && !route.Bare {
				for name := range outsiders {
					w.listsNothing(t, route, w.person(name), marks)
				}
			}
		}
		t.Logf("%d cells on %s", cells, db.Dialect())
	})
}

// tookMeasure records that a person took part in the measure of the first debtor's case.
func (w *world) tookMeasure(t *testing.T, name string) {
	t.Helper()
	err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return w.Reviews.RecordParticipant(tx, review.Participant{ID: store.NewID(), BodyID: w.Directory.BodyID(t.Context(), firstBody),
			CaseNumber: sides[own].caseNumber, PersonID: w.person(name).actor.PersonID, Part: "took", CreatedAt: w.Clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// findsNothing asks a row of the first body as an outsider.
func (w *world) findsNothing(t *testing.T, route kit.Route, p *person, why string) int {
	t.Helper()
	w.object(t, route, own)
	w.ask(t, route, p, nobodys) // making the object takes time, and the first answer after it renews the session
	there, nowhere := w.ask(t, route, p, own), w.ask(t, route, p, nobodys)
	if there.Status != http.StatusNotFound {
		t.Errorf("%s %s as %s, who %s: answers %d", route.Method, route.Path, p.name, why, there.Status)
	}
	sameAnswer(t, route, p, own, there, nowhere)
	return 1
}

// marks are words by which a filing of the first body would be known on a page: receipt codes, and the number of the case.
func (w *world) marks(t *testing.T) []string {
	t.Helper()
	var refs []string
	if err := w.DB.Read(t.Context()).Table("filing").Where("owner_body_id = ? AND ref IS NOT NULL", w.Directory.BodyID(t.Context(), firstBody)).
		Pluck("ref", &refs).Error; err != nil || len(refs) == 0 {
		t.Fatalf("codes %v: %v", refs, err)
	}
	out := []string{sides[own].caseNumber}
	for _, ref := range refs {
		out = append(out, ref[:4]+"-"+ref[4:])
	}
	return out
}

// listsNothing holds a list that an outsider may read to saying nothing of the filings of the first body.
func (w *world) listsNothing(t *testing.T, route kit.Route, p *person, marks []string) {
	t.Helper()
	if !route.Who.ForStaff() || !route.Who.Admits(p.actor) {
		return
	}
	page := w.ask(t, route, p, own)
	for _, mark := range marks {
		if strings.Contains(string(page.Body), mark) {
			t.Errorf("%s as %s names %s", route.Path, p.name, mark)
		}
	}
}
