package callback

import (
	"context"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Subjects of the audit record.
const (
	SubjectCase      = "callback"
	SubjectFinding   = "finding"
	SubjectProgramme = "callback_programme"
	SubjectCaller    = "callback_caller"
)

// Service is every use case of callbacks and the only writer of their tables. Safe for use by many goroutines.
type Service struct {
	db      *store.DB
	clock   calendar.Clock
	packs   Packs
	filings Filings
	people  People
	vault   vault
	Neighbours
	// Drafts begins the requests prepared for people; set once, before the service is used.
	Drafts Drafts
	// Base is the address people reach the portal at, without a path; links to answer alone begin with it.
	Base string
}

// Neighbours are services that callbacks can do without: nil sends no message, knows no profile, or dials nothing.
type Neighbours struct {
	Teller   Teller
	Profiles Profiles
	Dialer   *Dialer
}

// Connect gives the service its neighbours, once, before it is used.
func (s *Service) Connect(n Neighbours) { s.Neighbours = n }

// SealWith gives what people say a key of its own, apart from the portal's. What was sealed under the derived key before can still be read.
func (s *Service) SealWith(own *seal.Box) { s.vault.box = own.Behind(s.vault.box) }

// New joins the service with what it needs. The box is the portal's; answers are sealed under a key derived from it, unless SealWith gives
// one of their own.
func New(db *store.DB, clock calendar.Clock, packs Packs, filings Filings, people People, box *seal.Box) *Service {
	return &Service{db: db, clock: clock, packs: packs, filings: filings, people: people, vault: vault{box.Derive("callback")}}
}

// staff is an actor with the bodies he has a tie to and those he supervises.
type staff struct {
	account.Actor
	offices    []string
	supervises []string
	langs      []string // of a caller
}

// caller lets callers in. For everybody else there are no callbacks at all: not found.
func (s *Service) caller(tx *gorm.DB, a account.Actor) (staff, error) {
	if !a.IsStaff() || !a.Has(account.RoleCaller) {
		return staff{}, fail.NotFound()
	}
	offices, err := officesOf(tx, a.PersonID)
	if err != nil {
		return staff{}, err
	}
	langs, err := langsOf(tx, a.PersonID)
	return staff{Actor: a, offices: offices, langs: langs}, err
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
	from, ever := s.listFrom(now)
	if !ever {
		return list, nil
	}
	if after.At.Before(from.At) {
		after = from
	}
	list.Rows, list.Next, err = s.duePage(tx, who, now, after, PageSize)
	if err == nil {
		err = s.nameRows(ctx, list.Rows)
	}
	return list, err
}

// duePage reads on until a page is full: the limits of a person are rules of his pack, not of the database.
func (s *Service) duePage(tx *gorm.DB, who staff, now time.Time, after Cursor, size int) ([]Row, *Cursor, error) {
	var rows []Row
	for {
		cases, err := dueCases(tx, who, now, after, size+1)
		if err != nil {
			return nil, nil, err
		}
		tried, err := attemptsOf(tx, ids(cases)...)
		if err != nil {
			return nil, nil, err
		}
		profiles, err := s.profilesOf(tx, cases)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range cases {
			row, may, err := s.row(c, tried[c.ID], profiles[c.PersonID], who, now)
			if err != nil {
				return nil, nil, err
			}
			after = Cursor{At: c.DueAt, ID: c.ID}
			if !may {
				continue
			}
			if len(rows) == size {
				last := rows[size-1]
				return rows, &Cursor{At: last.DueAt, ID: last.ID}, nil
			}
			rows = append(rows, row)
		}
		if len(cases) <= size {
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
func (s *Service) row(c Case, attempts []attemptRow, profile contact.Profile, who staff, now time.Time) (row Row, may bool, err error) {
	e, err := s.edition(c)
	if err != nil {
		return row, false, err
	}
	tried := triedOf(attempts)
	if !e.callable(c, now) || CapReached(e.calls, e.hours.Within(profile.From, profile.To), tried, now) != "" {
		return row, false, nil
	}
	if allowed, next := e.mayDial(c, profile, now); !allowed && !next.IsZero() {
		return row, false, nil
	}
	row = Row{ID: c.ID, Person: c.PersonID, Reason: c.Reason, Lang: c.Lang, DueAt: c.DueAt, CloseBy: c.CloseBy, Attempts: c.Attempts, Mine: c.HeldBy(who.PersonID, now),
		Appointment: c.AppointmentAt, WithMe: c.AppointmentWith != nil && *c.AppointmentWith == who.PersonID, Missed: c.Missed}
	if n := len(tried); n > 0 {
		last := e.past(tried[n-1])
		row.Last = &last
	}
	return row, true, nil
}

// profilesOf reads the profiles of a page of cases at once.
func (s *Service) profilesOf(tx *gorm.DB, cases []Case) (map[string]contact.Profile, error) {
	if s.Profiles == nil || len(cases) == 0 {
		return nil, nil
	}
	people := make([]string, len(cases))
	for i, c := range cases {
		people[i] = c.PersonID
	}
	return s.Profiles.AllIn(tx, people)
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

// masked is the name of a person with all but the surname hidden.
func (s *Service) masked(ctx context.Context, personID string) (string, error) {
	names, err := s.people.NamesOf(ctx, []string{personID})
	return i18n.Name(names[personID]), err
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
