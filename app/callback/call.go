package callback

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// MaxNote is how many characters the note of an attempt may have.
const MaxNote = 1000

// desk is one case in hand, inside a transaction.
type desk struct {
	tx       *gorm.DB
	who      staff
	now      time.Time
	old, new Case
	edition
	attempts []attemptRow
	profile  contact.Profile
	alone    bool // the person himself writes, by his link
}

// writer is kept, sealed, beside an answer: the caller, or that the person wrote himself, without his name.
func (h *desk) writer() string {
	if h.alone {
		return byHimself
	}
	return h.who.PersonID
}

// mode is the channel of what is written down now.
func (h *desk) mode() Mode {
	if h.alone {
		return ByWeb
	}
	return ByPhone
}

// actor is who does this for the audit record.
func (h *desk) actor() audit.Actor {
	switch {
	case h.alone:
		return h.who.Audit("", "")
	case h.who.PersonID == "":
		return system()
	}
	return h.who.asCaller()
}

// byHimself is the writer of answers given alone.
const byHimself = "web"

// hand loads a case the caller may see, with everything its limits depend on.
func (s *Service) hand(tx *gorm.DB, a account.Actor, id string) (*desk, error) {
	who, err := s.caller(tx, a)
	if err != nil {
		return nil, err
	}
	c, err := caseFor(tx, who, id)
	if err != nil {
		return nil, err
	}
	if !MayCall(a, who.offices, c) {
		return nil, fail.NotFound()
	}
	e, err := s.edition(c)
	if err != nil {
		return nil, err
	}
	attempts, err := attemptsOf(tx, id)
	if err != nil {
		return nil, err
	}
	profile, err := s.profileOf(tx, c.PersonID)
	if err != nil {
		return nil, err
	}
	return &desk{tx: tx, who: who, now: s.clock.Now(), old: c, new: c, edition: e, attempts: attempts[id], profile: profile}, nil
}

// act runs one action on a case in a transaction: load, check the table of steps and the claim, do, write what changed.
func (s *Service) act(ctx context.Context, a account.Actor, id string, action Action, do func(h *desk) error) (Case, error) {
	var out Case
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		h, err := s.hand(tx, a, id)
		if err != nil {
			return err
		}
		if err := h.may(action); err != nil {
			return err
		}
		if err := do(h); err != nil {
			return err
		}
		out = h.new
		return nil
	})
	return out, err
}

// may checks that the action leads on from the status and, where it needs one, that the claim is the actor's own. A
// claim that ran out counts until somebody else takes the case: the call was made, its result must not be lost.
func (h *desk) may(action Action) error {
	step, ok := Next(h.old.Status, action)
	if !ok {
		return fail.Conflict("callback.closed")
	}
	if h.old.heldByOther(h.who.PersonID, h.now) {
		return fail.Conflict("callback.taken", "by", *h.old.ClaimedBy)
	}
	if step.Leased && (h.old.ClaimedBy == nil || *h.old.ClaimedBy != h.who.PersonID) {
		return fail.Conflict("callback.not_claimed")
	}
	return nil
}

// save writes the case and its audit entry.
func (s *Service) save(h *desk, kind string, data map[string]any) error {
	if err := saveCase(h.tx, h.old, &h.new, h.now); err != nil {
		return err
	}
	return s.record(h.tx, h.actor(), SubjectCase, h.old.ID, kind, data)
}

// own are the calling hours of this person's day.
func (h *desk) own() Hours { return h.hours.Within(h.profile.From, h.profile.To) }

// never says that his wishes leave no moment to ring at all.
func (h *desk) never() bool {
	ok, next := h.mayDial(h.old, h.profile, h.now)
	return !ok && next.IsZero()
}

