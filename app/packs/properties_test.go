package packs

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

var someCourts = []string{
	"深圳市南山区人民法院", "广东省深圳市中级人民法院", "广东省高级人民法院", "最高人民法院", "北京市朝阳区人民法院", "广州铁路运输法院", "没有这个法院",
}

// value draws an answer to a fact, "I do not know" among them.
func value(t *rapid.T, f rules.Fact, on calendar.Date) rules.Value {
	if rapid.IntRange(0, 5).Draw(t, "unsure") == 0 {
		return rules.Unsure()
	}
	switch f.Kind {
	case rules.FactChoice, rules.FactYesNo:
		return rules.Pick(rapid.SampledFrom(f.Options).Draw(t, string(f.ID)).ID)
	case rules.FactChoices:
		var ids []string
		for _, o := range rapid.SliceOfN(rapid.SampledFrom(f.Options), 1, 3).Draw(t, string(f.ID)) {
			ids = append(ids, o.ID)
		}
		return rules.Picks(ids...)
	case rules.FactDate:
		return rules.On(on.AddDays(rapid.IntRange(-900, 30).Draw(t, string(f.ID))))
	case rules.FactCourt:
		return rules.Said(rapid.SampledFrom(someCourts).Draw(t, string(f.ID)))
	case rules.FactMoney:
		return rules.Amount(1)
	case rules.FactNumber:
		return rules.Count(1)
	}
	return rules.Said("x")
}

// someFacts draws answers to any of the pack's facts.
func someFacts(t *rapid.T, p *rules.Pack, on calendar.Date) rules.Facts {
	out := rules.Facts{}
	for _, f := range p.Facts {
		if rapid.Bool().Draw(t, "has "+string(f.ID)) {
			out[f.ID] = value(t, f, on)
		}
	}
	return out
}

func someDay(t *rapid.T) calendar.Date {
	return calendar.NewDate(2026, 1, 1).AddDays(rapid.IntRange(0, 360).Draw(t, "day"))
}

func find(doors []rules.Door, id string) (rules.Door, bool) {
	i := slices.IndexFunc(doors, func(d rules.Door) bool { return d.Remedy.ID == id })
	if i < 0 {
		return rules.Door{}, false
	}
	return doors[i], true
}

func closed(s rules.DoorState) bool { return s == rules.DoorShut || s == rules.DoorLate }

func TestFinderProperties(t *testing.T) {
	_, p := pack(t)
	t.Run("same facts, same answer", rapid.MakeCheck(func(t *rapid.T) {
		on := someDay(t)
		f := someFacts(t, p, on)
		var a, b bytes.Buffer
		if err := WriteDoors(&a, p, f, on, nil, true); err != nil {
			t.Fatal(err)
		}
		if err := WriteDoors(&b, p, f.Clone(), on, nil, true); err != nil {
			t.Fatal(err)
		}
		if a.String() != b.String() {
			t.Fatal("two answers")
		}
	}))
	t.Run("an unknown never closes a door", rapid.MakeCheck(func(t *rapid.T) { forget(t, p) }))
	t.Run("the finder ends within its bound", rapid.MakeCheck(func(t *rapid.T) { wander(t, p) }))
	t.Run("shut and late doors name a way", rapid.MakeCheck(func(t *rapid.T) {
		on := someDay(t)
		for _, d := range p.Doors(someFacts(t, p, on), on, nil) {
			if closed(d.State) && len(d.Ways) == 0 {
				t.Fatalf("%s is %s and names no way", d.Remedy.ID, d.State)
			}
			if d.Why.Empty() {
				t.Fatalf("%s does not say why it is %s", d.Remedy.ID, d.State)
			}
		}
	}))
}

