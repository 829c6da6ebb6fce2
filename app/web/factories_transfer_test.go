package web_test

import (
	"testing"

	"reliefportal/app/filing"
	"reliefportal/app/store"
	"reliefportal/app/transfer"
	"reliefportal/app/web/kit"
)

// Two courts beside the first body, under the same court above, where nobody works.
const (
	firstNeighbour  = "深圳市福田区人民法院"
	secondNeighbour = "深圳市罗湖区人民法院"
)

func init() {
	factories[kit.Offered], factories[kit.Asked] = makeOffer, makeQuestion
	// The body that is asked sees an offer, the one that asks has the filing itself.
	sees[kit.Offered] = func(_ *world, p *person, _ kit.Route, rel relation) bool {
		return p.name == map[relation]string{own: "docketing of the other body", other: "docketing"}[rel]
	}
	// Above the first body and its neighbours stands a court with a supervisor; above the second nobody works, so the routing desk is asked.
	sees[kit.Asked] = func(_ *world, p *person, _ kit.Route, rel relation) bool {
		return p.name == map[relation]string{own: "supervisor", other: "arbiter"}[rel]
	}
}

// offered offers a fresh filing of a side to a court, and gives its id.
func (w *world) offered(t *testing.T, rel relation, to string) string {
	t.Helper()
	f := w.filing(t, sides[rel], "submitted")
	w.offerTo(t, rel, f.ID, f.Version, to)
	return f.ID
}

func (w *world) offerTo(t *testing.T, rel relation, id string, version int64, to string) {
	t.Helper()
	in := transfer.Proposal{To: w.Directory.BodyID(t.Context(), to), Reason: "H01", Text: "案件由那个法院执行，措施也由它采取。"}
	if _, _, err := w.Transfers.Offer(t.Context(), w.person(sides[rel].docketing).actor, id, version, in); err != nil {
		t.Fatal(err)
	}
}

// makeOffer offers a filing of one side to the body of the other.
func makeOffer(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	if rel == nobodys {
		return map[string]string{"offer": store.NewID()}
	}
	filingID := w.offered(t, rel, map[relation]string{own: secondBody, other: firstBody}[rel])
	return map[string]string{"offer": w.idOf(t, "transfer_offer", filingID)}
}

// makeQuestion offers a filing a second time, so that the court above is asked.
func makeQuestion(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	if rel == nobodys {
		return map[string]string{"question": store.NewID()}
	}
	filingID := w.offered(t, rel, firstNeighbour)
	var f filing.Filing
	if err := w.DB.Read(t.Context()).Where("id = ?", filingID).Take(&f).Error; err != nil {
		t.Fatal(err)
	}
	f, err := w.Transfers.Recall(t.Context(), w.person(sides[rel].docketing).actor, f.ID, f.Version)
	if err != nil {
		t.Fatal(err)
	}
	w.offerTo(t, rel, f.ID, f.Version, secondNeighbour)
	return map[string]string{"question": w.idOf(t, "transfer_appointment", filingID)}
}

// idOf is the id of the open row of a table about a filing.
func (w *world) idOf(t *testing.T, table, filingID string) string {
	t.Helper()
	var id string
	if err := w.DB.Read(t.Context()).Table(table).Where("filing_id = ? AND state = 'open'", filingID).Pluck("id", &id).Error; err != nil || id == "" {
		t.Fatalf("nothing open in %s: %v", table, err)
	}
	return id
}
