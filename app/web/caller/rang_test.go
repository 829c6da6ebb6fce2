package caller_test

import (
	"testing"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestRangAt: the page fills in when the caller took the case; he may correct it by minutes, also in the signs of a Chinese keyboard, within his claim.
func TestRangAt(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	id := called(t, p, phone)
	at(t, p, callingDay)
	c := p.SignInStaff(t, centreLogin)
	c.Get("/staff/calls/" + id)
	c.Submit(action(id, "claim"), nil).Is(200)
	took := c.Page.Attr("[name=rang]", "value")
	p.Clock.Add(7 * time.Minute)
	c.Submit(action(id, "attempt"), webtest.Fields{"outcome": "30", "rang": "08:00"}).Is(422).Says(zh("callback.rang_range"))
	c.Submit(action(id, "attempt"), webtest.Fields{"outcome": "20", "rang": "十点", "year": "2026", "month": "13", "day": "1"}).Is(422).Says(zh("callback.rang_unreadable"), "月")
	if got := c.Page.Attr("[name=rang]", "value"); got != "十点" {
		t.Errorf("what was typed is lost: %q", got)
	}
	begun, err := time.ParseInLocation("2006-01-02 15:04", "2026-11-24 "+took, calendar.Zone)
	must(t, err)
	said := begun.Add(5 * time.Minute)
	c.Submit(action(id, "attempt"), webtest.Fields{"outcome": "30", "rang": said.Format("15：04"), "year": "", "month": "", "day": ""}).Is(200).At("/staff/calls/" + id + "/done")
	v, err := p.Callbacks.Case(t.Context(), staff(t, p, centreLogin), id)
	must(t, err)
	if len(v.Attempts) != 1 || !v.Attempts[0].At.Equal(said) {
		t.Errorf("attempts: %+v, want one at %s", v.Attempts, said)
	}
}

// TestPromisedCall: the number of somebody who was promised a call is shown to the one caller who takes it, and the call is noted by him.
func TestPromisedCall(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	id, ctx := called(t, p, phone), t.Context()
	at(t, p, callingDay)
	who := staff(t, p, centreLogin)
	one, err := p.Callbacks.Claim(ctx, who, id)
	must(t, err)
	_, err = p.Callbacks.Consent(ctx, who, id, one.Version)
	must(t, err)
	for _, value := range []string{"yes", "no", "no", "yes"} { // came to the door; at night; at a wrong hour; threatened
		v, err := p.Callbacks.Case(ctx, who, id)
		must(t, err)
		_, err = p.Callbacks.Answer(ctx, who, id, callback.Reply{Item: v.Progress.Item.ID, Value: value})
		must(t, err)
	}
	v, err := p.Callbacks.Case(ctx, who, id)
	must(t, err)
	must(t, p.Callbacks.Choose(ctx, who, id, v.Offers[0].FindingID, callback.Wish{Choice: callback.ChoiceCall, ReplyBy: callback.ReplyNone}))
	c := p.SignInStaff(t, centreLogin)
	c.Get("/staff/calls/promised").Is(200).Says("林某")
	here := "/staff/calls/promised/" + v.Offers[0].FindingID
	c.Get(here).Is(200).SaysNot(phone).One("form[action='" + here + "/take']")
	if c.Page.Has("form[action='" + here + "']") {
		t.Error("a call nobody has taken can be noted as made")
	}
	c.Submit("form[action='"+here+"/take']", nil).Is(200).At(here)
	if c.Page.Attr("a[href='tel:+86"+phone+"']", "href") == "" {
		t.Error("whoever took the call cannot ring")
	}
	c.Submit("form[action='"+here+"']", nil).Is(200).At("/staff/calls/promised").Says(zh("promise.told"), zh("promise.none"))
}
