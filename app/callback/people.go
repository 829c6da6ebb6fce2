package callback

import (
	"context"

	"reliefportal/app/account"
)

// PeopleOf reads names and numbers from the accounts.
func PeopleOf(accounts *account.Service) People { return accountPeople{accounts} }

type accountPeople struct{ accounts *account.Service }

// NamesOf reads one name after the other: a page has at most PageSize of them.
func (p accountPeople) NamesOf(ctx context.Context, personIDs []string) (map[string]string, error) {
	out := make(map[string]string, len(personIDs))
	for _, id := range personIDs {
		name, err := p.accounts.NameOf(ctx, id)
		if err != nil {
			return nil, err
		}
		out[id] = name
	}
	return out, nil
}

// MobileOf reads the person's verified mobile number.
func (p accountPeople) MobileOf(ctx context.Context, personID string) (string, error) {
	return p.accounts.MobileOf(ctx, personID)
}
