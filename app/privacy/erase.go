package privacy

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/notice"
	"reliefportal/app/store"
)

// World looks at what stands against erasing now. Error: NotFound for anybody but the person himself.
func (s *Service) World(ctx context.Context, a account.Actor) (World, error) {
	if !IsOwner(a) {
		return World{}, fail.NotFound()
	}
	return s.world(s.DB.Read(ctx), a.PersonID)
}

func (s *Service) world(db *gorm.DB, personID string) (w World, err error) {
	if w.OpenFiling, err = s.Filings.HasOpen(db, personID); err != nil {
		return w, err
	}
	if !w.OpenFiling {
		if w.OpenFiling, err = s.Assist.ActsForOthers(db, personID); err != nil {
			return w, err
		}
	}
	w.OpenCall, err = s.Callbacks.IsAsking(db, personID)
	return w, err
}

// Erasures lists what the person asked to have erased, the newest first. Error: NotFound for anybody but the person himself.
func (s *Service) Erasures(ctx context.Context, a account.Actor) ([]Erasure, error) {
	if !IsOwner(a) {
		return nil, fail.NotFound()
	}
	var out []Erasure
	err := s.DB.Read(ctx).Where("person_id = ?", a.PersonID).Order("created_at DESC, id DESC").Limit(listed).Find(&out).Error
	return out, err
}

// listed is the most requests a page shows.
const listed = 100

// AskErasure asks for parts to be erased: those that nobody else needs by the job that follows, the others by the answer of an administrator.
// A part asked for already is not asked for twice. Errors: NotFound for anybody but the person himself; Invalid "parts" when none is known,
// or when something stands against one (keys erase.choose, erase.blocked_open_filing, erase.blocked_open_call).
func (s *Service) AskErasure(ctx context.Context, a account.Actor, parts []Part) error {
	if !IsOwner(a) {
		return fail.NotFound()
	}
	if len(parts) == 0 {
		return fail.Invalid(fail.F("parts", "erase.choose"))
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		w, err := s.world(tx, a.PersonID)
		if err != nil {
			return err
		}
		for _, p := range parts {
			if !p.Known() {
				return fail.Invalid(fail.F("parts", "erase.choose"))
			}
			if b := BlockOf(p, w); b != "" {
				return fail.Invalid(fail.F("parts", b.Key()))
			}
			if err := s.ask(tx, a, p); err != nil {
				return err
			}
		}
		return s.Jobs.Insert(tx, Erase{PersonID: a.PersonID})
	})
}

func (s *Service) ask(tx *gorm.DB, a account.Actor, p Part) error {
	e := Erasure{ID: store.NewID(), PersonID: a.PersonID, Part: p, State: Queued, Version: 1, CreatedAt: s.Clock.Now()}
	if !p.AtOnce() {
		due := s.Packs.On(s.today()).Calendar.End(s.today(), calendar.Period{N: AnswerDays, Unit: calendar.WorkDay}).LegalEnd
		e.State, e.DueOn = Asked, &due
	}
	made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&e)
	if made.Error != nil {
		return fmt.Errorf("ask for erasure: %w", made.Error)
	}
	if made.RowsAffected == 0 { // asked for already
		return nil
	}
	return s.record(tx, a.Audit("", ""), a.PersonID, "erasure.asked", map[string]any{"part": p})
}

// erase works what is queued for a person, all of it in one transaction, and deletes the bytes of files once that stands.
func (s *Service) erase(ctx context.Context, job Erase) error {
	var after []func(context.Context) error
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		after = nil
		var rows []Erasure
		if err := tx.Where("person_id = ? AND state = ?", job.PersonID, Queued).Order("created_at, id").Find(&rows).Error; err != nil {
			return fmt.Errorf("read what is to be erased: %w", err)
		}
		for _, e := range rows {
			then, err := s.remove(tx, e.PersonID, e.Part)
			if err != nil {
				return err
			}
			after = append(after, then...)
			if err := s.close(tx, account.System().Audit("", ""), e, Erased, ""); err != nil {
				return err
			}
		}
		if len(rows) == 0 || slices.ContainsFunc(rows, func(e Erasure) bool { return e.Part == PartWishes }) {
			return nil // once his wishes are gone a message might reach somebody who must not see it: the page tells him
		}
		return s.Notices.Send(tx, notice.Message{PersonID: job.PersonID, Kind: "erased", SendKey: "erased/" + rows[0].ID})
	})
	for _, then := range after {
		if err == nil {
			err = then(ctx)
		}
	}
	return err
}

