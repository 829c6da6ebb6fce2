package rules

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

// FactID names a fact of the pack's closed list.
type FactID string

// FactKind is the type of a fact's value.
type FactKind string

// The kinds of fact.
const (
	FactChoice     FactKind = "choice"     // Value.Choice is an option id
	FactChoices    FactKind = "choices"    // Value.Choices are option ids
	FactYesNo      FactKind = "yesno"      // Value.Choice is "yes" or "no"
	FactDate       FactKind = "date"       // Value.Date, a civil date in China
	FactText       FactKind = "text"       // Value.Text, one line
	FactLongText   FactKind = "longtext"   // Value.Text
	FactMoney      FactKind = "money"      // Value.Money, fen
	FactNumber     FactKind = "number"     // Value.Number, a whole number
	FactCourt      FactKind = "court"      // Value.Text, the full Chinese name of the body
	FactCaseNumber FactKind = "casenumber" // Value.Text, canonical case number
)

// PapersCannot is the fact that holds the papers a person says he cannot get; its options are all papers of the pack. Value.Text holds his
// reasons, one line a paper, in the order of Value.Choices.
const PapersCannot = FactID("papers_cannot")

// Fact is one entry of the pack's vocabulary.
type Fact struct {
	ID       FactID
	Kind     FactKind
	Label    Text
	Options  []Option // for choice, choices and yesno
	Personal bool     // never logged, never shown in a list
	Max      int      // most characters (text) or largest number; 0 = the default of the form
	// Volunteer facts count as "none chosen" while nobody gave them: the person adds them unasked.
	Volunteer bool
}

// Option is one answer of a choice.
type Option struct {
	ID    string
	Label Text
	Help  Text
}

// Option finds an answer by its id.
func (f Fact) Option(id string) (Option, bool) {
	for _, o := range f.Options {
		if o.ID == id {
			return o, true
		}
	}
	return Option{}, false
}

// Yes and No are the option ids of every yesno fact.
const (
	Yes = "yes"
	No  = "no"
)

// Value is the answer to one question. Unsure means "I do not know": as unknown to the rules as a missing fact,
// but not asked again.
type Value struct {
	Unsure  bool          `json:"unsure,omitempty"`
	Choice  string        `json:"choice,omitempty"`
	Choices []string      `json:"choices,omitempty"`
	Date    calendar.Date `json:"date,omitzero"`
	Text    string        `json:"text,omitempty"`
	Money   money.Fen     `json:"money,omitempty"`
	Number  int64         `json:"number,omitempty"`
}

// Unsure is the answer "I do not know".
func Unsure() Value { return Value{Unsure: true} }

// Pick is a choice or yesno answer.
func Pick(option string) Value { return Value{Choice: option} }

// Picks is a multiple choice answer; the order given is not kept.
func Picks(options ...string) Value {
	s := slices.Clone(options)
	slices.Sort(s)
	return Value{Choices: slices.Compact(s)}
}

// On is a date answer.
func On(d calendar.Date) Value { return Value{Date: d} }

// Said is a text, court or case number answer.
func Said(s string) Value { return Value{Text: s} }

// Amount is a money answer.
func Amount(f money.Fen) Value { return Value{Money: f} }

// Count is a number answer.
func Count(n int64) Value { return Value{Number: n} }

// Reasons pairs the options of a multiple choice answer with the reasons given for them, "" where none was given.
func (v Value) Reasons() map[string]string {
	out := map[string]string{}
	lines := strings.Split(v.Text, "\n")
	for i, id := range v.Choices {
		out[id] = ""
		if i < len(lines) {
			out[id] = lines[i]
		}
	}
	return out
}

// WithReasons is a multiple choice answer with a reason for each option; a reason keeps to one line.
func WithReasons(reasons map[string]string) Value {
	v := Picks(slices.Collect(maps.Keys(reasons))...)
	lines := make([]string, len(v.Choices))
	for i, id := range v.Choices {
		lines[i] = strings.Join(strings.Fields(reasons[id]), " ")
	}
	v.Text = strings.TrimRight(strings.Join(lines, "\n"), "\n")
	return v
}

// Facts are the answers of one person. A missing key was not asked.
type Facts map[FactID]Value

// Asked reports whether the question behind a fact has been answered, also by "I do not know".
func (f Facts) Asked(id FactID) bool { _, ok := f[id]; return ok }

// Known returns a value the rules may use: present and not "I do not know".
func (f Facts) Known(id FactID) (Value, bool) {
	v, ok := f[id]
	if !ok || v.Unsure {
		return Value{}, false
	}
	return v, true
}

// Clone copies the facts so that the copy can be changed.
func (f Facts) Clone() Facts {
	out := make(Facts, len(f))
	for k, v := range f {
		v.Choices = slices.Clone(v.Choices)
		out[k] = v
	}
	return out
}

// Canonical is the JSON of the facts with keys and choices sorted: equal facts give equal bytes, for hashing.
func (f Facts) Canonical() []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, k := range slices.Sorted(maps.Keys(f)) {
		if i > 0 {
			b.WriteByte(',')
		}
		v := f[k]
		v.Choices = slices.Clone(v.Choices)
		slices.Sort(v.Choices)
		// A value is plain data; encoding it cannot fail.
		key, _ := json.Marshal(string(k))
		val, _ := json.Marshal(v)
		b.Write(key)
		b.WriteByte(':')
		b.Write(val)
	}
	b.WriteByte('}')
	return b.Bytes()
}
