package e2e

import (
	"strings"
	"testing"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
	"reliefportal/app/packs"
	"reliefportal/app/rules"
	"reliefportal/app/store/storetest"
)

// situation is an everyday matter as somebody would tell it: the answers, and the door that has to be among those shown.
type situation struct {
	name, facts, want string
	until             calendar.Date // last day shown; zero when the way has none
}

// Everything happens on Monday 2 November 2026.
var situations = []situation{
	{"wage account frozen", `{topic: account, role: self, before_judgment: "no", money_kind: wages, living_left: "no", over_debt: "no", prior: none, case_state: running}`, "R11", calendar.Date{}},
	{"only home to be auctioned", `{topic: asset, role: self, asset_kind: only_home, other_home: "no", home_offer: "no", sale_stage: announced, auction_on: 2026-12-01, prior: none}`, "R12", calendar.Date{}},
	{"paid but still listed", `{topic: restriction, restriction: [list], restriction_reason: [cleared], cleared_on: 2026-10-20, list_term: "no"}`, "R19", calendar.Date{}},
	{"husband's debt and my deposit", `{topic: account, role: outsider, third_claim: own, title_kind: judgment, prior: none}`, "R05", calendar.Date{}},
	{"fined yesterday", `{topic: sanction, sanction: [fine], sanction_served_on: 2026-11-01}`, "R16", civil(2026, 11, 4)},
	{"valuation too low", `{topic: asset, role: self, asset_kind: home, sale_stage: valued, report_problem: figure, report_served_on: 2026-10-30, prior: none}`, "R09", civil(2026, 11, 4)},
	{"settlement not counted", `{topic: amount, role: self, amount_issue: settled_out, title_kind: judgment, prior: none, case_state: running}`, "R02", calendar.Date{}},
	{"wrong person", `{topic: restriction, restriction: [list], restriction_reason: [wrong_person]}`, "R48", calendar.Date{}},
	{"no ruling after 15 days", `{topic: ruling, ruling_kind: silence, filed_what: objection, filed_on: 2026-10-12, accepted: "yes"}`, "R36", calendar.Date{}},
	{"trip for surgery", `{topic: restriction, restriction: [consumption], restriction_reason: [trip], trip_reason: illness, trip_on: 2026-12-01}`, "R21", calendar.Date{}},
	{"lost my job", `{topic: life, change: [job], taking: "yes", living_left: "no", creditor_agrees: "no", person_kind: person, shenzhen: "no"}`, "R11", calendar.Date{}},
	{"freeze before judgment", `{topic: account, role: self, before_judgment: "yes", preserve_issue: ruling, preserve_served_on: 2026-10-30, money_kind: savings, living_left: "yes", over_debt: "no", prior: none, case_state: running}`, "R31", civil(2026, 11, 4)},
}

// TestTwelveSituations goes through the finder as a new person would, on a telephone, in twelve everyday matters: at most eight questions
// lead to the right door, the body that decides, and the last day. It prints the questions asked.
func TestTwelveSituations(t *testing.T) {
	j := begin(t, storetest.SQLite(t), i18n.Chinese, true)
	p := j.world.Packs.On(calendar.DateOf(j.world.Time.Now()))
	for _, s := range situations {
		t.Run(s.name, func(t *testing.T) {
			j := j.within(t)
			facts, err := packs.ParseFacts(p, s.name, []byte(s.facts))
			if err != nil {
				t.Fatal(err)
			}
			d := &debtor{window: j.enter(s.name, phone)}
			asked := d.tell(p, facts)
			t.Logf("%d questions: %s", len(asked), strings.Join(asked, " → "))
			if len(asked) > 8 {
				t.Errorf("%d questions", len(asked))
			}
			r, _ := p.Remedy(s.want)
			door := spaceless(d.text("#door-" + s.want))
			if d.has("#door-" + s.want + ".door--shut") {
				d.fail("the door of %s is shut", s.want)
			}
			body := r.Body.Zh // the general words; a row of the routing table that decides has its own
			if to := p.Route(s.want, facts, j.world.Directory); to.Row != "" && !to.Body.Empty() {
				body = to.Body.Zh
			}
			wants := []string{r.Plain.Zh, body}
			if !s.until.IsZero() {
				wants = append(wants, i18n.Date(i18n.Chinese, s.until))
			}
			for _, want := range wants {
				if !strings.Contains(door, spaceless(want)) {
					d.fail("the door of %s does not say %q: %s", s.want, want, door)
				}
			}
		})
	}
}

// within is the same journey as a test of its own sees it.
func (j *journey) within(t *testing.T) *journey {
	inner := *j
	inner.t = t
	return &inner
}

// tell answers the finder from the facts and lists the questions it asked; what the facts do not hold is not known.
func (d *debtor) tell(p *rules.Pack, facts rules.Facts) (asked []string) {
	d.t.Helper()
	d.open("/find")
	for range 20 {
		id, asking := strings.CutPrefix(d.path, "/find/q/")
		if !asking {
			d.at("/doors")
			return asked
		}
		q, ok := p.Question(id)
		if !ok {
			d.fail("the pack has no question %s", id)
		}
		asked = append(asked, q.Title.Zh)
		d.reply(answerOf(facts, q.Fact))
	}
	d.fail("the finder does not end: %v", asked)
	return nil
}

func answerOf(facts rules.Facts, id rules.FactID) answer {
	v, ok := facts.Known(id)
	switch {
	case !ok:
		return answer{unsure: true}
	case v.Choice != "":
		return choose(v.Choice)
	case len(v.Choices) > 0:
		return choose(v.Choices[0])
	case !v.Date.IsZero():
		y, m, day := v.Date.Parts()
		return date(y, int(m), day)
	}
	return write(v.Text)
}
