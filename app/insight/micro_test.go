package insight_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/callback"
	"reliefportal/app/insight"
	"reliefportal/app/rules"
)

// questions has one item on the scale, one reverse, one of facts and one of free words.
func questions() *rules.Instrument {
	option := func(ids ...string) (out []rules.Option) {
		for _, id := range ids {
			out = append(out, rules.Option{ID: id, Label: rules.Text{Zh: "选" + id, En: "Answer " + id}})
		}
		return out
	}
	return &rules.Instrument{ID: "q", Version: "1", Title: rules.Text{Zh: "问卷", En: "Questions"}, Scale: option("1", "2", "3", "4", "5"), Apart: option("8", "9"), Items: []rules.Item{
		{ID: "A", Kind: rules.ItemLikert, Element: "voice"}, {ID: "B", Kind: rules.ItemLikert, Element: "effort", Reverse: true},
		{ID: "C", Kind: rules.ItemYesNo, Element: "fact", Options: option("yes", "no")}, {ID: "D", Kind: rules.ItemOpen, Element: "open"}}}
}

func person(stratum, mode, effect, a string) insight.Person {
	return insight.Person{Stratum: stratum, Mode: callback.Mode(mode), Effect: rules.OutcomeEffect(effect), Instrument: questions(), Answers: map[string]string{"A": a, "D": "free words"}}
}

// TestAnonymise: five alike stay as they are; four lose their result and so join others; whoever cannot be hidden at all is left out, and
// counted.
func TestAnonymise(t *testing.T) {
	var people []insight.Person
	add := func(n int, p insight.Person) {
		for range n {
			people = append(people, p)
		}
	}
	add(5, person("s", "phone", "granted", "4"))
	add(4, person("s", "phone", "rejected", "2"))
	add(1, person("s", "phone", "partly", "3"))
	m := insight.Anonymise(questions(), people)
	if len(m.Rows) != 10 || m.Coarser != 5 || m.LeftOut != 0 {
		t.Errorf("%d rows, %d coarser, %d left out", len(m.Rows), m.Coarser, m.LeftOut)
	}
	add(3, person("other", "web", "granted", "1"))
	if m = insight.Anonymise(questions(), people); len(m.Rows) != 10 || m.LeftOut != 3 {
		t.Errorf("three alone: %d rows, %d left out", len(m.Rows), m.LeftOut)
	}
	if text := fmt.Sprint(m.Sheet(insight.Quarter{Year: 2026, Number: 4})); strings.Contains(text, "free words") || strings.Contains(text, " D") {
		t.Errorf("free words are in the table: %s", text)
	}
	if m = insight.Anonymise(questions(), people[:4]); len(m.Rows) != 0 || m.LeftOut != 4 {
		t.Errorf("four people: %d rows, %d left out", len(m.Rows), m.LeftOut)
	}
}

// TestNobodyStandsAlone: whoever was asked, every row shares its properties with four others, and everybody is either in it or counted as left out.
func TestNobodyStandsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var people []insight.Person
		for range rapid.IntRange(0, 60).Draw(t, "n") {
			pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "property") }
			people = append(people, person(pick("s", "t", "u"), pick("phone", "web"), pick("granted", "partly", "rejected", ""), "3"))
		}
		m := insight.Anonymise(questions(), people)
		size := map[string]int{}
		for _, r := range m.Rows {
			size[r.Stratum+"/"+r.Mode+"/"+r.Effect]++
		}
		for group, n := range size {
			if n < insight.Least {
				t.Fatalf("%d rows of %s", n, group)
			}
		}
		if len(m.Rows)+m.LeftOut != len(people) || m.LeftOut >= insight.Least {
			t.Fatalf("%d rows and %d left out of %d", len(m.Rows), m.LeftOut, len(people))
		}
	})
}

// TestCodebook names every column of the table in both languages, each answer, and no free words.
func TestCodebook(t *testing.T) {
	book := insight.Codebook(questions())
	held := map[string]bool{}
	for _, row := range book.Rows {
		held[row[0].(string)+"/"+row[1].(string)] = true
	}
	data := insight.Anonymise(questions(), nil).Sheet(insight.Quarter{Year: 2026, Number: 4})
	for _, column := range data.Head {
		if !held[column+"/"] {
			t.Errorf("the codebook does not explain %s", column)
		}
	}
	for _, want := range []string{"A/5", "A/8", "C/yes"} {
		if !held[want] {
			t.Errorf("the codebook does not explain %s", want)
		}
	}
	if held["D/"] {
		t.Error("the codebook names free words")
	}
}

// TestItems: shares of the scale stand on those who answered on it; an answer of fewer than five hides the answers one by one, and four who
// agree hide those who do not.
func TestItems(t *testing.T) {
	people := func(counts map[string]int) (out []insight.Person) {
		for a, n := range counts {
			for range n {
				out = append(out, person("s", "phone", "granted", a))
			}
		}
		return out
	}
	first := func(counts map[string]int) insight.Item { return insight.Items(questions(), people(counts))[0] }
	it := first(map[string]int{"1": 5, "2": 6, "3": 0, "4": 7, "5": 8, "8": 5})
	if base, ok := it.Base(); !ok || base != 26 || it.Agree.N != 15 || len(it.Options) != 5 || it.Options[4].N != 8 || it.Apart[0].N != 5 || it.None.N != 0 {
		t.Errorf("all large: %+v", it)
	}
	if it = first(map[string]int{"1": 4, "2": 6, "5": 8}); it.Options != nil || it.Agree.N != 8 || it.Other.N != 10 {
		t.Errorf("four of one answer: %+v", it)
	}
	it = first(map[string]int{"1": 20, "5": 4})
	if _, ok := it.Base(); ok || it.Agree.Hidden != insight.Few || it.Other.Hidden != insight.Derived || it.Agree.N != 0 {
		t.Errorf("four agree: %+v", it)
	}
}
