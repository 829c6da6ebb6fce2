package rules

import (
	"slices"
	"sync"
	"time"

	"reliefportal/app/calendar"
)

// Pack is one frozen edition of the law as this portal reads it.
type Pack struct {
	ID       string
	Hash     string        // SHA-256 over its files, in hex
	From     calendar.Date // first day it applies
	Title    Text
	Calendar *calendar.Calendar
	Sources  []Source
	Facts    []Fact
	// Signs are the answers that the type sign of a case number (执保, 执恢 …) already gives.
	Signs map[string]Facts
	// Finder are the questions that lead to the doors, in the order they are asked.
	Finder []*Question
	// MostQuestions is the longest way through the finder, for the words "at most".
	MostQuestions int
	Questions     []*Question // every question, the finder's included
	Remedies      []*Remedy
	Rows          []RouteRow
	Clocks        []ClockRule
	Surveys       []*Instrument
	Calls         CallRules
	Care          Care
	Sums          Sums
	Means         Means
	Desk          Desk
	Work          Work
	Handover      Handover
	Application   Application
	Letters       []Letter
	// PaperKinds are what a file may be besides the papers a remedy asks for.
	PaperKinds []Paper
	// PapersLate is how long a file may wait to be checked before its owner is told (PROJECT).
	PapersLate   time.Duration
	CarryOut     CarryOut // the duty behind a decision that names no time of its own
	Restrictions []Restriction
	// LateDrafts say, by remedy, what a filing is drafted with when a body has let its time run out.
	LateDrafts map[string]NextRemedy

	index  index
	bounds sync.Map // answer of the first question -> most questions
}

// Desk is what the pack says of filings whose body no rule can name: a person finds it, within the time of Clock.
type Desk struct {
	Clock  string // id of the clock rule, "" when the pack has none
	Reason Text   // said in place of a row's reason
	Cites  []Cite
}

// RouteRow is one row of the routing table; the first row that certainly holds decides.
type RouteRow struct {
	ID       string
	Remedies []string // remedy ids; "*" is any
	When     Cond
	Of       FactID // court fact the target is reckoned from
	Step     RouteStep
	Named    string // full name of a fixed body, for StepNamed
	Body     Text
	Division string
	Then     string
	Never    []string
	Reason   Text
	Cites    []Cite
}

// RouteStep says how the body follows from the court fact.
type RouteStep string

// The steps.
const (
	StepSame          RouteStep = "same"          // that court
	StepAbove         RouteStep = "above"         // the court one level up
	StepIntermediate  RouteStep = "intermediate"  // the intermediate court at or above it
	StepProcuratorate RouteStep = "procuratorate" // the procuratorate of the same level and seat
	StepNamed         RouteStep = "named"
	StepArbiter       RouteStep = "arbiter" // a person of the portal names the body
	StepOutside       RouteStep = "outside" // a body outside the court system, described in Body
)

type index struct {
	facts     map[FactID]Fact
	questions map[string]*Question
	byFact    map[FactID]*Question // the finder question that asks a fact
	remedies  map[string]*Remedy
	clocks    map[string]int
	sources   map[string]int
	surveys   map[string]*Instrument
	pages     map[string][]*Question // filing questions by remedy
	prompt    []*Remedy              // worked out first
	after     []*Remedy              // worked out when it is known whether one of the first is late
}

// Index prepares the look-ups; the loader calls it once, before the pack is shared.
func (p *Pack) Index() {
	x := index{
		facts: map[FactID]Fact{}, questions: map[string]*Question{}, byFact: map[FactID]*Question{},
		remedies: map[string]*Remedy{}, clocks: map[string]int{}, sources: map[string]int{},
		surveys: map[string]*Instrument{}, pages: map[string][]*Question{},
	}
	for _, f := range p.Facts {
		x.facts[f.ID] = f
	}
	for _, q := range p.Questions {
		x.questions[q.ID] = q
	}
	for _, q := range p.Finder {
		x.byFact[q.Fact] = q
	}
	for i, c := range p.Clocks {
		x.clocks[c.ID] = i
	}
	for i, s := range p.Sources {
		x.sources[s.ID] = i
	}
	for _, s := range p.Surveys {
		x.surveys[s.ID] = s
	}
	for _, r := range p.Remedies {
		x.remedies[r.ID] = r
		if r.OpenWhen.Has(OpLate) {
			x.after = append(x.after, r)
		} else {
			x.prompt = append(x.prompt, r)
		}
		for _, id := range r.Questions {
			if q, ok := x.questions[id]; ok {
				x.pages[r.ID] = append(x.pages[r.ID], q)
			}
		}
	}
	p.index = x
}

