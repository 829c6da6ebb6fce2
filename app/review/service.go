package review

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/casenumber"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/jobs"
	"reliefportal/app/notice"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Deps are the neighbours of the service.
type Deps struct {
	DB      *store.DB
	Filings *filing.Service
	Bodies  filing.Bodies
	Box     *seal.Box
	Jobs    jobs.Inserter
	Teller  filing.Teller
	Clock   calendar.Clock
}

// Service holds the use cases of a review body.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// TextMax is the most characters of a decision's reasons, TextMin the fewest (PROJECT): a person must be told why.
const (
	TextMin = 10
	TextMax = 5000
)

// step runs one action of the actor on a filing: load what he may see at the version his page showed, check that the
// action is his, do it. When somebody was faster the Conflict says who has it.
func (s *Service) step(ctx context.Context, a account.Actor, id string, version int64, act filing.Action, do func(tx *gorm.DB, f *filing.Filing) error) (filing.Filing, error) {
	var f filing.Filing
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if f, err = filing.ByID(tx, a, id); err != nil {
			return err
		}
		if !a.IsStaff() {
			return fail.NotFound()
		}
		if f.Version != version {
			return fail.Conflict("filing.stale")
		}
		if !slices.Contains(Actions(a, f), act) {
			return fail.Conflict("filing.cannot")
		}
		return do(tx, &f)
	})
	if fail.KindOf(err) == fail.KindConflict {
		return f, s.whoWasFaster(ctx, a, id, err)
	}
	return f, err
}

// whoWasFaster turns a lost race into the name of the one who won it, when there is one.
func (s *Service) whoWasFaster(ctx context.Context, a account.Actor, id string, err error) error {
	now, e := filing.ByID(s.DB.Read(ctx), a, id)
	if e != nil || now.ReviewerID == nil || *now.ReviewerID == a.PersonID {
		return err
	}
	name, e := s.nameOf(s.DB.Read(ctx), *now.ReviewerID)
	if e != nil {
		return err
	}
	return fail.Conflict("review.taken", "who", name)
}

// Accept dockets a filing (立案). number is the case number the body gives it; it may be empty. Errors: NotFound, Conflict.
func (s *Service) Accept(ctx context.Context, a account.Actor, id string, version int64, number string) (filing.Filing, error) {
	number, err := s.caseNumber(number)
	if err != nil {
		return filing.Filing{}, err
	}
	return s.step(ctx, a, id, version, filing.ActAccept, func(tx *gorm.DB, f *filing.Filing) error {
		set := filing.Set{"docketed_at": s.Clock.Now(), "docket_number": number}
		if then := f.Route().Then; then != "" {
			set["owner_division"] = then
		}
		if err := s.Filings.Move(tx, f, filing.Change{Action: filing.ActAccept, Actor: a, Set: set, Data: map[string]any{"number": number}}); err != nil {
			return err
		}
		if err := s.weigh(tx, *f); err != nil {
			return err
		}
		return s.tell(ctx, tx, *f, "accepted", nil)
	})
}

// caseNumber brings the number a body gives into its proper form; none is fine. Error: Invalid "number" with a key of casenumber.
func (s *Service) caseNumber(typed string) (string, error) {
	if strings.TrimSpace(typed) == "" {
		return "", nil
	}
	n, err := casenumber.ParseAt(typed, calendar.Today(s.Clock))
	if err != nil {
		return "", fail.Invalid(fail.At("number", err))
	}
	return n.String(), nil
}

// Ask tells the debtor once what is missing. Errors: NotFound; Invalid "text"; Conflict "review.asked_before" for a second request.
func (s *Service) Ask(ctx context.Context, a account.Actor, id string, version int64, text string) (filing.Filing, error) {
	if err := CheckText(text); err != nil {
		return filing.Filing{}, err
	}
	return s.step(ctx, a, id, version, filing.ActAsk, func(tx *gorm.DB, f *filing.Filing) error {
		var n int64
		if err := tx.Model(&Supplement{}).Where("filing_id = ?", f.ID).Count(&n).Error; err != nil {
			return err
		}
		if n > 0 {
			return fail.Conflict("review.asked_before")
		}
		sup := Supplement{ID: store.NewID(), FilingID: f.ID, AskedBy: a.PersonID, AskedAt: s.Clock.Now()}
		sup.TextSealed = s.Box.Seal(supplementAD(sup.ID, "text"), []byte(text))
		if err := tx.Create(&sup).Error; err != nil {
			return err
		}
		if err := s.Filings.Move(tx, f, filing.Change{Action: filing.ActAsk, Actor: a}); err != nil {
			return err
		}
		return s.tell(ctx, tx, *f, "supplement", nil)
	})
}

// AnswerSupplement stores the debtor's words and hands the filing back to the desk. Errors: NotFound, Conflict, Invalid "text".
func (s *Service) AnswerSupplement(ctx context.Context, a account.Actor, id string, version int64, text string) (filing.Filing, error) {
	if n := utf8.RuneCountInString(text); n > TextMax {
		return filing.Filing{}, fail.Invalid(fail.F("text", "answer.too_long", "n", n, "max", TextMax, "over", n-TextMax))
	}
	return s.Filings.AnswerSupplement(ctx, a, id, version, func(tx *gorm.DB, f filing.Filing) error {
		var sup Supplement
		if err := tx.Where("filing_id = ?", f.ID).Take(&sup).Error; err != nil {
			return fail.Conflict("filing.cannot")
		}
		return tx.Model(&sup).Select("answer_sealed", "answered_at").Updates(map[string]any{
			"answer_sealed": s.Box.Seal(supplementAD(sup.ID, "answer"), []byte(text)), "answered_at": s.Clock.Now()}).Error
	})
}

