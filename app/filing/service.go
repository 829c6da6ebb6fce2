package filing

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/jobs"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Packs gives the edition of the law that applies on a day, or the one a filing is decided by.
type Packs interface {
	On(calendar.Date) *rules.Pack
	ByHash(hash string) (*rules.Pack, bool)
}

// Bodies is the directory as this package needs it.
type Bodies interface {
	rules.Courts
	// BodyName is the full name of a body, "" when the id is unknown.
	BodyName(ctx context.Context, id string) string
	// BodyID is the id of the body with this full name, "" when there is none.
	BodyID(ctx context.Context, name string) string
	// Heir is the body that has what this one had once it has closed, its own id while it stands.
	Heir(ctx context.Context, id string, on calendar.Date) string
	// RoutingDesk is the body whose staff name the responsible body where no rule decides.
	RoutingDesk() string
}

// Teller puts a message to a person into the transaction.
type Teller interface {
	Send(tx *gorm.DB, m notice.Message) error
}

// Files gives the fingerprints of a filing's evidence, for the hash of what was checked.
type Files interface {
	Hashes(tx *gorm.DB, filingID string) ([]string, error)
}

// Deps are the neighbours of the service.
type Deps struct {
	DB     *store.DB
	Packs  Packs
	Bodies Bodies
	Box    *seal.Box
	Jobs   jobs.Inserter
	Teller Teller
	Files  Files
	Safe   Safe // nil: nobody is reminded
	Clock  calendar.Clock
	// Attached gives a mark for everything that belongs to a filing beside its answers and files, by name; nil gives none. Set after New.
	Attached func(db *gorm.DB, filingID string) (map[string]string, error)
	// Outages is the ledger a late filing takes entries from; nil means that there is none.
	Outages Outages
	// Followed acts on a decision that was served, Undone on one that was not carried out; nil does nothing. Both may be set after New.
	Followed func(ctx context.Context, filingID string) error
	Undone   func(ctx context.Context, filingID string) error
	// Scribe is told, in the transaction, which answers somebody typed for the person; set after New, since it looks down on filings.
	Scribe Scribe
	// Renamed is told, in the transaction, that a filing was handed in, or has another owner or number than before; nil does nothing. Set after
	// New.
	Renamed func(tx *gorm.DB, f Filing) error
	// LateFiles may be the same service as Files.
	LateFiles LateFiles
}

// Scribe keeps who typed what for somebody else.
type Scribe interface {
	// Typed is called for answers that a member of staff (a.By) or a representative has saved in the filing of somebody else.
	Typed(tx *gorm.DB, a account.Actor, f Filing, page string, facts []rules.FactID) error
}

// Service holds the use cases of a filing. It is the only writer of the tables filing, clock and submission.
type Service struct {
	Deps
	db *store.DB
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d, db: d.DB} }

// Pack is the edition a filing is decided by: frozen at submission, today's for a draft. Production does not start while an edition that
// a filing needs is missing (see MissingPacks); should it happen all the same, the edition of the day of receipt stands in, because a list
// or a page that fails helps nobody.
func (s *Service) Pack(f Filing) (*rules.Pack, error) {
	if f.Status == Draft {
		return s.Packs.On(s.today()), nil
	}
	if p, ok := s.Packs.ByHash(f.PackHash); ok {
		return p, nil
	}
	on := s.today()
	if f.SubmittedAt != nil {
		on = calendar.DateOf(*f.SubmittedAt)
	}
	if p := s.Packs.On(on); p != nil {
		return p, nil
	}
	return nil, fail.Unavailable("pack.missing", nil)
}

// MissingPacks lists the editions (id and hash) that open filings are decided by and the program does not have.
func MissingPacks(db *gorm.DB, packs Packs) ([]string, error) {
	var rows []struct{ PackID, PackHash string }
	err := db.Model(&Filing{}).Distinct("pack_id", "pack_hash").Where("next_due_at IS NOT NULL").Order("pack_id, pack_hash").Find(&rows).Error
	var out []string
	for _, r := range rows {
		if _, ok := packs.ByHash(r.PackHash); !ok {
			out = append(out, r.PackID+" "+r.PackHash)
		}
	}
	return out, err
}

func (s *Service) today() calendar.Date { return calendar.DateOf(s.Clock.Now()) }

// Facts opens the sealed answers.
func (s *Service) Facts(f Filing) (rules.Facts, error) {
	plain, err := s.Box.Open(factsAD(f.ID), f.FactsSealed)
	if err != nil {
		return nil, err
	}
	facts := rules.Facts{}
	return facts, json.Unmarshal(plain, &facts)
}

// Applicant opens the name of the person filing; "" while it was not given.
func (s *Service) Applicant(f Filing) string {
	if len(f.ApplicantSealed) == 0 {
		return ""
	}
	name, err := s.Box.Open(applicantAD(f.ID), f.ApplicantSealed)
	if err != nil {
		return ""
	}
	return string(name)
}

// Get loads a filing the actor may see, with its answers.
func (s *Service) Get(ctx context.Context, a account.Actor, id string) (Filing, rules.Facts, error) {
	f, err := ByID(s.db.Read(ctx), a, id)
	if err != nil {
		return Filing{}, nil, err
	}
	facts, err := s.Facts(f)
	return f, facts, err
}

// Set are columns a change writes beside status, version, clock and owner.
type Set map[string]any