// claim takes the case, or goes on holding it.
func (h *desk) claim() {
	until := h.now.Add(Lease)
	if h.new.ClaimedBy == nil || *h.new.ClaimedBy != h.who.PersonID {
		h.new.ClaimedAt, h.new.DialledAt = &h.now, nil
	}
	h.new.ClaimedBy, h.new.ClaimedUntil = &h.who.PersonID, &until
}

// Claim takes a case for Lease, so that two callers never ring the same person. Claiming one's own case again renews
// it. Conflict "callback.taken" (by = person id) when somebody else has it; "callback.hours", "callback.profile",
// "callback.not_due" or "callback.cap_…" when nobody may ring now; "callback.no_number" when there is no number to ring, and the case has
// left the list.
func (s *Service) Claim(ctx context.Context, a account.Actor, id string) (Case, error) {
	var left bool
	c, err := s.act(ctx, a, id, ActClaim, func(h *desk) (err error) {
		if err := h.mayRing(); err != nil {
			return err
		}
		left, err = s.claimNow(h)
		return err
	})
	if err == nil && left {
		err = fail.Conflict("callback.no_number")
	}
	return c, s.sayWhoHasIt(ctx, a, id, err)
}

// claimNow claims a case that may be rung; left says that there is no number to ring, and it has left the list instead.
func (s *Service) claimNow(h *desk) (left bool, err error) {
	numbers, err := s.numbers(h.tx, h.old.PersonID)
	if err != nil {
		return false, err
	}
	if _, ok := firstUsable(numbers); !ok || h.never() {
		return true, s.leaveList(h)
	}
	if !h.old.HeldBy(h.who.PersonID, h.now) {
		h.new.free() // his own claim that ran out was another call
	}
	h.claim()
	return false, s.save(h, "callback.claimed", nil)
}

// sayWhoHasIt turns "somebody was faster" into who it was.
func (s *Service) sayWhoHasIt(ctx context.Context, a account.Actor, id string, err error) error {
	if e, ok := fail.As(err); !ok || e.Key != "callback.changed" {
		return err
	}
	h, again := s.hand(s.db.Read(ctx), a, id)
	if again != nil {
		return again
	}
	if refusal := h.may(ActClaim); refusal != nil {
		return refusal
	}
	return err
}

// mayRing checks hours, the due time and the limits; ringing is what they are about, writing down a result is not.
func (h *desk) mayRing() error {
	switch {
	case !h.callable(h.old, h.now):
		opens, _ := h.hours.Next(h.now, "")
		return fail.Conflict("callback.hours", "opens", opens)
	case !h.old.ByPhone:
		return fail.Conflict("callback.no_number")
	case h.old.ReferredAt != nil:
		return fail.Conflict("callback.referred")
	case h.now.Before(h.old.DueAt):
		return fail.Conflict("callback.not_due", "due", h.old.DueAt)
	case !h.now.Before(h.old.CloseBy):
		return fail.Conflict("callback.closed")
	}
	if key := CapReached(h.calls, h.own(), triedOf(h.attempts), h.now); key != "" {
		return fail.Conflict(key)
	}
	if ok, next := h.mayDial(h.old, h.profile, h.now); !ok && !next.IsZero() {
		return fail.Conflict("callback.profile", "next", next)
	}
	return nil
}

// Release gives a claimed case back.
func (s *Service) Release(ctx context.Context, a account.Actor, id string) error {
	_, err := s.act(ctx, a, id, ActRelease, func(h *desk) error {
		h.new.free()
		return s.save(h, "callback.released", nil)
	})
	return err
}

