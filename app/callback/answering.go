package callback

import (
	"bytes"
	"context"
	"encoding/hex"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
)

// How often one address may open links, and how often a short code may be tried (PROJECT).
const (
	OpeningsAtAddress = 60
	TriesAtCode       = 5
	trySpan           = 10 * time.Minute
	codeSpan          = time.Hour
)

// Sitting is a questionnaire as the person sees it who answers alone. It does not say who he is.
type Sitting struct {
	Instrument *rules.Instrument
	Care       rules.Care
	Progress   Progress
	Answers    rules.Facts // those he wrote himself
	Offers     []Offer
	Consented  bool
	Done       bool
	Code       string // with which he goes on in another browser
	Until      time.Time
	Lang       string // of the case
}

// Pending is the first offer he has not chosen about; false when there is none.
func (s Sitting) Pending() (Offer, bool) {
	for _, o := range s.Offers {
		if o.Choice == ChoiceNone {
			return o, true
		}
	}
	return Offer{}, false
}

// Address is the link of a token, below the address of the portal.
func Address(base, token string) string { return base + "/s/" + token }

// Invite makes the link by which the person of a case may answer alone, and ends the one before. By message it goes out at once to his own
// contacts; on a sheet its address is returned, to be printed. Who may see the case may invite; Conflict "callback.closed" when there is
// nothing more to ask, "survey.refused" when he does not want to be asked.
func (s *Service) Invite(ctx context.Context, a account.Actor, caseID string, by Channel) (address string, err error) {
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		h, err := s.hand(tx, a, caseID)
		if err != nil {
			return err
		}
		address, err = s.invite(h, by)
		return err
	})
	return address, err
}

func (s *Service) invite(h *desk, by Channel) (string, error) {
	if _, ok := Next(h.old.Status, ActAnswer); !ok || !h.now.Before(h.old.CloseBy) {
		return "", fail.Conflict("callback.closed")
	}
	if stopped, err := s.IsStopped(h.tx, h.old.PersonID); err != nil || stopped {
		return "", orConflict(err, "survey.refused")
	}
	token := newToken()
	row := Invite{CaseID: h.old.ID, Tag: s.vault.box.Index("invite", token), Channel: by, Version: 1, CreatedAt: h.now, ExpiresAt: h.old.CloseBy}
	err := h.tx.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "case_id"}},
		DoUpdates: clause.Assignments(map[string]any{"tag": row.Tag, "channel": by, "created_at": h.now, "expires_at": row.ExpiresAt,
			"version": gorm.Expr("callback_invite.version + 1")}),
	}).Create(&row).Error
	if err != nil {
		return "", err
	}
	if err := s.record(h.tx, h.actor(), SubjectCase, h.old.ID, "callback.invited", map[string]any{"channel": by}); err != nil || by == BySheet {
		return Address(s.Base, token), err
	}
	return "", s.tell(h.tx, notice.Message{
		PersonID: h.old.PersonID, Kind: "survey_invite", Lang: h.old.Lang, SendKey: "survey/" + row.CaseID + "/" + hex.EncodeToString(row.Tag[:8]),
		Args: map[string]any{"address": Address(s.Base, token), "until": calendar.DateOf(row.ExpiresAt.Add(-time.Microsecond))},
	})
}

// begins tells the person of a new case: who will be rung, before the first call; who cannot be rung, by the link to answer alone.
func (s *Service) begins(tx *gorm.DB, c Case) error {
	if c.ByPhone {
		return s.announce(tx, c)
	}
	_, err := s.invite(&desk{tx: tx, now: s.clock.Now(), old: c, new: c}, ByMessage)
	return err
}

func orConflict(err error, key string) error {
	if err != nil {
		return err
	}
	return fail.Conflict(key)
}

// at is a link, or a browser bound to one, with its case.
type at struct {
	invite Invite
	c      Case
	edition
	letter  string // of the response-rate formulas, "" while the case is open
	stopped bool
}

// behind loads what a secret leads to: column "tag" for the token of a link, "browser_tag" for a browser.
func (s *Service) behind(tx *gorm.DB, column, secret string) (at, error) {
	if !wellFormed(secret) {
		return at{}, fail.NotFound()
	}
	kind := map[string]string{"tag": "invite", "browser_tag": "browser"}[column]
	return s.load(tx, column+" IN ?", s.vault.box.Indexes(kind, secret))
}

