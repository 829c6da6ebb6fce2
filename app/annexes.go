package app

import (
	"context"
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/application"
	"reliefportal/app/assist"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/outage"
	"reliefportal/app/web/law"
)

// annexes are what other nouns add to the written application of a filing. Of one that was handed over they give what stood then.
func (a *App) annexes() []application.Annexer {
	return []application.Annexer{a.representatives, a.outages}
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
