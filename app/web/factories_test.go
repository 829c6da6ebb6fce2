package web_test

import (
	"bytes"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/directory"
	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/restriction"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	"reliefportal/static"
)

// Bodies of the world: the first enforces and decides the first debtor's case, the second the other's.
const (
	firstBody  = "深圳市南山区人民法院"
	secondBody = "广东省深圳市中级人民法院"
)

// samples are values for parameters that point at nothing of anybody's.
var samples = map[string]string{"question": "", "remedy": "R01", "number": "0", "token": "none", "part": "who", "*": strings.TrimPrefix(static.Asset("portal.css"), static.Prefix)}

// factories make the objects of each kind for a route and a relation, and return the parameters of the path by name.
var factories = map[kit.Object]func(t *testing.T, w *world, route kit.Route, rel relation) map[string]string{
	kit.None:         func(_ *testing.T, w *world, route kit.Route, _ relation) map[string]string { return w.sample(route) },
	kit.FilingOwn:    makeFiling,
	kit.FilingBody:   makeFiling,
	kit.DocumentOwn:  makeDocument,
	kit.DocumentBody: makeDocument,
	kit.CallbackCase: makeCase,
	kit.Finding:      makeFinding,
	kit.Promise:      makePromise,
	kit.PreparedOwn:  makePrepared,
	kit.Court:        makeCourt,
	kit.Restricted:   makeRestriction,
	kit.StaffView:    makeView,
}

// sees says, for each kind of object, whether the noun shows it to a person whom the route lets in. It is written from the point of view of
// the people, apart from the queries it is held against.
var sees = map[kit.Object]func(w *world, p *person, route kit.Route, rel relation) bool{
	kit.None: func(*world, *person, kit.Route, relation) bool { return true },
	kit.FilingOwn: func(_ *world, p *person, _ kit.Route, rel relation) bool {
		return p.name == map[relation]string{own: "debtor", other: "other debtor"}[rel]
	},
	kit.FilingBody: func(_ *world, p *person, route kit.Route, rel relation) bool {
		return slices.Contains(readers[stateOf(route)][rel], p.name)
	},
	// A caller who belongs to the body asked about sees nothing of the case.
	kit.CallbackCase: func(_ *world, p *person, _ kit.Route, rel relation) bool {
		return p.name == "caller" || p.name == "caller of the asked body" && rel == other
	},
	// A finding belongs to the body above the one asked about.
	kit.Finding: func(_ *world, p *person, _ kit.Route, rel relation) bool { return p.name == "supervisor" && rel == own },
	// A promised call is made by whoever may ring about the body.
	kit.Promise: func(_ *world, p *person, _ kit.Route, rel relation) bool {
		return p.name == "caller" || p.name == "caller of the asked body" && rel == other
	},
	kit.PreparedOwn: func(_ *world, p *person, _ kit.Route, rel relation) bool {
		return p.name == map[relation]string{own: "debtor", other: "other debtor"}[rel]
	},
	// A kept filter is its maker's: the desk of the first body, or that of the second.
	kit.StaffView: func(_ *world, p *person, _ kit.Route, rel relation) bool { return p.name == sides[rel].docketing },
	// Courts are no secret: whoever may set their divisions may set those of every court.
	kit.Court: func(*world, *person, kit.Route, relation) bool { return true },
}

// forms are what a form must hold to be about anything at all, beside its token.
var forms = map[string]url.Values{"debtor.cannot": {"paper": {"identity"}, "cannot": {"1"}}}

func init() {
	sees[kit.DocumentOwn] = sees[kit.FilingOwn]
	sees[kit.Restricted] = sees[kit.FilingOwn]
	sees[kit.DocumentBody] = sees[kit.FilingBody]
}