// load reads an invite with its case and what they are conducted by.
func (s *Service) load(tx *gorm.DB, where string, arg any) (at, error) {
	var out at
	err := tx.Where(where, arg).Take(&out.invite).Error
	if out.invite, err = found(out.invite, err); err != nil {
		return out, err
	}
	if err = tx.Where("id = ?", out.invite.CaseID).Take(&out.c).Error; err != nil {
		return out, err
	}
	if out.edition, err = s.edition(out.c); err != nil {
		return out, err
	}
	if out.c.FinalCode != nil {
		o, _ := out.calls.Outcome(*out.c.FinalCode)
		out.letter = o.CountsAs
	}
	out.stopped, err = s.IsStopped(tx, out.c.PersonID)
	return out, err
}

func (x at) entry(now time.Time) Entry { return EntryOf(x.invite, x.c, x.letter, x.stopped, now) }

// desk puts a case into the hand of its own person.
func (s *Service) ownDesk(tx *gorm.DB, x at) (*desk, error) {
	attempts, err := attemptsOf(tx, x.c.ID)
	who := staff{Actor: account.Actor{PersonID: x.c.PersonID, Kind: account.Debtor}}
	return &desk{tx: tx, who: who, now: s.clock.Now(), old: x.c, new: x.c, edition: x.edition, attempts: attempts[x.c.ID], alone: true}, err
}

// Peek says what lies behind the token of a link, and changes nothing: programs that look through mail open links too. browser is the secret the
// browser holds, "" for none. An unknown token is not found.
func (s *Service) Peek(ctx context.Context, token, browser string) (Entry, Sitting, error) {
	tx := s.db.Read(ctx)
	x, err := s.behind(tx, "tag", token)
	if err != nil {
		return "", Sitting{}, err
	}
	x.useShort()
	entry := x.entry(s.clock.Now())
	if entry == EntryStarted && s.holds(browser, x.invite) {
		entry = EntryMine
	}
	return entry, Sitting{Instrument: x.inst, Care: x.pack.Care, Lang: x.c.Lang, Until: x.invite.ExpiresAt,
		Progress: Follow(x.pack, x.inst, nil, calendar.DateOf(s.clock.Now()))}, nil
}

// holds says that a browser is the one that answers.
func (s *Service) holds(browser string, i Invite) bool {
	return wellFormed(browser) && slices.ContainsFunc(s.vault.box.Indexes("browser", browser), func(tag []byte) bool { return bytes.Equal(tag, i.BrowserTag) })
}

// useShort takes the short form while nothing has been begun: the long one is for the telephone.
func (x *at) useShort() {
	if x.c.ConsentAt != nil || x.inst.Short == "" {
		return
	}
	if short, ok := x.pack.Survey(x.inst.Short); ok {
		x.inst = short
		x.c.Instrument = short.ID
	}
}

// Begin is the press of the button: consent, and the browser from now on is the one that answers. It returns the secret to be kept in its
// cookie. Only a new link can begin; see Resume for the others. Conflict "survey.<entry>" says why it cannot.
func (s *Service) Begin(ctx context.Context, token, lang string) (secret string, err error) {
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		x, err := s.behind(tx, "tag", token)
		if err != nil {
			return err
		}
		if e := x.entry(s.clock.Now()); e != EntryNew {
			return fail.Conflict("survey." + string(e))
		}
		secret, err = s.begin(tx, x, lang)
		return err
	})
	return secret, err
}

func (s *Service) begin(tx *gorm.DB, x at, lang string) (string, error) {
	before := x.c
	x.useShort()
	h, err := s.ownDesk(tx, x)
	if err != nil {
		return "", err
	}
	if !h.frozen {
		return "", fail.Unavailable("callback.pack_missing", nil)
	}
	h.old = before
	if h.new.ConsentAt == nil {
		h.new.ConsentAt = &h.now
	}
	h.claim()
	data := map[string]any{"instrument": h.inst.ID, "version": h.inst.Version, "lang": lang, "by": WroteHimself, "words": "web"}
	if err := s.save(h, "callback.consented", data); err != nil {
		return "", err
	}
	return s.bind(tx, x.invite, h.now)
}

