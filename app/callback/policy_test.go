package callback

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

func tries(t testing.TB, pairs ...string) []Tried {
	t.Helper()
	var out []Tried
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, Tried{At: shanghai(t, pairs[i]), Code: pairs[i+1]})
	}
	return out
}

func TestMayCall(t *testing.T) {
	c := Case{BodyID: "nanshan", PersonID: "debtor"}
	staff := func(id string, role account.Role, body string) account.Actor {
		return account.Actor{PersonID: id, Kind: account.Staff, Grants: []account.Grant{{Role: role, BodyID: body}}}
	}
	for _, x := range []struct {
		name    string
		actor   account.Actor
		offices []string
		may     bool
	}{
		{"caller of the centre", staff("a", account.RoleCaller, "centre"), []string{"centre"}, true},
		{"caller of the body asked about", staff("a", account.RoleCaller, "nanshan"), []string{"nanshan"}, false},
		{"caller with another office at the body asked about", staff("a", account.RoleCaller, "centre"), []string{"centre", "nanshan"}, false},
		{"reviewer elsewhere", staff("a", account.RoleReviewer, "centre"), []string{"centre"}, false},
		{"caller about himself", staff("debtor", account.RoleCaller, "centre"), []string{"centre"}, false},
		{"the debtor", account.Actor{PersonID: "debtor", Kind: account.Debtor}, nil, false},
		{"nobody", account.Actor{Kind: account.Anonymous}, nil, false},
	} {
		if got := MayCall(x.actor, x.offices, c); got != x.may {
			t.Errorf("%s: %t", x.name, got)
		}
	}
}

func TestMayAnswerFor(t *testing.T) {
	supervisor := account.Actor{PersonID: "s", Kind: account.Staff, Grants: []account.Grant{{Role: account.RoleSupervisor, BodyID: "above"}}}
	for _, x := range []struct {
		name    string
		offices []string
		f       Finding
		may     bool
	}{
		{"of the owner", []string{"above"}, Finding{BodyID: "asked", OwnerBodyID: "above"}, true},
		{"of another body", []string{"above"}, Finding{BodyID: "asked", OwnerBodyID: "other"}, false},
		{"also in office at the body asked about", []string{"above", "asked"}, Finding{BodyID: "asked", OwnerBodyID: "above"}, false},
		{"nothing stands above", []string{"above"}, Finding{BodyID: "above", OwnerBodyID: "above"}, true},
	} {
		if got := MayAnswerFor(supervisor, x.offices, x.f); got != x.may {
			t.Errorf("%s: %t", x.name, got)
		}
	}
	supervisor.Grants[0].Role = account.RoleReviewer
	if MayAnswerFor(supervisor, []string{"above"}, Finding{BodyID: "asked", OwnerBodyID: "above"}) {
		t.Error("a reviewer of the owner body may answer")
	}
}

func TestFirstDue(t *testing.T) {
	calls := testCalls()
	h := NewHours(&calls, testCalendar(t))
	for _, c := range []struct{ served, due string }{
		{"2026-11-23 10:00", "2026-11-24 10:00"}, // a day later, to the minute
		{"2026-11-23 08:00", "2026-11-24 09:00"},
		{"2026-11-23 12:30", "2026-11-24 14:00"},
		{"2026-11-27 10:00", "2026-11-30 09:00"}, // Friday: not on Saturday
		{"2026-09-30 10:00", "2026-10-08 09:00"}, // not in the holiday week
		{"2026-10-08 21:00", "2026-10-10 09:00"}, // Friday night: the adjusted working Saturday
	} {
		if due, ok := FirstDue(h, shanghai(t, c.served)); !ok || inShanghai(due) != c.due {
			t.Errorf("served %s: due %s, want %s", c.served, inShanghai(due), c.due)
		}
	}
}

func TestFreeAgain(t *testing.T) {
	calls := testCalls()
	cal := testCalendar(t)
	for _, c := range []struct{ last, free string }{
		{"2026-01-10", "2026-07-10"},
		{"2026-08-31", "2027-02-28"},
	} {
		last, err := calendar.ParseDate(c.last)
		if err != nil {
			t.Fatal(err)
		}
		if got := FreeAgain(&calls, cal, last).String(); got != c.free {
			t.Errorf("last %s: free from %s, want %s", c.last, got, c.free)
		}
	}
}

func TestCloseBy(t *testing.T) {
	calls := testCalls()
	if got := inShanghai(CloseBy(&calls, calendar.NewDate(2026, 11, 23))); got != "2026-12-09 00:00" {
		t.Errorf("15 days from 23 November end at %s", got)
	}
}

