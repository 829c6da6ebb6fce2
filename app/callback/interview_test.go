package callback

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"reliefportal/app/fail"
	"reliefportal/app/seal"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

func TestConsentFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		_, err := w.s.Consent(t.Context(), a, c.ID, c.Version)
		wants(t, "consent without a claim", err, "callback.not_claimed")
		c = w.claim(a, c.ID)
		_, err = w.s.Answer(t.Context(), a, c.ID, Reply{Item: "P1", Value: "3"})
		wants(t, "an answer before consent", err, "callback.consent_first")
		_, err = w.s.Consent(t.Context(), a, c.ID, c.Version-1)
		wants(t, "consent on an older page", err, "callback.changed")
		first := w.clock.Now()
		c, err = w.s.Consent(t.Context(), a, c.ID, c.Version)
		w.do(err)
		w.clock.Add(time.Minute)
		c, err = w.s.Consent(t.Context(), a, c.ID, c.Version)
		w.do(err)
		if got := w.reload(c.ID).ConsentAt; got == nil || !got.Equal(first) {
			t.Errorf("consent at %v, want the first yes %v", got, first)
		}
		_, err = w.s.Answer(t.Context(), a, c.ID, Reply{Item: "P1", Value: "3"})
		wants(t, "an answer after consent", err, "")
		w.clock.Add(Lease)
		_, err = w.s.Answer(t.Context(), a, c.ID, Reply{Item: "P5", Value: "3"})
		wants(t, "an answer after the claim ran out", err, "callback.claim_over")
	})
}

func TestInterview(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		got := w.interview(a, c.ID, "P1=3", "P5=8", "P7=9")
		if got.Progress.Item == nil || got.Progress.Item.ID != "P13" || len(got.Findings) != 0 {
			t.Errorf("after three answers: %+v", got)
		}
		for _, x := range []struct {
			reply Reply
			key   string
		}{
			{Reply{Item: "P1", Value: "6"}, "callback.answer_unknown"},
			{Reply{Item: "P1"}, "callback.answer_missing"},
			{Reply{Item: "P13b", Value: "money"}, "callback.item_skipped"},
			{Reply{Item: "P99", Value: "1"}, "error.not_found"},
			{Reply{Item: "P1", Value: "2", Words: "等了三个月"}, ""},
			{Reply{Item: "P13", Value: "no"}, ""},
			{Reply{Item: "P14"}, ""},
		} {
			_, err := w.s.Answer(t.Context(), a, c.ID, x.reply)
			wants(t, x.reply.Item+"="+x.reply.Value, err, x.key)
		}
		v, err := w.s.Case(t.Context(), a, c.ID)
		w.do(err)
		if v.Progress.Item != nil || !v.Progress.Complete() || v.Answers["P1"].Choice != "2" || v.Answers["P1"].Text != "等了三个月" || v.Answers["P5"].Choice != "8" {
			t.Errorf("at the end: %+v %+v", v.Progress, v.Answers)
		}
		done, err := w.s.Finish(t.Context(), a, c.ID, v.Version, Report{})
		w.do(err)
		if after := w.reload(c.ID); done.Code != "10" || !done.Closed || *after.FinalCode != "10" || after.Attempts != 1 {
			t.Errorf("finished: %+v, %+v", done, after)
		}
	})
}

// TestAnswersAreSealed: what was said is in no column in the clear, and the portal's own key does not open it.
func TestAnswersAreSealed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		w.interview(a, c.ID, "P1=3")
		_, err := w.s.Answer(t.Context(), a, c.ID, Reply{Item: "P5", Value: "1", Words: "canary-words"})
		w.do(err)
		var rows []answerRow
		respondent, _, err := w.s.vault.respondentOf(db.Read(t.Context()), c.ID)
		w.do(err)
		w.do(db.Read(t.Context()).Where("respondent = ?", respondent).Find(&rows).Error)
		if len(rows) != 2 {
			t.Fatalf("%d answers", len(rows))
		}
		for _, r := range rows {
			at := seal.AD{Table: "callback_answer", Column: "answer_sealed", Row: respondent + "/" + r.Item}
			if _, err := w.box.Open(at, r.AnswerSealed); err == nil {
				t.Error("the portal's key opens an answer")
			}
			if bytes.Contains(r.AnswerSealed, []byte("canary")) || bytes.Contains(r.AnswerSealed, []byte("choice")) {
				t.Error("an answer lies in the clear")
			}
			r.Item = "P7"
			if _, err := w.s.vault.openAnswer(r); err == nil {
				t.Error("an answer moved to another item opens")
			}
		}
		var data []string
		w.do(db.Read(t.Context()).Table("audit_event").Pluck("data", &data).Error)
		for _, d := range data {
			if bytes.Contains([]byte(d), []byte("canary")) {
				t.Errorf("the audit record says %s", d)
			}
		}
	})
}

