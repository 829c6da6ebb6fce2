package callback

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Subjects of the audit record.
const (
	SubjectCase    = "callback"
	SubjectFinding = "finding"
)

// Service is every use case of callbacks and the only writer of their tables. Safe for use by many goroutines.
type Service struct {
	db      *store.DB
	clock   calendar.Clock
	packs   Packs
	filings Filings
	people  People
	vault   vault
}

// New joins the service with what it needs. The box is the portal's; answers are sealed under a key derived from it.
func New(db *store.DB, clock calendar.Clock, packs Packs, filings Filings, people People, box *seal.Box) *Service {
	return &Service{db: db, clock: clock, packs: packs, filings: filings, people: people, vault: vault{box.Derive("callback")}}
}

// staff is an actor with the bodies he has a tie to and those he supervises.
type staff struct {
	account.Actor
	offices    []string
	supervises []string
}

// caller lets callers in. For everybody else there are no callbacks at all: not found.
func (s *Service) caller(tx *gorm.DB, a account.Actor) (staff, error) {
	if !a.IsStaff() || !a.Has(account.RoleCaller) {
		return staff{}, fail.NotFound()
	}
	offices, err := officesOf(tx, a.PersonID)
	return staff{Actor: a, offices: offices}, err
}

// edition is what a case is conducted by: the pack it was opened with.
type edition struct {
	pack   *rules.Pack
	calls  *rules.CallRules
	hours  Hours
	inst   *rules.Instrument
	frozen bool // pack and questionnaire are those the case was opened with
}

// edition finds the pack of a case. When this program no longer holds it, hours and limits of today's pack apply, so
// that no list and no sweep stands still; the questionnaire is then not read on (see mayGoOn).
func (s *Service) edition(c Case) (edition, error) {
	p, frozen := s.packs.ByHash(c.PackHash)
	if !frozen {
		p = s.packs.On(calendar.DateOf(s.clock.Now()))
	}
	inst, same := p.Survey(c.Instrument)
	if !same {
		if len(p.Surveys) == 0 {
			return edition{}, fail.Unavailable("callback.pack_missing", nil)
		}
		inst = p.Surveys[0]
	}
	return edition{pack: p, calls: &p.Calls, hours: NewHours(&p.Calls, p.Calendar), inst: inst, frozen: frozen && same}, nil
}

// callable says that the person may be rung at now as far as hours go: inside ordinary hours or, on the day off for
// which an appointment was made, inside the hours for that.
func (e edition) callable(c Case, now time.Time) bool {
	wished := calendar.DateOf(c.DueAt) == calendar.DateOf(now) && !e.hours.Open(c.DueAt)
	_, ok := e.hours.Slot(now, wished)
	return ok
}

// Why a case was not opened; kept in the audit record.
const (
	SkipRecent  = "asked_recently"
	SkipRefused = "refused_for_good"
	SkipSurvey  = "no_survey"
)

// Open puts the person of a filing on the calling list, for a reason given as a code ("served"). Opening twice is
// opening once. Nobody is surveyed twice within the time the pack sets, nor ever again after refusing for good; that is
// recorded instead, and no error.
func (s *Service) Open(ctx context.Context, filingID, reason string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		subject, err := s.filings.ForCallback(tx.Statement.Context, tx, filingID)
		if err != nil {
			return err
		}
		if err := lockPerson(tx, subject.PersonID); err != nil {
			return err
		}
		if done, err := s.opened(tx, filingID); err != nil || done {
			return err
		}
		return s.openOrSkip(tx, filingID, reason, subject)
	})
}

// opened says that the filing has its case, or the record why it has none.
func (s *Service) opened(tx *gorm.DB, filingID string) (bool, error) {
	var n int64
	if err := tx.Model(&Case{}).Where("filing_id = ?", filingID).Count(&n).Error; err != nil || n > 0 {
		return n > 0, err
	}
	err := tx.Table("audit_event").Where("subject_type = ? AND subject_id = ?", SubjectCase, filingID).Count(&n).Error
	return n > 0, err
}

func (s *Service) openOrSkip(tx *gorm.DB, filingID, reason string, subject Subject) error {
	now := s.clock.Now()
	pack := s.packs.On(calendar.DateOf(now))
	if frozen, ok := s.packs.ByHash(subject.PackHash); ok {
		pack = frozen
	}
	before, err := earlierOf(tx, subject.PersonID)
	if err != nil {
		return err
	}
	inst, due, why := plan(pack, before, now)
	if why != "" {
		return s.record(tx, system(), SubjectCase, filingID, "callback.skipped", map[string]any{"why": why, "reason": reason})
	}
	c := Case{
		ID: store.NewID(), FilingID: filingID, PersonID: subject.PersonID, BodyID: subject.BodyID, Reason: reason,
		Instrument: inst.ID, PackHash: pack.Hash, Lang: subject.Lang, Status: Open, Version: 1,
		DueAt: due, CloseBy: CloseBy(&pack.Calls, calendar.DateOf(now)), CreatedAt: now, UpdatedAt: now,
	}
	done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&c)
	if done.Error != nil || done.RowsAffected == 0 {
		return done.Error
	}
	return s.record(tx, system(), SubjectCase, c.ID, "callback.opened", map[string]any{"filing": filingID, "reason": reason, "instrument": inst.ID, "version": inst.Version})
}