func TestCapReached(t *testing.T) {
	calls := testCalls()
	h := NewHours(&calls, testCalendar(t))
	for _, c := range []struct {
		name  string
		tried []Tried
		now   string
		key   string
	}{
		{"first call", nil, "2026-11-23 09:00", ""},
		{"same part of the day", tries(t, "2026-11-23 09:00", "30"), "2026-11-23 10:00", "callback.cap_slot"},
		{"same part of another day", tries(t, "2026-11-23 09:00", "30"), "2026-11-25 10:00", "callback.cap_slot"},
		{"a call that ran past the end of its part", tries(t, "2026-11-23 12:10", "30"), "2026-11-24 10:00", "callback.cap_slot"},
		{"another part", tries(t, "2026-11-23 09:00", "30"), "2026-11-23 14:00", ""},
		{"the first part again while the evening was not tried", tries(t, "2026-11-23 09:00", "30", "2026-11-24 14:00", "30"), "2026-11-25 09:00", "callback.cap_slot"},
		{"the evening then", tries(t, "2026-11-23 09:00", "30", "2026-11-24 14:00", "30"), "2026-11-25 18:00", ""},
		{"the first part again after all were tried", tries(t, "2026-11-23 09:00", "30", "2026-11-24 14:00", "30", "2026-11-25 18:00", "30"), "2026-11-26 09:00", ""},
		{"twice today", tries(t, "2026-11-23 09:00", "30", "2026-11-23 14:00", "30"), "2026-11-23 18:00", "callback.cap_day"},
		{"twice yesterday", tries(t, "2026-11-23 09:00", "30", "2026-11-23 14:00", "30"), "2026-11-24 18:00", ""},
		{"talked today", tries(t, "2026-11-23 09:00", "41"), "2026-11-23 14:00", "callback.cap_connected"},
		{"talked yesterday", tries(t, "2026-11-23 09:00", "41"), "2026-11-24 14:00", ""},
		{"appointment in the same part", tries(t, "2026-11-23 09:00", "20"), "2026-11-24 09:00", ""},
		{"five attempts", tries(t, "2026-11-23 09:00", "30", "2026-11-24 14:00", "30", "2026-11-25 18:00", "30", "2026-11-26 14:00", "30", "2026-11-27 09:00", "30"), "2026-11-30 18:00", ""},
		{"six attempts", tries(t, "2026-11-23 09:00", "30", "2026-11-24 14:00", "30", "2026-11-25 09:00", "30", "2026-11-26 14:00", "30", "2026-11-27 09:00", "30", "2026-11-30 14:00", "30"), "2026-12-01 09:00", "callback.cap_total"},
	} {
		if got := CapReached(&calls, h, c.tried, shanghai(t, c.now)); got != c.key {
			t.Errorf("%s: %q, want %q", c.name, got, c.key)
		}
	}
}

func TestNextDue(t *testing.T) {
	calls := testCalls()
	h := NewHours(&calls, testCalendar(t))
	closeBy := shanghai(t, "2026-12-09 00:00")
	for _, c := range []struct {
		name  string
		tried []Tried
		due   string // "" = none
	}{
		{"no answer: next part of the day", tries(t, "2026-11-23 09:00", "30"), "2026-11-23 14:00"},
		{"no answer twice: next day, not in the evening", tries(t, "2026-11-23 14:00", "30", "2026-11-23 18:30", "30"), "2026-11-24 09:00"},
		{"talked: tomorrow", tries(t, "2026-11-23 09:00", "41"), "2026-11-24 14:00"},
		{"asks for some days", tries(t, "2026-11-23 15:00", "40"), "2026-11-25 09:00"},
		{"over the weekend", tries(t, "2026-11-27 18:00", "30"), "2026-11-30 09:00"},
		{"part of an interview: the same part of the day may fit", tries(t, "2026-11-23 09:00", "11"), "2026-11-24 09:00"},
		{"last day but one", tries(t, "2026-12-07 18:00", "30"), "2026-12-08 09:00"},
		{"time is over", tries(t, "2026-12-08 18:00", "30"), ""},
		{"six attempts", tries(t, "2026-11-23 09:00", "30", "2026-11-24 14:00", "30", "2026-11-25 09:00", "30", "2026-11-26 14:00", "30", "2026-11-27 09:00", "30", "2026-11-30 14:00", "30"), ""},
		{"nothing was tried", nil, ""},
	} {
		due, ok := NextDue(&calls, h, c.tried, closeBy)
		if !ok {
			due = time.Time{}
		}
		if inShanghai(due) != c.due {
			t.Errorf("%s: due %s, want %s", c.name, inShanghai(due), c.due)
		}
	}
}

