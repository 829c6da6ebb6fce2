package appraisal

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Deps are the neighbours of the service.
type Deps struct {
	DB    *store.DB
	Box   *seal.Box
	Clock calendar.Clock
}

// Service holds the use cases of appraisals. It is the only writer of the tables appraisal_*.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

func (s *Service) today() calendar.Date { return calendar.DateOf(s.Clock.Now()) }

// Prices is the whole list, ended rows too. It is public.
func (s *Service) Prices(ctx context.Context) ([]Price, error) { return prices(s.DB.Read(ctx)) }

// AddPrice adds a row; the one that stands for the same kind and region ends on the day before. Errors: NotFound for anybody but an
// administrator; Invalid, at the fields of the form, also when a row for the kind and region begins or ends on the first day or later.
func (s *Service) AddPrice(ctx context.Context, a account.Actor, p Price) error {
	if !MayKeep(a) {
		return fail.NotFound()
	}
	p.Region, p.Source, p.To = strings.TrimSpace(p.Region), strings.TrimSpace(p.Source), calendar.Date{}
	if err := p.valid(); err != nil {
		return err
	}
	bands, err := json.Marshal(p.Bands)
	if err != nil {
		return err
	}
	taken := fail.Invalid(fail.F("from", "appraisal.overlap"))
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var later int64
		same := tx.Model(&priceRow{}).Where("kind = ? AND region = ?", p.Kind, p.Region)
		if err := same.Where("from_on >= ? OR to_on >= ?", p.From, p.From).Count(&later).Error; err != nil {
			return err
		}
		if later > 0 {
			return taken
		}
		if err := s.replace(tx, a, p); err != nil {
			return err
		}
		now := s.Clock.Now()
		r := priceRow{ID: store.NewID(), Kind: p.Kind, Region: p.Region, Bands: string(bands), Source: p.Source, FromOn: p.From, Version: 1, CreatedAt: now, UpdatedAt: now}
		if err := tx.Create(&r).Error; err != nil {
			return err
		}
		return s.audited(tx, a, r.ID, "appraisal.price_added", map[string]any{"kind": string(p.Kind), "region": p.Region, "from": p.From.String()})
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) { // two administrators at once: the other was faster
		return taken
	}
	return err
}

// replace ends the row that stands for the kind and region of p on the day before p begins.
func (s *Service) replace(tx *gorm.DB, a account.Actor, p Price) error {
	var rows []priceRow
	if err := tx.Where("kind = ? AND region = ? AND to_on IS NULL", p.Kind, p.Region).Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		if err := s.end(tx, a, r.ID, r.Version, p.From.AddDays(-1)); err != nil {
			return err
		}
	}
	return nil
}

// EndPrice ends a row on its last day. version is the one the page showed. Errors: NotFound for anybody but an administrator, and for a row
// that has ended; Invalid "day" when the day is missing or before the row's first.
func (s *Service) EndPrice(ctx context.Context, a account.Actor, id string, version int64, last calendar.Date) error {
	if !MayKeep(a) {
		return fail.NotFound()
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var r priceRow
		err := tx.Where("id = ? AND to_on IS NULL", id).Take(&r).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return fail.NotFound()
		}
		if err != nil {
			return err
		}
		if last.IsZero() || last.Before(r.FromOn) {
			return fail.Invalid(fail.F("day", "appraisal.end_bad"))
		}
		return s.end(tx, a, id, version, last)
	})
}

func (s *Service) end(tx *gorm.DB, a account.Actor, id string, version int64, last calendar.Date) error {
	done := tx.Model(&priceRow{}).Where("id = ? AND version = ? AND to_on IS NULL", id, version).
		Updates(map[string]any{"to_on": last, "version": version + 1, "updated_at": s.Clock.Now()})
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected != 1 {
		return fail.NotFound()
	}
	return s.audited(tx, a, id, "appraisal.price_ended", map[string]any{"to": last.String()})
}

func (s *Service) audited(tx *gorm.DB, a account.Actor, id, kind string, data map[string]any) error {
	return audit.Append(tx, audit.Entry{SubjectType: "appraisal_price", SubjectID: id, Actor: a.Audit("", ""), Kind: kind, Data: data, At: s.Clock.Now()})
}

// Current is what the person stated last; version 0 while that is nothing. Error: NotFound for anybody but a debtor.
func (s *Service) Current(ctx context.Context, a account.Actor) (Check, error) {
	if !a.IsDebtor() {
		return Check{}, fail.NotFound()
	}
	r, ok, err := latest(s.DB.Read(ctx), a.PersonID)
	if err != nil || !ok {
		return Check{}, err
	}
	return s.open(r)
}

