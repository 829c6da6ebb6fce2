package rules

import "reliefportal/app/calendar"

// Work is how the work of a body is ordered: what is urgent and why, where three decide together, and what a filing weighs when it is given to
// somebody. A pack without the file orders nothing.
type Work struct {
	Urgencies []Urgency
	Panels    []PanelRule
	Weights   Weights
	// Assets are the facts whose answers name the things a filing is about.
	Assets []FactID
	// Overrides are the coded reasons for giving a filing to somebody other than the person proposed.
	Overrides []Option
	// Relations are the coded reasons for which somebody stands aside.
	Relations []Option
	// Parties are the sides that have to be told that a filing was taken up, TellBy the clock for it.
	Parties []Option
	TellBy  string
}

// Urgency is a coded reason why a filing should not wait. None of them is law: the statutory clock is the same for all.
type Urgency struct {
	Code  string
	Label Text
	When  Cond
	Day   FactID // the date that makes it urgent, shown beside the reason; may be empty
	Cites []Cite
}

// PanelRule says where the law wants a collegial panel (合议庭).
type PanelRule struct {
	Remedies []string
	Size     int
	Cites    []Cite
}

// Weights are the points a filing counts for, all choices of this project, and what assignment weighs beside them.
type Weights struct {
	Base     int64            `json:"base"`
	Remedies map[string]int64 `json:"remedies"` // added to Base
	Party    int64            `json:"party"`    // for each party beside the applicant
	Asset    int64            `json:"asset"`    // for each thing the filing is about
	Paper    int64            `json:"paper"`    // for each file handed in
	PaperTop int64            `json:"paper_top"`
	Urgent   int64            `json:"urgent"`
	Panel    int64            `json:"panel"` // for a member of a panel who is not in charge
	// AffinityDays is for how many calendar days the person who had the last filing of the same case is preferred; AffinityOver is by how many
	// points his load may then exceed the lightest.
	AffinityDays int64 `json:"affinity_days"`
	AffinityOver int64 `json:"affinity_over"`
	// AgeDays is the age floor: a filing that has waited for so many calendar days goes before all others and to whoever has least.
	AgeDays int64 `json:"age_days"`
}

// UrgencyOf lists the reasons that certainly hold for these answers, the weightiest first.
func (p *Pack) UrgencyOf(f Facts, on calendar.Date) []Urgency {
	env := &Env{Facts: f, On: on, Calendar: p.Calendar}
	var out []Urgency
	for i := range p.Work.Urgencies {
		if env.Eval(&p.Work.Urgencies[i].When) == True {
			out = append(out, p.Work.Urgencies[i])
		}
	}
	return out
}

// Urgency finds a reason by its code, with its rank, 1 for the weightiest.
func (p *Pack) Urgency(code string) (Urgency, int, bool) {
	for i, u := range p.Work.Urgencies {
		if u.Code == code {
			return u, i + 1, true
		}
	}
	return Urgency{}, 0, false
}

// PanelFor is the rule that wants a panel for a remedy.
func (p *Pack) PanelFor(remedy string) (PanelRule, bool) {
	for _, r := range p.Work.Panels {
		for _, id := range r.Remedies {
			if id == remedy {
				return r, true
			}
		}
	}
	return PanelRule{}, false
}
