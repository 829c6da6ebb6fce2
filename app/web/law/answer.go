package law

import (
	"strconv"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/casenumber"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/money"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
)

// Typed is one answer as it came from the form of a question, kept to be shown again.
type Typed struct {
	// Value is the option chosen or the text; Values are the options of a multiple choice.
	Value  string
	Values []string
	// Year, Month and Day are the three boxes of a date.
	Year, Month, Day string
	// Unsure is "I do not know".
	Unsure bool

	raw    string
	number int64
	whole  bool
	date   [3]int64
	dated  [3]bool
}

// unsureOption is the value of "I do not know" among the options of a choice.
const unsureOption = "unsure"

// Read takes the answer out of a form.
func Read(f *kit.Form) Typed {
	t := Typed{Value: f.Value("value"), Values: f.All("value"), raw: f.Raw("value"),
		Year: f.Raw("year"), Month: f.Raw("month"), Day: f.Raw("day")}
	t.Unsure = f.Has("unsure") || t.Value == unsureOption
	t.number, t.whole = f.Int("value")
	for i, name := range []string{"year", "month", "day"} {
		t.date[i], t.dated[i] = f.Int(name)
	}
	return t
}

// given says that something was typed or chosen besides "I do not know".
func (t Typed) given() bool {
	return t.Year+t.Month+t.Day != "" || t.Value != "" && t.Value != unsureOption
}

// Value reads a typed answer to a question. The error is Invalid and speaks of the field "value"; it covers the shape of the answer,
// and never what the law makes of it.
func (v View) Value(q *rules.Question, t Typed, today calendar.Date) (rules.Value, error) {
	if t.Unsure {
		if t.given() {
			return rules.Value{}, fail.Invalid(fail.F("value", "answer.both"))
		}
		return rules.Unsure(), filing.CheckValue(v.Pack, q, rules.Unsure(), today)
	}
	fact, _ := v.Pack.Fact(q.Fact)
	val, err := v.parse(fact, t, today)
	if err == nil {
		err = filing.CheckValue(v.Pack, q, val, today)
	}
	return val, atValue(err)
}

// atValue lets an error of a parser, which knows no field, speak of the field of the question.
func atValue(err error) error {
	if e, ok := fail.As(err); ok && e.Kind == fail.KindInvalid && len(e.Fields) == 0 {
		return fail.Invalid(fail.At("value", err))
	}
	return err
}

func (v View) parse(fact rules.Fact, t Typed, today calendar.Date) (rules.Value, error) {
	if !t.given() {
		return rules.Value{}, v.nothing(fact)
	}
	switch fact.Kind {
	case rules.FactChoice, rules.FactYesNo:
		return rules.Pick(t.Value), nil
	case rules.FactChoices:
		return rules.Picks(t.Values...), nil
	case rules.FactDate:
		return t.day()
	case rules.FactMoney:
		sum, err := money.Parse(t.Value)
		return rules.Amount(sum), err
	case rules.FactNumber:
		if !t.whole {
			return rules.Value{}, fail.InvalidKey("field.number")
		}
		if t.number < 0 {
			return rules.Value{}, fail.InvalidKey("answer.number_negative")
		}
		return rules.Count(t.number), nil
	case rules.FactCaseNumber:
		n, err := casenumber.ParseAt(t.Value, today)
		return rules.Said(n.String()), err
	case rules.FactCourt:
		return v.court(t.Value)
	}
	return rules.Said(t.Value), nil
}

// nothing refuses an empty sum or number: an empty box is not zero. Whether other answers may stay empty is the question's business.
func (v View) nothing(fact rules.Fact) error {
	switch fact.Kind {
	case rules.FactMoney:
		return fail.InvalidKey("money.empty")
	case rules.FactNumber:
		return fail.InvalidKey("field.number")
	}
	return nil
}

func (t Typed) day() (rules.Value, error) {
	for i, typed := range []string{t.Year, t.Month, t.Day} {
		if strings.TrimSpace(typed) == "" {
			return rules.Value{}, fail.InvalidKey("date.incomplete")
		}
		if !t.dated[i] {
			return rules.Value{}, fail.InvalidKey("date.unreadable")
		}
	}
	d, err := calendar.DateOfParts(int(t.date[0]), int(t.date[1]), int(t.date[2]))
	return rules.On(d), err
}

