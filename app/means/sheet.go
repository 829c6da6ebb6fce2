package means

import (
	"strconv"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
	"reliefportal/app/money"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
)

// The message keys of what a statement is made of.
var (
	takenWhy = map[string]string{TakesNothing: "means.why_taken_none", TakesMonthly: "means.why_taken_monthly", TakesAll: "means.why_taken_all",
		TakesUnsure: "means.why_taken_unsure"}
	heads     = map[rules.MeansGroup]string{rules.MeansPeople: "means.head_people", rules.MeansDebts: "means.head_debts", rules.MeansAssets: "means.head_assets"}
	groupKeys = map[rules.MeansGroup]string{rules.MeansPeople: "means.group_people", rules.MeansIncome: "means.group_income",
		rules.MeansCosts: "means.group_costs", rules.MeansDebts: "means.group_debts", rules.MeansAssets: "means.group_assets"}
	eachKeys = map[reckon.Every]string{reckon.Weekly: "means.each_weekly", reckon.Monthly: "means.each_monthly", reckon.Quarterly: "means.each_quarterly",
		reckon.Yearly: "means.each_yearly", reckon.Irregular: "means.each_irregular"}

	// EveryKeys, SeizedKeys and SourceKeys word the choices of the forms.
	EveryKeys = map[reckon.Every]string{reckon.Weekly: "means.weekly", reckon.Monthly: "means.monthly", reckon.Quarterly: "means.quarterly",
		reckon.Yearly: "means.yearly", reckon.Irregular: "means.irregular"}
	SeizedKeys = map[string]string{"yes": "means.seized_yes", "no": "means.seized_no", "unsure": "means.seized_unsure"}
	SourceKeys = map[string]string{"report": "means.source_report", "market": "means.source_market", "balance": "means.source_balance",
		"price": "means.source_price", "guess": "means.source_guess"}
)

// Sheet is a statement worked out and put into words, line by line: what a page, a reviewer and a paper show.
type Sheet struct {
	Say    string   // the one sentence it comes to
	Notes  []string // what is missing, and what follows
	Result reckon.MeansResult
	Floor  Floor
	People int
	Tables []Table
}

// Table is one part of a sheet. What and Sum head its two columns.
type Table struct {
	Group           rules.MeansGroup
	Title           string
	What, SumHeader string
	Lines           []SheetLine
}

// SheetLine is one line: what it is, as it was stated, why it counts or not, and what it comes to.
type SheetLine struct {
	ID                     string
	Name, Stated, Why, Sum string
	Mark                   string // counted, not counted, capped …: one word
	Cites                  []rules.Cite
	Total                  bool
}

// teller words a statement.
type teller struct {
	lang string
	pack *rules.Pack
	data Data
	out  Sheet
}

// SheetOf works a statement out by the rules of a pack on a day and words it. The error is that of Reckon.
func SheetOf(p *rules.Pack, d Data, on calendar.Date, lang string) (Sheet, error) {
	t := &teller{lang: lang, pack: p, data: d}
	var err error
	if t.out.Floor, err = FloorOf(p, d, on); err != nil {
		return Sheet{}, err
	}
	if t.out.Result, err = Reckon(p, d, on); err != nil {
		return Sheet{}, err
	}
	t.out.People = d.People()
	t.out.Say = Sentence(lang, t.out.Result, d.People(), d.Order.How)
	t.notes()
	t.out.Tables = append(t.out.Tables, t.sums(rules.MeansIncome, t.out.Result.Income, t.out.Result.IncomeSum),
		t.sums(rules.MeansCosts, t.out.Result.Costs, t.out.Result.CostsSum), t.floor())
	for _, g := range []rules.MeansGroup{rules.MeansPeople, rules.MeansDebts, rules.MeansAssets} {
		if len(d.Of(g)) > 0 {
			t.out.Tables = append(t.out.Tables, t.listed(g))
		}
	}
	return t.out, nil
}

func (t *teller) t(key string, kv ...any) string { return i18n.T(t.lang, key, kv...) }

// Sentence is what a result comes to, in one sentence: what is left a month, and what the order takes.
func Sentence(lang string, r reckon.MeansResult, people int, how string) string {
	return i18n.T(lang, "means.say", "Left", leftWords(lang, r.Left, people), "Taken", takenWords(lang, r.Taken, how))
}

func leftWords(lang string, s reckon.Span, people int) string {
	say := func(key string, kv ...any) string { return i18n.T(lang, key, append(kv, "N", people)...) }
	switch {
	case s.Sign() == reckon.Zero:
		return say("means.left_zero")
	case s.Exact() && s.Low < 0:
		return say("means.left_minus", "Sum", (-s.Low).String())
	case s.Exact():
		return say("means.left_plus", "Sum", s.Low.String())
	case s.NoLow && s.NoHigh:
		return say("means.left_unknown")
	case s.NoHigh && s.Low >= 0:
		return say("means.left_atleast", "Sum", s.Low.String())
	case s.NoLow && s.High >= 0:
		return say("means.left_atmost", "Sum", s.High.String())
	case s.NoLow:
		return say("means.left_minus_atleast", "Sum", (-s.High).String())
	case s.NoHigh:
		return say("means.left_unknown")
	}
	return say("means.left_between", "Low", s.Low.String(), "High", s.High.String())
}

