package transfer_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/transfer"
)

const (
	nanshan  = "深圳市南山区人民法院"
	futian   = "深圳市福田区人民法院"
	luohu    = "深圳市罗湖区人民法院"
	shenzhen = "广东省深圳市中级人民法院"
	number   = "（2024）粤0305执1234号"
	why      = "案件已经移送福田区人民法院执行，措施也由它采取。"
)

// town is a portal with three basic courts that have people, and the court above them.
type town struct {
	*apptest.World
	debtor                 account.Actor
	nanshan, futian, luohu account.Actor // docketing
	judge                  account.Actor // reviewer of Nanshan
	above                  account.Actor // supervisor of the court above
	desk                   account.Actor // arbiter
	monday                 calendar.Date
	filing                 string // id of the filing the case is about
}

func newTown(t *testing.T, db *store.DB, settings ...string) *town {
	t.Helper()
	w := apptest.New(t, db, settings...)
	out := &town{World: w, debtor: w.Debtor(t, "13800006071"), nanshan: w.Staff(t, "nanshan.lian"), judge: w.Staff(t, "nanshan.shen1"),
		above: w.Staff(t, "duban"), desk: w.Staff(t, "zhuanban")}
	out.futian = out.hire(t, "futian.lian", futian, account.RoleDocketing)
	out.luohu = out.hire(t, "luohu.lian", luohu, account.RoleDocketing)
	out.hire(t, "futian.shen", futian, account.RoleReviewer)
	return out
}

// hire makes a member of staff.
func (w *town) hire(t *testing.T, login, body string, role account.Role) account.Actor {
	t.Helper()
	_, _, err := w.Accounts.CreateStaff(t.Context(), account.System(), account.NewStaff{Login: login, Password: "a long pass phrase", Name: "任何人",
		Grants: []account.NewGrant{{Grant: account.Grant{Role: role, BodyID: w.body(t, body)}, From: calendar.NewDate(2026, 1, 1)}}})
	if err != nil {
		t.Fatal(err)
	}
	return w.Staff(t, login)
}

func (w *town) body(t *testing.T, name string) string {
	t.Helper()
	id := w.Directory.BodyID(t.Context(), name)
	if id == "" {
		t.Fatalf("the directory has no %s", name)
	}
	return id
}