// forget takes answers away: what was shut or late may open, but nothing that was open may shut or vanish.
func forget(t *rapid.T, p *rules.Pack) {
	on := someDay(t)
	full := someFacts(t, p, on)
	if heard, served := full["ruling_heard_on"].Date, full["ruling_served_on"].Date; heard.Before(served) {
		delete(full, "ruling_heard_on") // nobody knows of a ruling for certain before it reached him
	}
	less := full.Clone()
	for _, id := range slices.Sorted(maps.Keys(full)) {
		if f, _ := p.Fact(id); f.Volunteer {
			continue // these count as "none" until the person adds them
		}
		switch rapid.IntRange(0, 3).Draw(t, "forget "+string(id)) {
		case 0:
			delete(less, id)
		case 1:
			less[id] = rules.Unsure()
		}
	}
	before, after := p.Doors(full, on, nil), p.Doors(less, on, nil)
	for _, d := range before {
		if closed(d.State) {
			continue
		}
		now, ok := find(after, d.Remedy.ID)
		if (!ok || closed(now.State)) && !d.Remedy.OpenWhen.Has(rules.OpLate) {
			t.Fatalf("%s was %s and closed when something was forgotten", d.Remedy.ID, d.State)
		}
	}
	// The other way round: what an unknown leaves closed, no answer may open.
	for _, d := range after {
		if !closed(d.State) {
			continue
		}
		now, ok := find(before, d.Remedy.ID)
		if ok && !closed(now.State) {
			t.Fatalf("%s was %s with less known and %s with more", d.Remedy.ID, d.State, now.State)
		}
	}
}

func wander(t *rapid.T, p *rules.Pack) {
	on := someDay(t)
	f := rules.Facts{}
	for n := 0; ; n++ {
		q, asked, most, ok := p.NextQuestion(f, on)
		if asked != n || most < n || most > p.MostQuestions {
			t.Fatalf("after %d answers: asked %d, at most %d", n, asked, most)
		}
		if !ok {
			if len(p.Doors(f, on, nil)) == 0 {
				t.Fatalf("no door, not even a shut one, after %s", f.Canonical())
			}
			return
		}
		if n >= most {
			t.Fatalf("question %d of at most %d: %s after %s", n+1, most, q.ID, f.Canonical())
		}
		if f.Asked(q.Fact) {
			t.Fatalf("%s was asked twice", q.ID)
		}
		fact, _ := p.Fact(q.Fact)
		v := value(t, fact, on)
		if v.Unsure && !q.Unsure {
			v = rules.Pick(fact.Options[0].ID)
		}
		f[q.Fact] = v
	}
}

func TestRoutingInvariants(t *testing.T) {
	_, p := pack(t)
	where := courts(t)
	up := []string{"R15", "R15-adm", "R16", "R17", "R18-up", "R20-up", "R29", "R36"}
	same := []string{"R31"}
	reviewed := []string{"R01", "R02", "R03", "R04", "R05", "R07", "R08", "R10", "R12", "R13", "R14", "R15", "R18", "R20", "R26b", "R35", "R37"}
	t.Run("bodies", rapid.MakeCheck(func(t *rapid.T) {
		on := someDay(t)
		f := someFacts(t, p, on)
		court := rapid.SampledFrom(someCourts[:3]).Draw(t, "court")
		f["exec_court"], f["ruling_court"] = rules.Said(court), rules.Said(court)
		for _, r := range p.Remedies {
			got := p.Route(r.ID, f, where)
			again := p.Route(r.ID, f, where)
			if got.Court != again.Court || got.Row != again.Row || got.Division != again.Division {
				t.Fatalf("%s: two answers", r.ID)
			}
			if got.Court == "" && !got.Arbiter && len(got.Missing) == 0 && got.Body.Empty() {
				t.Fatalf("%s ends nowhere", r.ID)
			}
			if !got.Arbiter && strings.Contains(got.Court, "没有这个法院") && slices.Contains(up, r.ID) {
				t.Fatalf("%s: a body above an unknown court", r.ID)
			}
			above, _ := where.Above(court)
			if slices.Contains(up, r.ID) && !got.Arbiter && got.Court != above.Name {
				t.Fatalf("%s goes to %q, not above %s", r.ID, got.Court, court)
			}
			if slices.Contains(same, r.ID) && !got.Arbiter && got.Court != court {
				t.Fatalf("%s goes to %q, not to %s", r.ID, got.Court, court)
			}
			if slices.Contains(reviewed, r.ID) && !got.Arbiter && !bars(got.Never) {
				t.Fatalf("%s may be reviewed by those who took the measure (row %s)", r.ID, got.Row)
			}
			if slices.Contains(reviewed, r.ID) && !got.Arbiter && got.Then != "review" && got.Row != "B32" {
				t.Fatalf("%s does not reach a review division (row %s)", r.ID, got.Row)
			}
		}
	}))
	t.Run("third parties", rapid.MakeCheck(func(t *rapid.T) { outsiders(t, p) }))
	t.Run("file by is never after the legal end", rapid.MakeCheck(func(t *rapid.T) {
		on := someDay(t)
		for _, d := range p.Doors(someFacts(t, p, on), on, nil) {
			if d.Window == nil {
				continue
			}
			dl := d.Window.Deadline
			if dl.FileBy.After(dl.LegalEnd) || dl.LegalEnd.Before(dl.RawEnd) || !dl.Start.Before(dl.RawEnd) {
				t.Fatalf("%s: %+v", d.Remedy.ID, dl)
			}
		}
	}))
	next(t, p)
}

