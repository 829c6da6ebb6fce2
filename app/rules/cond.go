package rules

import (
	"slices"

	"reliefportal/app/calendar"
)

// Op is the operation of a condition.
type Op string

// The operations. The zero Op holds always.
const (
	OpAlways Op = ""
	OpNever  Op = "never"
	OpAll    Op = "all"
	OpAny    Op = "any"
	OpNot    Op = "not"
	OpIs     Op = "is"     // the fact is one of Options; a choices fact holds one of Options
	OpKnown  Op = "known"  // the fact has been given; only allowed where wording or asking depends on it
	OpUnsure Op = "unsure" // answered "I do not know"; same restriction
	OpBefore Op = "before" // date fact lies before Other, before Date, or (neither) before the asking day
	OpAfter  Op = "after"  // date fact lies after Other, after Date, or (neither) after the asking day
	OpWithin Op = "within" // the asking day is not after the end of Period counted from the date fact
	OpPast   Op = "past"   // the asking day is after the end of Period counted from the date fact
	OpLess   Op = "less"   // money or number fact is less than Number, or than Other
	OpMore   Op = "more"   // money or number fact is more than Number, or than Other
	OpLevel  Op = "level"  // the court in the fact has one of Levels
	OpLower  Op = "lower"  // the court in the fact stands on a lower level than the court in Other
	OpTerm   Op = "term"   // the named condition in Kids[0]
	OpLate   Op = "late"   // some door's last day has passed
)

// Cond is a compiled condition. Packs build it from their files and have checked every fact and option in it.
type Cond struct {
	Op      Op
	Fact    FactID
	Other   FactID
	Options []string
	Kids    []*Cond
	Date    calendar.Date
	Period  calendar.Period
	Number  int64
	Levels  []int
	Name    string // of the term
	Slot    int    // of the term: its place in the memory of an Env, counted from 1; 0 is not remembered
	Percent int64  // Other is weighed by this many percent; 0 means 100
}

// IsZero reports whether the condition was left out; it then holds always.
func (c *Cond) IsZero() bool { return c.Op == OpAlways }

// Env is what a condition is read against.
type Env struct {
	Facts    Facts
	On       calendar.Date
	Calendar *calendar.Calendar
	Courts   Courts // may be nil: court levels are then unknown
	late     Truth  // answer to OpLate
	vocab    map[FactID]Fact
	terms    [maxTerms]memo
}

// maxTerms is how many named conditions an Env remembers; further ones are worked out each time.
const maxTerms = 64

type memo struct {
	answer Truth
	known  bool
}

// Eval answers a condition.
func (e *Env) Eval(c *Cond) Truth {
	switch c.Op {
	case OpAlways:
		return True
	case OpNever:
		return False
	case OpAll:
		return e.all(c.Kids)
	case OpAny:
		return e.any(c.Kids)
	case OpNot:
		return -e.Eval(c.Kids[0])
	case OpTerm:
		return e.term(c)
	case OpLate:
		return e.late
	case OpKnown:
		_, ok := e.Facts.Known(c.Fact)
		return truth(ok)
	case OpUnsure:
		return truth(e.Facts[c.Fact].Unsure)
	}
	return e.leaf(c)
}

// term answers a named condition once: most doors ask the same few.
func (e *Env) term(c *Cond) Truth {
	if c.Slot == 0 || c.Slot > maxTerms {
		return e.Eval(c.Kids[0])
	}
	m := &e.terms[c.Slot-1]
	if !m.known {
		m.answer, m.known = e.Eval(c.Kids[0]), true
	}
	return m.answer
}

func (e *Env) all(kids []*Cond) Truth {
	out := True
	for _, k := range kids {
		if t := e.Eval(k); t < out {
			if out = t; out == False {
				return False
			}
		}
	}
	return out
}

func (e *Env) any(kids []*Cond) Truth {
	out := False
	for _, k := range kids {
		if t := e.Eval(k); t > out {
			if out = t; out == True {
				return True
			}
		}
	}
	return out
}

// known is Known, except that a volunteer fact nobody gave counts as "none".
func (e *Env) known(id FactID) (Value, bool) {
	if v, ok := e.Facts.Known(id); ok {
		return v, e.vocab[id].Kind != FactDate || !v.Date.IsZero() // a day left empty is no day
	}
	if _, asked := e.Facts[id]; !asked && e.vocab[id].Volunteer {
		return Value{}, true
	}
	return Value{}, false
}

