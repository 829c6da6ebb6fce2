package packs

import (
	"io/fs"
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

// FuzzPack: whatever stands in a file of a pack, it loads or is refused, never a panic.
func FuzzPack(f *testing.F) {
	root, err := fs.Sub(embedded, "data/2026-11-enforcement")
	if err != nil {
		f.Fatal(err)
	}
	files := []string{"finder.yaml", "remedies/R15.yaml", "routes.yaml", "clocks.yaml", "common.yaml", "surveys/short.yaml", "calls.yaml"}
	whole := fstest.MapFS{}
	if err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(root, name)
		whole[name] = &fstest.MapFile{Data: b}
		return err
	}); err != nil {
		f.Fatal(err)
	}
	for i, name := range files {
		f.Add(uint8(i), whole[name].Data)
	}
	f.Add(uint8(0), []byte("terms: [{id: a, when: {not: {}}}]\nquestions: []"))
	f.Add(uint8(0), []byte("terms: [{id: a, when: {within: {fact: filed_on}}}]"))
	f.Add(uint8(1), []byte("id: R15\nlike: R15"))
	on := calendar.NewDate(2026, 11, 22)
	f.Fuzz(func(t *testing.T, which uint8, b []byte) {
		one := fstest.MapFS{}
		for name, file := range whole {
			one[name] = file
		}
		one[files[int(which)%len(files)]] = &fstest.MapFile{Data: b}
		p, err := Load(one)
		if err != nil {
			return
		}
		Check(p)
		p.Doors(rules.Facts{}, on, nil)
	})
}
