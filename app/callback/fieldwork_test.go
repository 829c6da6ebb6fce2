package callback

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/fail"
	"reliefportal/app/store/storetest"
)

// The field work: thirty days with the holiday week of October 2026 and its adjusted working days inside.
const (
	fieldPeople  = 5000
	fieldCallers = 20
	fieldDays    = 30
	fieldStep    = 5 * time.Minute // a call takes about that long
)

// wishes are the profiles of the field work.
type wishes map[string]contact.Profile

// AllIn makes them the profiles of the service.
func (f wishes) AllIn(_ *gorm.DB, ids []string) (map[string]contact.Profile, error) {
	out := map[string]contact.Profile{}
	for _, id := range ids {
		if p, ok := f[id]; ok {
			out[id] = p
		}
	}
	return out, nil
}

// field is the simulated field work.
type field struct {
	*world
	t       *testing.T
	random  *rand.Rand
	wishes  wishes
	callers []account.Actor
	hold    map[string]held   // by caller
	ringing map[string]string // person → caller, while the call goes on
	boss    account.Actor
	events  []string // filings whose event has not happened yet
	promise map[string]time.Time
	n       map[string]int
	today   calendar.Date
}

type held struct {
	c     Case
	until time.Time
}

// TestFieldwork draws 5,000 people over the first days of a field work of thirty and lets twenty callers ring them, with outcomes at
// random, then holds every attempt in the tables against the limits, written down here apart from the code that keeps them.
func TestFieldwork(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("the field work of thirty days takes a while")
	}
	began := time.Now()
	f := newField(t)
	end := f.clock.Now().AddDate(0, 0, fieldDays)
	for f.clock.Now().Before(end) {
		f.step()
	}
	f.do(f.s.CloseLate(t.Context()))
	f.check()
	f.summary(time.Since(began))
}

func newField(t *testing.T) *field {
	w := newWorld(t, storetest.SQLite(t))
	w.pack.Surveys[0].Items = w.pack.Surveys[0].Items[:1] // one question: the calls are the subject
	f := &field{world: w, t: t, random: rand.New(rand.NewPCG(2026, 11)), wishes: wishes{}, hold: map[string]held{}, ringing: map[string]string{},
		promise: map[string]time.Time{}, n: map[string]int{}}
	w.s.Connect(Neighbours{Profiles: f.wishes})
	w.clock.Set(shanghai(t, "2026-09-21 09:00"))
	for i := range fieldCallers {
		a := w.caller(fmt.Sprintf("caller-%02d", i))
		f.callers = append(f.callers, a)
		if i%5 == 0 {
			w.do(w.s.SetLanguages(t.Context(), a, []string{"zh-Hans", "en"}))
		}
	}
	f.boss = w.staff("boss", account.RoleSupervisor, shenzhen)
	f.people()
	return f
}

// people writes 5,000 people with a filing each. Some have no number, or a wrong one before the right one; some have wishes.
func (f *field) people() {
	now := f.clock.Now()
	var people, filings []map[string]any
	for i := range fieldPeople {
		p, id := fmt.Sprintf("p%05d", i), fmt.Sprintf("f%05d", i)
		lang := "zh-Hans"
		if i%25 == 0 {
			lang = "en"
		}
		people = append(people, map[string]any{"id": p, "kind": "debtor", "created_at": now, "updated_at": now})
		filings = append(filings, map[string]any{"id": id, "status": "draft", "version": 1, "remedy": "R01", "pack_id": "test", "pack_hash": "hash-1",
			"person_id": p, "lang": lang, "facts_sealed": []byte{1}, "submit_key": id, "created_at": now, "updated_at": now})
		f.events = append(f.events, id)
		f.special(i, p)
	}
	f.do(f.db.Tx(f.t.Context(), func(tx *gorm.DB) error {
		return errors.Join(tx.Table("person").CreateInBatches(people, 500).Error, tx.Table("filing").CreateInBatches(filings, 500).Error)
	}))
}

func (f *field) special(i int, p string) {
	switch i % 20 {
	case 1:
		f.reach[p] = reach{email: true}
	case 2:
		f.reach[p] = reach{mobiles: []string{"+861390" + p, "+861380" + p}}
	case 3:
		f.wishes[p] = contact.Profile{From: 18, To: 20, Version: 1}
	case 4:
		f.wishes[p] = contact.Profile{NoCalls: true, Version: 1}
	case 5:
		f.wishes[p] = contact.Profile{From: 9, To: 12, Days: []time.Weekday{time.Tuesday, time.Thursday, time.Saturday}, Version: 1}
	}
}

// step is five minutes: events happen, calls end, and whoever is free takes the next one.
func (f *field) step() {
	now := f.clock.Now()
	if local := now.In(calendar.Zone); calendar.DateOf(now) != f.today && local.Hour() >= 9 {
		f.today = calendar.DateOf(now)
		f.morning()
	}
	for _, a := range f.callers {
		if h, busy := f.hold[a.PersonID]; busy && !now.Before(h.until) {
			f.hangUp(a, h)
		}
	}
	nobody := map[bool]bool{} // for callers with and without English: the list is empty
	for _, i := range f.random.Perm(len(f.callers)) {
		if _, busy := f.hold[f.callers[i].PersonID]; !busy && !nobody[i%5 == 0] {
			nobody[i%5 == 0] = !f.take(f.callers[i])
		}
	}
	next := now.Add(fieldStep)
	if len(f.hold) == 0 { // nothing goes on: to the next morning or the next part of the day
		next = f.wake(next.Add(2 * fieldStep))
	}
	f.clock.Set(next)
}

