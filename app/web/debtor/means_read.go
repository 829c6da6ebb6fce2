package debtor

import (
	"reliefportal/app/fail"
	"reliefportal/app/means"
	"reliefportal/app/money"
	"reliefportal/app/reckon"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// moneyReader reads sums out of a form and gathers what cannot be taken, so that all of it is said at once.
type moneyReader struct {
	form  *kit.Form
	wrong []fail.Field
}

func (r *moneyReader) refuse(wrong bool, name, key string) {
	if wrong {
		r.wrong = append(r.wrong, fail.F(name, key))
	}
}

func (r *moneyReader) err() error {
	if len(r.wrong) == 0 {
		return nil
	}
	return fail.Invalid(r.wrong...)
}

// optional reads a sum; an empty field is none.
func (r *moneyReader) optional(name string) money.Fen {
	if r.form.Value(name) == "" {
		return 0
	}
	sum, err := money.Parse(r.form.Value(name))
	if err != nil {
		r.wrong = append(r.wrong, fail.At(name, err))
	}
	return sum
}

// amount reads a sum, a range, or "I do not know" from the fields amount, low, high and unsure. Nothing typed is not asked, which Check
// refuses where a sum is needed: an empty box is never zero.
func (r *moneyReader) amount() means.Amount {
	f := r.form
	typed, rough := f.Value("amount") != "", f.Value("low") != "" || f.Value("high") != ""
	switch {
	case f.Has("unsure"):
		r.refuse(typed || rough, "amount", "means.amount_both")
		return means.Amount{Know: means.NotKnown}
	case typed:
		return means.Sum(r.optional("amount"))
	case rough:
		r.refuse(f.Value("low") == "" || f.Value("high") == "", "low", "means.low_missing")
		a := means.Amount{Know: means.Roughly, Low: r.optional("low"), High: r.optional("high")}
		r.refuse(len(r.wrong) == 0 && a.Low > a.High, "low", "means.backwards")
		return a
	}
	return means.Amount{}
}

// typedAmount is an amount as it stands in its fields.
type typedAmount struct {
	amount, low, high string
	unsure            bool
}

func amountTyped(a means.Amount) typedAmount {
	switch a.Know {
	case means.Known:
		return typedAmount{amount: bare(a.Low)}
	case means.Roughly:
		return typedAmount{low: bare(a.Low), high: bare(a.High)}
	case means.NotKnown:
		return typedAmount{unsure: true}
	case means.NotAsked:
	}
	return typedAmount{}
}

func typedIn(f *kit.Form) typedAmount {
	return typedAmount{amount: f.Raw("amount"), low: f.Raw("low"), high: f.Raw("high"), unsure: f.Has("unsure")}
}

// rough are the two fields of a range, behind a summary.
func rough(c *kit.Ctx, typed typedAmount) views.FormField {
	return views.FormField{Kind: "open", Field: tkit.Field{Name: "rough", Label: c.T("means.roughly"), Hint: c.T("means.roughly_hint"), Value: typed.low + typed.high},
		Inner: []views.FormField{moneyField("low", c.T("means.low"), "", typed.low), moneyField("high", c.T("means.high"), "", typed.high)}}
}

func everyField(c *kit.Ctx, label, value string) views.FormField {
	field := tkit.Field{Name: "every", Label: label, Value: value}
	for _, e := range reckon.Everies {
		field.Options = append(field.Options, tkit.Option{Value: string(e), Label: c.T(means.EveryKeys[e])})
	}
	return views.FormField{Kind: "radios", Field: field}
}

func unsureField(c *kit.Ctx, unsure bool) views.FormField {
	return views.FormField{Kind: "check", Field: tkit.Field{Name: "unsure", Label: c.T("means.amount_unsure"), Value: ticked(unsure)}}
}

func ticked(yes bool) string {
	if yes {
		return "1"
	}
	return ""
}
