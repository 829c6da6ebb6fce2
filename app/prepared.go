package app

import (
	"context"

	"reliefportal/app/account"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
)

// drafter begins the requests that callbacks prepared. It stands here because callbacks know no facts of a filing.
type drafter struct{ filings *filing.Service }

// carried are the facts every later filing of the same person about the same case begins with.
var carried = []rules.FactID{filing.FactCaseNumber, filing.FactExecCourt, filing.FactApplicant, "id_number", "role", "case_state", "topic"}

// Begin implements callback.Drafts.
func (d drafter) Begin(ctx context.Context, a account.Actor, from, remedy string, facts rules.Facts, lang, token string) (string, error) {
	_, before, err := d.filings.Get(ctx, a, from)
	if err != nil {
		return "", err
	}
	all := rules.Facts{}
	for _, id := range carried {
		if v, ok := before[id]; ok {
			all[id] = v
		}
	}
	for id, v := range facts {
		all[id] = v
	}
	f, err := d.filings.Start(ctx, a, filing.StartInput{Remedy: remedy, Facts: all, Lang: lang, Token: token})
	return f.ID, err
}
