package debtor

import (
	"math/big"
	"net/http"
	"slices"
	"strings"

	"reliefportal/app/appraisal"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// draftAppraisal is the kind of the request that the page has written.
const draftAppraisal = "appraisal"

// appraisalResult shows the appraisal beside what is known.
func (p pages) appraisalResult(c *kit.Ctx) error {
	return p.showAppraisalResult(c, http.StatusOK, nil)
}

func (p pages) showAppraisalResult(c *kit.Ctx, status int, errs []tkit.FieldError, typed ...views.AssetsDraft) error {
	now, err := p.Appraisals.Current(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	if now.Version == 0 {
		return c.To("debtor.appraisal")
	}
	list, err := p.Appraisals.Prices(c.Context())
	if err != nil {
		return err
	}
	r := appraisal.Judge(list, now.Data, c.Today())
	view := views.AppraisalView{ChangeHref: c.Path("debtor.appraisal"), Sum: tkit.Sum{Say: appraisalSay(c, now.Data, r)}}
	view.Sum.Tables = appraisalTables(c, now.Data, r)
	if r.HasList && now.Day.IsZero() {
		view.Sum.Notes = append(view.Sum.Notes, c.T("appraisal.day_unknown"))
	}
	here := law.For(c, p.Filings.Packs.On(c.Today()), p.Bodies)
	if door, ok := p.objection(here.Pack, c, appraisalFacts(here.Pack, now.Data)); ok {
		view.DoorText, view.DoorHref, view.Late = here.Say(door.Remedy.Plain), c.Path("public.door", door.Remedy.ID), door.State == rules.DoorLate
		view.Draft = &views.AssetsDraft{Kind: draftAppraisal, Title: c.T("appraisal.draft"), Button: c.T("appraisal.file"), Action: c.Path("debtor.appraisalfile"), Token: store.NewID(),
			Text: appraisalWords(c, now.Data, r), Ask: c.T("appraisal.ask")}
	}
	for _, t := range typed { // a request that was not taken keeps the person's words
		if view.Draft != nil {
			view.Draft.Text, view.Draft.Ask = t.Text, t.Ask
		}
	}
	page := meansPage(c, c.Path("debtor.appraisal"))
	page.Errors = errs
	return c.Show(status, views.Appraisal(page, view))
}

// appraisalSay is the sentence it comes to: the value, then the fee.
func appraisalSay(c *kit.Ctx, d appraisal.Data, r appraisal.Result) string {
	value := c.T("appraisal.say_none")
	switch n := len(d.Comparables); {
	case !d.Value.Known:
		value = c.T("appraisal.say_value_unknown")
	case n > 0 && below(d) > 0:
		value = c.T("appraisal.say_below", "N", below(d), "All", n)
	case n > 0:
		value = c.T("appraisal.say_not_below", "All", n)
	}
	return c.T("appraisal.say", "Value", value, "Fee", feeSay(c, d, r))
}

func feeSay(c *kit.Ctx, d appraisal.Data, r appraisal.Result) string {
	switch r.Verdict {
	case appraisal.AboveFee:
		return c.T("appraisal.fee_above", "Over", over(d, r).String())
	case appraisal.Within:
		return c.T("appraisal.fee_within")
	case appraisal.Unsaid:
		return c.T("appraisal.fee_unsaid")
	case appraisal.NoList:
	}
	if r.HasList {
		return c.T("appraisal.fee_beyond")
	}
	return c.T("appraisal.fee_no_list")
}

// appraisalTables are the fee line by line, and the prices beside the value.
func appraisalTables(c *kit.Ctx, d appraisal.Data, r appraisal.Result) []tkit.SumTable {
	var out []tkit.SumTable
	if len(r.Listed.Steps) > 0 {
		t := tkit.SumTable{Title: c.T("appraisal.fee_table", "Source", r.Price.Source, "Day", i18n.Date(c.Lang, listDay(d, c.Today()))), What: c.T("appraisal.band"), Sum: c.T("appraisal.fee_listed")}
		for _, s := range r.Listed.Steps {
			t.Lines = append(t.Lines, tkit.SumLine{Name: c.T("appraisal.step", "From", s.From.String(), "To", s.To.String()), Why: bandWords(c, s.Band), Sum: s.Fee.String()})
		}
		if r.Listed.Whole {
			t.Lines = append(t.Lines, tkit.SumLine{Name: c.T("appraisal.total"), Sum: r.Listed.Total.String(), Total: true})
		}
		if d.Fee.Known {
			t.Lines = append(t.Lines, tkit.SumLine{Name: c.T("appraisal.fee"), Sum: d.Fee.Fen.String(), Total: true})
		}
		out = append(out, t)
	}
	if len(d.Comparables) > 0 {
		t := tkit.SumTable{Title: c.T("appraisal.beside"), What: c.T("appraisal.where_from"), Sum: c.T("appraisal.its_price")}
		for _, x := range d.Comparables {
			t.Lines = append(t.Lines, tkit.SumLine{Name: x.Where, Why: differs(c, d.Value, x), Sum: x.Price.String()})
		}
		if d.Value.Known {
			t.Lines = append(t.Lines, tkit.SumLine{Name: c.T("appraisal.value"), Sum: d.Value.Fen.String(), Total: true})
		}
		out = append(out, t)
	}
	return out
}

func bandWords(c *kit.Ctx, b appraisal.Band) string {
	if b.Fixed > 0 {
		return c.T("fees.fixed_words", "Sum", b.Fixed.String())
	}
	return c.T("fees.rate_words", "Rate", big.NewRat(b.Rate, 100).FloatString(2))
}

func differs(c *kit.Ctx, value appraisal.Sum, x appraisal.Comparable) string {
	percent, ok := appraisal.Percent(value.Fen, x.Price)
	switch {
	case !value.Known || !ok:
		return ""
	case value.Fen == x.Price:
		return c.T("appraisal.same")
	case percent == 0:
		return c.T("appraisal.nearly")
	case percent < 0:
		return c.T("appraisal.lower", "N", -percent)
	}
	return c.T("appraisal.higher", "N", percent)
}

// appraisalWords are the facts in words, for the request.
func appraisalWords(c *kit.Ctx, d appraisal.Data, r appraisal.Result) string {
	var out strings.Builder
	add := func(known bool, key string, kv ...any) {
		if known {
			out.WriteString(c.T(key, kv...))
		}
	}
	add(d.Institution != "", "appraisal.words_institution", "Name", d.Institution)
	add(d.Value.Known, "appraisal.words_value", "Sum", d.Value.Fen.String())
	for _, x := range d.Comparables {
		add(true, "appraisal.words_price", "Where", x.Where, "Sum", x.Price.String())
	}
	add(d.Fee.Known, "appraisal.words_fee", "Sum", d.Fee.Fen.String())
	add(r.Verdict == appraisal.AboveFee, "appraisal.words_over", "Source", r.Price.Source, "Sum", r.Listed.Total.String(), "Over", over(d, r).String())
	add(true, "appraisal.words_end")
	return out.String()
}

// Facts that say which objection is meant.
const (
	factReport   = rules.FactID("report_problem")
	factReceived = rules.FactID("report_served_on")
)

// appraisalFacts are the answers of the finder that lead to an objection to the figure.
func appraisalFacts(p *rules.Pack, d appraisal.Data) rules.Facts {
	facts := rules.Facts{"topic": rules.Pick("asset"), "role": rules.Pick("self"), "sale_stage": rules.Pick("valued"), factReport: rules.Pick("figure")}
	if !d.Day.IsZero() {
		facts[factReceived] = rules.On(d.Day)
	}
	switch d.Kind {
	case appraisal.Car:
		facts["asset_kind"] = rules.Pick("vehicle")
	case appraisal.Equity:
		facts["asset_kind"] = rules.Pick("equity")
	case appraisal.Home, appraisal.Other: // whether it is the only home is asked in the request
	}
	for id := range facts {
		if _, known := p.Fact(id); !known {
			delete(facts, id)
		}
	}
	return facts
}

// objection is the door that stands on what is wrong with the report. A late one is a door too: the page says so, and the rules say what else
// there is.
func (p pages) objection(pack *rules.Pack, c *kit.Ctx, facts rules.Facts) (rules.Door, bool) {
	doors := pack.Doors(facts, c.Today(), p.Bodies)
	i := slices.IndexFunc(doors, func(d rules.Door) bool {
		return d.State != rules.DoorShut && slices.Contains(d.Remedy.OpenWhen.Facts(), factReport)
	})
	if i < 0 {
		return rules.Door{}, false
	}
	return doors[i], true
}

// fileAppraisal drafts the objection as the person has edited it.
func (p pages) fileAppraisal(c *kit.Ctx) error {
	f := c.Form()
	now, err := p.Appraisals.Current(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	if now.Version == 0 || len(f.Value(startToken)) != len(store.NewID()) {
		return c.To("debtor.appraisal")
	}
	pack := p.Filings.Packs.On(c.Today())
	facts := appraisalFacts(pack, now.Data)
	door, ok := p.objection(pack, c, facts)
	if !ok {
		return c.To("debtor.appraisalresult")
	}
	facts["what_happened"], facts["request"] = rules.Said(f.Value("text")), rules.Said(f.Value("ask"))
	if errs, invalid := c.FieldErrors(tooLong(pack, draftAppraisal, facts)); invalid {
		return p.showAppraisalResult(c, http.StatusUnprocessableEntity, errs, views.AssetsDraft{Text: f.Raw("text"), Ask: f.Raw("ask")})
	}
	draft, err := p.Filings.Start(c.Context(), c.Actor, filing.StartInput{Remedy: door.Remedy.ID, Facts: facts, Lang: c.Lang, Token: f.Value(startToken)})
	if err != nil {
		return err
	}
	c.Flash("draft.carried")
	return c.To("debtor.filing", draft.ID)
}