// BeginOwn is Begin and Resume for the person signed in, who needs neither link nor code: his newest open case. Not found when nothing is asked
// of him.
func (s *Service) BeginOwn(ctx context.Context, a account.Actor, lang string) (secret string, err error) {
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		var c Case
		err := tx.Where("person_id = ? AND status = 'open' AND close_by > ?", a.PersonID, s.clock.Now()).Order("created_at DESC, id").Take(&c).Error
		if c, err = found(c, err); err != nil {
			return err
		}
		row := Invite{CaseID: c.ID, Tag: s.vault.box.Index("invite", newToken()), Channel: ByMessage, Version: 1, CreatedAt: s.clock.Now(), ExpiresAt: c.CloseBy}
		if err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "case_id"}}, DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
		x, err := s.load(tx, "case_id = ?", c.ID)
		if err != nil {
			return err
		}
		switch e := x.entry(s.clock.Now()); e {
		case EntryNew:
			secret, err = s.begin(tx, x, lang)
		case EntryStarted:
			secret, err = s.bind(tx, x.invite, s.clock.Now())
		default:
			err = fail.Conflict("survey." + string(e))
		}
		return err
	})
	return secret, err
}

// Waiting says that a questionnaire is open for the person signed in, and until when.
func (s *Service) Waiting(ctx context.Context, personID string) (until time.Time, waiting bool, err error) {
	var rows []Case
	err = s.db.Read(ctx).Where("person_id = ? AND status = 'open' AND close_by > ?", personID, s.clock.Now()).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return time.Time{}, false, err
	}
	return rows[0].CloseBy, true, nil
}

// bind makes a new browser the one that answers.
func (s *Service) bind(tx *gorm.DB, i Invite, now time.Time) (secret string, err error) {
	secret = newToken()
	set := map[string]any{"browser_tag": s.vault.box.Index("browser", secret), "version": i.Version + 1}
	if i.StartedAt == nil {
		set["started_at"] = now
		set["code_sealed"] = s.vault.text("callback_invite", "code_sealed", i.CaseID, newCode())
	}
	done := tx.Model(&Invite{}).Where("case_id = ? AND version = ?", i.CaseID, i.Version).Updates(set)
	return secret, oneRow(done, "callback.changed")
}

// Resume goes on in another browser: the link and the short code together. The browser before is let go. Invalid names the field "code";
// TooMany after TriesAtCode wrong codes in an hour.
func (s *Service) Resume(ctx context.Context, token, code string) (secret string, err error) {
	if err := s.mayTry(ctx, "survey code/"+hex.EncodeToString(s.vault.box.Index("invite", token)), TriesAtCode, codeSpan); err != nil {
		return "", err
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		x, err := s.behind(tx, "tag", token)
		if err != nil {
			return err
		}
		if e := x.entry(s.clock.Now()); e != EntryStarted {
			return fail.Conflict("survey." + string(e))
		}
		right, err := s.vault.openText("callback_invite", "code_sealed", x.invite.CaseID, x.invite.CodeSealed)
		if err != nil {
			return err
		}
		if !sameCode(code, right) {
			return fail.Invalid(fail.F("code", "survey.code_wrong"))
		}
		secret, err = s.bind(tx, x.invite, s.clock.Now())
		return err
	})
	return secret, err
}

// MayOpen counts one opening of a link from a network address. Error: TooMany "survey.too_many". The address itself is not kept.
func (s *Service) MayOpen(ctx context.Context, address string) error {
	return s.mayTry(ctx, "survey/"+hex.EncodeToString(s.vault.box.Index("survey address", address)), OpeningsAtAddress, trySpan)
}

func (s *Service) mayTry(ctx context.Context, bucket string, most int64, span time.Duration) error {
	at := s.clock.Now().Truncate(span)
	var count int64
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Raw("INSERT INTO rate_window (bucket, starts_at, count, expires_at) VALUES (?, ?, 1, ?) "+
			"ON CONFLICT (bucket, starts_at) DO UPDATE SET count = rate_window.count + 1 RETURNING count", bucket, at, at.Add(2*span)).Scan(&count).Error
	})
	if err == nil && count > most {
		return fail.TooMany("survey.too_many", "Minutes", int(span/time.Minute))
	}
	return err
}

