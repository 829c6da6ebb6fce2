package callback

import (
	"context"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
)

// Case shows one case to a caller who may see it. The number to ring is in it only while he holds the claim and people
// may be called; notes and answers only while he holds the claim.
func (s *Service) Case(ctx context.Context, a account.Actor, id string) (View, error) {
	h, err := s.hand(s.db.Read(ctx), a, id)
	if err != nil {
		return View{}, err
	}
	v := h.view()
	if err := s.addHistory(&v, h); err != nil {
		return View{}, err
	}
	if err := s.addScript(&v, h); err != nil {
		return View{}, err
	}
	return v, s.addPerson(ctx, &v, h)
}

func (h *desk) view() View {
	c := h.old
	v := View{
		ID: c.ID, Version: c.Version, Status: c.Status, Lang: c.Lang, Mine: c.HeldBy(h.who.PersonID, h.now),
		Now: h.now, Open: h.callable(c, h.now), Today: h.hours.Day(calendar.DateOf(h.now)), DueAt: c.DueAt, CloseBy: c.CloseBy,
		Blocked: CapReached(h.calls, h.own(), triedOf(h.attempts), h.now), Consent: c.ConsentAt,
		Instrument: h.inst, Outcomes: h.calls.Outcomes, Answers: rules.Facts{},
	}
	if c.heldByOther(h.who.PersonID, h.now) {
		v.TakenBy, v.Until, v.Alone = *c.ClaimedBy, *c.ClaimedUntil, *c.ClaimedBy == c.PersonID
	}
	if v.Mine {
		v.Until, v.Contact, v.Rang = *c.ClaimedUntil, h.profile, c.rang(h.now)
	}
	v.Appointment, v.Referred = c.AppointmentAt, c.ReferredAt != nil
	return v
}

func (s *Service) addHistory(v *View, h *desk) error {
	for _, row := range h.attempts {
		p := h.past(Tried{At: row.RangAt, Code: row.Code})
		if v.Mine {
			note, err := s.vault.openText("callback_attempt", "note_sealed", row.ID, row.NoteSealed)
			if err != nil {
				return err
			}
			p.Note = note
		}
		v.Attempts = append(v.Attempts, p)
	}
	return nil
}

func (s *Service) addScript(v *View, h *desk) error {
	if !v.Mine || h.old.Status != Open {
		return nil
	}
	all, own, err := s.vault.answersOf(h.tx, h.old.ID, h.who.PersonID)
	if err != nil {
		return err
	}
	v.Answers, v.Progress, v.Care = own, Follow(h.pack, h.inst, all, calendar.DateOf(h.now)), h.pack.Care
	v.Offers, err = s.offers(h.tx, h.edition, h.old.ID)
	return err
}

func (s *Service) addPerson(ctx context.Context, v *View, h *desk) error {
	names, err := s.people.NamesOf(ctx, []string{h.old.PersonID})
	if err != nil {
		return err
	}
	v.Person = i18n.Name(names[h.old.PersonID])
	if may, _ := h.mayDial(h.old, h.profile, h.now); err != nil || !may || !v.Mine || !v.Open || v.Status != Open {
		return err
	}
	v.Numbers, err = s.vault.numbersOf(h.tx, h.old.PersonID)
	if n, ok := firstUsable(v.Numbers); ok {
		v.Phone = n.Number
	}
	return err
}

// Consent records that the person agreed to be asked, after the consent text of the instrument was read as worded. The
// time is kept once, at the first yes.
func (s *Service) Consent(ctx context.Context, a account.Actor, id string, version int64) (Case, error) {
	return s.act(ctx, a, id, ActConsent, func(h *desk) error {
		if h.old.Version != version {
			return fail.Conflict("callback.changed")
		}
		if err := h.mayGoOn(); err != nil {
			return err
		}
		if h.new.ConsentAt == nil {
			h.new.ConsentAt = &h.now
		}
		h.claim()
		return s.save(h, "callback.consented", map[string]any{"instrument": h.inst.ID, "version": h.inst.Version, "lang": h.old.Lang})
	})
}

// mayGoOn keeps the questionnaire to a call that is under way, a claim that still runs, and to the frozen version that
// the case was opened with: answers to two versions must not be mixed.
func (h *desk) mayGoOn() error {
	if !h.frozen {
		return fail.Unavailable("callback.pack_missing", nil)
	}
	if !h.old.HeldBy(h.who.PersonID, h.now) {
		return fail.Conflict("callback.claim_over")
	}
	return nil
}

