package callback

import (
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"
	"pgregory.net/rapid"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// outbox keeps what people are told.
type outbox struct{ sent []notice.Message }

func (o *outbox) Send(_ *gorm.DB, m notice.Message) error {
	o.sent = append(o.sent, m)
	return nil
}

func (o *outbox) kinds() string {
	var out []string
	for _, m := range o.sent {
		out = append(out, m.Kind+">"+m.PersonID)
	}
	return strings.Join(out, " ")
}

// invited opens a case and sends its person the link.
func (w *world) invited(a account.Actor) (c Case, token string) {
	w.t.Helper()
	w.s.Base = "https://portal.test"
	c = w.open()
	address, err := w.s.Invite(w.t.Context(), a, c.ID, BySheet)
	w.do(err)
	token, ok := strings.CutPrefix(address, "https://portal.test/s/")
	if !ok {
		w.t.Fatalf("address %s", address)
	}
	return c, token
}

func (w *world) peek(token string, want Entry) {
	w.t.Helper()
	got, _, err := w.s.Peek(w.t.Context(), token, "")
	w.do(err)
	if got != want {
		w.t.Errorf("behind the link: %s, want %s", got, want)
	}
}

func (w *world) begin(token string) string {
	w.t.Helper()
	secret, err := w.s.Begin(w.t.Context(), token, "zh-Hans")
	w.do(err)
	return secret
}

func (w *world) write(secret, item, value string) Answered {
	w.t.Helper()
	out, err := w.s.Write(w.t.Context(), secret, Reply{Item: item, Value: value})
	w.do(err)
	return out
}

// TestSelfCompletionLink is the whole life of a link.
func TestSelfCompletionLink(t *testing.T) {
	for name, run := range map[string]func(t *testing.T, w *world, ann account.Actor){
		"once and no more": linkOnce, "looked at by a mail scanner": linkScanned, "expires": linkExpires, "cannot be guessed": linkGuessed,
		"resumes on the same device": linkResumes, "goes on elsewhere by the code": linkMoves, "honours a refusal by phone": linkRefused,
		"refuses for good": linkNever, "waits for a caller": linkBusy, "keeps a caller away": linkKeepsAway, "a new link ends the old": linkRenewed,
		"breaks off": linkBrokenOff,
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				w := newWorld(t, db)
				run(t, w, w.caller("ann"))
			})
		})
	}
}

func linkOnce(t *testing.T, w *world, ann account.Actor) {
	c, token := w.invited(ann)
	secret := w.begin(token)
	if got := w.reload(c.ID); got.Instrument != "short" || got.ConsentAt == nil {
		t.Errorf("begun: %+v", got)
	}
	w.write(secret, "P1", "3")
	w.write(secret, "P13", "no")
	w.write(secret, "P14", "少跑几趟")
	w.do(w.s.End(t.Context(), secret))
	if got := w.reload(c.ID); got.Status != Closed || *got.FinalCode != "10" {
		t.Errorf("ended: %+v", got)
	}
	w.peek(token, EntryDone)
	_, err := w.s.Begin(t.Context(), token, "en")
	wants(t, "a second time", err, "survey.done")
	_, err = w.s.Write(t.Context(), secret, Reply{Item: "P1", Value: "1"})
	wants(t, "the old browser", err, "error.not_found")
}

// linkScanned: whatever opens the address, the link is as good as before.
func linkScanned(t *testing.T, w *world, ann account.Actor) {
	c, token := w.invited(ann)
	before := w.events(SubjectCase, c.ID)
	for range 5 {
		w.peek(token, EntryNew)
	}
	if got := w.reload(c.ID); got.ConsentAt != nil || got.Version != c.Version || len(w.events(SubjectCase, c.ID)) != len(before) {
		t.Errorf("looking changed something: %+v", got)
	}
	w.begin(token)
}

