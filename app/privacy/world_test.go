package privacy_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/means"
	"reliefportal/app/privacy"
	"reliefportal/app/restriction"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

const (
	phone   = "13800006071"
	browser = "the browser of the person"
	court   = "深圳市南山区人民法院"
	canary  = "账户里都是工资，没有留生活费"
	draftly = "还没有想好要不要交的话"
)

var pdf = []byte("%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n")

// world is a portal with one person who has a bit of everything.
type world struct {
	*apptest.World
	who   account.Actor
	filed filing.Filing
	draft filing.Filing
}

func each(t *testing.T, body func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { body(t, newWorld(t, db)) })
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	w := &world{World: apptest.New(t, db)}
	w.who = w.Debtor(t, phone)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(w.Accounts.SetName(ctx, w.who, w.who.PersonID, "林晓芸"))
	must(w.Contacts.Save(ctx, w.who, contact.Profile{Word: "青山"}))
	_, err := w.Means.Save(ctx, w.who, 0, func(d *means.Data) error { return nil })
	must(err)
	_, err = w.Limits.Note(ctx, w.who, restriction.New{Kind: "list", Event: "paid", On: calendar.Today(w.Clock), Token: store.NewID()})
	must(err)
	w.filed = w.start(t, canary)
	w.attach(t, w.filed.ID, "裁定书.pdf")
	f, _, err := w.Filings.Get(ctx, w.who, w.filed.ID)
	must(err)
	w.filed, _, err = w.Filings.Submit(ctx, w.who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	must(err)
	w.draft = w.start(t, draftly)
	w.attach(t, w.draft.ID, "../../病历\u202egpj.pdf")
	w.Work(t)
	return w
}

func (w *world) start(t *testing.T, happened string) filing.Filing {
	t.Helper()
	f, err := w.Filings.Start(t.Context(), w.who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said(court), filing.FactApplicant: rules.Said("林晓芸"),
		"id_number": rules.Said(""), "act": rules.Said("冻结工资卡"), "act_served_on": rules.Unsure(), "what_happened": rules.Said(happened),
		"request": rules.Said("解除冻结。"), "living_left": rules.Pick("no"), "security_offer": rules.Said(""), "moved": rules.Pick("no"),
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (w *world) attach(t *testing.T, id, name string) {
	t.Helper()
	if _, err := w.Documents.Upload(t.Context(), w.who, id, "ruling", name, bytes.NewReader(pdf), -1); err != nil {
		t.Fatal(err)
	}
}

// close takes the filing to its end, so that nothing of the person is open.
func (w *world) close(t *testing.T) {
	t.Helper()
	f, _, err := w.Filings.Get(t.Context(), w.who, w.filed.ID)
	if err == nil {
		_, err = w.Filings.Withdraw(t.Context(), w.who, f.ID, f.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// decide has the filing decided and served.
func (w *world) decide(t *testing.T, text string) {
	t.Helper()
	lian, shen := w.Staff(t, "nanshan.lian"), w.Staff(t, "nanshan.shen1")
	ctx := t.Context()
	f, err := w.Reviews.Accept(ctx, lian, w.filed.ID, w.filed.Version, "")
	step := func(next filing.Filing, e error) { f, err = next, e }
	if err == nil {
		step(w.Reviews.Assign(ctx, shen, f.ID, f.Version, shen.PersonID))
	}
	if err == nil {
		remedy, _ := w.Packs.On(calendar.Today(w.Clock)).Remedy("R01")
		step(w.Reviews.Decide(ctx, shen, f.ID, f.Version, review.Ruling{Disposition: "rejected", Grounds: []string{remedy.Grounds[0].Code}, Text: text}))
	}
	if err == nil {
		_, err = w.Reviews.Serve(ctx, shen, f.ID, f.Version, review.ServedInPerson, calendar.Today(w.Clock))
	}
	if err != nil {
		t.Fatal(err)
	}
}

var eightDigits = regexp.MustCompile(`\b\d{8}\b`)

// code is the newest code that was sent.
func (w *world) code(t *testing.T) string {
	t.Helper()
	all, err := w.Outbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if code := eightDigits.FindString(m.Body); code != "" {
			return code
		}
	}
	t.Fatal("no code was sent")
	return ""
}

// exported asks for a copy and has it made.
func (w *world) exported(t *testing.T) privacy.Export {
	t.Helper()
	w.Time.Add(time.Minute) // so that its code is the newest
	if _, err := w.Accounts.AskProof(t.Context(), w.who, account.ToExport, browser, "zh-Hans"); err != nil {
		t.Fatal(err)
	}
	e, err := w.Privacy.AskExport(t.Context(), w.who, w.code(t), browser, "zh-Hans")
	if err != nil {
		t.Fatal(err)
	}
	w.Work(t)
	return e
}

// count counts rows.
func (w *world) count(t *testing.T, table, where string, args ...any) int64 {
	t.Helper()
	var n int64
	if err := w.DB.Read(t.Context()).Table(table).Where(where, args...).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// files counts stored evidence.
func (w *world) files(t *testing.T) (n int) {
	t.Helper()
	if err := w.Documents.Blobs.Each(t.Context(), func(document.Stored) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func key(err error) string {
	e, ok := fail.As(err)
	switch {
	case err == nil:
		return ""
	case !ok:
		return err.Error()
	case len(e.Fields) > 0:
		return strings.TrimSpace(e.Fields[0].Name + " " + e.Fields[0].Key)
	case e.Kind == fail.KindNotFound:
		return "not found"
	}
	return e.Key
}

// pending is the one request that waits for an answer.
func (w *world) pending(t *testing.T, admin account.Actor) privacy.Erasure {
	t.Helper()
	all, err := w.Privacy.Pending(t.Context(), admin)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d wait, %v", len(all), err)
	}
	return all[0]
}

func submitOf(t *testing.T, w *world, id string) filing.SubmitInput {
	t.Helper()
	f, _, err := w.Filings.Get(t.Context(), w.who, id)
	if err != nil {
		t.Fatal(err)
	}
	return filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}
}
