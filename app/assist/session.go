package assist

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// Open begins a session of help with the person whose contact it is and who has read out the code. Errors: those of
// account.VerifyHelpCode; NotFound for somebody who may not help.
func (s *Service) Open(ctx context.Context, staff account.Actor, contact, code string, how account.How) (Session, error) {
	if _, _, ok := MayHelp(staff); !ok {
		return Session{}, fail.NotFound()
	}
	var out Session
	err := s.Accounts.VerifyHelpCode(ctx, staff, contact, code, func(tx *gorm.DB, p account.Person) (err error) {
		out, err = s.open(tx, staff, p.ID, how)
		return err
	})
	return out, err
}

// OpenOnPaper begins a session of help at a counter with somebody who has no e-mail and no telephone. lang is the language of his papers.
// Errors: Invalid "name"; NotFound for somebody who may not help.
func (s *Service) OpenOnPaper(ctx context.Context, staff account.Actor, name, lang string) (Session, error) {
	if _, _, ok := MayHelp(staff); !ok {
		return Session{}, fail.NotFound()
	}
	var out Session
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.Accounts.NewPaperPerson(tx, staff, strings.TrimSpace(name), lang)
		if err != nil {
			return err
		}
		out, err = s.open(tx, staff, p.ID, account.AtCounter)
		return err
	})
	return out, err
}

// open writes the session and ends the one the member of staff had.
func (s *Service) open(tx *gorm.DB, staff account.Actor, personID string, how account.How) (Session, error) {
	role, body, _ := MayHelp(staff)
	now := s.Clock.Now()
	var old []Session
	if err := tx.Where("staff_id = ? AND ended_at IS NULL", staff.PersonID).Find(&old).Error; err != nil {
		return Session{}, fmt.Errorf("look for a session of help: %w", err)
	}
	for _, o := range old {
		if err := s.end(tx, o, EndedByNext); err != nil {
			return Session{}, err
		}
	}
	out := Session{ID: store.NewID(), StaffID: staff.PersonID, Login: staff.SessionID, Role: role, BodyID: body, PersonID: personID, How: how,
		StartedAt: now, SeenAt: now}
	if err := tx.Create(&out).Error; err != nil {
		return Session{}, fmt.Errorf("begin a session of help: %w", err)
	}
	return out, audit.Append(tx, audit.Entry{SubjectType: account.SubjectPerson, SubjectID: personID, Actor: out.by(), Kind: "assist.opened",
		Data: map[string]any{"session": out.ID, "how": how}, At: now})
}

// bind gives the session its one filing.
func (s *Service) bind(tx *gorm.DB, sess *Session, filingID string) error {
	done := tx.Model(&Session{}).Where("id = ? AND filing_id IS NULL AND ended_at IS NULL", sess.ID).Update("filing_id", filingID)
	if done.Error != nil {
		return fmt.Errorf("choose the filing of a session of help: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return fail.Conflict("helper.chosen")
	}
	sess.FilingID = &filingID
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: filingID, Actor: sess.by(), Kind: "assist.opened",
		Data: map[string]any{"session": sess.ID, "how": sess.How}, Visible: true, At: s.Clock.Now()})
}

// Current is the session the member of staff has open under this sign-in. Error: NotFound when there is none, or it was left alone too long.
func (s *Service) Current(ctx context.Context, staff account.Actor) (Session, error) {
	return s.current(s.DB.Read(ctx), staff)
}

func (s *Service) current(db *gorm.DB, staff account.Actor) (Session, error) {
	if _, _, ok := MayHelp(staff); !ok {
		return Session{}, fail.NotFound()
	}
	var rows []Session
	err := db.Where("staff_id = ? AND login = ? AND ended_at IS NULL", staff.PersonID, staff.SessionID).Limit(1).Find(&rows).Error
	if err != nil {
		return Session{}, fmt.Errorf("read a session of help: %w", err)
	}
	if len(rows) == 0 || over(rows[0].SeenAt, s.Clock.Now()) {
		return Session{}, fail.NotFound()
	}
	return rows[0], nil
}