// readers are the people of a body who see a filing in a state. The team that took the measure is never among them.
var readers = map[string]map[relation][]string{
	"added":     {own: {"docketing", "reviewer", "second reviewer"}, other: {"docketing of the other body", "reviewer of the other body"}},
	"submitted": {own: {"docketing", "reviewer", "second reviewer"}, other: {"docketing of the other body", "reviewer of the other body"}},
	"accepted":  {own: {"docketing", "reviewer", "second reviewer"}, other: {"docketing of the other body", "reviewer of the other body"}},
	"assigned":  {own: {"docketing", "reviewer", "second reviewer"}, other: {"docketing of the other body", "reviewer of the other body"}},
	"decided":   {own: {"docketing", "reviewer", "second reviewer"}, other: {"docketing of the other body", "reviewer of the other body"}},
	"served":    {own: {"docketing", "reviewer", "second reviewer"}, other: {"docketing of the other body", "reviewer of the other body"}},
	"offered":   {own: {"docketing", "reviewer", "second reviewer"}, other: {"docketing of the other body", "reviewer of the other body"}},
	"unrouted":  {own: {"arbiter"}, other: {"arbiter"}},
}

// stateOf is the state a filing must be in for a route to make sense; most pages want a draft, or a filing that was just handed over.
func stateOf(route kit.Route) string {
	if state, ok := states[route.Name]; ok {
		return state
	}
	if route.Object == kit.FilingBody || route.Object == kit.DocumentBody {
		return "submitted"
	}
	return "draft"
}

var states = map[string]string{
	"debtor.add": "submitted", "debtor.compare": "submitted", "debtor.added": "added", "debtor.addedpdf": "added", "reviewer.seen": "added",
	"debtor.receipt": "submitted", "debtor.receiptpdf": "submitted", "debtor.progress": "submitted", "debtor.withdraw": "submitted",
	"debtor.dates": "submitted", "debtor.carried": "granted", "debtor.supplement": "asked", "debtor.helpers": "submitted", "debtor.decision": "served", "debtor.next": "served",
	"reviewer.assign": "accepted", "reviewer.release": "assigned", "reviewer.panel": "assigned", "reviewer.aside": "accepted", "reviewer.claim": "accepted", "reviewer.decide": "assigned", "reviewer.serve": "decided",
	"reviewer.designate": "unrouted", "reviewer.recall": "offered", "reviewer.correct": "served",
	"reviewer.sign": "decided", "reviewer.unsign": "decided", "reviewer.letterpdf": "decided",
	"reviewer.correction": "served", "reviewer.servecorrection": "served", "debtor.decisionpdf": "served",
}

// sample fills parameters that point at nothing of anybody's.
func (w *world) sample(route kit.Route) map[string]string {
	params := map[string]string{}
	pack := w.Packs.On(w.today())
	for name, value := range samples {
		params[name] = value
	}
	params["question"], params["hash"] = pack.Finder[0].ID, pack.Hash
	if strings.HasPrefix(route.Name, "debtor.") {
		remedy, _ := pack.Remedy("R01")
		params["question"] = remedy.Questions[0]
		params["remedy"] = "R15"
	}
	return params
}

// side is who and what belongs to a relation.
type side struct {
	debtor, docketing, reviewer string
	body, caseNumber            string
}

var sides = map[relation]side{
	own:   {"debtor", "docketing", "reviewer", firstBody, "（2024）粤0305执1234号"},
	other: {"other debtor", "docketing of the other body", "reviewer of the other body", secondBody, "（2024）粤03执1234号"},
}

func makeFiling(t *testing.T, w *world, route kit.Route, rel relation) map[string]string {
	t.Helper()
	params := w.sample(route)
	params["id"] = store.NewID()
	if slices.Contains([]string{"added", "decided", "served"}, stateOf(route)) {
		params["number"] = "1" // of the addition, of the version of the decision
	}
	if rel == nobodys {
		return params
	}
	if route.Name == "reviewer.means" {
		params["id"] = w.withMeans(t, sides[rel]).ID
	} else {
		params["id"] = w.filing(t, sides[rel], stateOf(route)).ID
	}
	return params
}

func makeDocument(t *testing.T, w *world, route kit.Route, rel relation) map[string]string {
	t.Helper()
	params := w.sample(route)
	params["id"], params["doc"] = store.NewID(), store.NewID()
	if rel == nobodys {
		return params
	}
	s := sides[rel]
	f := w.draft(t, s, answers(s))
	d, err := w.Documents.Upload(t.Context(), w.person(s.debtor).actor, f.ID, "", "裁定书.pdf", bytes.NewReader(pdf()), -1)
	if err != nil {
		t.Fatal(err)
	}
	params["id"], params["doc"] = f.ID, d.ID
	if stateOf(route) != "draft" {
		w.submit(t, s, f.ID)
	}
	return params
}

