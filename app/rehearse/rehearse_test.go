package rehearse_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/filing"
	"reliefportal/app/rehearse"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

const (
	nanshan  = "深圳市南山区人民法院"
	shenzhen = "广东省深圳市中级人民法院"
)

// filed hands in an R01 with the answers changed.
func filed(t *testing.T, w *apptest.World, who account.Actor, change rules.Facts) filing.Filing {
	t.Helper()
	facts := rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said(nanshan),
		filing.FactApplicant: rules.Said("林晓芸"), "act": rules.Said("冻结工资卡"), "what_happened": rules.Said("全部冻结。"),
		"request": rules.Said("解除冻结。"), "moved": rules.Pick("no"), "before_judgment": rules.Pick("no"),
	}
	for id, v := range change {
		facts[id] = v
	}
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: facts})
	if err != nil {
		t.Fatal(err)
	}
	if f, _, err = w.Filings.Submit(t.Context(), who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
		t.Fatal(err)
	}
	w.Time.Add(time.Minute)
	return f
}

// three are a filing about one entrusted step (row B34), one that was docketed and is being examined, and one whose court nobody knows.
func three(t *testing.T, w *apptest.World) (item, examined, unknown filing.Filing) {
	t.Helper()
	who := w.Debtor(t, "13800006071")
	item = filed(t, w, who, rules.Facts{"moved": rules.Pick("item")})
	examined = filed(t, w, who, nil)
	examined, err := w.Reviews.Accept(t.Context(), w.Staff(t, "nanshan.lian"), examined.ID, examined.Version, "")
	if err != nil {
		t.Fatal(err)
	}
	unknown = filed(t, w, who, rules.Facts{filing.FactCaseNumber: rules.Unsure(), filing.FactExecCourt: rules.Unsure()})
	return item, examined, unknown
}

// changed is the newest built-in pack with one route row and one clock changed.
func changed(t *testing.T) string {
	t.Helper()
	return apptest.PackDir(t, "2027-02-x", "2027-02-01",
		apptest.Edit{File: "routes.yaml", Old: "when: {moved: item}\n    of: exec_court\n    step: same", New: "when: {moved: item}\n    of: exec_court\n    step: above"},
		apptest.Edit{File: "clocks.yaml", Old: "en: Examine and rule}\n    length: 15 day", New: "en: Examine and rule}\n    length: 20 day"})
}

func candidate(t *testing.T, dir, id string) *rules.Pack {
	t.Helper()
	p, err := rehearse.Candidate(apptest.OpenPacks(t, ""), filepath.Join(dir, id))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t *testing.T, w *apptest.World, p *rules.Pack, n int) rehearse.Report {
	t.Helper()
	r, err := rehearse.Run(t.Context(), w.Filings, w.Directory, p, n)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestExactlyTheFilingsConcerned: one row and one clock changed show the filing on that row and the filing under that clock, and no other.
func TestExactlyTheFilingsConcerned(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		item, examined, _ := three(t, w)
		p := candidate(t, changed(t), "2027-02-x")
		want := []rehearse.Row{
			// Fifteen days from 2 November end on the 17th, twenty on Sunday the 22nd and so on Monday.
			{Code: examined.Code(), Remedy: "R01", On: examined.ReceivedOn(), Changes: []rehearse.Change{{Kind: rehearse.LastDay, Rule: "K04", From: "2026-11-17", To: "2026-11-23"}}},
			{Code: item.Code(), Remedy: "R01", On: item.ReceivedOn(), Changes: []rehearse.Change{{Kind: rehearse.Body, From: nanshan, To: shenzhen}}},
		}
		got := run(t, w, p, 10)
		if !reflect.DeepEqual(got.Changed, want) || got.Looked != 3 || got.Unread != 0 || got.Hash != p.Hash {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if two := run(t, w, p, 2); two.Looked != 2 || len(two.Changed) != 1 || two.Changed[0].Code != examined.Code() {
			t.Errorf("of the last two: %+v", two)
		}
		if same := run(t, w, w.Packs.On(item.ReceivedOn()), 10); len(same.Changed) != 0 || same.Looked != 3 {
			t.Errorf("the pack they were filed under changes %+v", same.Changed)
		}
		nothingWritten(t, w, item, examined)
		says(t, got)
	})
}