// plan chooses the survey and the first moment to call, or says why nobody is to be called.
func plan(pack *rules.Pack, before earlier, now time.Time) (inst *rules.Instrument, due time.Time, why string) {
	inst, ok := pack.SurveyFor(rules.Treatment)
	if !ok {
		return nil, due, SkipSurvey
	}
	if refusedForGood(&pack.Calls, before.codes) {
		return nil, due, SkipRefused
	}
	if before.last != nil && calendar.DateOf(now).Before(FreeAgain(&pack.Calls, pack.Calendar, calendar.DateOf(*before.last))) {
		return nil, due, SkipRecent
	}
	due, ok = FirstDue(NewHours(&pack.Calls, pack.Calendar), now)
	if !ok {
		return nil, due, SkipSurvey
	}
	return inst, due, ""
}

func refusedForGood(r *rules.CallRules, codes []string) bool {
	return slices.ContainsFunc(codes, func(code string) bool {
		o, ok := r.Outcome(code)
		return ok && o.NeverAgain
	})
}

// Due lists who this caller may ring now, in order of waiting, at most PageSize after the cursor. Outside calling hours
// the list is empty and says when they begin; on a day off only people who asked for a call on that day are in it.
func (s *Service) Due(ctx context.Context, a account.Actor, after Cursor) (List, error) {
	tx := s.db.Read(ctx)
	who, err := s.caller(tx, a)
	if err != nil {
		return List{}, err
	}
	now := s.clock.Now()
	pack := s.packs.On(calendar.DateOf(now))
	hours := NewHours(&pack.Calls, pack.Calendar)
	list := List{Now: now, Open: hours.Open(now), Today: hours.Day(calendar.DateOf(now))}
	if !list.Open {
		list.Opens, _ = hours.Next(now, "")
	}
	if _, ever := hours.Slot(now, true); !ever {
		return list, nil
	}
	list.Rows, list.Next, err = s.duePage(tx, who, now, after)
	if err == nil {
		err = s.nameRows(ctx, list.Rows)
	}
	return list, err
}

// duePage reads on until a page is full: the limits of a person are rules of his pack, not of the database.
func (s *Service) duePage(tx *gorm.DB, who staff, now time.Time, after Cursor) ([]Row, *Cursor, error) {
	var rows []Row
	for {
		cases, err := dueCases(tx, who, now, after, PageSize+1)
		if err != nil {
			return nil, nil, err
		}
		tried, err := attemptsOf(tx, ids(cases)...)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range cases {
			row, may, err := s.row(c, tried[c.ID], who, now)
			if err != nil {
				return nil, nil, err
			}
			after = Cursor{At: c.DueAt, ID: c.ID}
			if !may {
				continue
			}
			if len(rows) == PageSize {
				last := rows[PageSize-1]
				return rows, &Cursor{At: last.DueAt, ID: last.ID}, nil
			}
			rows = append(rows, row)
		}
		if len(cases) <= PageSize {
			return rows, nil, nil
		}
	}
}

func ids(cases []Case) []string {
	out := make([]string, len(cases))
	for i, c := range cases {
		out[i] = c.ID
	}
	return out
}

// row describes a case for the list; may is false when a limit forbids a call now.
func (s *Service) row(c Case, attempts []attemptRow, who staff, now time.Time) (row Row, may bool, err error) {
	e, err := s.edition(c)
	if err != nil {
		return row, false, err
	}
	tried := triedOf(attempts)
	if !e.callable(c, now) || CapReached(e.calls, e.hours, tried, now) != "" {
		return row, false, nil
	}
	row = Row{ID: c.ID, Person: c.PersonID, Reason: c.Reason, Lang: c.Lang, DueAt: c.DueAt, CloseBy: c.CloseBy, Attempts: c.Attempts, Mine: c.HeldBy(who.PersonID, now)}
	if n := len(tried); n > 0 {
		last := e.past(tried[n-1])
		row.Last = &last
	}
	return row, true, nil
}

func (e edition) past(t Tried) Past {
	o, ok := e.calls.Outcome(t.Code)
	if !ok {
		o.Code = t.Code
	}
	return Past{At: t.At, Slot: e.hours.lastSlot(t.At), Outcome: o}
}

// nameRows puts the masked name where row left the person's id.
func (s *Service) nameRows(ctx context.Context, rows []Row) error {
	people := make([]string, len(rows))
	for i, r := range rows {
		people[i] = r.Person
	}
	names, err := s.people.NamesOf(ctx, people)
	for i, id := range people {
		rows[i].Person = i18n.Name(names[id])
	}
	return err
}

// record appends to the audit record in the running transaction. Data holds codes and identifiers only.
func (s *Service) record(tx *gorm.DB, who audit.Actor, subject, id, kind string, data map[string]any) error {
	return audit.Append(tx, audit.Entry{SubjectType: subject, SubjectID: id, Actor: who, Kind: kind, Data: data, At: s.clock.Now()})
}

// system is the actor of what time does.
func system() audit.Actor { return account.System().Audit("", "") }

// asCaller names a caller in the audit record, with the first body he calls for.
func (w staff) asCaller() audit.Actor {
	body := ""
	if bodies := w.Bodies(account.RoleCaller); len(bodies) > 0 {
		body = bodies[0]
	}
	return w.Audit(account.RoleCaller, body)
}