func (w *town) filed(t *testing.T) filing.Filing {
	t.Helper()
	f, err := w.Filings.Start(t.Context(), w.debtor, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said(number), filing.FactExecCourt: rules.Said(nanshan), filing.FactApplicant: rules.Said("林晓芸"),
		"act": rules.Said("冻结工资卡"), "what_happened": rules.Said("全部冻结。"), "request": rules.Said("解除冻结。"), "moved": rules.Pick("no"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	f, _, err = w.Filings.Submit(t.Context(), w.debtor, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	if err != nil {
		t.Fatalf("submit: %v", err)
	}
	return f
}

func (w *town) now(t *testing.T, id string) filing.Filing {
	t.Helper()
	var f filing.Filing
	if err := w.DB.Read(t.Context()).Where("id = ?", id).Take(&f).Error; err != nil {
		t.Fatal(err)
	}
	return f
}

// on moves the clock to ten in the morning of a day in China and lets time do its work.
func (w *town) on(t *testing.T, d calendar.Date) {
	t.Helper()
	w.Time.Set(d.StartUTC().Add(10 * time.Hour))
	for _, name := range []string{"filing.clocks", "transfer.silence", "transfer.closed_bodies"} {
		if err := w.Jobs.RunNow(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *town) offer(t *testing.T, a account.Actor, id, to string) bool {
	t.Helper()
	_, above, err := w.Transfers.Offer(t.Context(), a, id, w.now(t, id).Version, transfer.Proposal{To: w.body(t, to), Reason: "H01", Text: why})
	if err != nil {
		t.Fatalf("offer to %s: %v", to, err)
	}
	return above
}

func (w *town) offered(t *testing.T, a account.Actor) string {
	t.Helper()
	rows, err := w.Transfers.OfferedTo(t.Context(), a)
	i := slices.IndexFunc(rows, func(r transfer.OfferedRow) bool { return r.Filing.ID == w.filing })
	if err != nil || i < 0 {
		t.Fatalf("not offered: %v", err)
	}
	return rows[i].Offer.ID
}

// asks reports whether the actor may answer an offer, or name who has it.
func (w *town) asks(t *testing.T, a account.Actor) bool {
	t.Helper()
	offers, err := w.Transfers.OfferedTo(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	questions, err := w.Transfers.AskedOf(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(offers, func(r transfer.OfferedRow) bool { return r.Filing.ID == w.filing }) ||
		slices.ContainsFunc(questions, func(r transfer.QuestionRow) bool { return r.Filing.ID == w.filing })
}

func (w *town) take(t *testing.T, a account.Actor) {
	t.Helper()
	if _, err := w.Transfers.Take(t.Context(), a, w.offered(t, a)); err != nil {
		t.Fatalf("take: %v", err)
	}
}

func (w *town) decline(t *testing.T, a account.Actor) {
	t.Helper()
	if _, err := w.Transfers.Decline(t.Context(), a, w.offered(t, a), "D01", why); err != nil {
		t.Fatalf("decline: %v", err)
	}
}

// asked is the one question who has it that the actor may answer.
func (w *town) asked(t *testing.T, a account.Actor) string {
	t.Helper()
	rows, err := w.Transfers.AskedOf(t.Context(), a)
	i := slices.IndexFunc(rows, func(r transfer.QuestionRow) bool { return r.Filing.ID == w.filing })
	if err != nil || i < 0 {
		t.Fatalf("not asked: %v", err)
	}
	return rows[i].Appointment.ID
}

func (w *town) appoint(t *testing.T, a account.Actor, body string) {
	t.Helper()
	if _, err := w.Transfers.Appoint(t.Context(), a, w.asked(t, a), w.body(t, body), why); err != nil {
		t.Fatalf("appoint %s: %v", body, err)
	}
}

func (w *town) close(t *testing.T, body, successor string, on calendar.Date) {
	t.Helper()
	if err := w.Directory.Close(t.Context(), audit.Actor{Kind: "system"}, w.body(t, body), on, w.body(t, successor)); err != nil {
		t.Fatal(err)
	}
}

// day is the n-th day from the Monday on which the case began.
func (w *town) day(n int) calendar.Date { return w.monday.AddDays(n) }

// begin goes to ten in the morning of a Monday.
func (w *town) begin(t *testing.T) {
	t.Helper()
	w.monday = calendar.Today(w.Clock)
	for w.monday.Weekday() != time.Monday {
		w.monday = w.monday.AddDays(1)
	}
	if w.monday != calendar.Today(w.Clock) {
		w.on(t, w.monday)
	}
}

// path is one way a filing is handed on: who has it at the end, what is next, and what its record says since it was handed in.
type path struct {
	name  string
	do    func(t *testing.T, w *town, id string)
	owner string
	next  string
	hops  []string
	alone bool // needs a world of its own
}

// TestTransferPaths: whatever way a filing is handed on, it has one owner all the while, its clock is the same row with the same last day, its
// record holds, and every hop is on it.
func TestTransferPaths(t *testing.T) {
	cases := []path{
		{"offered, not answered yet: the owner stays", func(t *testing.T, w *town, id string) {
			if w.offer(t, w.nanshan, id, futian) {
				t.Error("the first offer went to the court above")
			}
		}, nanshan, filing.NextAnswerOffer, []string{"offer"}, false},
		{"taken", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.take(t, w.futian)
		}, futian, "docket", []string{"offer", "take_over"}, false},
		{"recalled", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			if _, err := w.Transfers.Recall(t.Context(), w.nanshan, id, w.now(t, id).Version); err != nil {
				t.Fatal(err)
			}
			if w.asks(t, w.futian) {
				t.Error("still offered")
			}
		}, nanshan, "docket", []string{"offer", "recall"}, false},
		{"declined: the court above is asked, the owner stays", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.decline(t, w.futian)
			w.asked(t, w.above)
		}, nanshan, filing.NextAppoint, []string{"offer", "decline"}, false},
		{"declined, the one that declined is named", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.decline(t, w.futian)
			w.appoint(t, w.above, futian)
		}, futian, "docket", []string{"offer", "decline", "appoint"}, false},
		{"declined, the owner is named", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.decline(t, w.futian)
			w.appoint(t, w.above, nanshan)
		}, nanshan, "docket", []string{"offer", "decline", "appoint"}, false},
		{"declined, a third is named", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.decline(t, w.futian)
			w.appoint(t, w.above, luohu)
		}, luohu, "docket", []string{"offer", "decline", "appoint"}, false},
		{"declined, the owner goes on itself", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.decline(t, w.futian)
			if _, err := w.Transfers.Recall(t.Context(), w.nanshan, id, w.now(t, id).Version); err != nil {
				t.Fatal(err)
			}
		}, nanshan, "docket", []string{"offer", "decline", "recall"}, false},
		{"silence: not on the last day", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.on(t, w.day(1)) // one working day from Monday
		}, nanshan, filing.NextAnswerOffer, []string{"offer"}, false},
		{"silence: the day after", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.on(t, w.day(2))
			w.on(t, w.day(2)) // looking twice does nothing twice
			w.asked(t, w.above)
		}, nanshan, filing.NextAppoint, []string{"offer", "silence"}, false},
		{"silence of the court above: the routing desk names", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.on(t, w.day(2))
			w.on(t, w.day(5)) // two working days from Wednesday end on Friday
			if w.asks(t, w.above) {
				t.Error("the court above is still asked")
			}
			w.appoint(t, w.desk, luohu)
		}, luohu, "docket", []string{"offer", "silence", "clock.overdue", "pass_up", "appoint"}, false},
		{"a second offer goes to the court above", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.take(t, w.futian)
			if !w.offer(t, w.futian, id, luohu) {
				t.Error("the second offer went to the other court")
			}
			w.appoint(t, w.above, luohu)
		}, luohu, "docket", []string{"offer", "take_over", "ask_above", "appoint"}, false},
		{"recalled and offered again goes to the court above too", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			if _, err := w.Transfers.Recall(t.Context(), w.nanshan, id, w.now(t, id).Version); err != nil {
				t.Fatal(err)
			}
			if !w.offer(t, w.nanshan, id, luohu) {
				t.Error("a filing was offered twice")
			}
		}, nanshan, filing.NextAppoint, []string{"offer", "recall", "ask_above"}, false},
		{"no court above both with people: the routing desk is asked", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, shenzhen) // above both stands the high court, where nobody works
			other := w.Staff(t, "shenzhen.lian")
			w.decline(t, other)
			w.appoint(t, w.desk, shenzhen)
		}, shenzhen, "docket", []string{"offer", "decline", "appoint"}, false},
		{"a weekend in between does not count", func(t *testing.T, w *town, id string) {
			w.Time.Set(w.day(4).StartUTC().Add(10 * time.Hour)) // a Friday
			w.offer(t, w.nanshan, id, futian)
			w.on(t, w.day(7))
			if f := w.now(t, id); *f.NextAction != filing.NextAnswerOffer {
				t.Error("silence before the last day was over")
			}
			w.on(t, w.day(8))
		}, nanshan, filing.NextAppoint, []string{"offer", "clock.overdue", "silence"}, false},
		{"a holiday in between does not count", func(t *testing.T, w *town, id string) {
			w.Time.Set(w.day(9).StartUTC().Add(10 * time.Hour)) // a Wednesday; Thursday and Friday are made days off below
			w.offer(t, w.nanshan, id, futian)
			w.on(t, w.day(14))
			if f := w.now(t, id); *f.NextAction != filing.NextAnswerOffer {
				t.Error("silence before the last day was over")
			}
			w.on(t, w.day(15))
		}, nanshan, filing.NextAppoint, []string{"offer", "clock.overdue", "silence"}, true},
		{"the owner closes: the successor has it", func(t *testing.T, w *town, id string) {
			w.close(t, nanshan, luohu, w.day(1))
			w.on(t, w.day(1))
		}, luohu, "docket", []string{"succeed"}, true},
		{"the asked court closes: its successor is asked, with the same last day", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.close(t, futian, luohu, w.day(1))
			w.on(t, w.day(1))
			w.take(t, w.luohu)
		}, luohu, "docket", []string{"offer", "take_over"}, true},
		{"the owner closes into the court it asked", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.close(t, nanshan, futian, w.day(1))
			w.on(t, w.day(1))
		}, futian, "docket", []string{"offer", "succeed"}, true},
		{"the asked court closes into the owner: the court above says", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			w.close(t, futian, nanshan, w.day(1))
			w.on(t, w.day(1))
			w.on(t, w.day(1))
		}, nanshan, filing.NextAppoint, []string{"offer", "silence"}, true},
		{"withdrawn meanwhile: nothing is asked any more", func(t *testing.T, w *town, id string) {
			w.offer(t, w.nanshan, id, futian)
			if _, err := w.Filings.Withdraw(t.Context(), w.debtor, id, w.now(t, id).Version); err != nil {
				t.Fatal(err)
			}
			w.on(t, w.day(0))
			if w.asks(t, w.futian) {
				t.Error("still offered")
			}
		}, nanshan, "", []string{"offer", "withdraw"}, false},
	}
	holiday := apptest.PackDir(t, "2026-11-test", "2026-11-01", apptest.Edit{File: "holidays/holiday-2026.json", Old: `"days": [`,
		New: `"days": [{"name": "试", "date": "2026-11-12", "isOffDay": true}, {"name": "试", "date": "2026-11-13", "isOffDay": true},`})
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		for _, c := range cases {
			if !c.alone {
				t.Run(c.name, func(t *testing.T) { w.walk(t, c) })
			}
		}
	})
	for _, c := range cases {
		if c.alone { // it changes the directory or the calendar
			t.Run(c.name, func(t *testing.T) {
				storetest.Each(t, func(t *testing.T, db *store.DB) { newTown(t, db, "PORTAL_PACKS_DIR="+holiday).walk(t, c) })
			})
		}
	}
}