// TestPartial: below the threshold the interview cannot be ended as such; from it on it is partial and is gone on with
// by another caller, who does not see what was said to the first.
func TestPartial(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, b, c := w.caller("ann"), w.caller("bob"), w.open()
		got := w.interview(a, c.ID, "P1=3") // 1 of 4
		_, err := w.s.Finish(t.Context(), a, c.ID, got.Version, Report{})
		wants(t, "a quarter", err, "callback.below_threshold")
		_, err = w.s.LogAttempt(t.Context(), a, c.ID, got.Version, Report{Code: "11"})
		wants(t, "a quarter called partial", err, "callback.not_complete")
		got, err = w.s.Answer(t.Context(), a, c.ID, Reply{Item: "P5", Value: "2"}) // 2 of 4
		w.do(err)
		_, err = w.s.LogAttempt(t.Context(), a, c.ID, got.Version, Report{Code: "10"})
		wants(t, "a half called complete", err, "callback.not_complete")
		_, err = w.s.Finish(t.Context(), a, c.ID, got.Version, Report{})
		wants(t, "a half without saying when to go on", err, "callback.appointment_missing")
		part, err := w.s.Finish(t.Context(), a, c.ID, got.Version, Report{When: shanghai(t, "2026-11-25 10:00")})
		w.do(err)
		if part.Code != "11" || part.Closed || inShanghai(part.Again) != "2026-11-25 10:00" {
			t.Errorf("half an interview: %+v", part)
		}
		w.clock.Set(part.Again)
		w.claim(b, c.ID)
		v, err := w.s.Case(t.Context(), b, c.ID)
		w.do(err)
		if len(v.Answers) != 0 || v.Progress.Item == nil || v.Progress.Item.ID != "P7" || v.Consent == nil {
			t.Errorf("the next caller sees %+v, next item %+v", v.Answers, v.Progress.Item)
		}
		for _, answer := range []Reply{{Item: "P7", Value: "4"}, {Item: "P13", Value: "9"}} {
			_, err = w.s.Answer(t.Context(), b, c.ID, answer)
			w.do(err)
		}
		done, err := w.s.Finish(t.Context(), b, c.ID, w.reload(c.ID).Version, Report{})
		w.do(err)
		if done.Code != "10" || !done.Closed {
			t.Errorf("finished: %+v", done)
		}
	})
}

// TestPartialThenNobody: six attempts, one of them half an interview: partial is what counts.
func TestPartialThenNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		got := w.interview(a, c.ID, "P1=3", "P5=3")
		part, err := w.s.Finish(t.Context(), a, c.ID, got.Version, Report{When: shanghai(t, "2026-11-25 10:00")})
		w.do(err)
		for !part.Closed {
			part, err = w.log(a, c.ID, part.Again, Report{Code: "30"})
			w.do(err)
		}
		if after := w.reload(c.ID); *after.FinalCode != "11" || part.Code != "30" || part.Final != "11" {
			t.Errorf("%+v %+v", after, part)
		}
	})
}