func bars(never []string) bool {
	return slices.Contains(never, "implemented") || slices.Contains(never, "reviewed_objection")
}

// outsiders: a third party with a claim to the thing is never led to the ways of the person enforced against.
func outsiders(t *rapid.T, p *rules.Pack) {
	on := someDay(t)
	f := someFacts(t, p, on)
	f["topic"] = rules.Pick(rapid.SampledFrom([]string{"account", "asset", "outsider"}).Draw(t, "topic"))
	f["role"] = rules.Pick("outsider")
	f["third_claim"] = rules.Pick(rapid.SampledFrom([]string{"own", "bought", "rent", "spouse"}).Draw(t, "claim"))
	delete(f, "also")
	doors := p.Doors(f, on, nil)
	for _, id := range []string{"R02", "R11", "R15", "R12", "R14"} {
		if d, ok := find(doors, id); ok {
			t.Fatalf("a third party is led to %s (%s)", id, d.State)
		}
	}
}

// next holds for the outcomes: what may follow what.
func next(t *testing.T, p *rules.Pack) {
	t.Helper()
	follows := func(id string) []string {
		var out []string
		r, _ := p.Remedy(id)
		for _, o := range r.Outcomes {
			if o.Effect == rules.EffectRejected {
				for _, n := range o.Next {
					out = append(out, n.Remedy)
				}
			}
		}
		return out
	}
	if got := follows("R05"); !slices.Contains(got, "R06") || slices.Contains(got, "R15") {
		t.Errorf("after a refused third-party objection come %v", got)
	}
	if got := follows("R01"); !slices.Contains(got, "R15") || slices.Contains(got, "R06") {
		t.Errorf("after a refused objection come %v", got)
	}
	if got := follows("R35"); !slices.Contains(got, "R15") {
		t.Errorf("after a refused objection in criminal property come %v", got)
	}
	for _, r := range p.Remedies {
		for _, g := range r.RefuseGrounds {
			if len(g.Ways) == 0 {
				t.Errorf("%s: refusal %s names no next step", r.ID, g.Code)
			}
		}
		if r.Kind == rules.KindFiling && len(follows(r.ID)) == 0 {
			t.Errorf("%s: a refusal leads nowhere", r.ID)
		}
	}
}

// A notarised debt that was paid never goes by objection, and a repeated objection is refused with a next step.
func TestWrongWaysStayShut(t *testing.T) {
	_, p := pack(t)
	rapid.Check(t, func(t *rapid.T) {
		on := someDay(t)
		f := someFacts(t, p, on)
		f["topic"], f["role"], f["title_kind"] = rules.Pick("amount"), rules.Pick("self"), rules.Pick("notarised")
		if d, ok := find(p.Doors(f, on, nil), "R02"); ok && d.State != rules.DoorShut {
			t.Fatalf("R02 is %s for a notarised deed", d.State)
		}
		f["prior"] = rules.Pick("rejected")
		if d, ok := find(p.Doors(f, on, nil), "R01"); ok && (d.State != rules.DoorShut || len(d.Ways) == 0) {
			t.Fatalf("R01 is %s after a refusal", d.State)
		}
	})
}