// LogAttempt appends what came of a call. The outcome table of the pack decides what follows: another attempt later, or
// the end. Invalid names the fields "outcome", "note", "when" or "rang"; Conflict "callback.changed" means that the page shown
// was an older version; "callback.closed" that the case is final, which nothing changes.
func (s *Service) LogAttempt(ctx context.Context, a account.Actor, id string, version int64, r Report) (Logged, error) {
	r.Note = strings.TrimSpace(r.Note)
	c, err := s.act(ctx, a, id, ActRetry, func(h *desk) error {
		if h.old.Version != version {
			return fail.Conflict("callback.changed")
		}
		return s.log(h, r)
	})
	if err != nil {
		return Logged{}, err
	}
	out := Logged{Code: r.Code, Closed: c.Status == Closed, Version: c.Version}
	if c.FinalCode != nil {
		out.Final = *c.FinalCode
	}
	if !out.Closed {
		out.Again = c.DueAt
	}
	return out, nil
}

// Finish ends an interview with the code its answers deserve: complete when nothing required is missing, partial from
// the instrument's threshold; a partial one may need an appointment to go on, in r.When. Below the threshold Conflict
// "callback.below_threshold": the caller names another outcome.
func (s *Service) Finish(ctx context.Context, a account.Actor, id string, version int64, r Report) (Logged, error) {
	h, err := s.hand(s.db.Read(ctx), a, id)
	if err != nil {
		return Logged{}, err
	}
	counts, err := s.interview(h.tx, h.edition, h.old)
	if err != nil {
		return Logged{}, err
	}
	code, ok := codeThatCounts(h.calls, counts)
	if !ok {
		return Logged{}, fail.Conflict("callback.below_threshold", "percent", h.inst.PartialFrom)
	}
	r.Code = code
	return s.LogAttempt(ctx, a, id, version, r)
}

// interview says what the answers so far amount to: "I" complete, "P" partial, "" neither.
func (s *Service) interview(tx *gorm.DB, e edition, c Case) (string, error) {
	if c.ConsentAt == nil {
		return "", nil
	}
	all, _, err := s.vault.answersOf(tx, c.ID, "")
	if err != nil {
		return "", err
	}
	p := Follow(e.pack, e.inst, all, calendar.DateOf(s.clock.Now()))
	switch {
	case p.Complete():
		return "I", nil
	case p.Answered > 0 && p.Share() >= e.inst.PartialFrom:
		return "P", nil
	}
	return "", nil
}

// final is the code under which a case is closed. Answers above the threshold make it an interview, at least a partial
// one, whatever the last call came to (AAPOR 1.2 against break-off, 2.12).
func (s *Service) final(tx *gorm.DB, e edition, c Case, tried []Tried) (string, error) {
	counts, err := s.interview(tx, e, c)
	if err != nil {
		return "", err
	}
	if code, ok := codeThatCounts(e.calls, counts); ok {
		tried = append([]Tried{{Code: code}}, tried...)
	}
	return Disposition(e.calls, tried), nil
}

// log writes the attempt and moves, refers or closes the case.
func (s *Service) log(h *desk, r Report) error {
	outcome, err := s.checkReport(h, r)
	if err != nil {
		return err
	}
	if r.Rang, err = h.rang(r.Rang); err != nil {
		return err
	}
	another, err := s.noteNumber(h, outcome, &r)
	if err != nil {
		return err
	}
	if err := s.vault.putAttempt(h.tx, h.old.ID, h.who.PersonID, r, h.now); err != nil {
		return err
	}
	if outcome.NeverAgain {
		if err := stop(h.tx, h.old, r.Code, ByPhone, h.now); err != nil {
			return err
		}
	}
	tried := append(triedOf(h.attempts), Tried{At: r.Rang, Code: r.Code, Mode: ByPhone})
	h.new.Attempts = len(tried)
	h.new.free()
	h.new.AppointmentAt, h.new.AppointmentWith = nil, nil
	if another {
		outcome.Final = false // the case goes on with another number
	}
	if !h.again(outcome, r, tried) {
		if err := s.close(h, tried); err != nil {
			return err
		}
	}
	return s.save(h, "callback.attempted", map[string]any{"code": r.Code, "number": len(tried), "closed": h.new.Status == Closed})
}

