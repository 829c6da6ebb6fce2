package callback

import (
	"context"
	"log/slog"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// Promise is a call promised to a person: because he asked for one, or to read him the answer to what he said. Callers make it inside the same
// hours and wishes as every other call; it is no survey and counts towards no limit of one.
type Promise struct {
	FindingID string
	Person    string // masked
	Lang      string
	Label     rules.Text // what he had said, in general words
	Result    Result     // "" when there is no answer to be read
	Said      string     // the answer to be read out, word for word
	Due       time.Time  // UTC; the end of the working day after the promise, or after the answer
	Phone     string     // only for the caller who has taken it, while he may be rung
	Mine      bool       // taken by the actor
	Taken     bool       // taken by a colleague
	May       bool       // he may be rung now
	Hours     []Window   // calling hours of the day
}

// LogValue shows a promise by its finding.
func (p Promise) LogValue() slog.Value { return slog.StringValue("promised call " + p.FindingID) }

// promisedWhere are the findings whose person waits for a call: for the call itself, or for an answer that has come.
const promisedWhere = "((choice = 'call' AND called_at IS NULL) OR (reply_by = 'call' AND status = 'answered' AND told_at IS NULL))"

// Promised lists the calls promised to people about bodies the caller has no tie to, the oldest first; at most PageSize, the rest when these
// are done.
func (s *Service) Promised(ctx context.Context, a account.Actor) ([]Promise, error) {
	tx := s.db.Read(ctx)
	who, err := s.caller(tx, a)
	if err != nil {
		return nil, err
	}
	var rows []Finding
	if err := notAbout(tx, who.offices).Where(promisedWhere).Order("created_at, id").Limit(PageSize).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Promise, 0, len(rows))
	for _, f := range rows {
		p, err := s.promise(tx, f, who)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// PromiseOf shows one promised call, with the number to the caller who has taken it when the person may be rung now. Not found for whoever has a tie to the body asked about.
func (s *Service) PromiseOf(ctx context.Context, a account.Actor, findingID string) (Promise, error) {
	tx := s.db.Read(ctx)
	who, err := s.caller(tx, a)
	if err != nil {
		return Promise{}, err
	}
	f, err := promisedFor(tx, who, findingID)
	if err != nil {
		return Promise{}, err
	}
	return s.promise(tx, f, who)
}

func promisedFor(tx *gorm.DB, who staff, id string) (Finding, error) {
	var f Finding
	err := notAbout(tx, who.offices).Where(promisedWhere).Where("id = ?", id).Take(&f).Error
	return found(f, err)
}

func (s *Service) promise(tx *gorm.DB, f Finding, who staff) (Promise, error) {
	c, err := caseByID(tx, f.CaseID)
	if err != nil {
		return Promise{}, err
	}
	e, err := s.edition(c)
	if err != nil {
		return Promise{}, err
	}
	now := s.clock.Now()
	p := Promise{FindingID: f.ID, Lang: c.Lang, Label: e.flagFor(f.Kind).Label, Hours: e.hours.Day(calendar.DateOf(now)), Due: promisedBy(e, f)}
	if f.Status == FindingAnswered && f.ReplyBy == ReplyCall {
		p.Result = f.Result
		if p.Said, err = s.vault.openText("finding", "answer_sealed", f.ID, f.AnswerSealed); err != nil {
			return p, err
		}
	}
	if p.Person, err = s.masked(tx.Statement.Context, c.PersonID); err != nil {
		return p, err
	}
	if f.RingBy != nil && f.RingUntil != nil && now.Before(*f.RingUntil) {
		p.Mine = *f.RingBy == who.PersonID
		p.Taken = !p.Mine
	}
	phone, err := s.promisedPhone(tx, e, c, now)
	if p.May = phone != ""; p.Mine {
		p.Phone = phone
	}
	return p, err
}

// TakePromise gives a promised call to one caller for Lease, so that two never make the same call; taken again by the same one it is renewed.
// Conflict "promise.taken" when a colleague has
// it, "promise.not_hours" when the person may not be rung now.
func (s *Service) TakePromise(ctx context.Context, a account.Actor, findingID string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		who, err := s.caller(tx, a)
		if err != nil {
			return err
		}
		f, err := promisedFor(tx, who, findingID)
		if err != nil {
			return err
		}
		if p, err := s.promise(tx, f, who); err != nil || !p.May {
			return orConflict(err, "promise.not_hours")
		}
		now := s.clock.Now()
		// Apart from the version: the answer that its owner is writing stays the answer to what he read.
		done := tx.Model(&Finding{}).Where("id = ? AND (ring_until IS NULL OR ring_until <= ? OR ring_by = ?)", f.ID, now, a.PersonID).
			Updates(map[string]any{"ring_by": a.PersonID, "ring_until": now.Add(Lease)})
		if err := oneRow(done, "promise.taken"); err != nil {
			return err
		}
		return s.record(tx, who.asCaller(), SubjectFinding, f.ID, "finding.ring_taken", nil)
	})
}

