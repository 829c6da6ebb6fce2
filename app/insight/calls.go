package insight

import (
	"context"
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/jobs"
	"reliefportal/app/rates"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Packs gives rule packs: the one in force on a day, and one by its hash (false when this program does not hold it).
type Packs interface {
	On(day calendar.Date) *rules.Pack
	ByHash(hash string) (*rules.Pack, bool)
}

// CallsDeps are what the figures of callbacks are read from.
type CallsDeps struct {
	DB        *store.DB
	Callbacks *callback.Service
	Packs     Packs
	Jobs      jobs.Inserter
	Box       *seal.Box
	Clock     calendar.Clock
}

// Calls counts what people said in callbacks. Safe for use by many goroutines.
type Calls struct{ CallsDeps }

// NewCalls joins the figures of callbacks.
func NewCalls(d CallsDeps) *Calls { return &Calls{d} }

// Slice is whose answers are counted: those of one programme, one quarter and one party. Slices have no person in common and no total is
// made over them, so that none can be taken from another.
type Slice struct {
	Programme string
	Quarter   Quarter
	Party     rules.Party
}

// Person is one person who answered, on the side of the answers: nobody can be named from it.
type Person struct {
	Body       string
	Stratum    string
	Effect     rules.OutcomeEffect // what the filing came to for him; "" when not known
	Mode       callback.Mode
	Instrument *rules.Instrument // as he was asked
	Answers    map[string]string // option by item; open items are not in it
	Caller     string            // who wrote his answers down; "" when he did himself
	Complete   bool
}

// Fieldwork is what became of everybody who was drawn in a quarter.
type Fieldwork struct {
	Counts    rates.Counts
	Open      int // still being asked; their class is what it would be if asking ended now
	E         rates.Share
	Estimated bool // E comes from the sample; else all of unknown eligibility are taken to be eligible
}

// Fieldwork counts the people of a slice who were drawn in its quarter.
func (s *Calls) Fieldwork(ctx context.Context, at Slice) (Fieldwork, error) {
	from, to := at.Quarter.Span()
	tallies, err := s.Callbacks.DispositionsIn(ctx, at.Programme, from, to)
	if err != nil {
		return Fieldwork{}, err
	}
	var f Fieldwork
	for _, t := range tallies {
		if t.Party != at.Party {
			continue
		}
		if err := f.Counts.Add(t.Class, int64(t.N)); err != nil {
			return f, err
		}
		if t.Open {
			f.Open += t.N
		}
	}
	f.E, f.Estimated = f.Counts.Share()
	return f, nil
}

// People reads everybody of a slice whose interview is complete or partial, by the month of his first answer.
func (s *Calls) People(ctx context.Context, at Slice) ([]Person, error) {
	return s.people(ctx, at, func(int, int) error { return nil })
}

// batch is how many people are read between two reports of progress.
const batch = 500

// people is People, which says in between of how many people the answers are read.
func (s *Calls) people(ctx context.Context, at Slice, progress func(done, whole int) error) ([]Person, error) {
	rows, err := s.Callbacks.Respondents(ctx, at.Programme, at.Quarter.First(), at.Quarter.Last())
	if err != nil {
		return nil, err
	}
	index, ids := map[string]int{}, []string{}
	var out []Person
	for _, r := range rows {
		inst, pack, ok := s.instrument(r)
		if !ok || r.Party != at.Party || r.State == "" {
			continue
		}
		index[r.ID] = len(out)
		ids = append(ids, r.ID)
		out = append(out, Person{Body: r.BodyID, Stratum: r.Stratum, Effect: effectOf(pack, r.Result), Mode: r.Mode, Instrument: inst,
			Answers: map[string]string{}, Complete: r.State == "I"})
	}
	done := 0
	for some := range slices.Chunk(ids, batch) {
		answers, err := s.Callbacks.AnswersOf(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, a := range answers {
			p := &out[index[a.Respondent]]
			if it, ok := p.Instrument.Item(a.Item); ok && it.Kind != rules.ItemOpen {
				p.Answers[a.Item], p.Caller = a.Value.Choice, a.CallerID
			}
		}
		done += len(some)
		if err := progress(done, len(ids)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// instrument is the questionnaire a person was asked, in the pack of that time.
func (s *Calls) instrument(r callback.Respondent) (*rules.Instrument, *rules.Pack, bool) {
	pack, ok := s.Packs.ByHash(r.PackHash)
	if !ok {
		return nil, nil, false
	}
	inst, ok := pack.Survey(r.Instrument)
	return inst, pack, ok
}

// effectOf is what an outcome did for the applicant; "" when it is not known. Outcomes of one name do the same in every remedy of a pack.
func effectOf(pack *rules.Pack, outcome string) rules.OutcomeEffect {
	for _, r := range pack.Remedies {
		for _, o := range r.Outcomes {
			if o.ID == outcome {
				return o.Effect
			}
		}
	}
	return ""
}

// Effects are what a filing can have come to, in the order they are shown; the last is not known.
var Effects = []rules.OutcomeEffect{rules.EffectGranted, rules.EffectPartly, rules.EffectRejected, rules.EffectOther, ""}

// Surveys lists the programmes whose figures the actor may see; not found for anybody who sees none.
func (s *Calls) Surveys(ctx context.Context, a account.Actor) ([]callback.Programme, error) {
	return s.Callbacks.Surveys(ctx, a)
}

// Quarters are the quarters of a programme up to a day, the newest first, at most two years of them.
func Quarters(p callback.Programme, today calendar.Date) []Quarter {
	const most = 8
	var out []Quarter
	first := QuarterOf(p.FromOn)
	for q := QuarterOf(today); q.Compare(first) >= 0 && len(out) < most; q = q.Back(1) {
		out = append(out, q)
	}
	if len(out) == 0 {
		out = []Quarter{QuarterOf(today)}
	}
	return out
}

// Likert lists the items of a questionnaire answered on its scale.
func Likert(inst *rules.Instrument) []*rules.Item {
	var out []*rules.Item
	for i := range inst.Items {
		if inst.Items[i].Kind == rules.ItemLikert {
			out = append(out, &inst.Items[i])
		}
	}
	return out
}

// keysOf are the values of a key among people, in order.
func keysOf[K ~string](people []Person, key func(Person) K) []K {
	seen := map[K]bool{}
	var out []K
	for _, p := range people {
		if k := key(p); !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}