// Acting is the person of the session as an actor in the hands of the member of staff; ok is false when no session is open. saving keeps
// the session alive: reading a page alone does not.
func (s *Service) Acting(ctx context.Context, staff account.Actor, saving bool) (a account.Actor, ok bool, err error) {
	sess, err := s.Current(ctx, staff)
	if fail.KindOf(err) == fail.KindNotFound && err != nil {
		return account.Actor{}, false, nil
	}
	if err != nil {
		return account.Actor{}, false, err
	}
	if saving {
		err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
			return tx.Model(&Session{}).Where("id = ? AND ended_at IS NULL", sess.ID).Update("seen_at", s.Clock.Now()).Error
		})
	}
	if err != nil {
		return account.Actor{}, false, err
	}
	person, err := s.Accounts.ActorOf(ctx, sess.PersonID)
	if err != nil {
		return account.Actor{}, false, err
	}
	person.SessionID, person.By = sess.Login, sess.helper()
	return person, true, nil
}

// Begin opens a new draft for the person of the session, in his language. token makes a second click find the draft of the first.
// Errors: NotFound without a session or for an unknown remedy; Conflict "helper.chosen" when the session has its filing already.
func (s *Service) Begin(ctx context.Context, staff account.Actor, remedy, token string) (filing.Filing, error) {
	sess, err := s.Current(ctx, staff)
	if err != nil {
		return filing.Filing{}, err
	}
	if sess.FilingID != nil {
		return filing.Filing{}, fail.Conflict("helper.chosen")
	}
	person, err := s.Accounts.ActorOf(ctx, sess.PersonID)
	if err != nil {
		return filing.Filing{}, err
	}
	person.By = sess.helper()
	f, err := s.Filings.Start(ctx, person, filing.StartInput{Remedy: remedy, Facts: rules.Facts{}, Lang: person.Lang, Token: token})
	if err != nil {
		return filing.Filing{}, err
	}
	return f, s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.bind(tx, &sess, f.ID) })
}

// Drafts lists the drafts of the person of the session, for him to say which one; never what was filed.
func (s *Service) Drafts(ctx context.Context, staff account.Actor) ([]filing.Filing, error) {
	sess, err := s.Current(ctx, staff)
	if err != nil || sess.FilingID != nil {
		return nil, err
	}
	var out []filing.Filing
	err = s.DB.Read(ctx).Where("person_id = ? AND status = ?", sess.PersonID, filing.Draft).Order("updated_at DESC, id").Limit(filing.PageSize).Find(&out).Error
	return out, err
}

// Choose gives the session a draft the person had begun. Errors: NotFound; Conflict "helper.chosen".
func (s *Service) Choose(ctx context.Context, staff account.Actor, filingID string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		sess, err := s.current(tx, staff)
		if err != nil {
			return err
		}
		var n int64
		if err := tx.Model(&filing.Filing{}).Where("id = ? AND person_id = ? AND status = ?", filingID, sess.PersonID, filing.Draft).Count(&n).Error; err != nil {
			return err
		}
		if n == 0 {
			return fail.NotFound()
		}
		return s.bind(tx, &sess, filingID)
	})
}

// End ends the session of the member of staff, if one is open.
func (s *Service) End(ctx context.Context, staff account.Actor) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var rows []Session
		if err := tx.Where("staff_id = ? AND ended_at IS NULL", staff.PersonID).Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			if err := s.end(tx, r, EndedByButton); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) end(tx *gorm.DB, sess Session, how string) error {
	now := s.Clock.Now()
	at := now
	if how == EndedIdle { // it was over when its time was, not when somebody noticed
		at = sess.SeenAt.Add(SessionIdle)
	}
	done := tx.Model(&Session{}).Where("id = ? AND ended_at IS NULL", sess.ID).Updates(map[string]any{"ended_at": at, "ended_how": how})
	if done.Error != nil || done.RowsAffected == 0 {
		return done.Error
	}
	return audit.Append(tx, audit.Entry{SubjectType: account.SubjectPerson, SubjectID: sess.PersonID, Actor: sess.by(), Kind: "assist.ended",
		Data: map[string]any{"session": sess.ID, "how": how, "at": at.UTC().Format(time.RFC3339)}, At: now})
}