// makeCase puts the debtor of a served filing on the calling list. Somebody is asked once in half a year, so there is one case a side.
func makeCase(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	if rel == nobodys {
		return map[string]string{"id": store.NewID()}
	}
	if w.cases[rel] == "" {
		var ids []string
		f := w.filing(t, sides[rel], "served")
		if err := w.Callbacks.Open(t.Context(), f.ID, "served"); err != nil {
			t.Fatal(err)
		}
		if err := w.DB.Read(t.Context()).Table("callback_case").Where("filing_id = ?", f.ID).Pluck("id", &ids).Error; err != nil || len(ids) != 1 {
			t.Fatalf("cases %v: %v", ids, err)
		}
		w.cases[rel] = ids[0]
	}
	w.refer(t, w.cases[rel], nil)
	return map[string]string{"id": w.cases[rel]}
}

// makeFinding opens a finding from a case, owned by the body above the one asked about.
func makeFinding(t *testing.T, w *world, route kit.Route, rel relation) map[string]string {
	t.Helper()
	id := store.NewID()
	if rel == nobodys {
		return map[string]string{"id": id}
	}
	about, _ := w.Directory.BodyByName(t.Context(), sides[rel].body)
	now := w.Clock.Now()
	row := map[string]any{
		"id": id, "case_id": makeCase(t, w, route, rel)["id"], "kind": "improper_contact", "body_id": about.ID, "owner_body_id": about.ParentID,
		"status": "open", "version": 1, "take_by": now, "answer_by": now, "created_at": now,
	}
	err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return errors.Join(tx.Exec("DELETE FROM finding WHERE case_id = ?", row["case_id"]).Error, tx.Table("finding").Create(row).Error)
	})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"id": id}
}

// makePromise has the person of a finding wait for a call.
func makePromise(t *testing.T, w *world, route kit.Route, rel relation) map[string]string {
	t.Helper()
	params := makeFinding(t, w, route, rel)
	err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return tx.Exec("UPDATE finding SET choice = 'call', reply_by = 'none', chosen_at = created_at, chosen_by = 'phone' WHERE id = ?", params["id"]).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return params
}

// makePrepared prepares a request for the debtor of a side, which he has taken up already.
func makePrepared(t *testing.T, w *world, route kit.Route, rel relation) map[string]string {
	t.Helper()
	id := store.NewID()
	if rel == nobodys {
		return map[string]string{"id": id}
	}
	var c struct{ FilingID, PersonID string }
	one := makeCase(t, w, route, rel)["id"]
	if err := w.DB.Read(t.Context()).Table("callback_case").Where("id = ?", one).Take(&c).Error; err != nil {
		t.Fatal(err)
	}
	now := w.Clock.Now()
	row := map[string]any{"id": id, "case_id": one, "person_id": c.PersonID, "remedy": "R39", "facts_sealed": []byte{1}, "created_at": now,
		"filing_id": c.FilingID, "started_at": now}
	err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return errors.Join(tx.Exec("DELETE FROM callback_prepared WHERE case_id = ?", one).Error, tx.Table("callback_prepared").Create(row).Error)
	})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"id": id}
}

// makeRestriction notes a restriction of the debtor of a side.
func makeRestriction(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	if rel == nobodys {
		return map[string]string{"id": store.NewID()}
	}
	e, err := w.Limits.Note(t.Context(), w.person(sides[rel].debtor).actor, restriction.New{Kind: "list", Event: "paid", On: w.today(), Token: store.NewID()})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"id": e.ID}
}

// makeView keeps a filter for the desk of a side.
func makeView(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	if rel == nobodys {
		return map[string]string{"id": store.NewID()}
	}
	who := w.person(sides[rel].docketing).actor
	if err := w.Reviews.SaveView(t.Context(), who, "急的", "urgent=any"); err != nil {
		t.Fatal(err)
	}
	kept, err := w.Reviews.Views(t.Context(), who)
	if err != nil || len(kept) == 0 {
		t.Fatalf("views %v: %v", kept, err)
	}
	return map[string]string{"id": kept[len(kept)-1].ID}
}

