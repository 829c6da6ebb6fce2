package rules

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

// three courts, one above the other, and one the directory is not sure of.
type tower map[string]Court

func (w tower) Court(name string) (Court, bool) { c, ok := w[name]; return c, ok }

func (w tower) Above(name string) (Court, bool) {
	c, ok := w[name]
	if !ok {
		return Court{}, false
	}
	for _, x := range w {
		if x.Level == c.Level-1 {
			return x, true
		}
	}
	return Court{}, false
}

var courts = tower{
	"低": {Name: "低", Level: 4}, "中": {Name: "中", Level: 3}, "高": {Name: "高", Level: 2}, "疑": {Name: "疑", Level: 4, Uncertain: true},
}

func holidays(t testing.TB) *calendar.Calendar {
	t.Helper()
	b, err := os.ReadFile("../calendar/testdata/holiday-2026.json")
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.New(b)
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func is(id FactID, options ...string) *Cond { return &Cond{Op: OpIs, Fact: id, Options: options} }

func TestEval(t *testing.T) {
	on := date(t, "2026-09-24")
	facts := Facts{
		"a": Pick("yes"), "b": Unsure(), "many": Picks("y", "x"), "early": On(date(t, "2026-09-10")), "late": On(date(t, "2026-09-30")),
		"sum": Amount(100), "more": Amount(150), "low": Said("低"), "mid": Said("中"), "odd": Said("疑"), "nowhere": Said("无"),
	}
	ten := calendar.Period{N: 10, Unit: calendar.Day}
	tests := []struct {
		name string
		cond *Cond
		want Truth
	}{
		{"left out", &Cond{}, True},
		{"never", &Cond{Op: OpNever}, False},
		{"is", is("a", "yes"), True},
		{"is not", is("a", "no"), False},
		{"is one of", is("a", "no", "yes"), True},
		{"unsure", is("b", "yes"), Unknown},
		{"not asked", is("c", "yes"), Unknown},
		{"among several", is("many", "x"), True},
		{"not among several", is("many", "z"), False},
		{"volunteer fact not given", is("also", "x"), False},
		{"not unknown", &Cond{Op: OpNot, Kids: []*Cond{is("c", "yes")}}, Unknown},
		{"all with a false", &Cond{Op: OpAll, Kids: []*Cond{is("c", "x"), is("a", "no")}}, False},
		{"all with an unknown", &Cond{Op: OpAll, Kids: []*Cond{is("c", "x"), is("a", "yes")}}, Unknown},
		{"any with a true", &Cond{Op: OpAny, Kids: []*Cond{is("c", "x"), is("a", "yes")}}, True},
		{"any with an unknown", &Cond{Op: OpAny, Kids: []*Cond{is("c", "x"), is("a", "no")}}, Unknown},
		{"known", &Cond{Op: OpKnown, Fact: "a"}, True},
		{"unsure is not known", &Cond{Op: OpKnown, Fact: "b"}, False},
		{"said unsure", &Cond{Op: OpUnsure, Fact: "b"}, True},
		{"not said at all", &Cond{Op: OpUnsure, Fact: "c"}, False},
		{"before today", &Cond{Op: OpBefore, Fact: "early"}, True},
		{"after today", &Cond{Op: OpAfter, Fact: "late"}, True},
		{"before another", &Cond{Op: OpBefore, Fact: "late", Other: "early"}, False},
		{"before one unknown", &Cond{Op: OpBefore, Fact: "late", Other: "c"}, Unknown},
		{"after a date", &Cond{Op: OpAfter, Fact: "late", Date: on}, True},
		{"within: raw end a worked Sunday", &Cond{Op: OpWithin, Fact: "early", Period: ten}, False},
		{"past", &Cond{Op: OpPast, Fact: "early", Period: ten}, True},
		{"within, starting later", &Cond{Op: OpWithin, Fact: "late", Period: ten}, True},
		{"less", &Cond{Op: OpLess, Fact: "sum", Number: 101}, True},
		{"not less", &Cond{Op: OpLess, Fact: "sum", Number: 100}, False},
		{"more than another", &Cond{Op: OpMore, Fact: "more", Other: "sum"}, True},
		{"more than half as much again", &Cond{Op: OpMore, Fact: "more", Other: "sum", Percent: 150}, False},
		{"level", &Cond{Op: OpLevel, Fact: "mid", Levels: []int{2, 3}}, True},
		{"level of an uncertain court", &Cond{Op: OpLevel, Fact: "odd", Levels: []int{4}}, Unknown},
		{"level of an unknown court", &Cond{Op: OpLevel, Fact: "nowhere", Levels: []int{4}}, Unknown},
		{"lower", &Cond{Op: OpLower, Fact: "low", Other: "mid"}, True},
		{"not lower", &Cond{Op: OpLower, Fact: "mid", Other: "low"}, False},
		{"lower than an uncertain court", &Cond{Op: OpLower, Fact: "low", Other: "odd"}, Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			env := &Env{Facts: facts, On: on, Calendar: holidays(t), Courts: courts, vocab: map[FactID]Fact{"also": {ID: "also", Volunteer: true}}}
			if got := env.Eval(tt.cond); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestHinges(t *testing.T) {
	env := &Env{Facts: Facts{"a": Pick("yes"), "b": Unsure()}, Calendar: holidays(t)}
	tests := []struct {
		name string
		cond *Cond
		want []FactID
	}{
		{"decided", is("a", "yes"), nil},
		{"unsure and not asked", &Cond{Op: OpAll, Kids: []*Cond{is("b", "x"), is("c", "x"), is("a", "yes")}}, []FactID{"b", "c"}},
		{"shut by a false", &Cond{Op: OpAll, Kids: []*Cond{is("c", "x"), is("a", "no")}}, nil},
		{"both sides of a comparison", &Cond{Op: OpBefore, Fact: "c", Other: "d"}, []FactID{"c", "d"}},
		{"each once", &Cond{Op: OpAny, Kids: []*Cond{is("c", "x"), is("c", "y")}}, []FactID{"c"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := env.Hinges(tt.cond, nil); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

// Strong Kleene logic: what is decided stays decided when more becomes known.
func TestKleeneIsMonotone(t *testing.T) {
	var cond *rapid.Generator[*Cond]
	cond = rapid.Custom(func(t *rapid.T) *Cond {
		switch rapid.IntRange(0, 5).Draw(t, "op") {
		case 0:
			return &Cond{Op: OpNot, Kids: []*Cond{cond.Draw(t, "kid")}}
		case 1:
			return &Cond{Op: OpAll, Kids: []*Cond{cond.Draw(t, "left"), cond.Draw(t, "right")}}
		case 2:
			return &Cond{Op: OpAny, Kids: []*Cond{cond.Draw(t, "left"), cond.Draw(t, "right")}}
		}
		return is(FactID(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "fact")), "yes")
	})
	rapid.Check(t, func(t *rapid.T) {
		c := cond.Draw(t, "cond")
		less, more := Facts{}, Facts{}
		for _, id := range []FactID{"a", "b", "c"} {
			v := Pick(rapid.SampledFrom([]string{Yes, No}).Draw(t, "v"))
			switch rapid.IntRange(0, 2).Draw(t, "known") {
			case 0:
				less[id], more[id] = v, v
			case 1:
				less[id], more[id] = Unsure(), v
			}
		}
		before, after := (&Env{Facts: less}).Eval(c), (&Env{Facts: more}).Eval(c)
		if before != Unknown && before != after {
			t.Fatalf("%s became %s when more was known", before, after)
		}
		if hinges := (&Env{Facts: less}).Hinges(c, nil); (before == Unknown) != (len(hinges) > 0) {
			t.Fatalf("%s hangs on %v", before, hinges)
		}
	})
}

func TestFactsCanonical(t *testing.T) {
	a := Facts{"x": Picks("b", "a"), "y": Amount(money.Yuan(3)), "z": On(date(t, "2026-10-08")), "u": Unsure()}
	b := Facts{"u": Unsure(), "z": On(date(t, "2026-10-08")), "y": Amount(money.Yuan(3)), "x": {Choices: []string{"b", "a"}}}
	want := `{"u":{"unsure":true},"x":{"choices":["a","b"]},"y":{"money":300},"z":{"date":"2026-10-08"}}`
	if string(a.Canonical()) != want || string(b.Canonical()) != want {
		t.Errorf("%s\n%s\nwant %s", a.Canonical(), b.Canonical(), want)
	}
	var back Facts
	if err := json.Unmarshal(a.Canonical(), &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, a) {
		t.Errorf("%v came back as %v", a, back)
	}
	c := a.Clone()
	c["x"].Choices[0] = "changed"
	if a["x"].Choices[0] != "a" {
		t.Error("the clone shares its choices")
	}
}

func TestCarryOver(t *testing.T) {
	n := NextRemedy{
		Carry: map[FactID]FactID{"ruling_served_on": DecisionServedOn, "name": "name", "missing": "nothing"},
		Set:   Facts{"kind": Pick("objection")},
	}
	got := n.CarryOver(Facts{"name": Said("林"), "other": Said("x")}, Facts{DecisionServedOn: On(date(t, "2026-09-23"))})
	want := Facts{"name": Said("林"), "ruling_served_on": On(date(t, "2026-09-23")), "kind": Pick("objection")}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestCiteText(t *testing.T) {
	p := &Pack{Sources: []Source{
		{ID: "CPL", Name: Text{"《民事诉讼法》", "Civil Procedure Law"}},
		{ID: "PJ", Name: Text{"门径自己的约定", "Menjing's own rule"}},
	}}
	p.Index()
	tests := []struct {
		cite   Cite
		zh, en string
	}{
		{Cite{Source: "CPL", Article: "236"}, "《民事诉讼法》第236条", "Civil Procedure Law, article 236"},
		{Cite{Source: "CPL", Article: "7(3)"}, "《民事诉讼法》第7条第3款", "Civil Procedure Law, article 7(3)"},
		{Cite{Source: "CPL", Article: "2, 3"}, "《民事诉讼法》第2条、第3条", "Civil Procedure Law, articles 2, 3"},
		{Cite{Source: "CPL", Article: "17-18"}, "《民事诉讼法》第17条至第18条", "Civil Procedure Law, articles 17-18"},
		{Cite{Source: "PJ"}, "门径自己的约定", "Menjing's own rule"},
		{Cite{Source: "??"}, "??", "??"},
	}
	for _, tt := range tests {
		if zh, en := p.CiteText(tt.cite, "zh-Hans"), p.CiteText(tt.cite, "en"); zh != tt.zh || en != tt.en {
			t.Errorf("%v: %s / %s", tt.cite, zh, en)
		}
	}
}

func TestTruthText(t *testing.T) {
	for _, want := range []Truth{True, False, Unknown} {
		b, err := want.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var got Truth
		if err := got.UnmarshalText(b); err != nil || got != want {
			t.Errorf("%s came back as %s, %v", want, got, err)
		}
	}
	var x Truth
	if x.UnmarshalText([]byte("maybe")) == nil {
		t.Error("maybe is no truth")
	}
}

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
