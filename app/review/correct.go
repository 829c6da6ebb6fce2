package review

import (
	"context"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
)

// MayCorrect says whether the actor may correct the day of service: he works for the division that decided, and the decision was served.
func MayCorrect(a account.Actor, f filing.Filing) bool {
	return f.Status == filing.Closed && !f.ServedOn.IsZero() && a.IsStaff() && filing.MayHandle(a, f.Owner(), f.OwnerDivision)
}

// CorrectService records that the decision reached the debtor on another day, or in another way, than was written down. His windows are counted
// anew from the day on (a civil date in China), and he is told. Errors: NotFound; Conflict "filing.cannot" or "filing.stale"; Invalid "kind" or
// "value", also when nothing would change.
func (s *Service) CorrectService(ctx context.Context, a account.Actor, id string, version int64, on calendar.Date, how string) (filing.Filing, error) {
	var f filing.Filing
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if f, err = filing.ByID(tx, a, id); err != nil {
			return err
		}
		switch {
		case !MayCorrect(a, f):
			return fail.Conflict("filing.cannot")
		case f.Version != version:
			return fail.Conflict("filing.stale")
		}
		return s.correct(ctx, tx, a, &f, on, how)
	})
	return f, err
}

func (s *Service) correct(ctx context.Context, tx *gorm.DB, a account.Actor, f *filing.Filing, on calendar.Date, how string) error {
	var d Decision
	if err := tx.Where("filing_id = ? AND version = 1", f.ID).Take(&d).Error; err != nil {
		return err
	}
	if err := checkService(how, on, calendar.DateOf(d.DecidedAt), calendar.DateOf(s.Clock.Now())); err != nil {
		return err
	}
	if how != d.ServedHow {
		if err := s.consented(tx, *f, how); err != nil {
			return err
		}
	}
	if on == d.ServedOn && how == d.ServedHow {
		return fail.Invalid(fail.F("value", "serve.unchanged"))
	}
	if err := tx.Model(&d).Select("served_on", "served_how").Updates(map[string]any{"served_on": on, "served_how": how}).Error; err != nil {
		return err
	}
	was := f.ServedOn
	clocks, err := s.Filings.MoveService(tx, a, f, on, map[string]any{"from": was, "to": on, "how": how})
	if err != nil {
		return err
	}
	args := s.Filings.OwnerArgs(ctx, *f)
	args["old"], args["on"] = was, on
	if first := earliest(clocks); !first.IsZero() {
		args["until"] = first
	}
	return s.Teller.Send(tx, serviceNotice(*f, args))
}

// earliest is the first advised day among windows; zero when there is none.
func earliest(clocks []filing.Clock) calendar.Date {
	var first calendar.Date
	for _, c := range clocks {
		if first.IsZero() || c.FileByOn.Before(first) {
			first = c.FileByOn
		}
	}
	return first
}
