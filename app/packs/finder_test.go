package packs

import (
	"slices"
	"testing"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// walk answers the finder's questions from answers ("I do not know" when there is none) and lists the questions asked.
func walk(t testing.TB, p *rules.Pack, answers rules.Facts, on calendar.Date) (rules.Facts, []string) {
	t.Helper()
	facts, asked := rules.Facts{}, []string{}
	for range 40 {
		q, n, most, ok := p.NextQuestion(facts, on)
		if n != len(asked) || most < n {
			t.Fatalf("asked %d, at most %d after %v", n, most, asked)
		}
		if !ok {
			return facts, asked
		}
		v, known := answers[q.Fact]
		if !known {
			if !q.Unsure {
				t.Fatalf("no answer for %s, which must be answered", q.ID)
			}
			v = rules.Unsure()
		}
		facts[q.Fact] = v
		asked = append(asked, q.ID)
	}
	t.Fatalf("the finder does not end: %v", asked)
	return nil, nil
}

// Everyday situations, with the door that must be open and the most questions a person may be asked.
func TestTypicalPaths(t *testing.T) {
	_, p := pack(t)
	tests := []struct {
		name, facts, want string
		state             rules.DoorState
	}{
		{"wage account frozen", `{topic: account, role: self, before_judgment: "no", money_kind: wages, living_left: "no", over_debt: "no", prior: none, case_state: running}`, "R11", rules.DoorOpen},
		{"only home to be auctioned", `{topic: asset, role: self, asset_kind: only_home, other_home: "no", home_offer: "no", sale_stage: announced, auction_on: 2026-12-01, prior: none}`, "R12", rules.DoorOpen},
		{"paid but still listed", `{topic: restriction, restriction: [list], restriction_reason: [cleared], cleared_on: 2026-11-10, list_term: "no"}`, "R19", rules.DoorOpen},
		{"husband's debt and my deposit", `{topic: account, role: outsider, third_claim: own, title_kind: judgment, prior: none}`, "R05", rules.DoorOpen},
		{"fined yesterday", `{topic: sanction, sanction: [fine], sanction_served_on: 2026-11-21}`, "R16", rules.DoorUntil},
		{"valuation too low", `{topic: asset, role: self, asset_kind: home, sale_stage: valued, report_problem: figure, report_served_on: 2026-11-20, prior: none}`, "R09", rules.DoorUntil},
		{"settlement not counted", `{topic: amount, role: self, amount_issue: settled_out, title_kind: judgment, prior: none, case_state: running}`, "R02", rules.DoorOpen},
		{"wrong person", `{topic: restriction, restriction: [list], restriction_reason: [wrong_person]}`, "R48", rules.DoorOpen},
		{"no ruling after 15 days", `{topic: ruling, ruling_kind: silence, filed_what: objection, filed_on: 2026-11-02, accepted: "yes"}`, "R36", rules.DoorOpen},
		{"trip for surgery", `{topic: restriction, restriction: [consumption], restriction_reason: [trip], trip_reason: illness, trip_on: 2026-12-01}`, "R21", rules.DoorOpen},
		{"lost my job", `{topic: life, change: [job], taking: "yes", living_left: "no", creditor_agrees: "no", person_kind: person, shenzhen: "no"}`, "R11", rules.DoorOpen},
		{"freeze before judgment", `{topic: account, role: self, before_judgment: "yes", preserve_issue: ruling, preserve_served_on: 2026-11-20, money_kind: savings, living_left: "yes", over_debt: "no", prior: none, case_state: running}`, "R31", rules.DoorUntil},
		{"objection refused", `{topic: ruling, ruling_kind: objection, ruling_served_on: 2026-11-20}`, "R15", rules.DoorUntil},
		{"from the paper in hand", `{topic: paper, paper: ruling, ruling_kind: objection, ruling_served_on: 2026-11-20}`, "R15", rules.DoorUntil},
		{"told to pay another's debt", `{topic: outsider, role: third_debtor, performance_served_on: 2026-11-20}`, "R34", rules.DoorUntil},
		{"wrong court", `{topic: notice, notice_issue: wrong_court, title_kind: judgment, notice_served_on: 2026-11-20}`, "R04", rules.DoorUntil},
	}
	on := day(t, "2026-11-22")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answers, err := ParseFacts(p, tt.name, []byte(tt.facts))
			if err != nil {
				t.Fatal(err)
			}
			facts, asked := walk(t, p, answers, on)
			t.Logf("%d questions: %v", len(asked), asked)
			if len(asked) > 8 {
				t.Errorf("%d questions: %v", len(asked), asked)
			}
			doors := p.Doors(facts, on, nil)
			i := slices.IndexFunc(doors, func(d rules.Door) bool { return d.Remedy.ID == tt.want })
			if i < 0 || doors[i].State != tt.state {
				t.Errorf("%s is not %s", tt.want, tt.state)
			}
			var seen []string
			for _, d := range doors {
				seen = append(seen, d.Remedy.ID+":"+string(d.State))
			}
			t.Log(seen)
		})
	}
}

func TestMostQuestionsFallsAsPeopleAnswer(t *testing.T) {
	_, p := pack(t)
	_, asked, most, ok := p.NextQuestion(rules.Facts{}, day(t, "2026-11-22"))
	if !ok || asked != 0 || most > 18 {
		t.Errorf("at the start: asked %d, at most %d, ok %v", asked, most, ok)
	}
}
