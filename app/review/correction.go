package review

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/notice"
)

// A correction puts slips of a served decision right by a new version of it; the version before stays as it was. What was decided, and on which
// grounds, is not changed by it: for that there are reconsideration and supervision. No text we know says that a correction starts a time limit
// anew, so the windows of the person stay where they are, which is the safe reading, and the page says so (PROJECT).

// CorrectDecision writes a new version of the decision on a closed filing: Text, Numbers and Why of r count. It takes the same signatures as the
// decision did. Errors: NotFound; Conflict; Invalid "text", "why" or a number.
func (s *Service) CorrectDecision(ctx context.Context, a account.Actor, id string, version int64, r Ruling) (filing.Filing, error) {
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
		return s.correctDecision(ctx, tx, a, f, r)
	})
	return f, err
}

func (s *Service) correctDecision(ctx context.Context, tx *gorm.DB, a account.Actor, f filing.Filing, typed Ruling) error {
	last, err := newest(tx, f.ID)
	if err != nil {
		return err
	}
	if last.ServedOn.IsZero() {
		return fail.Conflict("review.correction_waits")
	}
	r, err := s.takenOver(tx, last, typed)
	if err != nil {
		return err
	}
	if err := checkCorrection(r); err != nil {
		return err
	}
	bar, err := s.barOf(tx, f, a)
	if err != nil {
		return err
	}
	if bar != BarNone {
		return fail.Conflict(barKey(bar))
	}
	seats, err := s.seats(tx, f)
	if err != nil {
		return err
	}
	if seats.mode != ModeAlone {
		return s.propose(ctx, tx, f, a, actCorrect, seats, r)
	}
	return s.enactCorrection(ctx, tx, f, a, r, []string{a.PersonID})
}

// takenOver is the corrected ruling: what was decided stays, words and numbers are the new ones.
func (s *Service) takenOver(tx *gorm.DB, last Decision, typed Ruling) (Ruling, error) {
	found, err := groundsOf(tx, last.ID)
	if err != nil {
		return Ruling{}, err
	}
	letter, _, _ := strings.Cut(last.Letter, " ")
	return Ruling{Disposition: last.Disposition, Grounds: last.Codes(), Findings: found, Letter: letter, Text: typed.Text, Numbers: typed.Numbers,
		Why: strings.TrimSpace(typed.Why)}, nil
}

func checkCorrection(r Ruling) error {
	var fields []fail.Field
	for _, err := range []error{checkNumbers(r.Numbers), CheckText(r.Text)} {
		if e, ok := fail.As(err); ok {
			fields = append(fields, e.Fields...)
		}
	}
	switch n := utf8.RuneCountInString(r.Why); {
	case n == 0:
		fields = append(fields, fail.F("why", "answer.empty"))
	case n > TextMax:
		fields = append(fields, fail.F("why", "answer.too_long", "n", n, "max", TextMax, "over", n-TextMax))
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}

func newest(db *gorm.DB, filingID string) (Decision, error) {
	var d Decision
	err := db.Where("filing_id = ?", filingID).Order("version DESC").Take(&d).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return d, fail.NotFound()
	}
	return d, err
}

func groundsOf(db *gorm.DB, decisionID string) (map[string]Finding, error) {
	var rows []Ground
	if err := db.Where("decision_id = ?", decisionID).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := map[string]Finding{}
	for _, g := range rows {
		out[g.Code] = g.Finding
	}
	return out, nil
}

// enactCorrection keeps the new version. It counts for nobody until it is served.
func (s *Service) enactCorrection(ctx context.Context, tx *gorm.DB, f filing.Filing, writer account.Actor, r Ruling, signers []string) error {
	last, err := newest(tx, f.ID)
	if err != nil {
		return err
	}
	err = s.keep(ctx, tx, f, last.Version+1, writer.PersonID, r, signers)
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return fail.Conflict("filing.stale")
	}
	if err != nil {
		return err
	}
	return s.note(tx, f, writer, "decision.corrected", map[string]any{"version": last.Version + 1}, false)
}

// ServeCorrection records that a corrected version reached the person. His windows stay as they are; the numbers of the new version count from now.
// Errors: NotFound; Conflict "filing.cannot"; Invalid "kind" or "value".
func (s *Service) ServeCorrection(ctx context.Context, a account.Actor, id string, how string, on calendar.Date) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := filing.ByID(tx, a, id)
		if err != nil {
			return err
		}
		d, err := newest(tx, f.ID)
		if err != nil {
			return err
		}
		if !MayCorrect(a, f) || !d.ServedOn.IsZero() {
			return fail.Conflict("filing.cannot")
		}
		if err := checkService(how, on, calendar.DateOf(d.DecidedAt), calendar.DateOf(s.Clock.Now())); err != nil {
			return err
		}
		if err := s.consented(tx, f, how); err != nil {
			return err
		}
		return s.serveCorrection(ctx, tx, a, f, d, how, on)
	})
}

func (s *Service) serveCorrection(ctx context.Context, tx *gorm.DB, a account.Actor, f filing.Filing, d Decision, how string, on calendar.Date) error {
	done := tx.Model(&Decision{}).Where("id = ? AND served_on IS NULL", d.ID).Updates(map[string]any{"served_on": on, "served_how": how})
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected == 0 {
		return fail.Conflict("filing.cannot")
	}
	if err := s.note(tx, f, a, "decision.correction_served", map[string]any{"version": d.Version, "how": how, "on": on.String()}, true); err != nil {
		return err
	}
	if err := s.Filings.DecisionCorrected(tx, f); err != nil {
		return err
	}
	return s.Teller.Send(tx, notice.Message{PersonID: f.PersonID, FilingID: f.ID, Kind: "decision_corrected", Lang: f.Lang, Args: s.Filings.OwnerArgs(ctx, f),
		SendKey: "filing/" + f.ID + "/decision_corrected/" + strconv.FormatInt(d.Version, 10)})
}
