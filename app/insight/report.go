package insight

import (
	"context"
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/rates"
	"reliefportal/app/rules"
)

// Wanted is which figures somebody asks for. Body and Item may be empty: all bodies, and the first item on the scale.
type Wanted struct {
	Slice
	Body string
	Item string
}

// Report is what people of one slice said.
type Report struct {
	Programme  callback.Programme
	Instrument *rules.Instrument
	Fieldwork  Fieldwork
	People     int64 // who answered, completely or in part
	Items      []Item
	Scales     []Scale
	ByEffect   Split[rules.OutcomeEffect]
	ByMode     Split[callback.Mode]
	// Bodies compares the bodies asked about by one item on the scale.
	Bodies   []string
	Compared *rules.Item
	ByBody   []Agreement
	// Body is one of the bodies, with its agreement by item on the scale; nil when none was asked for.
	OfBody []Agreement
	Trend  []Point
	// Between is the interviewer effect; Estimated is false when too little is known for one.
	Between   rates.Between
	Estimated bool
	Checks    Checks
}

// Scale is the mean score of one element; Element is "" for all of them together.
type Scale struct {
	Element string
	Scored
}

// Split is what groups of people answered: by item on the scale, and their whole score.
type Split[K ~string] struct {
	Keys   []K
	Items  []*rules.Item
	Agree  [][]Agreement // by item, then by key
	Scores []Scored      // by key
}

// Point is one quarter of a trend.
type Point struct {
	Quarter Quarter
	Counts  rates.Counts
	Score   Scored
}

// trendQuarters is how many quarters a trend goes back, the last one included.
const trendQuarters = 4

// Report reads the figures of a programme this actor may see. Not found for everybody else, and for a body or an item that is not in
// them.
func (s *Calls) Report(ctx context.Context, a account.Actor, w Wanted) (r Report, err error) {
	if r.Programme, err = s.Callbacks.Survey(ctx, a, w.Programme); err != nil {
		return r, err
	}
	people, err := s.People(ctx, w.Slice)
	if err != nil {
		return r, err
	}
	if r.Fieldwork, err = s.Fieldwork(ctx, w.Slice); err != nil {
		return r, err
	}
	if r.Checks, err = s.Checks(ctx, w.Slice); err != nil {
		return r, err
	}
	inst, ok := s.asked(r.Programme, people)
	if !ok {
		return r, fail.NotFound()
	}
	r.count(inst, people)
	if err := r.compare(people, w); err != nil {
		return r, err
	}
	r.Trend, err = s.trend(ctx, w.Slice, r.Fieldwork, people)
	return r, err
}

// asked is the questionnaire by which figures are shown: as in the newest pack somebody was asked from, else in the one in force.
func (s *Calls) asked(p callback.Programme, people []Person) (*rules.Instrument, bool) {
	for _, one := range slices.Backward(people) {
		if one.Instrument.ID == p.Instrument {
			return one.Instrument, true
		}
	}
	return s.Packs.On(QuarterOf(p.FromOn).Last()).Survey(p.Instrument)
}

func (r *Report) count(inst *rules.Instrument, people []Person) {
	r.Instrument, r.People = inst, int64(len(people))
	r.Items = Items(inst, people)
	for _, e := range append(Elements(inst), "") {
		r.Scales = append(r.Scales, Scale{e, ScoreAll(e, people)})
	}
	r.ByEffect = splitBy(inst, people, Effects, func(p Person) rules.OutcomeEffect { return p.Effect })
	r.ByMode = splitBy(inst, people, []callback.Mode{callback.ByPhone, callback.ByWeb}, func(p Person) callback.Mode { return p.Mode })
	r.Between, r.Estimated = Interviewers(people)
}

func splitBy[K ~string](inst *rules.Instrument, people []Person, keys []K, key func(Person) K) Split[K] {
	out := Split[K]{Keys: keys, Items: Likert(inst), Scores: Scores("", people, keys, key)}
	for _, it := range out.Items {
		out.Agree = append(out.Agree, Agreements(it, people, keys, key))
	}
	return out
}

// compare holds the bodies against each other by one item, and reads all items of one body out of the same tables.
func (r *Report) compare(people []Person, w Wanted) error {
	body := func(p Person) string { return p.Body }
	r.Bodies = keysOf(people, body)
	of := slices.Index(r.Bodies, w.Body)
	if w.Body != "" && of < 0 {
		return fail.NotFound()
	}
	for _, it := range Likert(r.Instrument) {
		if w.Item != "" && it.ID != w.Item && of < 0 || w.Item == "" && r.Compared != nil && of < 0 {
			continue
		}
		table := Agreements(it, people, r.Bodies, body)
		if it.ID == w.Item || w.Item == "" && r.Compared == nil {
			r.Compared, r.ByBody = it, table
		}
		if of >= 0 {
			r.OfBody = append(r.OfBody, table[of])
		}
	}
	if r.Compared == nil {
		return fail.NotFound()
	}
	return nil
}

// trend goes back from the quarter of a slice, whose people are read already; the oldest point first.
func (s *Calls) trend(ctx context.Context, at Slice, now Fieldwork, people []Person) ([]Point, error) {
	out := []Point{{at.Quarter, now.Counts, ScoreAll("", people)}}
	for i := 1; i < trendQuarters; i++ {
		before := at
		before.Quarter = at.Quarter.Back(i)
		work, err := s.Fieldwork(ctx, before)
		if err != nil {
			return nil, err
		}
		if work.Counts.Sample() == 0 {
			continue
		}
		earlier, err := s.People(ctx, before)
		if err != nil {
			return nil, err
		}
		out = append(out, Point{before.Quarter, work.Counts, ScoreAll("", earlier)})
	}
	slices.Reverse(out)
	return out, nil
}