// TestAnswersDecideTheFinalCode: half an interview counts as partial even when the call ended in a refusal or time ran
// out, less than half does not, and a refusal for good stands in any case.
func TestAnswersDecideTheFinalCode(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a := w.caller("ann")
		for _, x := range []struct {
			name    string
			answers []string
			code    string // "" = time runs out
			final   string
		}{
			{"refused after half", []string{"P1=3", "P5=3"}, "50", "11"},
			{"refused before half", []string{"P1=3"}, "50", "50"},
			{"refused for good after half", []string{"P1=3", "P5=3"}, "51", "51"},
			{"refused at the last item", []string{"P1=3", "P5=3", "P7=3", "P13=no"}, "50", "10"},
			{"time ran out after half", []string{"P1=3", "P5=3"}, "", "11"},
			{"time ran out before half", []string{"P1=3"}, "", Untried},
		} {
			w.clock.Set(shanghai(t, "2026-11-23 10:00"))
			c := w.open()
			got := w.interview(a, c.ID, x.answers...)
			if x.code == "" {
				w.clock.Set(c.CloseBy)
				w.do(w.s.CloseLate(t.Context()))
			} else {
				logged, err := w.s.LogAttempt(t.Context(), a, c.ID, got.Version, Report{Code: x.code})
				w.do(err)
				if logged.Code != x.code || logged.Final != x.final {
					t.Errorf("%s: %+v", x.name, logged)
				}
			}
			if after := w.reload(c.ID); after.Status != Closed || *after.FinalCode != x.final {
				t.Errorf("%s: %+v", x.name, after)
			}
		}
	})
}

// TestCaseShowsLittle: the number only with the claim and inside hours, notes and answers only with the claim, and
// nothing of the filing at all.
func TestCaseShowsLittle(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, b, c := w.caller("ann"), w.caller("bob"), w.open()
		_, err := w.log(a, c.ID, c.DueAt, Report{Code: "40", Note: "别人接的"})
		w.do(err)
		w.clock.Set(w.reload(c.ID).DueAt)
		see := func(who string) View {
			actor := a
			if who == "bob" {
				actor = b
			}
			v, err := w.s.Case(t.Context(), actor, c.ID)
			w.do(err)
			return v
		}
		if v := see("ann"); v.Phone != "" || v.Mine || v.Attempts[0].Note != "" || v.Person != "黄某" || v.Attempts[0].Outcome.Code != "40" || v.Attempts[0].Slot != "morning" {
			t.Errorf("without a claim: %+v", v)
		}
		w.claim(a, c.ID)
		if v := see("ann"); v.Phone != "+86138"+c.PersonID || !v.Mine || v.Attempts[0].Note != "别人接的" {
			t.Errorf("with the claim: %+v", v)
		}
		if v := see("bob"); v.Phone != "" || v.TakenBy != "ann" || v.Attempts[0].Note != "" || v.Progress.Item != nil {
			t.Errorf("another caller: %+v", v)
		}
		w.clock.Set(shanghai(t, "2026-11-26 17:45"))
		w.claim(a, c.ID)
		w.clock.Set(shanghai(t, "2026-11-26 18:05"))
		if v := see("ann"); v.Phone == "" {
			t.Error("in the evening slot the number is hidden")
		}
		raw, err := json.Marshal(see("ann"))
		w.do(err)
		for _, secret := range []string{"rejected", nanshan, c.FilingID} {
			if bytes.Contains(raw, []byte(secret)) {
				t.Errorf("the caller sees %s", secret)
			}
		}
	})
}

func TestPhoneHiddenAfterHours(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		w.clock.Set(shanghai(t, "2026-11-24 19:50"))
		w.claim(a, c.ID)
		w.clock.Set(shanghai(t, "2026-11-24 20:00"))
		v, err := w.s.Case(t.Context(), a, c.ID)
		w.do(err)
		if v.Phone != "" || !v.Mine || v.Open {
			t.Errorf("at 20:00: %+v", v)
		}
	})
}

// TestPackGone: when the questionnaire of a case is no longer held, its attempts go on, its script does not.
func TestPackGone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		w.pack.Hash = "hash-2"
		list, err := w.s.Due(t.Context(), a, Cursor{})
		w.do(err)
		claimed := w.claim(a, c.ID)
		_, err = w.s.Consent(t.Context(), a, c.ID, claimed.Version)
		wants(t, "consent to another version", err, "callback.pack_missing")
		if fail.KindOf(err) != fail.KindUnavailable {
			t.Errorf("kind %v", fail.KindOf(err))
		}
		_, err = w.s.LogAttempt(t.Context(), a, c.ID, claimed.Version, Report{Code: "30"})
		wants(t, "an attempt", err, "")
		if len(list.Rows) != 1 || !slices.Contains(w.events(SubjectCase, c.ID), "callback.attempted") {
			t.Error("the case is lost from the list or the record")
		}
	})
}