// rang is when the telephone rang: as the caller says, within his claim, else as the claim tells.
func (h *desk) rang(said time.Time) (time.Time, error) {
	if said.IsZero() {
		return h.old.rang(h.now), nil
	}
	if h.old.ClaimedAt == nil || said.Before(h.old.ClaimedAt.Truncate(time.Minute)) || said.After(h.now) {
		return said, fail.Invalid(fail.F("rang", "callback.rang_range"))
	}
	return said, nil
}

// again sets the moment of the next attempt; false when the outcome is final or no attempt, or no moment, is left.
func (h *desk) again(o rules.OutcomeCode, r Report, tried []Tried) bool {
	if o.Final || len(calls(tried)) >= h.calls.MaxAttempts {
		return false
	}
	if r.Lang != "" {
		h.new.Lang = r.Lang
	}
	if o.Refer {
		h.new.ReferredAt = &h.now
		return true
	}
	due, ok := r.When, true
	if o.DateNeeded {
		h.new.AppointmentAt = &due
		if r.WithMe {
			h.new.AppointmentWith = &h.who.PersonID
		}
	} else {
		due, ok = h.nextDue(tried)
	}
	if ok {
		h.new.DueAt = due
	}
	return ok
}

// nextDue is NextDue moved on to what the profile of the person allows.
func (h *desk) nextDue(tried []Tried) (time.Time, bool) {
	due, ok := NextDue(h.calls, h.own(), tried, h.old.CloseBy)
	due = later(due, h.now)
	if allowed, next := h.mayDial(h.new, h.profile, due); ok && !allowed {
		return next, !next.IsZero() && next.Before(h.old.CloseBy)
	}
	return due, ok
}

func (s *Service) close(h *desk, tried []Tried) error {
	code, err := s.final(h.tx, h.edition, h.old, tried)
	if err != nil {
		return err
	}
	step, ok := Next(h.old.Status, ActFinish)
	if !ok {
		return fail.Conflict("callback.closed")
	}
	h.new.Status, h.new.FinalCode = step.To, &code
	if err := s.settle(h.tx, h.new, ByPhone); err != nil {
		return err
	}
	return s.drawRedial(h)
}

// checkReport refuses a report that its outcome code does not allow. An expired claim is as good as a running one while
// people may be called; after hours only a call that was begun within them can still be written down.
func (s *Service) checkReport(h *desk, r Report) (rules.OutcomeCode, error) {
	o, ok := h.calls.Outcome(r.Code)
	if !ok || o.System {
		return o, fail.Invalid(fail.F("outcome", "callback.outcome_unknown"))
	}
	if !h.old.HeldBy(h.who.PersonID, h.now) && !h.callable(h.old, h.now) {
		return o, fail.Conflict("callback.hours")
	}
	if err := checkNote(o, r); err != nil {
		return o, err
	}
	if err := s.checkInterview(h, o); err != nil || !o.DateNeeded {
		return o, err
	}
	return o, CheckAppointment(h.hours, h.now, r.When, h.old.CloseBy)
}

func checkNote(o rules.OutcomeCode, r Report) error {
	if o.NoteNeeded && r.Note == "" {
		return fail.Invalid(fail.F("note", "callback.note_needed"))
	}
	if utf8.RuneCountInString(r.Note) > MaxNote {
		return fail.Invalid(fail.F("note", "callback.note_too_long", "max", MaxNote))
	}
	return nil
}

// checkInterview lets nobody call an interview complete, or partial, that is not.
func (s *Service) checkInterview(h *desk, o rules.OutcomeCode) error {
	if o.CountsAs != "I" && o.CountsAs != "P" {
		return nil
	}
	counts, err := s.interview(h.tx, h.edition, h.old)
	if err != nil {
		return err
	}
	if counts == "" || o.CountsAs == "I" && counts != "I" {
		return fail.Invalid(fail.F("outcome", "callback.not_complete", "percent", h.inst.PartialFrom))
	}
	return nil
}
