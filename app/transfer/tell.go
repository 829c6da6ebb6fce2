package transfer

import (
	"context"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/filing"
	"reliefportal/app/notice"
)

// tell tells the person of one hop. The send key makes a repetition harmless.
func (s *Service) tell(ctx context.Context, tx *gorm.DB, f filing.Filing, kind, occasion string, more map[string]any) error {
	return s.Teller.Send(tx, notice.Message{PersonID: f.PersonID, FilingID: f.ID, Kind: kind, Lang: f.Lang, Args: s.args(ctx, f, more),
		SendKey: "filing/" + f.ID + "/" + kind + "/" + occasion})
}

func (s *Service) args(ctx context.Context, f filing.Filing, more map[string]any) map[string]any {
	args := s.Filings.OwnerArgs(ctx, f)
	for k, v := range more {
		args[k] = v
	}
	return args
}

// tellBody tells everybody who holds the role at a body.
func (s *Service) tellBody(ctx context.Context, tx *gorm.DB, f filing.Filing, kind, occasion string, role account.Role, bodyID string, more map[string]any) error {
	people, err := account.PeopleWith(tx, role, bodyID, s.today())
	if err != nil {
		return err
	}
	for _, id := range people {
		if err := s.Teller.Send(tx, notice.Message{PersonID: id, FilingID: f.ID, Kind: kind, Lang: "zh-Hans", Args: s.args(ctx, f, more),
			SendKey: "filing/" + f.ID + "/" + kind + "/" + occasion + "/" + id}); err != nil {
			return err
		}
	}
	return nil
}

// tellMoved tells the person and both bodies where a filing is now; was is the body that had it.
func (s *Service) tellMoved(ctx context.Context, tx *gorm.DB, f filing.Filing, kind, occasion, was string) error {
	if err := s.tell(ctx, tx, f, kind, occasion, nil); err != nil {
		return err
	}
	role := filing.RoleFor(f.OwnerDivision)
	for _, body := range []string{f.Owner(), was} {
		if err := s.tellBody(ctx, tx, f, "transfer_now_staff", occasion, role, body, nil); err != nil {
			return err
		}
		if f.Owner() == was {
			return nil
		}
	}
	return nil
}