func TestCheckAppointment(t *testing.T) {
	calls := testCalls()
	h := NewHours(&calls, testCalendar(t))
	now, closeBy := shanghai(t, "2026-11-23 15:00"), shanghai(t, "2026-12-09 00:00")
	for _, c := range []struct{ when, key string }{
		{"2026-11-23 18:00", "callback.appointment_too_soon"}, // talked today already
		{"2026-11-24 08:59", "callback.appointment_hours"},
		{"2026-11-24 09:00", ""},
		{"2026-11-24 20:00", "callback.appointment_hours"},
		{"2026-11-28 10:00", ""}, // a Saturday, because the person asks for it
		{"2026-11-28 18:00", "callback.appointment_hours"},
		{"2026-12-08 19:59", ""},
		{"2026-12-09 09:00", "callback.appointment_too_late"},
	} {
		got := ""
		if e, ok := fail.As(CheckAppointment(h, now, shanghai(t, c.when), closeBy)); ok {
			got = e.Fields[0].Key
		}
		if got != c.key {
			t.Errorf("%s: %q, want %q", c.when, got, c.key)
		}
	}
	if e, ok := fail.As(CheckAppointment(h, now, time.Time{}, closeBy)); !ok || e.Fields[0].Key != "callback.appointment_missing" {
		t.Error("a missing time must be asked for")
	}
}

func TestDisposition(t *testing.T) {
	calls := testCalls()
	for _, c := range []struct {
		codes []string
		final string
	}{
		{nil, Untried},
		{[]string{"30"}, "30"},
		{[]string{"30", "32"}, "32"},        // equal contact: the last
		{[]string{"11", "30"}, "11"},        // a part of an interview is better than no answer afterwards
		{[]string{"11", "50"}, "11"},        // and than a refusal to go on
		{[]string{"50", "10"}, "10"},        // complete is best
		{[]string{"30", "70"}, "30"},        // the number rang before
		{[]string{"70"}, "70"},              // never anybody
		{[]string{"11", "51"}, "51"},        // a refusal for good stands whatever came before
		{[]string{"60"}, "60"},              // so does death
		{[]string{"51", "10"}, "51"},        // and whatever came after
		{[]string{"no such code"}, Untried}, // unknown codes count for nothing
		{[]string{"30", "no such code"}, "30"},
	} {
		var tried []Tried
		for _, code := range c.codes {
			tried = append(tried, Tried{Code: code})
		}
		if got := Disposition(&calls, tried); got != c.final {
			t.Errorf("%v: %s, want %s", c.codes, got, c.final)
		}
	}
}

// TestCallsKeepToTheLimits rings whenever the rules say so, with outcomes at random, and checks every limit of the
// protocol from the outside.
func TestCallsKeepToTheLimits(t *testing.T) {
	calls := testCalls()
	h := NewHours(&calls, testCalendar(t))
	retry := []string{"11", "30", "32", "40", "41"}
	start := calendar.NewDate(2026, 9, 1).StartUTC()
	rapid.Check(t, func(r *rapid.T) {
		event := start.Add(time.Duration(rapid.IntRange(0, 60*24*60).Draw(r, "event")) * time.Minute)
		closeBy := CloseBy(&calls, calendar.DateOf(event))
		due, ok := FirstDue(h, event)
		var tried []Tried
		for ok && due.Before(closeBy) {
			// callers come late, at a random moment of the time left
			now := due.Add(time.Duration(rapid.IntRange(0, 3*24*60).Draw(r, "late")) * time.Minute)
			if !now.Before(closeBy) {
				break
			}
			if !h.Open(now) || CapReached(&calls, h, tried, now) != "" {
				due, ok = h.NextOutside(now.Add(time.Minute), spent(&calls, h, tried))
				continue
			}
			tried = append(tried, Tried{At: now, Code: rapid.SampledFrom(retry).Draw(r, "code")})
			due, ok = NextDue(&calls, h, tried, closeBy)
		}
		checkLimits(r, h, tried, event, closeBy)
	})
}

func checkLimits(r *rapid.T, h Hours, tried []Tried, event, closeBy time.Time) {
	if len(tried) > 6 {
		r.Fatalf("%d attempts", len(tried))
	}
	perDay, talked := map[calendar.Date]int{}, map[calendar.Date]int{}
	for i, a := range tried {
		slot, open := h.Slot(a.At, false)
		if !open || a.At.Before(event.Add(24*time.Hour)) || !a.At.Before(closeBy) {
			r.Fatalf("attempt at %s, in hours %t", inShanghai(a.At), open)
		}
		if i > 0 && tried[i-1].Code != "11" {
			if before, _ := h.Slot(tried[i-1].At, false); before.ID == slot.ID {
				r.Fatalf("twice in a row in the %s", slot.ID)
			}
		}
		day := calendar.DateOf(a.At)
		perDay[day]++
		if slices.Contains([]string{"11", "40", "41"}, a.Code) {
			talked[day]++
		}
		if perDay[day] > 2 || talked[day] > 1 {
			r.Fatalf("%s: %d attempts, %d connected", day, perDay[day], talked[day])
		}
	}
}