func linkExpires(t *testing.T, w *world, ann account.Actor) {
	c, token := w.invited(ann)
	secret := w.begin(token)
	w.clock.Set(c.CloseBy.Add(-time.Second))
	w.write(secret, "P1", "3")
	w.clock.Set(c.CloseBy)
	w.peek(token, EntryExpired)
	_, err := w.s.Write(t.Context(), secret, Reply{Item: "P13", Value: "no"})
	wants(t, "after the end", err, "survey.expired")
}

func linkGuessed(t *testing.T, w *world, ann account.Actor) {
	_, token := w.invited(ann)
	seen := map[string]bool{token: true}
	rapid.Check(t, func(r *rapid.T) {
		fresh := newToken()
		if seen[fresh] || !wellFormed(fresh) || len(fresh)*6 < 128 {
			r.Fatalf("token %s", fresh)
		}
		seen[fresh] = true
	})
	for _, guess := range []string{"", "x", newToken(), token[:len(token)-1], token + "A", strings.ToLower(token), "../" + token} {
		if _, _, err := w.s.Peek(t.Context(), guess, ""); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("%q: %v", guess, err)
		}
	}
	var rows []Invite
	w.do(w.db.Read(t.Context()).Find(&rows).Error)
	if len(rows) != 1 || strings.Contains(string(rows[0].Tag), token) || len(rows[0].Tag) == 0 {
		t.Errorf("the token is kept: %+v", rows)
	}
	for range OpeningsAtAddress {
		w.do(w.s.MayOpen(t.Context(), "192.0.2.1"))
	}
	wants(t, "too many from one address", w.s.MayOpen(t.Context(), "192.0.2.1"), "survey.too_many")
	w.do(w.s.MayOpen(t.Context(), "192.0.2.2"))
}

func linkResumes(t *testing.T, w *world, ann account.Actor) {
	_, token := w.invited(ann)
	secret := w.begin(token)
	w.write(secret, "P1", "4")
	w.clock.Set(w.clock.Now().Add(26 * time.Hour))
	sit, entry, err := w.s.Sit(t.Context(), secret)
	w.do(err)
	if entry != EntryStarted || sit.Progress.Item == nil || sit.Progress.Item.ID != "P13" || sit.Answers["P1"].Choice != "4" {
		t.Errorf("next day: %s %+v", entry, sit.Progress)
	}
	w.write(secret, "P13", "no")
}

func linkMoves(t *testing.T, w *world, ann account.Actor) {
	_, token := w.invited(ann)
	first := w.begin(token)
	w.write(first, "P1", "4")
	w.peek(token, EntryStarted)
	if mine, _, err := w.s.Peek(t.Context(), token, first); err != nil || mine != EntryMine {
		t.Errorf("the browser that began: %s %v", mine, err)
	}
	_, err := w.s.Begin(t.Context(), token, "en")
	wants(t, "a second start", err, "survey.started")
	sit, _, err := w.s.Sit(t.Context(), first)
	w.do(err)
	_, err = w.s.Resume(t.Context(), token, "ABCD-EFGH")
	wants(t, "a wrong code", err, "survey.code_wrong")
	second, err := w.s.Resume(t.Context(), token, strings.ToLower(strings.ReplaceAll(sit.Code, "-", " ")))
	w.do(err)
	w.write(second, "P13", "no")
	_, err = w.s.Write(t.Context(), first, Reply{Item: "P14"})
	wants(t, "the browser before", err, "error.not_found")
	for range TriesAtCode - 2 {
		_, err = w.s.Resume(t.Context(), token, "ABCD-EFGH")
		wants(t, "a wrong code", err, "survey.code_wrong")
	}
	_, err = w.s.Resume(t.Context(), token, sit.Code)
	wants(t, "too many codes", err, "survey.too_many")
}

