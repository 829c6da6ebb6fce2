package admin

import (
	"errors"
	"net/http"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/outage"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/admin"
	tkit "reliefportal/templates/kit"
)

// outagesShown is how many entries of the ledger the page lists.
const outagesShown = 200

// outages shows the ledger and the form that adds to it.
func (p pages) outages(c *kit.Ctx) error { return p.showOutages(c, nil) }

func (p pages) showOutages(c *kit.Ctx, errs []tkit.FieldError) error {
	rows, err := p.Outages.Latest(c.Context(), outagesShown)
	if err != nil {
		return err
	}
	form := c.Form()
	view := views.OutagesView{Tabs: tabs(c, "admin.outages"), Kind: form.Value("kind"), Start: form.Raw("start"), End: form.Raw("end")}
	for _, k := range outage.Kinds() {
		view.Kinds = append(view.Kinds, tkit.Option{Value: string(k), Label: law.OutageKind(c.Lang, k)})
	}
	for _, r := range rows {
		view.Rows = append(view.Rows, views.OutageRow{From: r.StartedAt, To: r.EndedAt, What: law.OutageKind(c.Lang, r.Kind), How: basis(c, r.Entry), Drafts: int(r.Drafts)})
	}
	page, status := c.Page(), http.StatusOK
	if page.Errors = errs; len(errs) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return c.Show(status, views.Outages(page, view))
}

// basis says how an entry is known.
func basis(c *kit.Ctx, e outage.Entry) string {
	switch e.Basis {
	case outage.Silence:
		return c.T("outage.by_silence")
	case outage.Failures:
		return c.T("outage.by_failures", "N", int(e.Failures))
	}
	return c.T("outage.by_hand")
}

// enterOutage adds what an administrator knows to the ledger.
func (p pages) enterOutage(c *kit.Ctx) error {
	start, errStart := instant(c.Form(), "start")
	end, errEnd := instant(c.Form(), "end")
	err := errors.Join(errStart, errEnd)
	if err == nil {
		err = p.Outages.Enter(c.Context(), c.Actor, outage.Kind(c.Form().Value("kind")), start, end)
	}
	if err == nil {
		c.Flash("outage.done")
		return c.To("admin.outages")
	}
	errs, invalid := c.FieldErrors(err)
	if errStart != nil && errEnd != nil { // both at once
		second, _ := c.FieldErrors(errEnd)
		errs = append(errs, second...)
	}
	if !invalid {
		return err
	}
	return p.showOutages(c, errs)
}

// instant reads a time in China, to the minute, as browsers send it or as people type it.
func instant(f *kit.Form, field string) (time.Time, error) {
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02 15:04", "2006-1-2 15:04"} {
		if t, err := time.ParseInLocation(layout, f.Value(field), calendar.Zone); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fail.Invalid(fail.F(field, "outage.time_bad"))
}