func nothingWritten(t *testing.T, w *apptest.World, filings ...filing.Filing) {
	t.Helper()
	for _, f := range filings {
		var now filing.Filing
		if err := w.DB.Read(t.Context()).Where("id = ?", f.ID).Take(&now).Error; err != nil || now.Version != f.Version || now.PackHash != f.PackHash {
			t.Errorf("%s was touched: version %d, %v", f.Code(), now.Version, err)
		}
	}
}

// says checks what is written: both forms name codes, bodies and dates, and nothing a person said.
func says(t *testing.T, r rehearse.Report) {
	t.Helper()
	var lines, object bytes.Buffer
	if err := rehearse.Write(&lines, r, false); err != nil {
		t.Fatal(err)
	}
	if err := rehearse.Write(&object, r, true); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"clock K04 last day: 2026-11-17 → 2026-11-23", nanshan + " → " + shenzhen, "3 filings replayed, 2 would change"} {
		if !strings.Contains(lines.String(), want) {
			t.Errorf("%q is not said:\n%s", want, lines.String())
		}
	}
	for _, never := range []string{"林晓芸", "执1234", "冻结"} {
		if strings.Contains(lines.String()+object.String(), never) {
			t.Errorf("%q is told", never)
		}
	}
	var back rehearse.Report
	if err := json.Unmarshal(object.Bytes(), &back); err != nil || !reflect.DeepEqual(back, r) {
		t.Errorf("JSON reads back as %+v, %v", back, err)
	}
}

// TestRemedyLost: a pack that shuts the door shows the filings that came through it, and compares nothing else of them.
func TestRemedyLost(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	three(t, w)
	dir := apptest.PackDir(t, "2027-02-x", "2027-02-01",
		apptest.Edit{File: "remedies/R01.yaml", Old: "\nshut:\n", New: "\nshut:\n  - {id: tried, when: {case_state: running}, why: {zh: 试, en: Tried}, ways: [R39], cites: [\"PJ | PROJECT\"]}\n"})
	got := run(t, w, candidate(t, dir, "2027-02-x"), 10)
	if got.Count(rehearse.NoRemedy) != 3 || got.Count(rehearse.Body, rehearse.LastDay) != 0 {
		t.Errorf("%+v", got.Changed)
	}
}

// TestNewCalendarShowsDates: a pack that only knows one more year makes the safe day of a provisional clock later.
func TestNewCalendarShowsDates(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	w.Time.Set(time.Date(2026, 12, 26, 2, 0, 0, 0, time.UTC)) // three days on is still in 2026
	filed(t, w, w.Debtor(t, "13800006071"), nil)
	w.Time.Set(time.Date(2026, 12, 29, 2, 0, 0, 0, time.UTC)) // three days on is New Year's Day
	f := filed(t, w, w.Debtor(t, "13800006072"), nil)
	got := run(t, w, candidate(t, apptest.PackDir(t, "2027-01-x", "2027-01-01", apptest.Year2027("2027-01-03")), "2027-01-x"), 10)
	want := []rehearse.Change{{Kind: rehearse.FileBy, Rule: "K01", From: "2026-12-31", To: "2027-01-04"}}
	if len(got.Changed) != 1 || got.Changed[0].Code != f.Code() || !reflect.DeepEqual(got.Changed[0].Changes, want) {
		t.Errorf("%+v, want %+v", got.Changed, want)
	}
}

func TestCandidate(t *testing.T) {
	dir := changed(t)
	set := apptest.OpenPacks(t, dir)
	all := set.All()
	newest := all[len(all)-1]
	for _, name := range []string{newest.Hash, newest.Hash[:8], newest.ID, filepath.Join(dir, "2027-02-x")} {
		if p, err := rehearse.Candidate(set, name); err != nil || p.Hash != newest.Hash {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"", newest.Hash[:7], "no-such-pack", t.TempDir()} {
		if p, err := rehearse.Candidate(set, name); err == nil {
			t.Errorf("%q gives %s", name, p.ID)
		}
	}
}