// close ends a request by one guarded update. Error: Conflict "erase.stale" when it ended in the same moment.
func (s *Service) close(tx *gorm.DB, by audit.Actor, e Erasure, to ErasureState, why Reason) error {
	set := map[string]any{"state": to, "reason": why, "version": e.Version + 1, "ended_at": s.Clock.Now()}
	if by.Kind == string(account.Staff) {
		set["decided_by"] = by.ID
	}
	done := tx.Model(&Erasure{}).Where("id = ? AND version = ? AND state = ?", e.ID, e.Version, e.State).Updates(set)
	if done.Error != nil {
		return fmt.Errorf("end a request to erase: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return fail.Conflict("erase.stale")
	}
	return s.record(tx, by, e.PersonID, "erasure."+string(to), map[string]any{"part": e.Part, "reason": why})
}

// remove deletes one part of a person. after are the files to delete once the transaction stands.
func (s *Service) remove(tx *gorm.DB, personID string, p Part) (after []func(context.Context) error, err error) {
	switch p {
	case PartDrafts:
		return s.removeDrafts(tx, personID)
	case PartMeans:
		return nil, s.Means.Forget(tx, personID)
	case PartWishes:
		return nil, s.Contacts.Forget(tx, personID)
	case PartRestrictions:
		return nil, s.Limits.Forget(tx, personID)
	case PartAppraisals:
		return nil, s.Appraisals.Forget(tx, personID)
	case PartExports:
		return s.removeExports(tx, personID)
	case PartCalls:
		return nil, s.Callbacks.Forget(tx, personID)
	case PartAccount:
		files, err := s.removeExports(tx, personID)
		return files, errors.Join(err, s.Contacts.Forget(tx, personID), s.Notices.Forget(tx, personID),
			s.Accounts.Leave(tx, account.System().Audit("", ""), personID))
	}
	return nil, fmt.Errorf("nothing erases %q", p)
}

// removeDrafts deletes what was never handed in, each noun its own, those that hang on others first.
func (s *Service) removeDrafts(tx *gorm.DB, personID string) ([]func(context.Context) error, error) {
	ids, err := s.Filings.Unfiled(tx, personID)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	files, err := s.Files.ForgetFilings(tx, ids)
	if err != nil {
		return nil, err
	}
	for _, room := range []Rooms{s.Means, s.Limits, s.Callbacks, s.Assist, s.Notices, s.Outages, s.Filings} {
		if err := room.ForgetFilings(tx, ids); err != nil {
			return nil, fmt.Errorf("forget drafts: %w", err)
		}
	}
	return []func(context.Context) error{files}, nil
}

// Pending lists the requests that wait for an answer, the first one due first. Error: NotFound for anybody but an administrator.
func (s *Service) Pending(ctx context.Context, a account.Actor) ([]Erasure, error) {
	if !MayAnswer(a) {
		return nil, fail.NotFound()
	}
	var out []Erasure
	err := s.DB.Read(ctx).Where("state = ?", Asked).Order("due_on, id").Limit(listed).Find(&out).Error
	return out, err
}

// Blocked says what stands against granting a request now.
func (s *Service) Blocked(ctx context.Context, e Erasure) (Block, error) {
	w, err := s.world(s.DB.Read(ctx), e.PersonID)
	return BlockOf(e.Part, w), err
}

// Answer is what an administrator decides.
type Answer struct {
	Grant  bool
	Reason Reason // when it is not granted
}

// AnswerErasure grants a request, which erases at once, or refuses it with a reason; the person is told either way. Errors: NotFound for
// anybody but an administrator and for a request that is answered; Invalid "reason"; Conflict "erase.stale", and when something stands
// against granting it now.
func (s *Service) AnswerErasure(ctx context.Context, a account.Actor, id string, version int64, in Answer) error {
	if !MayAnswer(a) {
		return fail.NotFound()
	}
	var after []func(context.Context) error
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		after, err = s.answer(tx, a, id, version, in)
		return err
	})
	for _, then := range after {
		if err == nil {
			err = then(ctx)
		}
	}
	return err
}

func (s *Service) answer(tx *gorm.DB, a account.Actor, id string, version int64, in Answer) (after []func(context.Context) error, err error) {
	var e Erasure
	err = tx.Where("id = ? AND state = ?", id, Asked).Take(&e).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, fail.NotFound()
	}
	if err != nil {
		return nil, err
	}
	if e.Version != version {
		return nil, fail.Conflict("erase.stale")
	}
	if !in.Grant && !in.Reason.Known() {
		return nil, fail.Invalid(fail.F("reason", "answer.choose"))
	}
	if !in.Grant {
		tell := notice.Message{PersonID: e.PersonID, Kind: "erase_refused", SendKey: "erasure/" + e.ID}
		return nil, errors.Join(s.close(tx, a.Audit(account.RoleAdmin, ""), e, NotErased, in.Reason), s.Notices.Send(tx, tell))
	}
	w, err := s.world(tx, e.PersonID)
	if err != nil {
		return nil, err
	}
	if b := BlockOf(e.Part, w); b != "" {
		return nil, fail.Conflict(b.Key())
	}
	if err := s.farewell(tx, e); err != nil {
		return nil, err
	}
	if after, err = s.remove(tx, e.PersonID, e.Part); err != nil {
		return nil, err
	}
	return after, s.close(tx, a.Audit(account.RoleAdmin, ""), e, Erased, "")
}

// farewell tells the person that what he asked for is done. Where the account goes, the message goes to its addresses while they are known,
// and is deleted with them after a day.
func (s *Service) farewell(tx *gorm.DB, e Erasure) error {
	if e.Part != PartAccount {
		return s.Notices.Send(tx, notice.Message{PersonID: e.PersonID, Kind: "erased", SendKey: "erasure/" + e.ID})
	}
	to, err := s.Accounts.ContactsIn(tx, e.PersonID)
	if err != nil {
		return err
	}
	p, err := account.Load(tx, e.PersonID, s.today())
	if err != nil {
		return err
	}
	for i, c := range to {
		if err := s.Notices.SendTo(tx, c, "account_erased", p.Lang, fmt.Sprintf("erasure/%s/%d", e.ID, i), nil); err != nil {
			return err
		}
	}
	return nil
}
