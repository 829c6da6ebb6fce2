package directory

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/casenumber"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// Service is the directory kept in the database and read from memory. Reads never touch the database; what another instance of the portal
// changed is seen after the next Refresh. It is the only writer of the tables body and division.
type Service struct {
	db    *store.DB
	clock calendar.Clock
	mu    sync.Mutex // one refresh at a time, so that an older reading never replaces a newer one
	seen  atomic.Pointer[snapshot]
}

// New reads the directory from the database, which may be empty until Load.
func New(ctx context.Context, db *store.DB, clock calendar.Clock) (*Service, error) {
	s := &Service{db: db, clock: clock}
	return s, s.Refresh(ctx)
}

// Refresh reads the directory again.
func (s *Service) Refresh(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	fresh, err := readSnapshot(ctx, s.db)
	if err != nil {
		return err
	}
	s.seen.Store(fresh)
	return nil
}

// Keep refreshes at every interval until ctx ends. A refresh that fails is logged; the directory stays as it was.
func (s *Service) Keep(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.Refresh(ctx); err != nil && ctx.Err() == nil {
				slog.WarnContext(ctx, "directory not refreshed", "err", err)
			}
		}
	}
}

// Load adds the embedded courts and the bodies of the portal itself that are not in the database yet, in one transaction, and returns how many.
// What is there stays as it is: an administrator may know better than the list. Ids come from the names (IDOf) and so are equal everywhere.
func (s *Service) Load(ctx context.Context) (added int, err error) {
	courts, err := Courts()
	if err != nil {
		return 0, err
	}
	own, err := ownBodies()
	if err != nil {
		return 0, err
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		added, err = s.load(tx, courts, own)
		return err
	})
	if err != nil {
		return 0, err
	}
	return added, s.Refresh(ctx)
}

func (s *Service) load(tx *gorm.DB, courts []Court, own []Body) (int, error) {
	ids, err := bodyIDs(tx)
	if err != nil {
		return 0, err
	}
	missing := slices.DeleteFunc(own, func(b Body) bool { return ids[b.Name] != "" })
	for _, c := range courts {
		if ids[c.Name] != "" {
			continue
		}
		ids[c.Name] = c.ID
		missing = append(missing, Body{
			ID: c.ID, Kind: KindCourt, Name: c.Name, Level: c.Level, ParentID: ids[c.Parent], Province: c.Province,
			Sign: c.Sign, SignBasis: c.SignBasis, Uncertain: c.Uncertain,
		})
	}
	if len(missing) == 0 {
		return 0, nil
	}
	at := s.clock.Now()
	added, err := insertMissing(tx, missing, at)
	if err != nil || added == 0 {
		return added, err
	}
	return added, audit.Append(tx, audit.Entry{
		SubjectType: "directory", SubjectID: "bodies", Actor: audit.Actor{Kind: "system"}, Kind: "directory.loaded",
		Data: map[string]any{"added": added}, At: at,
	})
}

// AddBody adds a body and returns it with its id; the id is IDOf its name when none is given. A body of the same name that is there already is
// returned unchanged. Errors: Invalid with the fields kind, name, name_en, level, parent_id.
func (s *Service) AddBody(ctx context.Context, actor audit.Actor, b Body) (Body, error) {
	fields := b.check()
	if _, ok := s.seen.Load().bodies[b.ParentID]; b.ParentID != "" && !ok {
		fields = append(fields, fail.F("parent_id", "directory.parent_unknown"))
	}
	if b.Sign != "" {
		if other, taken := s.Tree().bySign[b.Sign]; taken && s.Tree().courts[other].Name != b.Name {
			fields = append(fields, fail.F("sign", "directory.sign_taken", "Name", s.Tree().courts[other].Name))
		}
	}
	if len(fields) > 0 {
		return Body{}, fail.Invalid(fields...)
	}
	if b.ID == "" {
		b.ID = IDOf(b.Name)
	}
	err := s.db.Tx(ctx, func(tx *gorm.DB) error { return s.addBody(tx, actor, b) })
	if err != nil {
		return Body{}, err
	}
	if err := s.Refresh(ctx); err != nil {
		return Body{}, err
	}
	return s.BodyByName(ctx, b.Name)
}

func (s *Service) addBody(tx *gorm.DB, actor audit.Actor, b Body) error {
	at := s.clock.Now()
	added, err := insertMissing(tx, []Body{b}, at)
	if err != nil || added == 0 {
		return err
	}
	return audit.Append(tx, audit.Entry{
		SubjectType: "body", SubjectID: b.ID, Actor: actor, Kind: "directory.body_added",
		Data: map[string]any{"kind": b.Kind, "name": b.Name}, At: at,
	})
}

// AddIn adds a body in the caller's transaction, below the body of the name above, which may be new in the same transaction. The caller
// refreshes the directory afterwards. Errors as those of AddBody.
func (s *Service) AddIn(tx *gorm.DB, actor audit.Actor, b Body, above string) error {
	if fields := b.check(); len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	b.ID = IDOf(b.Name)
	if above != "" {
		var parent bodyRow
		if err := tx.Select("id").Where("name = ?", above).Take(&parent).Error; err != nil {
			return fail.Invalid(fail.F("parent_id", "directory.parent_unknown"))
		}
		b.ParentID = parent.ID
	}
	return s.addBody(tx, actor, b)
}

// Body returns the body with this id. Error: NotFound.
func (s *Service) Body(_ context.Context, id string) (Body, error) {
	if b, ok := s.seen.Load().bodies[id]; ok {
		return b, nil
	}
	return Body{}, fail.NotFound()
}

// BodyByName returns the body with this full Chinese name. Error: NotFound.
func (s *Service) BodyByName(ctx context.Context, name string) (Body, error) {
	return s.Body(ctx, s.BodyID(ctx, name))
}

// BodyName is the full Chinese name of a body, "" when the id is unknown.
func (s *Service) BodyName(_ context.Context, id string) string { return s.seen.Load().bodies[id].Name }

// BodyID is the id of the body with this full Chinese name, "" when there is none.
func (s *Service) BodyID(_ context.Context, name string) string { return s.seen.Load().ids[name] }

// RoutingDesk is the id of the body whose staff name the responsible body where no rule decides. Load puts it into the database.
func (s *Service) RoutingDesk() string {
	if id := s.seen.Load().ids[routingDesk]; id != "" {
		return id
	}
	return IDOf(routingDesk)
}

// Tree returns the courts as they stand now.
func (s *Service) Tree() *Tree { return s.seen.Load().tree }

// Search finds courts; see Tree.Search.
func (s *Service) Search(q string, limit int) []Court { return s.Tree().Search(q, limit) }

// Propose returns the court whose sign a case number carries, for a person to confirm.
func (s *Service) Propose(n casenumber.Number) (Court, bool) { return s.Tree().BySign(n.Court) }

// Court implements rules.Courts.
func (s *Service) Court(name string) (rules.Court, bool) { return s.Tree().Rules().Court(name) }

// Above implements rules.Courts.
func (s *Service) Above(name string) (rules.Court, bool) { return s.Tree().Rules().Above(name) }

// Below lists the bodies right below a body, by name.
func (s *Service) Below(id string) []Body {
	var out []Body
	for _, b := range s.seen.Load().bodies {
		if b.ParentID == id && id != "" {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b Body) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