// Sit shows the questionnaire to the browser that holds the secret; not found for every other.
func (s *Service) Sit(ctx context.Context, secret string) (Sitting, Entry, error) {
	tx := s.db.Read(ctx)
	x, err := s.behind(tx, "browser_tag", secret)
	if err != nil {
		return Sitting{}, "", err
	}
	all, own, err := s.vault.answersOf(tx, x.c.ID, byHimself)
	if err != nil {
		return Sitting{}, "", err
	}
	out := Sitting{Instrument: x.inst, Care: x.pack.Care, Answers: own, Progress: Follow(x.pack, x.inst, all, calendar.DateOf(s.clock.Now())),
		Consented: x.c.ConsentAt != nil, Done: x.invite.DoneAt != nil, Until: x.invite.ExpiresAt, Lang: x.c.Lang}
	if out.Offers, err = s.offers(tx, x.edition, x.c.ID); err != nil {
		return out, "", err
	}
	out.Code, err = s.vault.openText("callback_invite", "code_sealed", x.c.ID, x.invite.CodeSealed)
	return out, x.entry(s.clock.Now()), err
}

// alone runs one action of the browser that holds the secret in a transaction. Conflict "survey.<entry>" when the questionnaire is not open
// to it: refused, over, expired, or a caller is speaking with the person.
func (s *Service) alone(ctx context.Context, secret string, do func(h *desk, i Invite) error) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		x, err := s.behind(tx, "browser_tag", secret)
		if err != nil {
			return err
		}
		if e := x.entry(s.clock.Now()); e != EntryStarted {
			return fail.Conflict("survey." + string(e))
		}
		h, err := s.ownDesk(tx, x)
		if err != nil {
			return err
		}
		if !h.frozen {
			return fail.Unavailable("callback.pack_missing", nil)
		}
		return do(h, x.invite)
	})
}

// Write is Answer for the person himself.
func (s *Service) Write(ctx context.Context, secret string, r Reply) (Answered, error) {
	var out Answered
	err := s.alone(ctx, secret, func(h *desk, _ Invite) (err error) {
		out, err = s.answer(h, r)
		return err
	})
	return out, err
}

// Wish is Choose for the person himself.
func (s *Service) Wish(ctx context.Context, secret, findingID string, w Wish) error {
	return s.alone(ctx, secret, func(h *desk, _ Invite) error { return s.choose(h, findingID, w, WroteHimself) })
}

// End ends the questionnaire for good, with the code its answers deserve: complete, partial or broken off, by the thresholds of the
// instrument. The link opens nothing any more.
func (s *Service) End(ctx context.Context, secret string) error {
	return s.alone(ctx, secret, func(h *desk, i Invite) error {
		counts, err := s.interview(h.tx, h.edition, h.old)
		if err != nil {
			return err
		}
		code, ok := codeThatCounts(h.calls, counts)
		if !ok {
			code = brokenOff(h.calls)
		}
		if err := s.endInvite(h.tx, i, h.now); err != nil {
			return err
		}
		return s.endAlone(h, code)
	})
}

// brokenOff is the code of an interview below the threshold: break-off where the pack has it (AAPOR 2.12), else a refusal this time.
func brokenOff(r *rules.CallRules) string {
	code := ""
	for _, o := range r.Outcomes {
		if o.AAPOR == "2.12" {
			return o.Code
		}
		if o.CountsAs == "R" && !o.NeverAgain && code == "" {
			code = o.Code
		}
	}
	return code
}

func (s *Service) endInvite(tx *gorm.DB, i Invite, now time.Time) error {
	done := tx.Model(&Invite{}).Where("case_id = ? AND version = ?", i.CaseID, i.Version).
		Updates(map[string]any{"done_at": now, "browser_tag": nil, "version": i.Version + 1})
	return oneRow(done, "callback.changed")
}

// Never is "do not ask me again", by whoever holds the link or the browser: final over every channel.
func (s *Service) Never(ctx context.Context, secret string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		x, err := s.behind(tx, "tag", secret)
		if fail.KindOf(err) == fail.KindNotFound {
			x, err = s.behind(tx, "browser_tag", secret)
		}
		if err != nil || x.stopped {
			return err
		}
		if err := s.endInvite(tx, x.invite, s.clock.Now()); err != nil {
			return err
		}
		return s.refuse(tx, x.c, ByWeb)
	})
}