// wake skips hours in which nobody may be rung at all.
func (f *field) wake(at time.Time) time.Time {
	local := at.In(calendar.Zone)
	for minute := local.Hour()*60 + local.Minute(); minute < 9*60 || minute >= 20*60 || minute >= 12*60 && minute < 14*60; minute = (minute + 5) % (24 * 60) {
		at = at.Add(fieldStep)
	}
	return at
}

// morning lets a share of the events happen, sends back what was referred, and runs the sweeps.
func (f *field) morning() {
	ctx := f.t.Context()
	for range min(600, len(f.events)) {
		f.do(f.s.Open(ctx, f.events[0], "served"))
		f.events = f.events[1:]
	}
	f.do(f.s.MissedAppointments(ctx))
	f.do(f.s.CloseLate(ctx))
	rows, _, err := f.s.Referrals(ctx, f.boss, Cursor{})
	f.do(err)
	for i, r := range rows {
		f.do(f.s.Resolve(ctx, f.boss, r.ID, r.Version, Resolution{Code: []string{"", "80"}[i%2], Note: "记"}))
		f.n["resolved"]++
	}
}

func (f *field) take(a account.Actor) bool {
	c, err := f.s.Take(f.t.Context(), a)
	if fail.KindOf(err) == fail.KindNotFound {
		return false
	}
	f.do(err)
	if by, busy := f.ringing[c.PersonID]; busy {
		f.t.Fatalf("%s is rung by %s and %s at once", c.PersonID, by, a.PersonID)
	}
	f.ringing[c.PersonID] = a.PersonID
	f.hold[a.PersonID] = held{c: c, until: f.clock.Now().Add(fieldStep)}
	return true
}

// hangUp writes down what came of a call, at random.
func (f *field) hangUp(a account.Actor, h held) {
	ctx := f.t.Context()
	delete(f.hold, a.PersonID)
	delete(f.ringing, h.c.PersonID)
	report, version := f.outcome(h.c), h.c.Version
	if report.Code == "10" {
		c, err := f.s.Consent(ctx, a, h.c.ID, version)
		f.do(err)
		got, err := f.s.Answer(ctx, a, h.c.ID, Reply{Item: "P1", Value: fmt.Sprint(1 + f.random.IntN(5))})
		f.do(err)
		version = max(c.Version, got.Version)
	}
	_, err := f.s.LogAttempt(ctx, a, h.c.ID, version, report)
	f.do(err)
	f.n["calls"]++
	f.n["outcome "+report.Code]++
}

func (f *field) outcome(c Case) Report {
	if strings.HasPrefix(c.PersonID, "p") && len(f.reach[c.PersonID].mobiles) == 2 && c.Attempts == 0 {
		return Report{Code: "71"} // the first of two numbers is out of use
	}
	r := Report{Note: "记"}
	switch x := f.random.IntN(1000); {
	case x < 420:
		r.Code = "30"
	case x < 480:
		r.Code = "32"
	case x < 530:
		r.Code = "40"
	case x < 600:
		r.Code = "41"
	case x < 680:
		return f.appointment(c)
	case x < 740:
		r.Code = "50"
	case x < 765:
		r.Code = "51"
	case x < 768:
		r.Code = "60"
	case x < 790:
		r.Code = "71"
	case x < 800:
		r.Code = "90"
	default:
		r.Code = "10"
	}
	return r
}

// appointment agrees on a call two days later at 15:00 if that may be promised, now and then on a day off.
func (f *field) appointment(c Case) Report {
	at := calendar.DateOf(f.clock.Now()).AddDays(2).StartUTC().Add(15 * time.Hour)
	if CheckAppointment(NewHours(&f.pack.Calls, f.pack.Calendar), f.clock.Now(), at, c.CloseBy) != nil {
		return Report{Code: "30"}
	}
	f.promise[c.PersonID+at.String()] = at
	return Report{Code: "20", When: at, WithMe: f.random.IntN(2) == 0}
}

// check reads every attempt from the tables.
func (f *field) check() {
	var cases []Case
	f.do(f.db.Read(f.t.Context()).Find(&cases).Error)
	if len(cases) != fieldPeople {
		f.t.Errorf("%d cases of %d people", len(cases), fieldPeople)
	}
	var attempts []attemptRow
	f.do(f.db.Read(f.t.Context()).Order("at, id").Find(&attempts).Error)
	byCase := map[string][]attemptRow{}
	for _, a := range attempts {
		byCase[a.CaseID] = append(byCase[a.CaseID], a)
	}
	for _, c := range cases {
		f.checkCase(c, byCase[c.ID])
	}
	tallies, err := f.s.Dispositions(f.t.Context(), *cases[0].ProgrammeID)
	f.do(err)
	sum := 0
	for _, x := range tallies {
		sum += x.N
		f.n["final "+x.Code+" "+x.Class] += x.N
	}
	if sum != fieldPeople {
		f.t.Errorf("the dispositions add up to %d", sum)
	}
	f.do(f.s.Redraw(f.t.Context(), *cases[0].ProgrammeID))
}

