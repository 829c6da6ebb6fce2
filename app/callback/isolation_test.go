package callback

import (
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestIdentityAndAnswersAreApart: staff of the body asked about reach no case, no answer and no check, whatever they ask for; a caller who belongs to
// it sees no case at all; and the tables of who was asked and of what was answered have nothing in common but the sealed link.
func TestIdentityAndAnswersAreApart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		w.interview(a, c.ID, "P1=3")
		ctx := t.Context()
		inside := w.staff("inside", account.RoleCaller, nanshan)
		for _, who := range []account.Actor{inside, w.staff("judge", account.RoleReviewer, nanshan), w.staff("bureau", account.RoleImplementer, nanshan), w.staff("boss", account.RoleSupervisor, nanshan)} {
			_, err := w.s.Case(ctx, who, c.ID)
			wants(t, who.PersonID+" opens the case", err, "error.not_found")
			_, err = w.s.Claim(ctx, who, c.ID)
			wants(t, who.PersonID+" takes the case", err, "error.not_found")
			_, err = w.s.CheckOf(ctx, who, c.ID)
			wants(t, who.PersonID+" checks the case", err, "error.not_found")
			_, err = w.s.Referral(ctx, who, c.ID)
			wants(t, who.PersonID+" opens it as a supervisor", err, "error.not_found")
		}
		_, err := w.s.Take(ctx, inside)
		wants(t, "the next person of a caller of the body", err, "error.not_found")
		var answers []answerRow
		var cases []Case
		var respondents []Respondent
		w.do(db.Read(ctx).Find(&answers).Error)
		w.do(db.Read(ctx).Find(&cases).Error)
		w.do(db.Read(ctx).Find(&respondents).Error)
		if len(answers) != 1 || len(cases) != 1 || len(respondents) != 1 || answers[0].Respondent != respondents[0].ID {
			t.Fatalf("%d answers, %d cases, %d respondents", len(answers), len(cases), len(respondents))
		}
		if id := respondents[0].ID; id == cases[0].ID || id == cases[0].PersonID || id == cases[0].FilingID {
			t.Error("a respondent is named after his case")
		}
		var links []linkRow
		w.do(db.Read(ctx).Find(&links).Error)
		if _, err := w.box.OpenText(linkPlace(c.ID), links[0].RespondentSealed); err == nil {
			t.Error("the key of the portal opens the link")
		}
	})
}

// TestStopsOverChannels: a refusal for good by the code of a message ends a case somebody is ringing about, stands against what the caller
// logs afterwards, and keeps the person from every later survey.
func TestStopsOverChannels(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		claimed := w.claim(a, c.ID)
		w.do(w.s.RefuseForGood(t.Context(), c.ID, ByWeb))
		_, err := w.s.LogAttempt(t.Context(), a, c.ID, claimed.Version, Report{Code: "30"})
		wants(t, "logging afterwards", err, "callback.closed")
		w.do(w.s.RefuseForGood(t.Context(), c.ID, BySMS))
		if got := w.reload(c.ID); got.Status != Closed || *got.FinalCode != RefusedForGood {
			t.Errorf("case: %+v", got)
		}
		stop, stopped, err := stopOf(db.Read(t.Context()), c.PersonID)
		w.do(err)
		if !stopped || stop.Mode != ByWeb {
			t.Errorf("stop: %+v", stop)
		}
		if w.try("DELETE FROM callback_stop") == nil || w.try("UPDATE callback_stop SET code = '10'") == nil {
			t.Error("a stop can be taken back")
		}
		wants(t, "a code nobody has", w.s.RefuseByCode(t.Context(), "ABCDE-FGHIJ", ByWeb), "callback.code_unknown")
		tallies, err := w.s.Dispositions(t.Context(), *c.ProgrammeID)
		w.do(err)
		if len(tallies) != 1 || tallies[0].Class != "R" || tallies[0].Mode != ByWeb || tallies[0].N != 1 || tallies[0].Party != rules.Respondent {
			t.Errorf("dispositions: %+v", tallies)
		}
	})
}

// TestMissedAppointment: a promised call nobody makes within half an hour is everybody's again and counted.
func TestMissedAppointment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, b, c := w.caller("ann"), w.caller("bob"), w.open()
		at := shanghai(t, "2026-11-26 15:00")
		_, err := w.log(a, c.ID, c.DueAt, Report{Code: "20", When: at, WithMe: true})
		w.do(err)
		w.clock.Set(at)
		_, err = w.s.Take(t.Context(), b)
		wants(t, "a colleague at the time promised", err, "error.not_found")
		w.clock.Set(at.Add(AppointmentGrace))
		w.do(w.s.MissedAppointments(t.Context()))
		if got := w.reload(c.ID); got.Missed != 1 || got.AppointmentAt != nil || got.AppointmentWith != nil {
			t.Errorf("case: %+v", got)
		}
		if got, err := w.s.Take(t.Context(), b); err != nil || got.ID != c.ID {
			t.Errorf("a colleague afterwards: %v", err)
		}
	})
}