func (e *Env) leaf(c *Cond) Truth {
	v, ok := e.known(c.Fact)
	if !ok {
		return Unknown
	}
	switch c.Op {
	case OpIs:
		return truth(picked(v, c.Options))
	case OpBefore, OpAfter:
		return e.dates(c, v.Date)
	case OpWithin:
		return truth(!e.On.After(e.end(v.Date, c.Period)))
	case OpPast:
		return truth(e.On.After(e.end(v.Date, c.Period)))
	case OpLess, OpMore:
		return e.amounts(c, v)
	case OpLevel:
		return e.level(c, v.Text)
	case OpLower:
		return e.lower(c, v.Text)
	}
	return Unknown
}

func picked(v Value, options []string) bool {
	for _, o := range options {
		if v.Choice == o || contains(v.Choices, o) {
			return true
		}
	}
	return false
}

func (e *Env) end(from calendar.Date, p calendar.Period) calendar.Date {
	return e.Calendar.End(from, p).LegalEnd
}

func (e *Env) dates(c *Cond, d calendar.Date) Truth {
	other := e.On
	switch {
	case c.Other != "":
		v, ok := e.known(c.Other)
		if !ok {
			return Unknown
		}
		other = v.Date
	case !c.Date.IsZero():
		other = c.Date
	}
	if c.Op == OpBefore {
		return truth(d.Before(other))
	}
	return truth(d.After(other))
}

func (e *Env) amounts(c *Cond, v Value) Truth {
	limit := c.Number
	if c.Other != "" {
		o, ok := e.known(c.Other)
		if !ok {
			return Unknown
		}
		limit = quantity(o)
		if c.Percent != 0 {
			limit = percentOf(limit, c.Percent)
		}
	}
	if c.Op == OpLess {
		return truth(quantity(v) < limit)
	}
	return truth(quantity(v) > limit)
}

// quantity reads a money or a number value; only one of the two is ever set.
func quantity(v Value) int64 { return int64(v.Money) + v.Number }

// percentOf divides first, so that no sum of money can overflow.
func percentOf(n, percent int64) int64 { return n/100*percent + n%100*percent/100 }

func (e *Env) court(name string) (Court, bool) {
	if e.Courts == nil {
		return Court{}, false
	}
	return e.Courts.Court(name)
}

func (e *Env) level(c *Cond, name string) Truth {
	court, ok := e.court(name)
	if !ok || court.Uncertain {
		return Unknown
	}
	return truth(slices.Contains(c.Levels, court.Level))
}

func (e *Env) lower(c *Cond, name string) Truth {
	o, ok := e.known(c.Other)
	if !ok {
		return Unknown
	}
	a, okA := e.court(name)
	b, okB := e.court(o.Text)
	if !okA || !okB || a.Uncertain || b.Uncertain {
		return Unknown
	}
	return truth(a.Level > b.Level)
}

// Hinges adds to out the facts an unknown condition hangs on; a decided condition adds none.
func (e *Env) Hinges(c *Cond, out []FactID) []FactID {
	if e.Eval(c) != Unknown {
		return out
	}
	switch c.Op {
	case OpAll, OpAny, OpNot, OpTerm:
		for _, k := range c.Kids {
			out = e.Hinges(k, out)
		}
		return out
	case OpLate:
		return out
	}
	for _, id := range []FactID{c.Fact, c.Other} {
		if id == "" || slices.Contains(out, id) {
			continue
		}
		if _, ok := e.known(id); !ok {
			out = append(out, id)
		}
	}
	return out
}

// Facts lists every fact a condition reads, each once.
func (c *Cond) Facts() []FactID { return c.facts(nil) }

func (c *Cond) facts(out []FactID) []FactID {
	for _, id := range []FactID{c.Fact, c.Other} {
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, k := range c.Kids {
		out = k.facts(out)
	}
	return out
}

// Has reports whether an operation occurs anywhere in the condition.
func (c *Cond) Has(op Op) bool {
	if c.Op == op {
		return true
	}
	return slices.ContainsFunc(c.Kids, func(k *Cond) bool { return k.Has(op) })
}
