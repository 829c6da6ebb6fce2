package means

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/money"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Teller puts a message to a person into the transaction.
type Teller interface {
	Send(tx *gorm.DB, m notice.Message) error
}

// Deps are the neighbours of the service.
type Deps struct {
	DB      *store.DB
	Filings *filing.Service
	Packs   filing.Packs
	Box     *seal.Box
	Teller  Teller
	Clock   calendar.Clock
}

// Service holds the use cases of means statements. It is the only writer of the tables means_*.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

func (s *Service) today() calendar.Date { return calendar.DateOf(s.Clock.Now()) }

// Current is the newest version of the person's own statement; an empty one of version 0 while nothing was stated. Error: NotFound for
// anybody but a debtor.
func (s *Service) Current(ctx context.Context, a account.Actor) (Statement, error) {
	if !a.IsDebtor() {
		return Statement{}, fail.NotFound()
	}
	return s.current(s.DB.Read(ctx), a.PersonID)
}

func (s *Service) current(db *gorm.DB, personID string) (Statement, error) {
	r, ok, err := latest(db, personID)
	if err != nil || !ok {
		return Statement{PersonID: personID}, err
	}
	return s.open(r)
}

// Save appends a version with a change made to the one the page showed. Errors: NotFound; Conflict "means.stale" when the statement has been
// changed elsewhere since; Invalid "means.too_many"; whatever change returns.
func (s *Service) Save(ctx context.Context, a account.Actor, version int64, change func(d *Data) error) (Statement, error) {
	if !a.IsDebtor() {
		return Statement{}, fail.NotFound()
	}
	var out Statement
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		now, err := s.current(tx, a.PersonID)
		if err != nil {
			return err
		}
		if now.Version != version {
			return fail.Conflict("means.stale")
		}
		if err := change(&now.Data); err != nil {
			return err
		}
		if len(now.Lines) > maxLines {
			return fail.InvalidKey("means.too_many", "Max", maxLines)
		}
		out, err = s.append(tx, a, now)
		return err
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) { // two saves at once: the other was faster
		return Statement{}, fail.Conflict("means.stale")
	}
	return out, err
}

func (s *Service) append(tx *gorm.DB, a account.Actor, next Statement) (Statement, error) {
	next.ID, next.Version, next.At = store.NewID(), next.Version+1, s.Clock.Now()
	plain, err := next.encode()
	if err != nil {
		return next, err
	}
	r := row{ID: next.ID, PersonID: a.PersonID, Version: next.Version, DataSealed: s.Box.Seal(dataAD(next.ID), plain), CreatedAt: next.At}
	if err := tx.Create(&r).Error; err != nil {
		return next, err
	}
	return next, audit.Append(tx, audit.Entry{SubjectType: "means", SubjectID: a.PersonID, Actor: filing.AuditActor(a, ""), Kind: "means.saved",
		Data: map[string]any{"version": next.Version}, At: next.At})
}

// Forget removes every version that no filing shows, with changes that led to no filing and the reminder; it is for whoever asks to be
// forgotten. What a filing shows belongs to that filing's file.
func (s *Service) Forget(tx *gorm.DB, personID string) error {
	kept := tx.Session(&gorm.Session{NewDB: true}).Model(&attachment{}).Select("statement_id")
	before := tx.Session(&gorm.Session{NewDB: true}).Model(&attachment{}).Select("before_id").Where("before_id IS NOT NULL")
	return errors.Join(
		tx.Where("person_id = ?", personID).Delete(&reminder{}).Error,
		tx.Where("person_id = ? AND filing_id IS NULL", personID).Delete(&changeRow{}).Error,
		tx.Model(&changeRow{}).Where("person_id = ?", personID).Update("from_id", nil).Error,
		tx.Where("person_id = ? AND id NOT IN (?) AND id NOT IN (?)", personID, kept, before).Delete(&row{}).Error,
	)
}

// ForgetFilings takes statements out of drafts that go; the statements stay.
func (s *Service) ForgetFilings(tx *gorm.DB, ids []string) error {
	return errors.Join(tx.Where("filing_id IN ?", ids).Delete(&attachment{}).Error, tx.Where("filing_id IN ?", ids).Delete(&changeRow{}).Error)
}

// Attached is the statement a filing shows.
type Attached struct {
	Statement Statement
	Before    *Statement // the one before a change of circumstances; nil when none is compared
	Kinds     []string   // what changed, ids of the rule pack
	On        calendar.Date
}

