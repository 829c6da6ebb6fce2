package debtor

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/means"
	"reliefportal/app/money"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// assets holds what is owned against what is owed.
func (p pages) assets(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	return p.showAssets(c, s, http.StatusOK, nil, s.Version, typedSum(s.Claim), typedSum(s.Costs))
}

func typedSum(a means.Amount) string {
	if a.Know != means.Known {
		return ""
	}
	return bare(a.Low)
}

func (p pages) showAssets(c *kit.Ctx, s stated, status int, errs []tkit.FieldError, version int64, claim, costs string, typed ...views.AssetsDraft) error {
	view := views.AssetsView{Claim: claim, Costs: costs, AddHref: c.Path("debtor.meansgroup", string(rules.MeansAssets)), Version: version, OverNote: c.T("assets.over_unknown"),
		ProposalNote: c.T("assets.need_claim"), ProposalHow: c.T("assets.how")}
	for _, l := range s.Of(rules.MeansAssets) {
		view.HasAssets = true
		view.First = append(view.First, tkit.Option{Value: l.ID, Label: means.Name(s.law.Pack, l, c.Lang), Checked: l.First})
	}
	if err := overSeized(c, s, &view); err != nil {
		return err
	}
	leastHarm(c, s, &view)
	for _, t := range typed { // a request that was not taken keeps the person's words
		for _, d := range []*views.AssetsDraft{view.OverDraft, view.SwapDraft} {
			if d != nil && d.Kind == t.Kind {
				d.Text, d.Ask = t.Text, t.Ask
			}
		}
	}
	page := meansPage(c, c.Path("debtor.means"))
	page.Errors = mainAt(errs, "claim")
	return c.Show(status, views.Assets(page, view))
}

// overSeized fills in whether too much is sealed, and the request to release the rest when it clearly is.
func overSeized(c *kit.Ctx, s stated, view *views.AssetsView) error {
	in, r, ok, err := means.Seized(s.law.Pack, s.Data)
	if err != nil || !ok {
		return err
	}
	sum := tkit.Sum{Say: seizedSay(c, r)}
	top := max(r.Limit, r.Total, 1)
	for _, b := range []struct {
		key, tone string
		sum       money.Fen
	}{{"seized.bar_limit", "dark", r.Limit}, {"seized.bar_total", "pale", r.Total}, {"seized.bar_over", "lamp", r.Over}} {
		sum.Bars = append(sum.Bars, tkit.SumBar{Label: c.T(b.key), Value: b.sum.String(), Width: int(b.sum * 1000 / top), Tone: b.tone})
	}
	table := tkit.SumTable{Title: c.T("seized.table"), What: c.T("seized.name"), Sum: c.T("seized.value")}
	for _, a := range r.Lines {
		table.Lines = append(table.Lines, seizedLine(c, s, a))
	}
	sum.Tables = append(sum.Tables, table)
	sum.Rules = []tkit.SumLine{{Name: c.T("seized.rule_limit"), Cites: cited(s, reckon.RuleLimit)}, {Name: c.T("seized.rule_lift"), Cites: cited(s, reckon.RuleLift)},
		{Name: c.T("seized.rule_whole"), Cites: cited(s, reckon.RuleWhole)}}
	view.Over = &sum
	if r.Verdict == reckon.Clearly && !r.Whole {
		view.OverDraft = overDraft(c, s, in, r)
	}
	return nil
}

func cited(s stated, r reckon.Rule) []tkit.Cite {
	return []tkit.Cite{s.law.Cite(rules.Cite{Source: r.Source, Article: r.Article, Standing: rules.Standing(r.Standing), Phrase: r.Phrase})}
}

// seizedSay is the sentence a comparison comes to.
func seizedSay(c *kit.Ctx, r reckon.SeizedResult) string {
	args := []any{"Total", r.Total.String(), "Limit", r.Limit.String(), "Over", r.Over.String()}
	switch {
	case r.Whole && r.Missing == 0:
		return c.T("seized.say_whole", args...)
	case r.Whole:
		return c.T("seized.say_whole_maybe", args...)
	case r.Verdict == reckon.Clearly:
		return c.T("seized.say_clearly", args...)
	case r.Verdict == reckon.Above:
		return c.T("seized.say_above", args...)
	case r.Verdict == reckon.Unknown:
		return c.T("seized.say_unknown", args...)
	}
	return c.T("seized.say_within", args...)
}