// Env makes the reading environment for facts on a day (civil date in China).
func (p *Pack) Env(f Facts, on calendar.Date, courts Courts) *Env {
	return &Env{Facts: f, On: on, Calendar: p.Calendar, Courts: courts, vocab: p.index.facts}
}

// Remedy finds a remedy by its id.
func (p *Pack) Remedy(id string) (*Remedy, bool) { r, ok := p.index.remedies[id]; return r, ok }

// Fact finds a fact of the vocabulary.
func (p *Pack) Fact(id FactID) (Fact, bool) { f, ok := p.index.facts[id]; return f, ok }

// Question finds a question by its id.
func (p *Pack) Question(id string) (*Question, bool) { q, ok := p.index.questions[id]; return q, ok }

// QuestionFor finds the finder question that asks a fact.
func (p *Pack) QuestionFor(id FactID) (*Question, bool) { q, ok := p.index.byFact[id]; return q, ok }

// Survey finds an instrument by its id.
func (p *Pack) Survey(id string) (*Instrument, bool) { s, ok := p.index.surveys[id]; return s, ok }

// SurveyFor is the instrument for a purpose that is not only the short form of another; false when there is none.
func (p *Pack) SurveyFor(purpose Purpose) (*Instrument, bool) {
	short := map[string]bool{}
	for _, s := range p.Surveys {
		short[s.Short] = true
	}
	for _, s := range p.Surveys {
		if s.Purpose == purpose && !short[s.ID] {
			return s, true
		}
	}
	return nil, false
}

// Source finds a source by its id.
func (p *Pack) Source(id string) (Source, bool) {
	i, ok := p.index.sources[id]
	if !ok {
		return Source{}, false
	}
	return p.Sources[i], true
}

// Clock finds a clock rule by its id.
func (p *Pack) Clock(id string) (ClockRule, bool) {
	i, ok := p.index.clocks[id]
	if !ok {
		return ClockRule{}, false
	}
	return p.Clocks[i], true
}

// StageClock finds the clock of a remedy's stage and what it counts from (FromReceived or FromStage).
func (p *Pack) StageClock(remedyID string, s Stage) (rule ClockRule, from string, ok bool) {
	r, ok := p.Remedy(remedyID)
	if !ok {
		return ClockRule{}, "", false
	}
	sc, ok := r.Stages[s]
	if !ok {
		return ClockRule{}, "", false
	}
	rule, ok = p.Clock(sc.Rule)
	return rule, sc.From, ok
}

// FilingQuestions are the pages of a remedy that certainly apply, in order; answered ones are included.
func (p *Pack) FilingQuestions(r *Remedy, f Facts) []*Question {
	env := p.Env(f, calendar.Date{}, nil)
	var out []*Question
	for _, q := range p.index.pages[r.ID] {
		if env.Eval(&q.Ask) == True {
			out = append(out, q)
		}
	}
	return out
}

// PapersFor are the papers of a remedy that may apply; a paper whose condition is unknown is listed.
func (p *Pack) PapersFor(r *Remedy, f Facts) []Paper {
	env := p.Env(f, calendar.Date{}, nil)
	return slices.DeleteFunc(slices.Clone(r.Papers), func(x Paper) bool { return env.Eval(&x.When) == False })
}

// KindsFor are what a file of this filing may be: the papers that may apply first, then the general kinds.
func (p *Pack) KindsFor(r *Remedy, f Facts) []Paper {
	out := p.PapersFor(r, f)
	for _, k := range p.PaperKinds {
		if !slices.ContainsFunc(out, func(x Paper) bool { return x.ID == k.ID }) {
			out = append(out, k)
		}
	}
	return out
}

// Paper finds what a file was said to be: a paper of the remedy, or a general kind.
func (p *Pack) Paper(r *Remedy, id string) (Paper, bool) {
	for _, list := range [][]Paper{r.Papers, p.PaperKinds} {
		if i := slices.IndexFunc(list, func(x Paper) bool { return x.ID == id }); i >= 0 {
			return list[i], true
		}
	}
	return Paper{}, false
}

// Outcome finds an outcome of a remedy.
func (r *Remedy) Outcome(id string) (Outcome, bool) {
	for _, o := range r.Outcomes {
		if o.ID == id {
			return o, true
		}
	}
	return Outcome{}, false
}

// CarryOver gives the facts a next filing starts with. Decision facts come in decided under their pseudo names.
func (n NextRemedy) CarryOver(old, decided Facts) Facts {
	out := Facts{}
	for to, from := range n.Carry {
		if v, ok := decided[from]; ok {
			out[to] = v
		} else if v, ok := old[from]; ok {
			out[to] = v
		}
	}
	for k, v := range n.Set {
		out[k] = v
	}
	return out
}
