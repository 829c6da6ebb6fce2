package packs

import (
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// FuzzFacts: whatever stands in a facts file, it is refused or answered, never a panic, and a facts file that is
// accepted says the same when written out and read again.
func FuzzFacts(f *testing.F) {
	_, p := pack(f)
	where := courts(f)
	on := calendar.NewDate(2026, 11, 22)
	f.Add([]byte(`{topic: ruling, ruling_kind: objection, ruling_served_on: 2026-09-23}`))
	f.Add([]byte(`{"topic": "asset", "also": ["life"], "debt": "12,300.00", "dependants": 3, "prior": "unsure"}`))
	f.Add([]byte("topic: [account]\nrole: [self, self]\n"))
	f.Add([]byte("ruling_served_on: 0001-01-01"))
	f.Add([]byte("ruling_served_on: 9999-12-31\ntopic: ruling\nruling_kind: objection"))
	f.Fuzz(func(t *testing.T, b []byte) {
		facts, err := ParseFacts(p, "fuzz", b)
		if err != nil {
			return
		}
		p.Doors(facts, on, where)
		p.NextQuestion(facts, on)
		for _, r := range p.Remedies {
			p.FilingQuestions(r, facts)
		}
		out, err := FactsYAML(p, facts)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseFacts(p, "again", out)
		if err != nil {
			t.Fatalf("%q was written as %q: %v", b, out, err)
		}
		if string(again.Canonical()) != string(facts.Canonical()) {
			t.Fatalf("%s became %s", facts.Canonical(), again.Canonical())
		}
	})
}

// small is a whole pack of one remedy, so that many can be tried in a second.
func small() fstest.MapFS {
	return fstest.MapFS{
		"pack.yaml":          {Data: []byte("id: small\nfrom: 2026-01-01\ntitle: {zh: 小, en: Small}")},
		"sources.yaml":       {Data: []byte("sources: [{id: CPL, name: {zh: 民诉法, en: Law}}]")},
		"facts.yaml":         {Data: []byte("facts: [{id: paid, kind: yesno, label: {zh: 付, en: Paid}}, {id: served, kind: date, label: {zh: 日, en: Day}}, {id: sum, kind: money, label: {zh: 数, en: Sum}}, {id: court, kind: court, label: {zh: 院, en: Court}}]")},
		"common.yaml":        {Data: []byte("papers: [{id: a, label: {zh: 书, en: Paper}}]\nrefuse_grounds: []\ngrounds: []")},
		"finder.yaml":        {Data: []byte("most: 2\nterms: [{id: late_paid, when: {paid: \"no\"}}]\nquestions: [{id: paid, fact: paid, title: {zh: 付了吗, en: Paid?}}, {id: served, fact: served, ask: late_paid, title: {zh: 哪天, en: When?}}]")},
		"questions.yaml":     {Data: []byte("questions: []")},
		"clocks.yaml":        {Data: []byte("clocks: [{id: K05, who: applicant, title: {zh: 钟, en: Clock}, length: 10 day, cite: CPL 236 | C | 十日内}]")},
		"remedies/R1.yaml":   {Data: []byte("id: R1\nkind: filing\nopen_when: late_paid\nwindow: {clock: K05, from: served, event: {zh: 送达, en: served}}\nlate: [R1]\nshut: [{id: a, when: {more: {fact: sum, than: 10}}, ways: [R1]}]\noutcomes: [{id: no, next: [{remedy: R1, carry: {served: decision.served_on}, set: {paid: \"no\"}}]}]")},
		"routes.yaml":        {Data: []byte("rows: [{id: B1, remedies: [R1], when: {level: {fact: court, is: [4]}}, of: court, step: above}]")},
		"surveys/s.yaml":     {Data: []byte("id: s\nscale: [{id: a}, {id: b}]\nitems: [{id: P1, kind: likert}, {id: P2, kind: open, ask: {P1: a}}]")},
		"calls.yaml":         {Data: []byte("draw_within: 1 day\nrepeat_after: 1 day\nfinding_owner_in: 1 day\nfinding_reply_in: 1 day")},
		"sums.yaml":          {Data: []byte("late_per_million: 175\nlate_cite: CPL 264 | C | 利息\nover_cite: CPL 1 | PROJECT\nreserve_cite: CPL 1 | M\nstandards: [{region: \"44\", name: x, kind: urban, per_month: \"1\", from: 2026-01-01, source: x}]")},
		"holidays/2026.json": {Data: []byte(`{"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}`)},
	}
}

// FuzzPack: whatever stands in a file of a pack, it loads or is refused, never a panic.
func FuzzPack(f *testing.F) {
	whole := small()
	if _, err := Load(whole); err != nil {
		f.Fatal(err)
	}
	files := slices.Sorted(maps.Keys(whole))
	for i, name := range files {
		f.Add(uint8(i), whole[name].Data)
	}
	for i, odd := range []string{
		"terms: [{id: a, when: {not: {}}}]\nquestions: []", "terms: [{id: a, when: {within: {fact: served}}}]", "id: R1\nlike: R1", "null", "- - -",
		"terms: [{id: a, when: {paid: {}}}, {id: b, when: [a]}]", "rows: [{id: B1, remedies: [R1], step: above}]", "cite: 1",
	} {
		for j := range files {
			f.Add(uint8(i+j), []byte(odd))
		}
	}
	on := calendar.NewDate(2026, 11, 22)
	f.Fuzz(func(t *testing.T, which uint8, b []byte) {
		one := small()
		one[files[int(which)%len(files)]] = &fstest.MapFile{Data: b}
		p, err := Load(one)
		if err != nil {
			return
		}
		Check(p)
		Diff(p, p)
		facts := rules.Facts{"paid": rules.Pick("no"), "served": rules.On(on), "court": rules.Said("x")}
		p.Doors(facts, on, nil)
		p.NextQuestion(rules.Facts{}, on)
	})
}