// Change is one step of a filing's life.
type Change struct {
	Action  Action
	Actor   account.Actor
	Set     Set
	Clock   ClockState     // how the running clock ended when a new stage begins or the filing closes; "" = Met
	Data    map[string]any // for the audit entry and the timeline; never personal
	Hidden  bool           // not on the debtor's timeline
	Outcome Outcome        // when the step closes the filing
	Ground  string
}

// Move takes one step: the guarded update, the clocks, the audit entry, in the caller's transaction. f is brought up to date.
// Errors: Conflict "filing.cannot" when the table has no such step, Conflict "filing.stale" when somebody was faster.
func (s *Service) Move(tx *gorm.DB, f *Filing, c Change) error {
	step, ok := Next(f.Status, c.Action)
	if !ok {
		return fail.Conflict("filing.cannot")
	}
	now := s.Clock.Now()
	set := Set{"status": step.To, "version": f.Version + 1, "updated_at": now}
	if step.Next != "" {
		set["next_action"] = step.Next
	}
	for k, v := range c.Set {
		set[k] = v
	}
	if step.To == Closed {
		set["outcome"], set["closed_ground"], set["closed_at"] = c.Outcome, c.Ground, now
		set["next_action"], set["next_clock_id"], set["next_due_at"], set["overdue"] = nil, nil, nil, false
		set["papers_added_at"] = nil
	}
	if step.Stage != "" {
		clk, err := s.startStage(tx, *f, step, ownerIn(set, *f), now)
		if err != nil {
			return err
		}
		set["next_clock_id"], set["next_due_at"], set["overdue"] = clk.ID, clk.DueAt, false
	}
	if (step.Stage != "" || step.To == Closed) && f.NextClockID != nil {
		if err := endClock(tx, *f.NextClockID, c.Clock, now); err != nil {
			return err
		}
	}
	late, was := f.Overdue, *f
	if err := guardedUpdate(tx, f, set); err != nil {
		return err
	}
	if step.Stage == "" && f.Owner() != was.Owner() {
		if err := handClock(tx, *f); err != nil {
			return err
		}
	}
	if err := s.renamed(tx, was, *f); err != nil {
		return err
	}
	if late && !f.Overdue {
		if err := s.dropDrafted(tx, *f); err != nil {
			return err
		}
	}
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: actorOn(*f, c.Actor),
		Kind: "filing." + string(c.Action), Data: c.Data, Visible: !c.Hidden, At: now})
}

// renamed tells whoever keeps filings to be found.
func (s *Service) renamed(tx *gorm.DB, was, now Filing) error {
	if s.Renamed == nil || was.Owner() == now.Owner() && was.DocketNumber == now.DocketNumber || now.Ref == nil {
		return nil
	}
	return s.Renamed(tx, now)
}

// guardedUpdate writes set where id, status and version are still what was read, and brings f up to date in the same statement.
func guardedUpdate(tx *gorm.DB, f *Filing, set Set) error {
	var now Filing
	res := tx.Model(&now).Clauses(clause.Returning{}).
		Where("id = ? AND status = ? AND version = ?", f.ID, f.Status, f.Version).Updates(map[string]any(set))
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return fail.Conflict("filing.stale")
	}
	*f = now
	return nil
}

func ownerIn(set Set, f Filing) string {
	if id, ok := set["owner_body_id"].(string); ok {
		return id
	}
	return f.Owner()
}

// AuditActor is the actor as the audit record keeps him; the role is the one he acts in for the body.
func AuditActor(a account.Actor, bodyID string) audit.Actor {
	if a.By != nil {
		return a.Audit("", "")
	}
	out := audit.Actor{ID: a.PersonID, Kind: string(a.Kind)}
	for _, g := range a.Grants {
		if out.Role == "" || g.BodyID == bodyID {
			out.Role, out.BodyID = string(g.Role), g.BodyID
		}
	}
	return out
}

// actorOn is the actor as the record of one filing names him: a person who acts in somebody else's filing is its representative.
func actorOn(f Filing, a account.Actor) audit.Actor {
	out := AuditActor(a, f.Owner())
	if a.IsDebtor() && a.PersonID != f.PersonID {
		out.Role = string(account.RepresentativeRole)
	}
	return out
}

// tell sends one message about a filing to its debtor; the send key makes a repetition harmless.
func (s *Service) tell(tx *gorm.DB, f Filing, kind, occasion string, args map[string]any) error {
	return s.Teller.Send(tx, notice.Message{PersonID: f.PersonID, FilingID: f.ID, Kind: kind, Lang: f.Lang, Args: args,
		SendKey: "filing/" + f.ID + "/" + kind + "/" + occasion})
}

// tellOf is tell about a thing of which it is asked again, just before it is sent, whether it is still so: subject is its id, and the occasion.
func (s *Service) tellOf(tx *gorm.DB, f Filing, kind, subject string, args map[string]any) error {
	return s.Teller.Send(tx, notice.Message{PersonID: f.PersonID, FilingID: f.ID, Kind: kind, Lang: f.Lang, Args: args, Subject: subject,
		SendKey: "filing/" + f.ID + "/" + kind + "/" + subject})
}

// OwnerArgs are the arguments every message about a filing knows: code, owning body, last day.
func (s *Service) OwnerArgs(ctx context.Context, f Filing) map[string]any {
	args := map[string]any{"code": f.Code(), "body": s.Bodies.BodyName(ctx, f.Owner())}
	if f.NextDueAt != nil {
		args["due"] = calendar.DateOf(f.NextDueAt.Add(-time.Second))
	}
	return args
}
