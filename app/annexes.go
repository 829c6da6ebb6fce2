package app

import (
	"context"
	"slices"
	"strings"

	"reliefportal/app/account"
	"reliefportal/app/application"
	"reliefportal/app/assist"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/means"
	"reliefportal/app/outage"
	"reliefportal/app/web/law"
)

// annexes are what other nouns add to the written application of a filing. Of one that was handed over they give what stood then.
func (a *App) annexes() []application.Annexer {
	return []application.Annexer{a.representatives, a.statement, a.outages}
}

// representatives are those who act, or acted when the filing was handed over, each with the capacity, as courts want it beside the party.
func (a *App) representatives(ctx context.Context, f filing.Filing, lang string) ([]application.Annex, error) {
	all, err := a.Assist.Representatives(ctx, f, account.System())
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, r := range all {
		if !acted(r.Representative, f) || r.Name == "" {
			continue
		}
		capacity, _ := assist.CapacityOf(r.Capacity)
		rows = append(rows, []string{i18n.T(lang, "application.representative"), i18n.T(lang, "application.representative_as", "Name", r.Name, "As", capacity.Name.In(lang))})
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return []application.Annex{{Party: true, Rows: rows}}, nil
}

// acted says that somebody represented the person when the filing was handed over; of a draft, that he does now.
func acted(r assist.Representative, f filing.Filing) bool {
	if f.SubmittedAt == nil {
		return r.State == assist.Active
	}
	return r.AcceptedAt != nil && !r.AcceptedAt.After(*f.SubmittedAt) && (r.EndedAt == nil || r.EndedAt.After(*f.SubmittedAt))
}

// statement is the means statement that the filing shows: the sentence it comes to, then each line with why it counts or does not.
func (a *App) statement(ctx context.Context, f filing.Filing, lang string) ([]application.Annex, error) {
	shown, ok, err := a.Means.Of(ctx, f)
	if err != nil || !ok {
		return nil, err
	}
	p, err := a.Filings.Pack(f)
	if err != nil {
		return nil, err
	}
	sheet, err := means.SheetOf(p, shown.Statement.Data, shown.On, lang)
	if err != nil {
		return nil, err
	}
	out := []application.Annex{{Title: i18n.T(lang, "application.means"), Lines: append([]string{sheet.Say}, sheet.Notes...)}}
	for _, t := range sheet.Tables {
		part := application.Annex{Title: t.Title, Head: []string{t.What, i18n.T(lang, "application.means_why"), t.SumHeader}, Shares: []float64{3, 4, 2}}
		for _, l := range t.Lines {
			part.Rows = append(part.Rows, []string{joined("\n", l.Name, l.Stated), joined("\n", l.Mark, l.Why), l.Sum})
		}
		out = append(out, part)
	}
	return out, nil
}

// joined puts what is said of texts together.
func joined(between string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), between)
}

// outages are the times at which the portal itself stood in the way, as a reason for lateness.
func (a *App) outages(ctx context.Context, f filing.Filing, lang string) ([]application.Annex, error) {
	entries, err := a.entriesOf(ctx, f)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	lines := slices.Concat([]string{i18n.T(lang, "application.outages_why")}, law.Outages(lang, entries))
	return []application.Annex{{Title: i18n.T(lang, "application.outages"), Lines: lines}}, nil
}

func (a *App) entriesOf(ctx context.Context, f filing.Filing) ([]outage.Entry, error) {
	if f.SubmittedAt != nil {
		return a.Filings.TookAlong(ctx, f.ID)
	}
	facts, err := a.Filings.Facts(f)
	if err != nil {
		return nil, err
	}
	return a.Filings.CaughtNow(ctx, f, facts)
}