// court takes the full name of a court the directory knows. The person confirms; a like name is proposed, never put in its place.
func (v View) court(typed string) (rules.Value, error) {
	if v.Courts == nil {
		return rules.Said(typed), nil
	}
	if c, ok := v.Courts.Court(typed); ok {
		return rules.Said(c.Name), nil
	}
	if like := v.Courts.Search(typed, 1); len(like) > 0 {
		return rules.Value{}, fail.InvalidKey("court.did_you_mean", "Typed", typed, "Court", like[0].Name)
	}
	return rules.Value{}, fail.InvalidKey("court.unknown", "Typed", typed)
}

// Question shows a question with the answer kept before.
func (v View) Question(q *rules.Question, facts rules.Facts) tkit.Question {
	out := v.blank(q)
	kept, asked := facts[q.Fact]
	out.IsUnsure = kept.Unsure
	if !asked || kept.Unsure {
		return out
	}
	fact, _ := v.Pack.Fact(q.Fact)
	switch fact.Kind {
	case rules.FactChoice, rules.FactYesNo:
		out.Value = kept.Choice
	case rules.FactChoices:
		out.Values = kept.Choices
	case rules.FactDate:
		out.Year, out.Month, out.Day = parts(kept.Date)
	case rules.FactMoney:
		out.Value = strings.TrimPrefix(kept.Money.String(), "¥")
	case rules.FactNumber:
		out.Value = strconv.FormatInt(kept.Number, 10)
	default:
		out.Value = kept.Text
	}
	return out
}

// parts fills the three boxes of a date; none leaves them empty.
func parts(d calendar.Date) (year, month, day string) {
	if d.IsZero() {
		return "", "", ""
	}
	y, m, n := d.Parts()
	return strconv.Itoa(y), strconv.Itoa(int(m)), strconv.Itoa(n)
}

// Again shows a question with what was typed.
func (v View) Again(q *rules.Question, t Typed) tkit.Question {
	out := v.blank(q)
	out.Value, out.Values, out.IsUnsure = t.raw, t.Values, t.Unsure
	out.Year, out.Month, out.Day = t.Year, t.Month, t.Day
	return out
}

func (v View) blank(q *rules.Question) tkit.Question {
	fact, _ := v.Pack.Fact(q.Fact)
	out := tkit.Question{ID: q.ID, Kind: string(fact.Kind), Title: v.Say(q.Title), Hint: v.Say(q.Hint), Why: v.Say(q.Why),
		Unsure: q.Unsure, Personal: fact.Personal, Max: filing.MaxOf(fact)}
	switch fact.Kind {
	case rules.FactChoice, rules.FactYesNo, rules.FactChoices:
		for _, o := range fact.Options {
			out.Options = append(out.Options, tkit.Option{Value: o.ID, Label: v.Say(o.Label), Hint: v.Say(o.Help)})
		}
	case rules.FactNumber:
		out.Max = 0
	}
	out.Optional = !q.Required && !q.Unsure && fact.Kind != rules.FactMoney && fact.Kind != rules.FactNumber
	return out
}

// Answer puts an answer into words.
func (v View) Answer(id rules.FactID, val rules.Value) string {
	fact, _ := v.Pack.Fact(id)
	if val.Unsure {
		return v.t("answer.unsure")
	}
	if id == filing.FactIdentity {
		return v.masked(val.Text)
	}
	said := v.plain(fact, val)
	if said == "" {
		return v.t("answer.none")
	}
	return said
}

// masked shows the ends of an identity number only; in full it stands on the written application and nowhere else.
func (v View) masked(number string) string {
	if number == "" {
		return v.t("answer.none")
	}
	return i18n.ID(number)
}

func (v View) plain(fact rules.Fact, val rules.Value) string {
	switch fact.Kind {
	case rules.FactChoice, rules.FactYesNo:
		o, _ := fact.Option(val.Choice)
		return v.Say(o.Label)
	case rules.FactChoices:
		var labels []string
		for _, id := range val.Choices {
			o, _ := fact.Option(id)
			label := v.Say(o.Label)
			if why := val.Reasons()[id]; why != "" {
				label += v.t("punct.colon") + why
			}
			labels = append(labels, label)
		}
		return strings.Join(labels, "\n")
	case rules.FactDate:
		return v.date(val.Date)
	case rules.FactMoney:
		return val.Money.String()
	case rules.FactNumber:
		return strconv.FormatInt(val.Number, 10)
	}
	return val.Text
}

// Empty says that nothing was typed or chosen at all.
func (t Typed) Empty() bool { return !t.Unsure && !t.given() }