// promisedBy is when the call is due: the end of the working day after the promise, or after the answer that is to be read (PROJECT).
func promisedBy(e edition, f Finding) time.Time {
	from := f.CreatedAt
	if f.ChosenAt != nil {
		from = *f.ChosenAt
	}
	if f.AnsweredAt != nil && f.ReplyBy == ReplyCall {
		from = *f.AnsweredAt
	}
	return endOf(e.pack.Calendar, calendar.DateOf(from), calendar.Period{N: 1, Unit: calendar.WorkDay})
}

// promisedPhone is the number, when hours and wishes allow a call now.
func (s *Service) promisedPhone(tx *gorm.DB, e edition, c Case, now time.Time) (string, error) {
	profile, err := s.profileOf(tx, c.PersonID)
	if err != nil {
		return "", err
	}
	c.DueAt = now // no day off was asked for by the appointment of the survey
	if ok, _ := e.mayDial(c, profile, now); !ok || !e.hours.Open(now) {
		return "", nil
	}
	numbers, err := s.vault.numbersOf(tx, c.PersonID)
	if err != nil {
		return "", err
	}
	n, _ := firstUsable(numbers)
	return n.Number, nil
}

// Told writes down that the promised call was made, and lets go of it. Conflict "promise.done" when somebody was faster, "promise.taken" when a
// colleague has taken it, "promise.take_first" when nobody has.
func (s *Service) Told(ctx context.Context, a account.Actor, findingID string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		who, err := s.caller(tx, a)
		if err != nil {
			return err
		}
		f, err := promisedFor(tx, who, findingID)
		if err != nil {
			return err
		}
		next, now := f, s.clock.Now()
		if f.RingBy == nil || *f.RingBy != a.PersonID { // a lease that ran out is as good while nobody else has taken it
			return fail.Conflict(map[bool]string{true: "promise.take_first", false: "promise.taken"}[f.RingBy == nil || !now.Before(*f.RingUntil)])
		}
		next.ToldBy = &a.PersonID
		if f.Choice == ChoiceCall && f.CalledAt == nil {
			next.CalledAt = &now
		}
		if f.Status == FindingAnswered { // read out; before that, the answer will be another call
			next.ToldAt = &now
		}
		if err := saveFinding(tx, f, &next); err != nil {
			if fail.KindOf(err) == fail.KindConflict {
				return fail.Conflict("promise.done")
			}
			return err
		}
		if err := tx.Model(&Finding{}).Where("id = ?", f.ID).Updates(map[string]any{"ring_by": nil, "ring_until": nil}).Error; err != nil {
			return err
		}
		return s.record(tx, who.asCaller(), SubjectFinding, f.ID, "finding.told", nil)
	})
}

// Followed is what became of something said in a call, for those who call: no person, no words, no answer.
type Followed struct {
	ID         string
	Label      rules.Text
	BodyID     string // asked about
	OwnerID    string // the body that owes, or gave, the answer
	Status     FindingStatus
	Result     Result
	OpenedAt   time.Time // UTC
	AnsweredAt time.Time // UTC; zero until answered
}

// Followed lists the newest findings about bodies the caller has no tie to, so that those who ask see that asking changes something.
func (s *Service) Followed(ctx context.Context, a account.Actor) ([]Followed, error) {
	tx := s.db.Read(ctx)
	who, err := s.caller(tx, a)
	if err != nil {
		return nil, err
	}
	var rows []Finding
	if err := notAbout(tx, who.offices).Order("created_at DESC, id").Limit(PageSize).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Followed, len(rows))
	for i, f := range rows {
		c, err := caseByID(tx, f.CaseID)
		if err != nil {
			return nil, err
		}
		e, err := s.edition(c)
		if err != nil {
			return nil, err
		}
		out[i] = Followed{ID: f.ID, Label: e.flagFor(f.Kind).Label, BodyID: f.BodyID, OwnerID: f.OwnerBodyID, Status: f.Status, Result: f.Result, OpenedAt: f.CreatedAt}
		if f.AnsweredAt != nil {
			out[i].AnsweredAt = *f.AnsweredAt
		}
	}
	return out, nil
}
