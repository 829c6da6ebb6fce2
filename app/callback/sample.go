package callback

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// FrameState is what became of somebody in the frame.
type FrameState string

// The states of a frame row, which never changes.
const (
	Drawn    FrameState = "drawn"
	NotDrawn FrameState = "not_drawn"
	Excluded FrameState = "excluded" // for the reason given with it
)

// Why somebody in the frame was left out before the draw. "stopped_" is followed by the outcome code that is final over all channels.
const (
	ExcludedRecent   = "asked_recently" // surveyed within the time the pack sets
	ExcludedOpen     = "being_asked"    // another case of his is open
	ExcludedContact  = "no_contact"     // neither a mobile number nor an e-mail address
	ExcludedSurvey   = "no_survey"      // the pack has no such instrument, or no hours to call in
	ExcludedQuota    = "quota_full"
	excludedStopping = "stopped_"
)

// FrameRow is one person an event brought before a programme; a row of callback_frame, which nothing changes.
type FrameRow struct {
	ID          string `gorm:"primaryKey"`
	ProgrammeID string
	Event       rules.CallEvent
	EventKey    string
	FilingID    string
	PersonID    string
	BodyID      string
	Party       rules.Party
	Stratum     string
	PerMille    int // share drawn of the stratum, in thousandths
	Chance      int // of a million; see Chance
	State       FrameState
	Reason      string // of an exclusion
	At          time.Time
}

// TableName names the table.
func (FrameRow) TableName() string { return "callback_frame" }

// million is the number of chances there are.
const million = 1_000_000

// Chance is the number from 0 to 999,999 that an event draws: the first eight bytes of HMAC-SHA256(seed, event key), scaled. Whoever has
// the seed and the frame gets the same numbers, and nobody can choose an event key that suits him without the seed.
func Chance(seed, eventKey string) int {
	mac := hmac.New(sha256.New, []byte(seed))
	mac.Write([]byte(eventKey))
	high, _ := bits.Mul64(binary.BigEndian.Uint64(mac.Sum(nil)), million)
	return int(high)
}

// IsDrawn says that a chance falls into a share given in thousandths.
func IsDrawn(chance, perMille int) bool { return chance < perMille*(million/1000) }

func newSeed() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails; see crypto/rand
	return hex.EncodeToString(b[:])
}

// Event is something that happened to the matter of a filing.
type Event struct {
	Kind     rules.CallEvent
	FilingID string
	// Again tells events of one kind of one filing apart, for example the day of a half-yearly one; "" where there is only one.
	Again string
}

// key names the event once and for all: the draw depends on it.
func (e Event) key() string {
	k := string(e.Kind) + "/" + e.FilingID
	if e.Again != "" {
		k += "/" + e.Again
	}
	return k
}

// Happened brings an event before the programmes that run: the person concerned goes into the frame of each that asks after such events,
// and is drawn, not drawn, or left out for a reason. A programme of a body above the one asked about comes first; the standing one holds
// where none does. Telling twice is telling once.
func (s *Service) Happened(ctx context.Context, e Event) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		subject, err := s.filings.ForCallback(tx.Statement.Context, tx, e.FilingID)
		if err != nil {
			return err
		}
		if subject.Party == "" {
			subject.Party = rules.Respondent
		}
		if err := lockPerson(tx, subject.PersonID); err != nil {
			return err
		}
		programmes, err := s.asking(tx, e, subject)
		if err != nil {
			return err
		}
		for _, p := range programmes {
			if err := s.frame(tx, p, e, subject); err != nil {
				return err
			}
		}
		return nil
	})
}

// Open brings a person before the programmes because of a filing, for a reason given as the code of an event ("served").
func (s *Service) Open(ctx context.Context, filingID, reason string) error {
	return s.Happened(ctx, Event{Kind: rules.CallEvent(reason), FilingID: filingID})
}