func linkRefused(t *testing.T, w *world, ann account.Actor) {
	c, token := w.invited(ann)
	secret := w.begin(token)
	w.clock.Set(w.clock.Now().Add(Lease))
	_, err := w.log(ann, c.ID, w.clock.Now(), Report{Code: "51"})
	w.do(err)
	w.peek(token, EntryStopped)
	_, err = w.s.Write(t.Context(), secret, Reply{Item: "P1", Value: "3"})
	wants(t, "after refusing by phone", err, "survey.stopped")
	_, err = w.s.Invite(t.Context(), ann, c.ID, BySheet)
	wants(t, "another link", err, "callback.closed")
}

func linkNever(t *testing.T, w *world, ann account.Actor) {
	c, token := w.invited(ann)
	w.do(w.s.Never(t.Context(), token))
	w.do(w.s.Never(t.Context(), token)) // twice is once
	w.peek(token, EntryStopped)
	if got := w.reload(c.ID); got.Status != Closed || *got.FinalCode != "51" {
		t.Errorf("closed: %+v", got)
	}
	_, err := w.s.Claim(t.Context(), ann, c.ID)
	wants(t, "a call", err, "callback.closed")
	w.clock.Set(w.clock.Now().AddDate(1, 0, 0))
	again := w.filing(c.PersonID)
	w.do(w.s.Open(t.Context(), again, "served"))
	var n int64
	w.do(w.db.Read(t.Context()).Model(&Case{}).Where("person_id = ?", c.PersonID).Count(&n).Error)
	if n != 1 {
		t.Error("asked again after refusing for good")
	}
}

func linkBusy(t *testing.T, w *world, ann account.Actor) {
	c, token := w.invited(ann)
	w.claim(ann, c.ID)
	w.peek(token, EntryBusy)
	_, err := w.s.Begin(t.Context(), token, "zh-Hans")
	wants(t, "while a caller speaks", err, "survey.busy")
	w.do(w.s.Release(t.Context(), ann, c.ID))
	secret := w.begin(token)
	w.write(secret, "P1", "3")
	w.clock.Set(w.clock.Now().Add(Lease))
	w.claim(ann, c.ID)
	_, err = w.s.Write(t.Context(), secret, Reply{Item: "P13", Value: "no"})
	wants(t, "while a caller goes on", err, "survey.busy")
}

func linkKeepsAway(t *testing.T, w *world, ann account.Actor) {
	c, token := w.invited(ann)
	secret := w.begin(token)
	_, err := w.s.Claim(t.Context(), ann, c.ID)
	wants(t, "ringing while he writes", err, "callback.taken")
	w.write(secret, "P1", "3")
	w.clock.Set(w.clock.Now().Add(Lease))
	w.claim(ann, c.ID) // half an hour later he may be rung
	v, err := w.s.Case(t.Context(), ann, c.ID)
	w.do(err)
	if v.Progress.Item == nil || v.Progress.Item.ID != "P13" || len(v.Answers) != 0 {
		t.Errorf("the caller goes on at %+v and reads %v", v.Progress, v.Answers)
	}
}

func linkRenewed(t *testing.T, w *world, ann account.Actor) {
	c, old := w.invited(ann)
	secret := w.begin(old)
	w.write(secret, "P1", "3")
	w.s.Connect(Neighbours{Teller: &outbox{}})
	address, err := w.s.Invite(t.Context(), ann, c.ID, ByMessage)
	w.do(err)
	if address != "" {
		t.Error("the caller is told the address of a message")
	}
	sent := w.s.Teller.(*outbox).sent
	if len(sent) != 1 || sent[0].Kind != "survey_invite" || sent[0].PersonID != c.PersonID || sent[0].FilingID != "" {
		t.Fatalf("sent %+v", sent)
	}
	if _, _, err := w.s.Peek(t.Context(), old, secret); fail.KindOf(err) != fail.KindNotFound {
		t.Errorf("the old link: %v", err)
	}
	token, _ := strings.CutPrefix(sent[0].Args["address"].(string), "https://portal.test/s/")
	w.peek(token, EntryStarted)
	w.write(secret, "P13", "no") // the browser that has begun goes on
}