// Attach shows the newest version of the person's statement in a draft, and answers from it what the draft would ask about income and needs.
// version is the draft's. Errors: those of filing.Answer; Invalid "means" while the statement is not ready.
func (s *Service) Attach(ctx context.Context, a account.Actor, filingID string, version int64) error {
	now, err := s.Current(ctx, a)
	if err != nil {
		return err
	}
	if !now.Ready() {
		return fail.Invalid(fail.F("means", "means.not_ready"))
	}
	return s.attach(ctx, a, filingID, version, now, nil)
}

func (s *Service) attach(ctx context.Context, a account.Actor, filingID string, version int64, now Statement, c *Change) error {
	facts, err := s.Facts(s.Packs.On(s.today()), now)
	if err != nil {
		return err
	}
	_, err = s.Filings.AnswerWith(ctx, a, filingID, version, facts, func(tx *gorm.DB, f filing.Filing) error {
		if err := tx.Where("filing_id = ?", f.ID).Delete(&attachment{}).Error; err != nil {
			return err
		}
		x := attachment{FilingID: f.ID, StatementID: now.ID, AttachedOn: s.today(), CreatedAt: s.Clock.Now()}
		if c != nil && c.From != nil {
			x.BeforeID = &c.From.ID
		}
		if c != nil {
			x.ChangeID = &c.ID
		}
		if err := tx.Create(&x).Error; err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: filing.AuditActor(a, ""), Kind: "means.attached",
			Data: map[string]any{"version": now.Version}, At: s.Clock.Now()})
	})
	return err
}

// Detach takes the statement out of a draft; the answers taken from it become unknown. Errors are those of filing.Answer.
func (s *Service) Detach(ctx context.Context, a account.Actor, filingID string, version int64) error {
	facts := rules.Facts{FactMeans: rules.Said("")}
	for _, id := range factsOfSums {
		facts[id] = rules.Unsure()
	}
	_, err := s.Filings.AnswerWith(ctx, a, filingID, version, facts, func(tx *gorm.DB, f filing.Filing) error {
		if err := tx.Where("filing_id = ?", f.ID).Delete(&attachment{}).Error; err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: filing.AuditActor(a, ""), Kind: "means.detached", At: s.Clock.Now()})
	})
	return err
}

// Of is the statement that a filing shows; ok is false when it shows none. Whoever may see the filing may see it.
func (s *Service) Of(ctx context.Context, f filing.Filing) (out Attached, ok bool, err error) {
	db := s.DB.Read(ctx)
	var x attachment
	err = db.Where("filing_id = ?", f.ID).Take(&x).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return out, false, nil
	}
	if err != nil {
		return out, false, err
	}
	out.On = x.AttachedOn
	if out.Statement, err = s.byID(db, x.StatementID); err != nil {
		return out, false, err
	}
	if x.BeforeID != nil {
		before, err := s.byID(db, *x.BeforeID)
		if err != nil {
			return out, false, err
		}
		out.Before = &before
	}
	if x.ChangeID != nil {
		out.Kinds, err = s.kindsOf(db, *x.ChangeID)
	}
	return out, err == nil, err
}

// Facts that a draft takes from the statement.
const (
	FactMeans      = rules.FactID("means") // which version of the statement is shown, with its fingerprint
	factIncome     = rules.FactID("income")
	factNeed       = rules.FactID("monthly_need")
	factTaken      = rules.FactID("taken")
	factDependants = rules.FactID("dependants")
)

var factsOfSums = []rules.FactID{factIncome, factNeed, factTaken, factDependants}

// Facts are the answers a draft takes from a statement: sums that are known, "I do not know" for those that are not, and the fingerprint of
// the version, so that what was checked before filing covers every line of it.
func (s *Service) Facts(p *rules.Pack, now Statement) (rules.Facts, error) {
	r, err := Reckon(p, now.Data, s.today())
	if err != nil {
		return nil, err
	}
	mark, err := now.Mark()
	if err != nil {
		return nil, err
	}
	facts := rules.Facts{FactMeans: rules.Said(mark), factDependants: rules.Count(int64(now.People() - 1))}
	for id, span := range map[rules.FactID]struct {
		low   money.Fen
		exact bool
	}{factIncome: {r.IncomeSum.Low, r.IncomeSum.Exact()}, factNeed: {r.CostsSum.Low, r.CostsSum.Exact()}, factTaken: {r.Taken.Low, r.Taken.Exact()}} {
		if span.exact {
			facts[id] = rules.Amount(span.low)
		} else {
			facts[id] = rules.Unsure()
		}
	}
	for id := range facts {
		if _, ok := p.Fact(id); !ok {
			delete(facts, id)
		}
	}
	return facts, nil
}