// makeCourt gives the court of a side.
func makeCourt(_ *testing.T, w *world, route kit.Route, rel relation) map[string]string {
	params := w.sample(route)
	params["id"] = store.NewID()
	if rel != nobodys {
		params["id"] = directory.IDOf(sides[rel].body)
	}
	return params
}

// filing makes a filing of one side and takes it to a state by the people who would.
func (w *world) filing(t *testing.T, s side, state string) filing.Filing {
	t.Helper()
	facts := answers(s)
	if state == "unrouted" {
		facts[filing.FactCaseNumber], facts[filing.FactExecCourt] = rules.Unsure(), rules.Unsure()
	}
	f := w.draft(t, s, facts)
	if state == "draft" {
		return f
	}
	f = w.submit(t, s, f.ID)
	text := "现查明以上情况属实，依照规定处理如下，请核对。"
	docketing, reviewer := w.person(s.docketing).actor, w.person(s.reviewer).actor
	step := func(next filing.Filing, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		f = next
	}
	if state == "added" {
		w.add(t, s, f.ID)
	}
	if state == "offered" {
		w.offerTo(t, map[string]relation{firstBody: own, secondBody: other}[s.body], f.ID, f.Version, firstNeighbour)
	}
	if state == "asked" {
		step(w.Reviews.Ask(t.Context(), docketing, f.ID, f.Version, text))
	}
	if slices.Contains([]string{"accepted", "assigned", "decided", "served", "granted"}, state) {
		step(w.Reviews.Accept(t.Context(), docketing, f.ID, f.Version, ""))
	}
	if slices.Contains([]string{"assigned", "decided", "served", "granted"}, state) {
		step(w.Reviews.Assign(t.Context(), reviewer, f.ID, f.Version, reviewer.PersonID))
	}
	if state == "decided" || state == "served" || state == "granted" {
		remedy, _ := w.Packs.On(w.today()).Remedy("R01")
		step(w.Reviews.Decide(t.Context(), reviewer, f.ID, f.Version, review.Ruling{Disposition: map[bool]string{true: "upheld", false: "rejected"}[state == "granted"], Grounds: []string{remedy.Grounds[0].Code}, Text: text}))
	}
	if state == "served" || state == "granted" {
		step(w.Reviews.Serve(t.Context(), reviewer, f.ID, f.Version, review.ServedInPerson, w.today()))
	}
	return f
}

// add hands in a paper of the debtor's own accord.
func (w *world) add(t *testing.T, s side, id string) {
	t.Helper()
	paper := document.Attachment{FilingID: id, Paper: "photo", Files: []document.Incoming{{Name: "诊断.pdf", Size: -1, Body: bytes.NewReader(pdf())}}}
	if _, _, err := w.Documents.Add(t.Context(), w.person(s.debtor).actor, document.Adding{Attachment: paper, Token: store.NewID()}); err != nil {
		t.Fatal(err)
	}
}

func (w *world) draft(t *testing.T, s side, facts rules.Facts) filing.Filing {
	t.Helper()
	f, err := w.Filings.Start(t.Context(), w.person(s.debtor).actor, filing.StartInput{Remedy: "R01", Facts: facts, Lang: "zh-Hans", Token: store.NewID()})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (w *world) submit(t *testing.T, s side, id string) filing.Filing {
	t.Helper()
	debtor := w.person(s.debtor).actor
	f, _, err := w.Filings.Get(t.Context(), debtor, id)
	if err != nil {
		t.Fatal(err)
	}
	f, _, err = w.Filings.Submit(t.Context(), debtor, id, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// answers fill in an R01 about an account that was frozen.
func answers(s side) rules.Facts {
	return rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said(s.caseNumber), filing.FactExecCourt: rules.Said(s.body),
		filing.FactApplicant: rules.Said("林晓芸"), "id_number": rules.Said(""), "act": rules.Said("冻结工资卡"), "act_served_on": rules.Unsure(),
		"what_happened": rules.Said("工资卡全部冻结，没有留生活费。"), "request": rules.Said("解除冻结。"), "living_left": rules.Pick("no"),
		"security_offer": rules.Said(""), "moved": rules.Pick("no"),
	}
}
