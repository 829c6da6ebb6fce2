package admin

import (
	"math/big"
	"net/http"
	"strconv"

	"reliefportal/app/appraisal"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/money"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/admin"
	tkit "reliefportal/templates/kit"
)

// fees shows the price list of appraisals and the form that adds to it.
func (p pages) fees(c *kit.Ctx) error { return p.showFees(c, nil) }

func (p pages) showFees(c *kit.Ctx, errs []tkit.FieldError) error {
	list, err := p.Appraisals.Prices(c.Context())
	if err != nil {
		return err
	}
	f := c.Form()
	view := views.FeesView{Tabs: tabs(c, "admin.fees"), EndAction: c.Path("admin.feeend"), Kind: f.Value("kind"), Region: f.Raw("region"), Source: f.Raw("source"),
		From: tkit.Field{Name: "from", Label: c.T("fees.from"), Year: f.Raw("year"), Month: f.Raw("month"), Day: f.Raw("day")}}
	for _, k := range appraisal.Kinds() {
		view.Kinds = append(view.Kinds, tkit.Option{Value: string(k), Label: c.T(appraisal.KindKeys[k])})
	}
	for i := range appraisal.Bands {
		n := strconv.Itoa(i + 1)
		view.Bands = append(view.Bands, views.FeeBand{UpTo: f.Raw("upto" + n), Rate: f.Raw("rate" + n), Fixed: f.Raw("fixed" + n)})
	}
	for _, price := range list {
		view.Rows = append(view.Rows, feeRow(c, price))
	}
	page, status := c.Page(), http.StatusOK
	if page.Errors = errs; len(errs) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return c.Show(status, views.Fees(page, view))
}

func feeRow(c *kit.Ctx, p appraisal.Price) views.FeeRow {
	row := views.FeeRow{ID: p.ID, Kind: c.T(appraisal.KindKeys[p.Kind]), Region: p.Region, Source: p.Source, From: i18n.Date(c.Lang, p.From), To: i18n.Date(c.Lang, p.To), Version: p.Version,
		CanEnd: p.To.IsZero()}
	if row.Region == "" {
		row.Region = c.T("fees.everywhere")
	}
	row.Day = tkit.Field{Name: "last", ID: dayID(p.ID), Label: c.T("fees.last_day"), Type: "date"}
	if f := c.Form(); f.Value("id") == p.ID {
		row.Day.Value = f.Raw("last")
	}
	for _, b := range p.Bands {
		row.Bands = append(row.Bands, bandText(c, b))
	}
	return row
}

func dayID(id string) string { return "day-" + id }

func bandText(c *kit.Ctx, b appraisal.Band) string {
	charge := c.T("fees.rate_words", "Rate", big.NewRat(b.Rate, 100).FloatString(2))
	if b.Fixed > 0 {
		charge = c.T("fees.fixed_words", "Sum", b.Fixed.String())
	}
	if b.UpTo == 0 {
		return c.T("fees.band_rest", "Charge", charge)
	}
	return c.T("fees.band_to", "To", b.UpTo.String(), "Charge", charge)
}

// addFee adds a row; the one it replaces ends on the day before.
func (p pages) addFee(c *kit.Ctx) error {
	price, err := readPrice(c.Form())
	if err == nil {
		err = p.Appraisals.AddPrice(c.Context(), c.Actor, price)
	}
	return p.feeDone(c, err, "fees.added")
}

func (p pages) feeDone(c *kit.Ctx, err error, flash string) error {
	if err == nil {
		c.Flash(flash)
		return c.To("admin.fees")
	}
	errs, invalid := c.FieldErrors(err)
	if !invalid {
		return err
	}
	return p.showFees(c, errs)
}

// readPrice reads the form of a row. An empty band is passed over. A rate has two decimals at most, as a sum of money has.
func readPrice(f *kit.Form) (appraisal.Price, error) {
	var wrong []fail.Field
	sum := func(name string) money.Fen {
		if f.Value(name) == "" {
			return 0
		}
		n, err := money.Parse(f.Value(name))
		if err != nil {
			wrong = append(wrong, fail.At(name, err))
		}
		return n
	}
	p := appraisal.Price{Kind: appraisal.Kind(f.Value("kind")), Region: f.Value("region"), Source: f.Value("source")}
	day, err := f.Day("from")
	if e, ok := fail.As(err); ok {
		wrong = append(wrong, e.Fields...)
	} else if err != nil {
		return p, err
	}
	p.From = day
	for i := range appraisal.Bands {
		n := strconv.Itoa(i + 1)
		if f.Value("upto"+n)+f.Value("rate"+n)+f.Value("fixed"+n) != "" {
			p.Bands = append(p.Bands, appraisal.Band{UpTo: sum("upto" + n), Rate: int64(sum("rate" + n)), Fixed: sum("fixed" + n)})
		}
	}
	if len(wrong) > 0 {
		return p, fail.Invalid(wrong...)
	}
	return p, nil
}

// endFee ends a row on its last day.
func (p pages) endFee(c *kit.Ctx) error {
	f := c.Form()
	version, _ := f.Int("_version")
	id := f.Value("id")
	if id == "" { // no row was meant
		return c.To("admin.fees")
	}
	last, _ := calendar.ParseDate(f.Value("last")) // what is no day is none, which EndPrice refuses at the field
	err := p.Appraisals.EndPrice(c.Context(), c.Actor, id, version, last)
	if e, ok := fail.As(err); ok {
		for i := range e.Fields {
			e.Fields[i].Name = dayID(id)
		}
	}
	return p.feeDone(c, err, "fees.ended")
}