// asking lists the running programmes that ask after an event about a body, the nearest owner first; the standing ones only where no
// body's own programme asks.
func (s *Service) asking(tx *gorm.DB, e Event, subject Subject) ([]Programme, error) {
	above, err := bodiesAbove(tx, subject.BodyID)
	if err != nil {
		return nil, err
	}
	if err := s.standing(tx); err != nil {
		return nil, err
	}
	var rows []Programme
	err = tx.Where("status = 'running' AND (owner_body_id IS NULL OR owner_body_id IN ?)", append(above, "")).Order("started_at, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	var own, standing []Programme
	today := calendar.DateOf(s.clock.Now())
	for _, p := range rows {
		if _, ok := p.Strata.Of(e.Kind, subject.Party, subject.BodyID); !ok || !p.RunsOn(today) {
			continue
		}
		if p.Standing() {
			standing = append(standing, p)
		} else {
			own = append(own, p)
		}
	}
	if len(own) > 0 {
		return own, nil
	}
	return standing, nil
}

// standing writes the pack's own programmes down the first time they are needed. They begin at once, with a seed of their own.
func (s *Service) standing(tx *gorm.DB) error {
	now := s.clock.Now()
	pack := s.packs.On(calendar.DateOf(now))
	for _, p := range pack.Calls.Programmes {
		inst, ok := pack.Survey(p.Instrument)
		if !ok {
			continue
		}
		if err := s.standingOne(tx, Programme{ID: standingID(p.ID), NameZh: p.Title.Zh, NameEn: p.Title.En, Kind: inst.Purpose, Instrument: p.Instrument, FromOn: pack.From,
			Seed: newSeed(), Strata: p.Strata, Status: Running, Version: 1, CreatedAt: now, UpdatedAt: now, StartedAt: &now}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) standingOne(tx *gorm.DB, row Programme) error {
	var n int64
	if err := tx.Model(&Programme{}).Where("id = ?", row.ID).Count(&n).Error; err != nil || n > 0 {
		return err
	}
	done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if done.Error != nil || done.RowsAffected == 0 {
		return done.Error
	}
	return s.record(tx, system(), SubjectProgramme, row.ID, "programme.started", row.audited())
}

func standingID(id string) string { return "pack-" + id }

// frame writes the frame row of one programme and opens the case of whoever is drawn.
func (s *Service) frame(tx *gorm.DB, p Programme, e Event, subject Subject) error {
	stratum, _ := p.Strata.Of(e.Kind, subject.Party, subject.BodyID)
	row := FrameRow{ID: store.NewID(), ProgrammeID: p.ID, Event: e.Kind, EventKey: e.key(), FilingID: e.FilingID, PersonID: subject.PersonID,
		BodyID: subject.BodyID, Party: subject.Party, Stratum: stratum.ID, PerMille: stratum.PerMille, Chance: Chance(p.Seed, e.key()), At: s.clock.Now()}
	var seen int64
	if err := tx.Model(&FrameRow{}).Where("programme_id = ? AND event_key = ?", p.ID, row.EventKey).Count(&seen).Error; err != nil || seen > 0 {
		return err
	}
	plan, why, err := s.eligible(tx, p, stratum, subject)
	if err != nil {
		return err
	}
	switch {
	case why != "":
		row.State, row.Reason = Excluded, why
	case IsDrawn(row.Chance, row.PerMille):
		row.State = Drawn
	default:
		row.State = NotDrawn
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	if row.State != Drawn {
		data := map[string]any{"programme": p.ID, "frame": row.ID, "state": row.State, "why": row.Reason}
		return s.record(tx, system(), SubjectCase, row.FilingID, "callback.skipped", data)
	}
	return s.openCase(tx, p, row, subject, plan)
}

// plan is how somebody is to be asked.
type plan struct {
	pack  *rules.Pack
	inst  *rules.Instrument
	due   time.Time
	phone bool
}

// eligible says how a person can be asked, or why he is left out.
func (s *Service) eligible(tx *gorm.DB, p Programme, stratum rules.Stratum, subject Subject) (plan, string, error) {
	now := s.clock.Now()
	out := plan{pack: s.packs.On(calendar.DateOf(now))}
	if frozen, ok := s.packs.ByHash(subject.PackHash); ok {
		out.pack = frozen
	}
	var known, open bool
	out.inst, known = out.pack.Survey(p.Instrument)
	if out.due, open = FirstDue(NewHours(&out.pack.Calls, out.pack.Calendar), now); !open || !known {
		return out, ExcludedSurvey, nil
	}
	if why, err := s.askedBefore(tx, out.pack, subject.PersonID, now); why != "" || err != nil {
		return out, why, err
	}
	mobiles, email, err := s.people.ReachIn(tx, subject.PersonID)
	if err != nil {
		return out, "", err
	}
	if out.phone = len(mobiles) > 0; !out.phone && !email {
		return out, ExcludedContact, nil
	}
	if stratum.Quota == 0 {
		return out, "", nil
	}
	var drawn int64
	err = tx.Model(&FrameRow{}).Where("programme_id = ? AND stratum = ? AND state = ?", p.ID, stratum.ID, Drawn).Count(&drawn).Error
	if err == nil && drawn >= int64(stratum.Quota) {
		return out, ExcludedQuota, nil
	}
	return out, "", err
}

// askedBefore says why a person may not be asked at all, or not yet: he is never to be asked again, is being asked, or was asked within
// the time the pack sets, whatever it was about.
func (s *Service) askedBefore(tx *gorm.DB, pack *rules.Pack, personID string, now time.Time) (string, error) {
	stop, stopped, err := stopOf(tx, personID)
	if err != nil || stopped {
		return excludedStopping + stop.Code, err
	}
	var last []Case
	err = tx.Where("person_id = ?", personID).Order("created_at DESC").Limit(1).Find(&last).Error
	if err != nil || len(last) == 0 {
		return "", err
	}
	if !calendar.DateOf(now).Before(FreeAgain(&pack.Calls, pack.Calendar, calendar.DateOf(last[0].CreatedAt))) {
		return "", nil
	}
	if last[0].Status == Open {
		return ExcludedOpen, nil
	}
	return ExcludedRecent, nil
}

// openCase puts a person who was drawn on the list, and tells him so beforehand.
func (s *Service) openCase(tx *gorm.DB, p Programme, row FrameRow, subject Subject, how plan) error {
	supervisor, err := bodyAbove(tx, subject.BodyID)
	if err != nil {
		return err
	}
	if supervisor == "" {
		supervisor = subject.BodyID
	}
	now := s.clock.Now()
	c := Case{
		ID: store.NewID(), FilingID: row.FilingID, PersonID: subject.PersonID, BodyID: subject.BodyID, SupervisorBodyID: &supervisor,
		ProgrammeID: &p.ID, FrameID: &row.ID, Kind: p.Kind, Party: row.Party, Stratum: row.Stratum, Reason: string(row.Event),
		Instrument: how.inst.ID, PackHash: how.pack.Hash, Lang: subject.Lang, Status: Open, Version: 1, DueAt: how.due,
		CloseBy: CloseBy(&how.pack.Calls, calendar.DateOf(now)), ByPhone: how.phone, CreatedAt: now, UpdatedAt: now,
	}
	if err := tx.Create(&c).Error; err != nil {
		return err
	}
	if err := s.begins(tx, c); err != nil {
		return err
	}
	data := map[string]any{"programme": p.ID, "frame": row.ID, "reason": c.Reason, "instrument": c.Instrument, "version": how.inst.Version}
	return s.record(tx, system(), SubjectCase, c.ID, "callback.opened", data)
}
