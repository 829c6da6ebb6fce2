package callback

import (
	"strings"
	"unicode/utf8"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// MaxWords is how many characters an open answer, or the exact words beside an answer, may have.
const MaxWords = 2000

// Progress is how far an interview has come.
type Progress struct {
	Item   *rules.Item // the item to read now; nil when every applicable one is answered
	Number int         // its place among the items that apply so far, from 1; 0 when Item is nil
	Of     int         // how many apply so far
	Done   int         // how many of those have an answer, "rather not say" included
	// Answered and Applicable count for the threshold: "does not apply" is in neither, "rather not say" in both.
	Answered, Applicable int
	// Missing is how many required items have no answer yet.
	Missing int
	// completeFrom is the share, in percent, from which the instrument counts an interview as complete; 0 wants every
	// required item.
	completeFrom int
}

// Share is the answered part of the applicable items in percent, rounded down; 0 when none applies.
func (p Progress) Share() int {
	if p.Applicable == 0 {
		return 0
	}
	return p.Answered * 100 / p.Applicable
}

// secondsPerItem is how long one item takes, read aloud and answered, to tell people how long it will be (PROJECT; to be
// replaced by what a pilot measures).
const secondsPerItem = 30

// Minutes is about how long the items that apply so far take, rounded up.
func (p Progress) Minutes() int { return (p.Of*secondsPerItem + 59) / 60 }

// Complete says that enough is answered: the share the instrument states, or everything required where it states none.
func (p Progress) Complete() bool {
	if p.completeFrom > 0 {
		return p.Answered > 0 && p.Share() >= p.completeFrom
	}
	return p.Missing == 0 && p.Answered > 0
}

// Follow routes through the instrument: an item is asked when its condition certainly holds for the answers so far.
func Follow(p *rules.Pack, inst *rules.Instrument, answers rules.Facts, on calendar.Date) Progress {
	env := p.Env(answers, on, nil)
	out := Progress{completeFrom: inst.CompleteFrom}
	for k := range inst.Items {
		it := &inst.Items[k]
		if env.Eval(&it.Ask) != rules.True {
			continue
		}
		out.Of++
		v, asked := answers[rules.FactID(it.ID)]
		if asked {
			out.Done++
		}
		out.count(inst, it, v, asked)
		if !asked && out.Item == nil {
			out.Item, out.Number = it, out.Of
		}
	}
	return out
}

func (p *Progress) count(inst *rules.Instrument, it *rules.Item, v rules.Value, asked bool) {
	if !asked && it.Required {
		p.Missing++
	}
	if it.Kind == rules.ItemOpen || asked && NotApplicable(inst, v) {
		return // an open item may stay empty: it is in no threshold
	}
	p.Applicable++
	if asked {
		p.Answered++
	}
}

// NotApplicable says that the answer is "does not apply", which is apart from the scale and from "rather not say".
func NotApplicable(inst *rules.Instrument, v rules.Value) bool {
	return len(inst.Apart) > 0 && v.Choice == inst.Apart[0].ID
}

// Reply is one answer as the caller enters it: an option id for a closed item, the exact words for an open one or,
// beside an option, whatever the person added.
type Reply struct {
	Item, Value, Words string
}

// ReadReply turns a reply into a value of its item. It refuses an option the item does not have, and too many words.
func ReadReply(inst *rules.Instrument, it *rules.Item, r Reply) (rules.Value, error) {
	words := strings.TrimSpace(r.Words)
	if it.Kind == rules.ItemOpen && words == "" {
		words = strings.TrimSpace(r.Value)
	}
	if utf8.RuneCountInString(words) > MaxWords {
		return rules.Value{}, fail.Invalid(fail.F("text", "callback.words_too_long", "max", MaxWords))
	}
	if it.Kind == rules.ItemOpen {
		return rules.Value{Text: words}, nil
	}
	if r.Value == "" {
		return rules.Value{}, fail.Invalid(fail.F("value", "callback.answer_missing"))
	}
	for _, o := range inst.Answers(it) {
		if o.ID == r.Value {
			return rules.Value{Choice: o.ID, Text: words}, nil
		}
	}
	return rules.Value{}, fail.Invalid(fail.F("value", "callback.answer_unknown"))
}

// FlagsOf lists the red flags one answer raises.
func FlagsOf(it *rules.Item, v rules.Value) []rules.RedFlag {
	var out []rules.RedFlag
	for _, f := range it.RedFlags {
		if v.Choice != "" && holds(f.Answers, v.Choice) {
			out = append(out, f)
		}
	}
	return out
}