func linkBrokenOff(t *testing.T, w *world, ann account.Actor) {
	for _, step := range []struct {
		answers []string
		code    string
	}{
		{nil, "50"},            // nothing: broken off
		{[]string{"P1"}, "11"}, // one of two, 50 %: partial
	} {
		c, token := w.invited(ann)
		secret := w.begin(token)
		for _, item := range step.answers {
			w.write(secret, item, "3")
		}
		w.do(w.s.End(t.Context(), secret))
		if got := w.reload(c.ID); *got.FinalCode != step.code {
			t.Errorf("%v: closed as %s, want %s", step.answers, *got.FinalCode, step.code)
		}
	}
}

// TestUrgentAlone: who writes that money was asked, or speaks of harm, is heard on the same day; supervision is told at once.
func TestUrgentAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		sue := w.staff("sue", account.RoleSupervisor, shenzhen)
		_, token := w.invited(w.caller("ann"))
		out := &outbox{}
		w.s.Connect(Neighbours{Teller: out})
		secret := w.begin(token)
		got := w.write(secret, "P13", "yes")
		if len(got.Findings) != 1 || !got.Findings[0].Urgent || inShanghai(got.Findings[0].TakeBy) != "2026-11-25 00:00" || got.Care {
			t.Fatalf("asked for money: %+v", got)
		}
		harm, err := w.s.Write(t.Context(), secret, Reply{Item: "P14", Words: "真的不想活了，我叫黄大川"})
		w.do(err)
		if !harm.Care || len(harm.Findings) != 1 || harm.Findings[0].Kind != "urgent_harm" {
			t.Fatalf("speaks of harm: %+v", harm)
		}
		if out.kinds() != "finding_urgent>sue finding_urgent>sue" {
			t.Errorf("told: %s", out.kinds())
		}
		v, err := w.s.Finding(t.Context(), sue, harm.Findings[0].ID)
		w.do(err)
		if v.Label.En != "Spoke of harm" || len(v.Said) != 1 || strings.Contains(v.Said[0].Words, "黄大川") || v.Said[0].Hidden == 0 {
			t.Errorf("the owner first sees %+v", v.Said)
		}
		_, err = w.s.WordsOf(t.Context(), sue, v.ID)
		wants(t, "reading the words of what one has not taken", err, "finding.take_first")
		w.do(w.s.TakeFinding(t.Context(), sue, v.ID))
		full, err := w.s.WordsOf(t.Context(), sue, v.ID)
		w.do(err)
		if !strings.Contains(full.Said[0].Words, "黄大川") {
			t.Errorf("the owner reads %+v", full.Said)
		}
		if kinds := strings.Join(w.events(SubjectFinding, v.ID), " "); kinds != "finding.opened finding.taken finding.words_read" {
			t.Errorf("audit: %s", kinds)
		}
	})
}