func (w *town) walk(t *testing.T, c path) {
	w.begin(t)
	f := w.filed(t)
	w.filing = f.ID
	c.do(t, w, f.ID)
	w.stands(t, f, *f.NextClockID, c.owner, c.next)
	if got := w.hops(t, f.ID); !slices.Equal(got, c.hops) {
		t.Errorf("the record says %v, want %v", got, c.hops)
	}
	w.Work(t)
}

// stands checks who has the filing, and that the clock is the very one it had from the beginning, bound to the owner.
func (w *town) stands(t *testing.T, was filing.Filing, clock, owner, next string) {
	t.Helper()
	f := w.now(t, was.ID)
	if got := w.Directory.BodyName(t.Context(), f.Owner()); got != owner {
		t.Errorf("%s has it, want %s", got, owner)
	}
	if next == "" {
		return
	}
	if f.NextAction == nil || *f.NextAction != next {
		t.Errorf("next is %v, want %s", f.NextAction, next)
	}
	if *f.NextClockID != clock || !f.NextDueAt.Equal(*was.NextDueAt) {
		t.Errorf("the clock started again: until %v, was until %v", f.NextDueAt, was.NextDueAt)
	}
	var c filing.Clock
	if err := w.DB.Read(t.Context()).Where("id = ?", clock).Take(&c).Error; err != nil {
		t.Fatal(err)
	}
	if c.State == filing.Running && *c.BodyID != f.Owner() {
		t.Error("the clock that runs binds a body that does not have the filing")
	}
	report, err := audit.VerifySubject(t.Context(), w.DB, audit.Subject{Type: "filing", ID: f.ID})
	if err != nil || !report.OK() {
		t.Errorf("audit: %+v, %v", report, err)
	}
}

// hops are the visible entries after the submit, oldest first.
func (w *town) hops(t *testing.T, id string) []string {
	t.Helper()
	events, err := w.Filings.Timeline(t.Context(), w.now(t, id))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i := len(events) - 1; i >= 0; i-- {
		kind := events[i].Kind
		if kind == "filing.submit" || kind == "filing.drafted" || kind == "filing.application" {
			continue
		}
		out = append(out, strings.TrimPrefix(kind, "filing."))
	}
	return out
}