func takenWords(lang string, s reckon.Span, how string) string {
	switch {
	case how == TakesAll && s.Exact():
		return i18n.T(lang, "means.taken_all", "Sum", s.Low.String())
	case how == TakesAll:
		return i18n.T(lang, "means.taken_held")
	case how == TakesNothing, s.Exact() && s.Low == 0:
		return i18n.T(lang, "means.taken_none")
	case s.Exact():
		return i18n.T(lang, "means.taken_sum", "Sum", s.Low.String())
	case s.NoHigh:
		return i18n.T(lang, "means.taken_unknown")
	}
	return i18n.T(lang, "means.taken_between", "Low", s.Low.String(), "High", s.High.String())
}

// SpanWords writes a sum that may not be known exactly.
func SpanWords(lang string, s reckon.Span) string {
	switch {
	case s.Exact():
		return s.Low.String()
	case s.NoHigh && s.NoLow, s.NoHigh && s.Low <= 0:
		return i18n.T(lang, "means.not_known")
	case s.NoHigh:
		return i18n.T(lang, "means.at_least", "Sum", s.Low.String())
	case s.NoLow:
		return i18n.T(lang, "means.at_most", "Sum", s.High.String())
	}
	return i18n.T(lang, "means.between", "Low", s.Low.String(), "High", s.High.String())
}

// notes says what is missing and what stands out.
func (t *teller) notes() {
	r := t.out.Result
	if r.Unknown > 0 {
		t.out.Notes = append(t.out.Notes, t.t("means.note_unknown", "N", r.Unknown))
	}
	if r.After.Exact() && r.After.Low < 0 && r.Taken.High > 0 {
		t.out.Notes = append(t.out.Notes, t.t("means.note_gap", "Sum", (-r.After.Low).String()))
	}
	if r.Short > 0 {
		t.out.Notes = append(t.out.Notes, t.t("means.note_short", "Reserve", r.Reserve.String(), "Short", r.Short.String()))
	}
}

// sums is the table of a group that is added up.
func (t *teller) sums(g rules.MeansGroup, lines []reckon.MeansOut, total reckon.Span) Table {
	out := Table{Group: g, Title: GroupName(t.lang, g), What: t.t("reckon.item"), SumHeader: t.t("means.month")}
	for _, o := range lines {
		out.Lines = append(out.Lines, t.counted(o))
	}
	return Table{Group: g, Title: out.Title, What: out.What, SumHeader: out.SumHeader,
		Lines: append(out.Lines, SheetLine{Name: t.t("reckon.total"), Sum: SpanWords(t.lang, total), Total: true})}
}

func (t *teller) counted(o reckon.MeansOut) SheetLine {
	l, ok := t.data.Line(o.ID)
	if !ok { // nobody has spoken of the group
		return SheetLine{Name: t.t("means.not_stated"), Why: t.t("means.why_unknown"), Sum: t.t("means.not_known"), Mark: t.t("means.mark_unknown")}
	}
	kind, _ := t.pack.Means.Kind(l.Kind)
	line := SheetLine{ID: l.ID, Name: Name(t.pack, l, t.lang), Stated: Stated(l, t.lang), Sum: SpanWords(t.lang, o.Counted), Why: kind.Why.In(t.lang), Cites: kind.Cites}
	switch o.State {
	case reckon.LineCounted:
		line.Mark = t.t("means.mark_counted")
	case reckon.LineNotCounted:
		line.Mark, line.Sum = t.t("means.mark_not"), t.t("means.none_counted")
	case reckon.LineUnknown:
		line.Mark, line.Why = t.t("means.mark_unknown"), t.t("means.why_unknown")
	case reckon.LineBelow:
		line.Mark, line.Why, line.Cites = t.t("means.mark_counted"), t.t("means.why_below"), t.cites("floor", "proof")
	case reckon.LineReasoned:
		line.Mark, line.Why, line.Cites = t.t("means.mark_counted"), t.t("means.why_reasoned", "Reason", l.Reason), t.cites("proof")
	case reckon.LineCapped:
		line.Mark, line.Why, line.Cites = t.t("means.mark_capped"), t.t("means.why_capped", "Sum", t.out.Result.Reserve.String()), t.cites("floor", "proof")
	case reckon.LineNoStandard:
		line.Mark, line.Why, line.Cites = t.t("means.mark_counted"), t.t("means.why_nofloor"), t.cites("floor")
	}
	return line
}

func (t *teller) cites(ids ...string) []rules.Cite {
	var out []rules.Cite
	for _, id := range ids {
		out = append(out, t.pack.Means.Rules[id].Cites...)
	}
	return out
}

