package debtor

import (
	"net/http"
	"slices"
	"strconv"

	"reliefportal/app/appraisal"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/money"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// appraisalRoutes are the pages on which a person holds an appraisal against what is known.
func (p pages) appraisalRoutes() []kit.Route {
	return []kit.Route{
		get("/my/appraisal", "debtor.appraisal", kit.None, p.appraisal),
		post("/my/appraisal", "debtor.appraisal", kit.None, p.saveAppraisal),
		get("/my/appraisal/result", "debtor.appraisalresult", kit.None, p.appraisalResult),
		post("/my/appraisal/file", "debtor.appraisalfile", kit.None, p.fileAppraisal),
	}
}

// appraisalFields are the text fields of the form.
var appraisalFields = []string{"institution", "institution_unsure", "kind", "region", "value", "value_unsure", "fee", "fee_unsure", "price1", "where1", "price2", "where2", "price3", "where3",
	"year", "month", "day"}

// appraisal asks about the appraisal.
func (p pages) appraisal(c *kit.Ctx) error {
	now, err := p.Appraisals.Current(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	return p.showAppraisal(c, http.StatusOK, nil, now.Version, appraisalTyped(now))
}

// appraisalTyped is what was stated as it stands in the fields.
func appraisalTyped(now appraisal.Check) map[string]string {
	typed := map[string]string{}
	if now.Version == 0 {
		return typed
	}
	typed["institution"], typed["kind"], typed["region"] = now.Institution, string(now.Kind), now.Region
	typed["institution_unsure"] = ticked(now.Institution == "")
	for name, sum := range map[string]appraisal.Sum{"value": now.Value, "fee": now.Fee} {
		typed[name+"_unsure"] = ticked(!sum.Known)
		if sum.Known {
			typed[name] = bare(sum.Fen)
		}
	}
	if !now.Day.IsZero() {
		y, m, d := now.Day.Parts()
		typed["year"], typed["month"], typed["day"] = strconv.Itoa(y), strconv.Itoa(int(m)), strconv.Itoa(d)
	}
	for i, x := range now.Comparables {
		n := strconv.Itoa(i + 1)
		typed["price"+n], typed["where"+n] = bare(x.Price), x.Where
	}
	return typed
}

func (p pages) showAppraisal(c *kit.Ctx, status int, errs []tkit.FieldError, version int64, typed map[string]string) error {
	list, err := p.Appraisals.Prices(c.Context())
	if err != nil {
		return err
	}
	view := views.FormView{Title: c.T("appraisal.title"), Hint: c.T("appraisal.lead"), Why: c.T("appraisal.sealed"), Version: version, Button: c.T("appraisal.go")}
	kind := tkit.Field{Name: "kind", Label: c.T("appraisal.kind"), Value: typed["kind"]}
	for _, k := range appraisal.Kinds() {
		kind.Options = append(kind.Options, tkit.Option{Value: string(k), Label: c.T(appraisal.KindKeys[k])})
	}
	view.Fields = append(view.Fields, views.FormField{Kind: "radios", Field: kind})
	if regions := regionsOf(list); len(regions) > 0 {
		region := tkit.Field{Name: "region", Label: c.T("appraisal.region"), Hint: c.T("appraisal.region_hint"), Value: typed["region"]}
		for _, r := range regions {
			region.Options = append(region.Options, tkit.Option{Value: r, Label: r})
		}
		view.Fields = append(view.Fields, views.FormField{Kind: "select", Field: region})
	}
	unsure := func(name string) views.FormField {
		return views.FormField{Kind: "check", Field: tkit.Field{Name: name, Label: c.T("means.amount_unsure"), Value: typed[name]}}
	}
	view.Fields = append(view.Fields,
		views.FormField{Kind: "text", Field: tkit.Field{Name: "institution", Label: c.T("appraisal.institution"), Hint: c.T("appraisal.institution_hint"), Value: typed["institution"]}}, unsure("institution_unsure"),
		views.FormField{Kind: "date", Field: tkit.Field{Name: "received", Label: c.T("appraisal.day"), Hint: c.T("appraisal.day_hint"), Year: typed["year"], Month: typed["month"], Day: typed["day"]}},
		moneyField("value", c.T("appraisal.value"), "", typed["value"]), unsure("value_unsure"),
		moneyField("fee", c.T("appraisal.fee"), c.T("appraisal.fee_hint"), typed["fee"]), unsure("fee_unsure"), comparableFields(c, typed))
	page := meansPage(c, c.Path(kit.RouteDebtorHome))
	page.Errors = mainAt(errs, "kind")
	return c.Show(status, views.FormPage(page, view))
}

// comparableFields are the prices that a person can hold against the value, behind a summary.
func comparableFields(c *kit.Ctx, typed map[string]string) views.FormField {
	open := views.FormField{Kind: "open", Field: tkit.Field{Name: "comparables", Label: c.T("appraisal.comparables"), Hint: c.T("appraisal.comparables_hint")}}
	for i := range appraisal.Comparables {
		n := strconv.Itoa(i + 1)
		open.Field.Value += typed["price"+n] + typed["where"+n]
		open.Inner = append(open.Inner, moneyField("price"+n, c.T("appraisal.price", "N", i+1), "", typed["price"+n]),
			views.FormField{Kind: "text", Field: tkit.Field{Name: "where" + n, Label: c.T("appraisal.where", "N", i+1), Value: typed["where"+n]}})
	}
	return open
}

// regionsOf are the regions that a list names, each once.
func regionsOf(list []appraisal.Price) []string {
	var out []string
	for _, p := range list {
		if p.Region != "" {
			out = append(out, p.Region)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// saveAppraisal keeps what the person stated and leads to the result.
func (p pages) saveAppraisal(c *kit.Ctx) error {
	read := &moneyReader{form: c.Form()}
	d, err := readAppraisal(read)
	if err == nil {
		err = p.Appraisals.Save(c.Context(), c.Actor, formVersion(c), d)
	}
	if err == nil {
		return c.To("debtor.appraisalresult")
	}
	typed := map[string]string{}
	for _, name := range appraisalFields {
		typed[name] = c.Form().Raw(name)
	}
	if e, ok := fail.As(err); ok && e.Kind == fail.KindConflict {
		now, readErr := p.Appraisals.Current(c.Context(), c.Actor)
		if readErr != nil {
			return readErr
		}
		return p.showAppraisal(c, http.StatusConflict, []tkit.FieldError{{ID: "kind", Text: c.T("appraisal.stale")}}, now.Version, typed)
	}
	errs, invalid := c.FieldErrors(err)
	if !invalid {
		return err
	}
	return p.showAppraisal(c, http.StatusUnprocessableEntity, errs, formVersion(c), typed)
}

// readAppraisal reads the form. A sum must be given, or said not to be known: an empty box is never zero.
func readAppraisal(r *moneyReader) (appraisal.Data, error) {
	f := r.form
	d := appraisal.Data{Institution: f.Value("institution"), Kind: appraisal.Kind(f.Value("kind")), Region: f.Value("region")}
	given := func(name string) bool {
		typed, unsure := f.Value(name) != "", f.Has(name+"_unsure")
		r.refuse(typed && unsure, name, "means.amount_both")
		r.refuse(!typed && !unsure, name, "appraisal.missing")
		return typed && !unsure
	}
	r.refuse(!d.Kind.Known(), "kind", "answer.choose")
	given("institution")
	day, err := f.Day("received")
	if e, ok := fail.As(err); ok {
		r.wrong = append(r.wrong, e.Fields...)
	} else if err != nil {
		return d, err
	}
	d.Day = day
	if given("value") {
		d.Value = appraisal.Sum{Known: true, Fen: r.optional("value")}
	}
	if given("fee") {
		d.Fee = appraisal.Sum{Known: true, Fen: r.optional("fee")}
	}
	for i := range appraisal.Comparables {
		n := strconv.Itoa(i + 1)
		price, where := r.optional("price"+n), f.Value("where"+n)
		r.refuse(f.Value("price"+n) == "" && where != "", "price"+n, "appraisal.price_missing")
		r.refuse(f.Value("price"+n) != "" && where == "", "where"+n, "appraisal.where_missing")
		if f.Value("price"+n) != "" {
			d.Comparables = append(d.Comparables, appraisal.Comparable{Price: price, Where: where})
		}
	}
	return d, r.err()
}

// listDay is the day whose list counts.
func listDay(d appraisal.Data, today calendar.Date) calendar.Date {
	if d.Day.IsZero() {
		return today
	}
	return d.Day
}

// below counts the comparables that lie above the appraised value.
func below(d appraisal.Data) int {
	n := 0
	for _, x := range d.Comparables {
		if d.Value.Fen < x.Price {
			n++
		}
	}
	return n
}

// over is what a fee is beyond the list.
func over(d appraisal.Data, r appraisal.Result) money.Fen { return d.Fee.Fen - r.Listed.Total }