// Answer writes down, or corrects, the answer to one item, sealed, and says which item comes next. Consent comes first.
// An answer that raises a red flag opens a finding in the same transaction. Invalid names the field "value" or "text";
// NotFound is an item the instrument does not have, Conflict "callback.item_skipped" one the answers lead past.
func (s *Service) Answer(ctx context.Context, a account.Actor, id string, r Reply) (Answered, error) {
	var out Answered
	c, err := s.act(ctx, a, id, ActAnswer, func(h *desk) error {
		if err := h.mayGoOn(); err != nil {
			return err
		}
		if h.old.ConsentAt == nil {
			return fail.Conflict("callback.consent_first")
		}
		var err error
		out, err = s.answer(h, r)
		return err
	})
	out.Version = c.Version
	return out, err
}

func (s *Service) answer(h *desk, r Reply) (Answered, error) {
	it, ok := h.inst.Item(r.Item)
	if !ok {
		return Answered{}, fail.NotFound()
	}
	value, err := ReadReply(h.inst, it, r)
	if err != nil {
		return Answered{}, err
	}
	all, _, err := s.vault.answersOf(h.tx, h.old.ID, "")
	if err != nil {
		return Answered{}, err
	}
	today := calendar.DateOf(h.now)
	if h.pack.Env(all, today, nil).Eval(&it.Ask) != rules.True {
		return Answered{}, fail.Conflict("callback.item_skipped")
	}
	h.claim()
	// The guarded update comes first: it makes two answers to one case wait for each other.
	if err := s.save(h, "callback.answered", map[string]any{"item": it.ID}); err != nil {
		return Answered{}, err
	}
	respondent, err := s.respondent(h.tx, h.new, h.edition, h.mode())
	if err != nil {
		return Answered{}, err
	}
	if err := s.vault.putAnswer(h.tx, respondent, it.ID, sealedAnswer{By: h.writer(), Value: value}, h.now); err != nil {
		return Answered{}, err
	}
	all[rules.FactID(it.ID)] = value
	out := Answered{Progress: Follow(h.pack, h.inst, all, today), Care: SpeaksOfHarm(h.pack.Care, value.Text)}
	flags := FlagsOf(it, value)
	if out.Care {
		flags = append(flags, h.pack.Care.Finding)
	}
	if out.Findings, err = s.openFindings(h, flags); err != nil {
		return out, err
	}
	return out, s.prepare(h, it, value, all)
}

// CloseLate closes the cases whose time for calling has run out, with the best that was reached. It is safe to run at
// any time and by several instances.
func (s *Service) CloseLate(ctx context.Context) error {
	now := s.clock.Now()
	var late []Case
	err := s.db.Read(ctx).Where("status = 'open' AND close_by <= ?", now).
		Where("(claimed_until IS NULL OR claimed_until <= ?)", now).Order("close_by, id").Limit(sweepAtMost).Find(&late).Error
	if err != nil {
		return err
	}
	for _, c := range late {
		if err := s.closeLate(ctx, c); err != nil && fail.KindOf(err) != fail.KindConflict {
			return err
		}
	}
	return nil
}

// sweepAtMost bounds one run of a sweep; the next run takes the rest.
const sweepAtMost = 500

func (s *Service) closeLate(ctx context.Context, c Case) error {
	e, err := s.edition(c)
	if err != nil {
		return err
	}
	step, ok := Next(c.Status, ActExpire)
	if !ok {
		return fail.Conflict("callback.closed")
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		attempts, err := attemptsOf(tx, c.ID)
		if err != nil {
			return err
		}
		code, err := s.final(tx, e, c, triedOf(attempts[c.ID]))
		if err != nil {
			return err
		}
		if _, known := e.calls.Outcome(CodeNoNumber); known && code == Untried && !c.ByPhone {
			code = CodeNoNumber
		}
		next := c
		next.Status, next.FinalCode = step.To, &code
		next.free()
		if err := saveCase(tx, c, &next, s.clock.Now()); err != nil {
			return err
		}
		if err := s.settle(tx, next, ByOffice); err != nil {
			return err
		}
		return s.record(tx, system(), SubjectCase, c.ID, "callback.expired", map[string]any{"code": code})
	})
}