// floor says what the local standard is, where it is from, and what the order takes.
func (t *teller) floor() Table {
	out := Table{Title: t.t("means.against"), What: t.t("reckon.item"), SumHeader: t.t("means.month")}
	standard := SheetLine{Name: t.t("means.standard"), Cites: t.cites("floor")}
	switch t.out.Floor.From {
	case reckon.FromTable:
		s := t.out.Floor.Standard
		standard.Sum = s.PerMonth.String()
		standard.Why = t.t("living.why_table", "Place", s.Name, "Source", s.Source, "Date", i18n.Date(t.lang, s.From))
	case reckon.FromPerson:
		standard.Sum, standard.Why = t.out.Floor.PerHead.String(), t.t("living.why_asked")
	case reckon.FromNowhere:
		standard.Sum, standard.Why = t.t("means.not_known"), t.t("means.why_no_standard")
	}
	out.Lines = append(out.Lines, standard)
	if t.out.Result.Reserve > 0 {
		out.Lines = append(out.Lines, SheetLine{Name: t.t("means.reserve"), Sum: t.out.Result.Reserve.String(),
			Why: t.t("living.why_reserve", "N", t.out.People, "Sum", t.out.Floor.PerHead.String()), Cites: t.cites("order")})
	}
	taken := SheetLine{Name: t.t("means.taken"), Sum: SpanWords(t.lang, t.out.Result.Taken), Why: t.t(takenWhy[t.how()])}
	return Table{Title: out.Title, What: out.What, SumHeader: out.SumHeader, Lines: append(out.Lines, taken,
		SheetLine{Name: t.t("means.after"), Sum: SpanWords(t.lang, t.out.Result.After), Why: t.t("means.why_after"), Total: true})}
}

func (t *teller) how() string {
	if t.data.Order.How == "" {
		return TakesUnsure
	}
	return t.data.Order.How
}

// listed is the table of a group that is shown and not added up.
func (t *teller) listed(g rules.MeansGroup) Table {
	out := Table{Group: g, Title: GroupName(t.lang, g), What: t.t("reckon.item"), SumHeader: t.t(heads[g])}
	for _, l := range t.data.Of(g) {
		kind, _ := t.pack.Means.Kind(l.Kind)
		line := SheetLine{ID: l.ID, Name: Name(t.pack, l, t.lang), Why: kind.Why.In(t.lang), Cites: kind.Cites, Sum: AmountWords(t.lang, l.Amount)}
		switch g {
		case rules.MeansPeople:
			line.Sum = strconv.Itoa(l.Count)
		case rules.MeansDebts:
			line.Mark, line.Sum = t.t("means.mark_not"), Stated(l, t.lang)
		case rules.MeansAssets:
			line.Stated = t.asset(l)
		case rules.MeansIncome, rules.MeansCosts: // added up, not listed
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

// asset says in a line what is known of an asset.
func (t *teller) asset(l Line) string {
	parts := []string{t.t(SeizedKeys[l.Seized])}
	if l.Source != "" {
		parts = append(parts, t.t(SourceKeys[l.Source]))
	}
	if l.Meaning != "" {
		parts = append(parts, l.Meaning)
	}
	return strings.Join(parts, t.t("punct.semicolon"))
}

// GroupName is a group in words.
func GroupName(lang string, g rules.MeansGroup) string { return i18n.T(lang, groupKeys[g]) }

// Name is a line in words: its kind, and what the person added.
func Name(p *rules.Pack, l Line, lang string) string {
	kind, ok := p.Means.Kind(l.Kind)
	name := kind.Label.In(lang)
	if !ok {
		name = l.Kind
	}
	if l.Note != "" {
		name += i18n.T(lang, "punct.open") + l.Note + i18n.T(lang, "punct.close")
	}
	return name
}

// Stated is a sum as it was stated, with its frequency.
func Stated(l Line, lang string) string {
	if l.Amount.Know == NotKnown || l.Amount.Know == NotAsked {
		return i18n.T(lang, "means.not_known")
	}
	if l.Every == "" {
		return AmountWords(lang, l.Amount)
	}
	return i18n.T(lang, eachKeys[l.Every], "Sum", AmountWords(lang, l.Amount))
}

// AmountWords writes an amount.
func AmountWords(lang string, a Amount) string {
	if a.Know == NotKnown || a.Know == NotAsked {
		return i18n.T(lang, "means.not_known")
	}
	return SpanWords(lang, a.Span())
}

// LineWords is a line in one piece, for a comparison.
func LineWords(l *Line, lang string) string {
	switch {
	case l == nil:
		return i18n.T(lang, "means.was_not")
	case l.Group == rules.MeansPeople:
		return i18n.T(lang, "means.persons", "N", l.Count)
	}
	return Stated(*l, lang)
}

// Total is what a span is worth drawing as: its lower bound, never below nothing.
func Total(s reckon.Span) money.Fen { return max(0, s.Low) }