func (f *field) checkCase(c Case, attempts []attemptRow) {
	if c.Status != Closed || c.FinalCode == nil {
		f.t.Errorf("case %s of %s is not final: %s", c.ID, c.PersonID, c.Status)
	}
	perDay, talked, slots := map[calendar.Date]int{}, map[calendar.Date]int{}, map[string]int{}
	var calls []attemptRow
	for _, a := range attempts {
		if a.Mode == ByPhone {
			calls = append(calls, a)
		}
	}
	if len(calls) > 6 {
		f.t.Errorf("%s was rung %d times", c.PersonID, len(calls))
	}
	for i, a := range calls {
		at := a.At.Add(-fieldStep) // when it rang; it was written down afterwards
		if !a.RangAt.Equal(at) {
			f.t.Errorf("%s was rung at %s, and %s is kept", c.PersonID, at, a.RangAt)
		}
		day := calendar.DateOf(at)
		f.checkHour(c, at)
		perDay[day]++
		if o, _ := f.pack.Calls.Outcome(a.Code); o.Connected {
			talked[day]++
		}
		if perDay[day] > 2 || talked[day] > 1 {
			f.t.Errorf("%s on %s: rung %d times, reached %d", c.PersonID, day, perDay[day], talked[day])
		}
		if a.Code == "30" || a.Code == "32" {
			slots[partOfDay(at)]++
		}
		if i > 0 && slices.Contains([]string{"51", "60"}, calls[i-1].Code) {
			f.t.Errorf("%s was rung after %s", c.PersonID, calls[i-1].Code)
		}
	}
	f.checkSpread(c, calls, slots)
}

// partOfDay names the part of the day by the clock alone.
func partOfDay(at time.Time) string {
	switch hour := at.In(calendar.Zone).Hour(); {
	case hour < 12:
		return "morning"
	case hour < 18:
		return "afternoon"
	}
	return "evening"
}

// offDays are the days off of the field work that are no weekends, and workDays the adjusted ones, by the notice of the State Council.
var (
	offDays  = []string{"2026-09-25", "2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"}
	workDays = []string{"2026-09-20", "2026-10-10"}
)

// checkHour holds a moment of ringing against the hours and the wishes of the person.
func (f *field) checkHour(c Case, at time.Time) {
	local := at.In(calendar.Zone)
	day, hour := local.Format("2006-01-02"), local.Hour()
	weekend := local.Weekday() == time.Saturday || local.Weekday() == time.Sunday
	off := weekend && !slices.Contains(workDays, day) || slices.Contains(offDays, day)
	_, promised := f.promise[c.PersonID+calendar.DateOf(at).StartUTC().Add(15*time.Hour).String()]
	switch wish := f.wishes[c.PersonID]; {
	case off && !promised && !slices.Contains(wish.Days, local.Weekday()):
		f.t.Errorf("%s was rung on %s, a day off", c.PersonID, day)
	case !off && (hour < 9 || hour >= 20 || hour >= 12 && hour < 14), off && (hour < 10 || hour >= 18):
		f.t.Errorf("%s was rung at %s", c.PersonID, local)
	case wish.NoCalls:
		f.t.Errorf("%s does not wish to be called", c.PersonID)
	case wish.Version > 0 && !promised && (hour < wish.From || hour >= wish.To):
		f.t.Errorf("%s was rung at %s against his wishes", c.PersonID, local)
	case len(wish.Days) > 0 && !promised && !slices.Contains(wish.Days, local.Weekday()):
		f.t.Errorf("%s was rung on a %s against his wishes", c.PersonID, local.Weekday())
	}
}

// checkSpread: whoever did not answer was tried in every part of the day before any part a second time.
func (f *field) checkSpread(c Case, calls []attemptRow, slots map[string]int) {
	silent := !slices.ContainsFunc(calls, func(a attemptRow) bool { return a.Code != "30" && a.Code != "32" })
	if f.wishes[c.PersonID].Version > 0 || !silent {
		return
	}
	if most := slices.Max(append(slices.Collect(maps.Values(slots)), 0)); most > (len(calls)+2)/3 {
		f.t.Errorf("%s was tried %v", c.PersonID, slots)
	}
}

func (f *field) summary(took time.Duration) {
	var out strings.Builder
	fmt.Fprintf(&out, "%d people, %d callers, %d days with a holiday week inside: %d calls, all final, in %s\n", fieldPeople, fieldCallers, fieldDays, f.n["calls"], took.Round(time.Second))
	for _, key := range slices.Sorted(maps.Keys(f.n)) {
		fmt.Fprintf(&out, "%8d  %s\n", f.n[key], key)
	}
	f.t.Log(out.String())
}