func seizedLine(c *kit.Ctx, s stated, a reckon.AssetLine) tkit.SumLine {
	l, _ := s.Line(a.Name)
	line := tkit.SumLine{Name: means.Name(s.law.Pack, l, c.Lang), Sum: a.Value.String(), Cites: cited(s, a.Rule)}
	switch a.State {
	case reckon.NoValue:
		line.Why, line.Sum = c.T("seized.why_no_value"), c.T("reckon.unknown")
	case reckon.Spare:
		line.Why = c.T("seized.why_spare")
	case reckon.Partly:
		line.Why = c.T("seized.why_partly", "Free", a.Free.String())
	case reckon.NeededAll:
		line.Why = c.T("seized.why_whole", "Free", a.Free.String())
	case reckon.Needed:
		line.Why = c.T("seized.why_needed")
	}
	return line
}

// The kinds of a request that the page has written.
const (
	draftOver = "over"
	draftSwap = "swap"
)

func overDraft(c *kit.Ctx, s stated, in reckon.SeizedInput, r reckon.SeizedResult) *views.AssetsDraft {
	var list strings.Builder
	var free []string
	for _, a := range r.Lines {
		l, _ := s.Line(a.Name)
		list.WriteString(assetSentence(c, s, l))
		if a.State == reckon.Spare || a.State == reckon.Partly {
			free = append(free, means.Name(s.law.Pack, l, c.Lang))
		}
	}
	ask := ""
	if len(free) > 0 {
		ask = c.T("assets.draft_over_free", "Names", strings.Join(free, c.T("means.comma")))
	}
	return &views.AssetsDraft{Kind: draftOver, Title: c.T("assets.draft_act"), Button: c.T("assets.file_over"), Action: c.Path("debtor.assetsfile"), Token: store.NewID(),
		Text: c.T("assets.draft_over", "Claim", in.Claim.String(), "Costs", in.Costs.String(), "Limit", r.Limit.String(), "Total", r.Total.String(), "Over", r.Over.String(),
			"List", list.String()), Ask: c.T("assets.draft_over_ask", "Names", ask)}
}

func assetSentence(c *kit.Ctx, s stated, l means.Line) string {
	what := c.T(means.SeizedKeys[l.Seized])
	if l.Meaning != "" {
		what += c.T("punct.semicolon") + l.Meaning
	}
	return c.T("assets.draft_line", "Name", means.Name(s.law.Pack, l, c.Lang), "Value", means.AmountWords(c.Lang, l.Amount), "What", what)
}

// leastHarm fills in what could go first, and the request for it when that covers the debt and spares something.
func leastHarm(c *kit.Ctx, s stated, view *views.AssetsView) {
	if s.Claim.Know != means.Known || s.Claim.Low <= 0 {
		return
	}
	proposal := reckon.LeastHarm(s.Claim.Low+s.Costs.Low, means.Offers(s.law.Pack, s.Data))
	var names []string
	for _, id := range proposal.Take {
		l, _ := s.Line(id)
		names = append(names, means.Name(s.law.Pack, l, c.Lang))
	}
	args := []any{"Names", strings.Join(names, c.T("means.comma")), "Sum", proposal.Sum.String(), "Limit", proposal.Limit.String()}
	sum := tkit.Sum{Say: c.T("assets.proposal_short", args...)}
	if proposal.Covered {
		sum.Say = c.T("assets.proposal_say", args...)
	}
	if proposal.Missing > 0 {
		sum.Notes = append(sum.Notes, c.T("assets.proposal_missing", "N", proposal.Missing))
	}
	table := tkit.SumTable{Title: c.T("assets.list"), What: c.T("reckon.item"), Sum: c.T("assets.value")}
	var list strings.Builder
	for _, l := range s.Of(rules.MeansAssets) {
		kind, _ := s.m.Kind(l.Kind)
		place := c.T("assets.spared")
		if i := slices.Index(proposal.Take, l.ID); i >= 0 {
			place = c.T("assets.step", "N", i+1)
		} else if kind.Shield == rules.ShieldYes {
			place = c.T("assets.kept")
		}
		table.Lines = append(table.Lines, tkit.SumLine{Name: means.Name(s.law.Pack, l, c.Lang), Stated: place, Why: s.law.Say(kind.Why), Cites: s.law.Cites(kind.Cites),
			Sum: means.AmountWords(c.Lang, l.Amount)})
		list.WriteString(assetSentence(c, s, l))
	}
	sum.Tables = append(sum.Tables, table)
	view.Proposal = &sum
	if proposal.Covered && len(proposal.Take) < len(table.Lines) {
		view.SwapDraft = &views.AssetsDraft{Kind: draftSwap, Title: c.T("assets.file_swap"), Button: c.T("assets.file_swap"), Action: c.Path("debtor.assetsfile"),
			Token: store.NewID(), Text: c.T("assets.draft_swap", append(args, "List", list.String())...), Ask: c.T("assets.draft_swap_ask", "Names", strings.Join(names, c.T("means.comma")))}
	}
}