// TestWish: what the person wishes decides what becomes of a finding.
func TestWish(t *testing.T) {
	for _, c := range []struct {
		name     string
		wish     Wish
		item     string
		status   FindingStatus
		shown    int // on his own pages
		prepared int
		refused  string
	}{
		{"leave it", Wish{ChoiceLeave, ""}, "P7=1", FindingLeft, 0, 0, ""},
		{"leave what is urgent", Wish{ChoiceLeave, ReplyPortal}, "P13=yes", FindingOpen, 0, 0, ""},
		{"file", Wish{ChoiceFile, ReplyPortal}, "P13=yes", FindingOpen, 1, 1, ""},
		{"be called, hear nothing", Wish{ChoiceCall, ReplyNone}, "P13=yes", FindingOpen, 0, 0, ""},
		{"nothing to file", Wish{ChoiceFile, ReplyPortal}, "P7=1", FindingOpen, 0, 0, "offer.choice_missing"},
		{"no way to reply", Wish{ChoiceCall, ""}, "P7=1", FindingOpen, 0, 0, "offer.reply_missing"},
		{"nothing chosen", Wish{}, "P7=1", FindingOpen, 0, 0, "offer.choice_missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, storetest.SQLite(t))
			inst, _ := w.pack.Survey("treatment")
			it, _ := inst.Item("P13")
			it.RedFlags[0].Urgent = true
			ann := w.caller("ann")
			opened := w.open()
			f := w.interview(ann, opened.ID, c.item).Findings[0]
			wants(t, c.name, w.s.Choose(t.Context(), ann, opened.ID, f.ID, c.wish), c.refused)
			var got Finding
			w.do(w.db.Read(t.Context()).Where("id = ?", f.ID).Take(&got).Error)
			mine, err := w.s.FindingsFor(t.Context(), opened.PersonID)
			w.do(err)
			prepared, err := w.s.PreparedFor(t.Context(), opened.PersonID)
			w.do(err)
			if got.Status != c.status || len(mine) != c.shown || len(prepared) != c.prepared {
				t.Errorf("%s, shown %d, prepared %d", got.Status, len(mine), len(prepared))
			}
			if c.refused == "" && (got.ChosenAt == nil || got.ChosenBy != ToldCaller) {
				t.Errorf("the choice is not recorded: %+v", got)
			}
		})
	}
}

// TestGather: what other answers add goes into one request, lists joined.
func TestGather(t *testing.T) {
	p := rules.Prepare{Facts: rules.Facts{"topic": rules.Pick("life")}, Also: []rules.Also{
		{Item: "C1", Answers: []string{"less"}, Facts: rules.Facts{"change": rules.Value{Choices: []string{"income"}}}},
		{Item: "C4", Answers: []string{"yes"}, Facts: rules.Facts{"change": rules.Value{Choices: []string{"illness"}}}},
		{Item: "C3", Answers: []string{"yes"}, Facts: rules.Facts{"change": rules.Value{Choices: []string{"dependant"}}}},
	}}
	got := gather(p, rules.Facts{"C1": rules.Pick("less"), "C4": rules.Pick("yes"), "C3": rules.Pick("no")})
	if strings.Join(got["change"].Choices, ",") != "illness,income" || got["topic"].Choice != "life" {
		t.Errorf("%+v", got)
	}
	if len(p.Also[0].Facts["change"].Choices) != 1 {
		t.Error("the pack was changed")
	}
}

// TestInvitedWithoutPhone: who cannot be rung, but written to, is sent the link at once; and so is who turns out to have no number that works.
func TestInvitedWithoutPhone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		out := &outbox{}
		w.s.Connect(Neighbours{Teller: out})
		w.s.Base = "https://portal.test"
		filing := w.filing("")
		var person string
		w.do(w.db.Read(t.Context()).Table("filing").Where("id = ?", filing).Pluck("person_id", &person).Error)
		w.reach[person] = reach{email: true}
		w.do(w.s.Open(t.Context(), filing, "served"))
		if c := w.caseOf(filing); c.ByPhone || out.kinds() != "survey_invite>"+person {
			t.Fatalf("by phone %t, told %s", c.ByPhone, out.kinds())
		}
		token, _ := strings.CutPrefix(out.sent[0].Args["address"].(string), "https://portal.test/s/")
		secret := w.begin(token)
		w.write(secret, "P1", "3")

		out.sent = nil
		later := w.open()
		w.reach[later.PersonID] = reach{email: true} // the number is gone from the account before the first call
		w.do(w.db.Tx(t.Context(), func(tx *gorm.DB) error {
			return tx.Exec("DELETE FROM callback_number WHERE person_id = ?", later.PersonID).Error
		}))
		_, err := w.s.Claim(t.Context(), w.caller("ann"), later.ID)
		wants(t, "nobody to ring", err, "callback.no_number")
		if !strings.HasSuffix(out.kinds(), "survey_invite>"+later.PersonID) || w.reload(later.ID).Status != Open {
			t.Errorf("told %s", out.kinds())
		}
	})
}