// KeepSupplement keeps the words of a supplement that is not sent yet, so that adding a file loses none. Errors: NotFound, Conflict, Invalid "text".
func (s *Service) KeepSupplement(ctx context.Context, a account.Actor, id, text string) error {
	if n := utf8.RuneCountInString(text); n > TextMax {
		return fail.Invalid(fail.F("text", "answer.too_long", "n", n, "max", TextMax, "over", n-TextMax))
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := filing.ByID(tx, a, id)
		if err != nil {
			return err
		}
		if !a.IsDebtor() {
			return fail.NotFound()
		}
		if f.Status != filing.Supplement {
			return fail.Conflict("filing.cannot")
		}
		var sup Supplement
		if err := tx.Where("filing_id = ?", f.ID).Take(&sup).Error; err != nil {
			return err
		}
		return tx.Model(&sup).Update("answer_sealed", s.Box.Seal(supplementAD(sup.ID, "answer"), []byte(text))).Error
	})
}

// CheckText refuses reasons that are missing, too short or too long. Error: Invalid "text".
func CheckText(text string) error { return fail.Text("text", text, TextMin, TextMax) }

// Serve records that the decision reached the person on a day, which starts his next window, and closes the filing.
// Errors: NotFound, Conflict, Invalid "how" or "date".
func (s *Service) Serve(ctx context.Context, a account.Actor, id string, version int64, how string, on calendar.Date) (filing.Filing, error) {
	return s.step(ctx, a, id, version, filing.ActServe, func(tx *gorm.DB, f *filing.Filing) error {
		var d Decision
		if err := tx.Where("filing_id = ?", f.ID).Order("version DESC").Take(&d).Error; err != nil {
			return err
		}
		if err := checkService(how, on, calendar.DateOf(d.DecidedAt), calendar.DateOf(s.Clock.Now())); err != nil {
			return err
		}
		if err := s.consented(tx, *f, how); err != nil {
			return err
		}
		if err := tx.Model(&d).Select("served_on", "served_how").Updates(map[string]any{"served_on": on, "served_how": how}).Error; err != nil {
			return err
		}
		ground, _, _ := strings.Cut(d.Grounds, ",")
		if err := s.Filings.Move(tx, f, filing.Change{Action: filing.ActServe, Actor: a, Set: filing.Set{"served_on": on},
			Outcome: filing.Outcome(d.Disposition), Ground: ground,
			Data: map[string]any{"how": how, "on": on.String(), "outcome": d.Disposition}}); err != nil {
			return err
		}
		windows, err := s.Filings.StartWindows(tx, *f)
		if err != nil {
			return err
		}
		args := map[string]any{}
		if len(windows) > 0 {
			args["until"] = windows[0].FileByOn
		}
		if err := s.tell(ctx, tx, *f, "served", args); err != nil {
			return err
		}
		return s.Jobs.Insert(tx, Served{FilingID: f.ID})
	})
}

// consented refuses service through the portal on somebody who has not agreed to it, or has taken it back (CPL 90, MSJ 136).
func (s *Service) consented(tx *gorm.DB, f filing.Filing, how string) error {
	if how != ServedPortal {
		return nil
	}
	a, err := s.Filings.AddressNow(tx, f)
	if err == nil && !a.Consents() {
		return fail.Invalid(fail.F("kind", "serve.no_consent"))
	}
	return err
}

func checkService(how string, on, decided, today calendar.Date) error {
	var fields []fail.Field
	if !slices.Contains([]string{ServedPortal, ServedInPerson, ServedPost}, how) {
		fields = append(fields, fail.F("kind", "answer.choose"))
	}
	switch {
	case on.IsZero():
		fields = append(fields, fail.F("value", "date.empty"))
	case on.After(today):
		fields = append(fields, fail.F("value", "date.future"))
	case on.Before(decided):
		fields = append(fields, fail.F("value", "serve.before_decision"))
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}

// Designate names the executing court of a filing that no rule could route; the rules then say who has it. The clock does not restart.
// Errors: NotFound, Conflict, Invalid "court".
func (s *Service) Designate(ctx context.Context, a account.Actor, id string, version int64, court string) (filing.Filing, error) {
	return s.step(ctx, a, id, version, filing.ActDesignate, func(tx *gorm.DB, f *filing.Filing) error {
		set, data, err := s.Filings.RouteTo(ctx, *f, court)
		if err != nil {
			return err
		}
		if err := s.Filings.Move(tx, f, filing.Change{Action: filing.ActDesignate, Actor: a, Set: set, Data: data, Clock: filing.Moot}); err != nil {
			return err
		}
		return s.tell(ctx, tx, *f, "designated", nil)
	})
}

func (s *Service) tell(ctx context.Context, tx *gorm.DB, f filing.Filing, kind string, more map[string]any) error {
	args := s.Filings.OwnerArgs(ctx, f)
	for k, v := range more {
		args[k] = v
	}
	return s.Teller.Send(tx, notice.Message{PersonID: f.PersonID, FilingID: f.ID, Kind: kind, Lang: f.Lang, Args: args,
		SendKey: "filing/" + f.ID + "/" + kind})
}

// serviceNotice tells the debtor of one correction; a second correction is a message of its own.
func serviceNotice(f filing.Filing, args map[string]any) notice.Message {
	return notice.Message{PersonID: f.PersonID, FilingID: f.ID, Kind: "service_corrected", Lang: f.Lang, Args: args,
		SendKey: "filing/" + f.ID + "/service_corrected/" + strconv.FormatInt(f.Version, 10)}
}

func supplementAD(id, column string) seal.AD {
	return seal.AD{Table: "supplement_request", Column: column, Row: id}
}