// setDebt keeps claim, costs and what should go first.
func (p pages) setDebt(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	f := c.Form()
	read := &moneyReader{form: f}
	claim, costs := read.optional("claim"), read.optional("costs")
	first := f.All("first")
	return p.store(c, c.Path("debtor.assets"), func(d *means.Data) error {
		d.Claim, d.Costs = statedSum(f, "claim", claim), statedSum(f, "costs", costs)
		for _, l := range d.Of(rules.MeansAssets) {
			l.First = slices.Contains(first, l.ID)
			d.Put(l)
		}
		return read.err()
	}, func(status int, errs []tkit.FieldError, version int64) error {
		return p.showAssets(c, s, status, errs, version, f.Raw("claim"), f.Raw("costs"))
	})
}

// statedSum is a sum, or not known when its field is empty.
func statedSum(f *kit.Form, name string, sum money.Fen) means.Amount {
	if f.Value(name) == "" {
		return means.Amount{Know: means.NotKnown}
	}
	return means.Sum(sum)
}

// fileAssets drafts the request as the person has edited it, under the remedy the rules name, with the statement shown in it.
func (p pages) fileAssets(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	f := c.Form()
	text, ask, kind, token := f.Value("text"), f.Value("ask"), f.Value("kind"), f.Value(startToken)
	if len(token) != len(store.NewID()) || kind != draftOver && kind != draftSwap {
		return c.To("debtor.assets")
	}
	facts := rules.Facts{"topic": rules.Pick("asset"), "role": rules.Pick("self"), "what_happened": rules.Said(text), "request": rules.Said(ask)}
	remedy := s.m.Swap
	if kind == draftSwap {
		facts["asset_wish"], facts["sale_stage"] = rules.Pick("swap"), rules.Pick("sealed")
	} else {
		remedy = s.m.Excess
		facts["over_debt"], facts["act"] = rules.Pick(rules.Yes), rules.Said(c.T("assets.draft_act"))
		if _, r, ok, err := means.Seized(s.law.Pack, s.Data); err == nil && ok {
			facts["debt"], facts["frozen"] = rules.Amount(r.Limit), rules.Amount(r.Total)
		}
	}
	if errs, invalid := c.FieldErrors(tooLong(s.law.Pack, kind, facts)); invalid {
		return p.showAssets(c, s, http.StatusUnprocessableEntity, errs, s.Version, typedSum(s.Claim), typedSum(s.Costs), views.AssetsDraft{Kind: kind, Text: text, Ask: ask})
	}
	draft, err := p.Filings.Start(c.Context(), c.Actor, filing.StartInput{Remedy: remedy, Facts: facts, Lang: c.Lang, Token: token})
	if err != nil {
		return err
	}
	if s.Ready() && draft.Version == 1 {
		if err := p.Means.Attach(c.Context(), c.Actor, draft.ID, draft.Version); err != nil {
			return err
		}
	}
	c.Flash("draft.carried")
	return c.To("debtor.filing", draft.ID)
}

// tooLong refuses words that the fact of a filing would not hold; nothing is cut off. Both must say something. The fields are named after the
// kind of request.
func tooLong(p *rules.Pack, kind string, facts rules.Facts) error {
	var bad []fail.Field
	for _, x := range []struct {
		field string
		id    rules.FactID
	}{{kind + "-text", "what_happened"}, {kind + "-ask", "request"}} {
		fact, _ := p.Fact(x.id)
		n, most := utf8.RuneCountInString(facts[x.id].Text), filing.MaxOf(fact)
		if n == 0 {
			bad = append(bad, fail.F(x.field, "assets.text_empty"))
		} else if most > 0 && n > most {
			bad = append(bad, fail.F(x.field, "answer.too_long", "n", n, "max", most, "over", n-most))
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return fail.Invalid(bad...)
}