// Save appends a version. version is the one the page showed. Errors: NotFound; Invalid at the fields of the form; Conflict
// "appraisal.stale" when something newer was saved since.
func (s *Service) Save(ctx context.Context, a account.Actor, version int64, d Data) error {
	if !a.IsDebtor() {
		return fail.NotFound()
	}
	if err := d.valid(s.today()); err != nil {
		return err
	}
	plain, err := json.Marshal(d)
	if err != nil {
		return err
	}
	stale := fail.Conflict("appraisal.stale")
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		now, _, err := latest(tx, a.PersonID)
		if err != nil {
			return err
		}
		if now.Version != version {
			return stale
		}
		r := checkRow{ID: store.NewID(), PersonID: a.PersonID, Version: version + 1, CreatedAt: s.Clock.Now()}
		r.DataSealed = s.Box.Seal(dataAD(r.ID), plain)
		if name := normal(d.Institution); name != "" {
			r.InstitutionIndex = s.Box.Index("appraisal.institution", name)
		}
		if err := tx.Create(&r).Error; err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{SubjectType: "appraisal", SubjectID: a.PersonID, Actor: a.Audit("", ""), Kind: "appraisal.saved",
			Data: map[string]any{"version": r.Version}, At: r.CreatedAt})
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) { // two saves at once: the other was faster
		return stale
	}
	return err
}

// Find picks the price for an appraisal: the one of its region, else the one for everywhere, that stands on its day (on today while the day
// is not known). ok is false when no list is known.
func Find(list []Price, d Data, today calendar.Date) (p Price, ok bool) {
	day := d.Day
	if day.IsZero() {
		day = today
	}
	for _, region := range []string{d.Region, ""} {
		i := slices.IndexFunc(list, func(p Price) bool { return p.Kind == d.Kind && p.Region == region && p.On(day) })
		if i >= 0 {
			return list[i], true
		}
	}
	return Price{}, false
}

// Verdict is how a fee stands to the list.
type Verdict string

// The verdicts.
const (
	NoList   Verdict = "no_list" // no list is known, or it ends below the value
	Unsaid   Verdict = "unsaid"  // the fee or the value is not known
	Within   Verdict = "within"  // not more than the list
	AboveFee Verdict = "above"   // more than the list
)

// Result is an appraisal held against the list.
type Result struct {
	Verdict Verdict
	Price   Price // of a list that is known
	HasList bool
	Listed  Listed
}

// Judge holds an appraisal against the list.
func Judge(list []Price, d Data, today calendar.Date) Result {
	r := Result{Verdict: NoList}
	if r.Price, r.HasList = Find(list, d, today); !r.HasList {
		return r
	}
	if !d.Value.Known {
		r.Verdict = Unsaid
		return r
	}
	r.Listed = Work(r.Price.Bands, d.Value.Fen)
	switch {
	case !r.Listed.Whole:
	case !d.Fee.Known:
		r.Verdict = Unsaid
	case d.Fee.Fen > r.Listed.Total:
		r.Verdict = AboveFee
	default:
		r.Verdict = Within
	}
	return r
}

// Count is what people stated about one institution. It is made only where at least Few people named it.
type Count struct {
	Institution string
	People      int
	Above       int // fees above the list; meaningful only when AboveShown
	AboveShown  bool
}

// Counts counts people by institution, each person once with what he stated about it last, the most named first. hidden is how many people
// named an institution that fewer than Few did; it is zero when they are fewer than Few themselves. Error: NotFound for anybody but a supervisor.
func (s *Service) Counts(ctx context.Context, a account.Actor) (out []Count, hidden int, err error) {
	if !MayCount(a) {
		return nil, 0, fail.NotFound()
	}
	db := s.DB.Read(ctx)
	list, err := prices(db)
	if err != nil {
		return nil, 0, err
	}
	var rows []checkRow
	if err := db.Where("institution_index IS NOT NULL").Order("version DESC").Find(&rows).Error; err != nil {
		return nil, 0, err
	}
	groups, seen := map[string][]checkRow{}, map[string]bool{}
	for _, r := range rows {
		index := string(r.InstitutionIndex)
		if !seen[r.PersonID+index] {
			seen[r.PersonID+index] = true
			groups[index] = append(groups[index], r)
		}
	}
	for _, g := range groups {
		if len(g) < Few {
			hidden += len(g)
			continue
		}
		n, err := s.count(list, g)
		if err != nil {
			return nil, 0, err
		}
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b Count) int {
		if a.People != b.People {
			return b.People - a.People
		}
		return strings.Compare(a.Institution, b.Institution)
	})
	if hidden < Few {
		hidden = 0
	}
	return out, hidden, nil
}

func (s *Service) count(list []Price, rows []checkRow) (Count, error) {
	n := Count{People: len(rows)}
	for _, r := range rows {
		c, err := s.open(r)
		if err != nil {
			return n, err
		}
		n.Institution = c.Institution
		if Judge(list, c.Data, calendar.DateOf(c.At)).Verdict == AboveFee {
			n.Above++
		}
	}
	if n.AboveShown = n.Above >= Few; !n.AboveShown {
		n.Above = 0
	}
	return n, nil
}

// Forget deletes everything a person stated about appraisals.
func (s *Service) Forget(tx *gorm.DB, personID string) error {
	return tx.Where("person_id = ?", personID).Delete(&checkRow{}).Error
}
