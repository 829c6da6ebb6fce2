package transfer_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"
	"pgregory.net/rapid"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/transfer"
)

// member is one of the staff of the model: what he does, and for whom.
type member struct {
	account.Actor
	role   account.Role
	body   string // id
	barred bool   // took part in the measure
}

// modelled is what the model believes of one filing.
type modelled struct {
	id       string
	status   filing.Status
	owner    string // id of the body
	division string
	next     string
	reviewer string
	clock    string
	dueAt    time.Time
	overdue  bool
	asked    bool // the one request for what is missing was made
	served   string
	servedOn calendar.Date

	offered     bool   // the one offer is used up
	named       bool   // the court above has named who has it
	offer       string // id of the open offer
	offerTo     string
	question    string // id of the open question
	questionTo  string
	proposed    string // the body that was asked or proposed
	questionDue time.Time
}

func (m *modelled) handedOn() bool {
	return m.next == filing.NextAnswerOffer || m.next == filing.NextAppoint
}

// model is the world as it should be, beside the world as it is.
type model struct {
	*town
	t       *testing.T
	rt      *rapid.T
	staff   []member
	bodies  []string // ids of the three basic courts
	filings []*modelled
}

// modelCount counts over all checks, so that the test can say that it did thousands.
type modelCount struct{ done, refused int }

// TestOwnershipModel: thousands of random steps of everybody who can touch a filing, the right people and the wrong ones, with time passing in
// between. What the model allows happens, what it does not allow is refused and changes nothing, and after every step each open filing has one
// owner, one next clock and no forbidden reviewer, its row is what the model says, and its record holds.
func TestOwnershipModel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		staff := w.cast(t)
		var count modelCount
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			m := &model{town: w, t: t, rt: rt, staff: staff, bodies: []string{w.body(t, nanshan), w.body(t, futian), w.body(t, luohu)}}
			for range 2 {
				n++
				m.filings = append(m.filings, m.file(n))
			}
			steps := m.steps()
			likely := func(rt *rapid.T) {
				m.rt = rt
				f := rapid.SampledFrom(m.filings).Draw(rt, "filing")
				if f.status == filing.Closed && rapid.Bool().Draw(rt, "anew") {
					n++
					*f = *m.file(n)
					return
				}
				act := rapid.SampledFrom(f.likely()).Draw(rt, "act")
				m.try(&count, steps[act], f, rapid.SampledFrom(m.rightful(act, f)).Draw(rt, "staff"))
			}
			rt.Repeat(map[string]func(*rapid.T){
				"likely": likely, "likely again": likely, "likely too": likely, "likely still": likely, "likely once more": likely, "likely at last": likely,
				"wrong people, wrong steps": func(rt *rapid.T) {
					m.rt = rt
					act := rapid.SampledFrom(slices.Sorted(maps.Keys(steps))).Draw(rt, "act")
					m.try(&count, steps[act], rapid.SampledFrom(m.filings).Draw(rt, "filing"), rapid.SampledFrom(m.staff).Draw(rt, "staff"))
				},
				"time": func(rt *rapid.T) { m.rt = rt; m.pass() },
				"":     func(rt *rapid.T) { m.rt = rt; m.check() },
			})
		})
		t.Logf("%d steps done, %d refused", count.done, count.refused)
		if count.done < 800 || count.refused < 400 {
			t.Errorf("%d steps done, %d refused: too few to mean anything", count.done, count.refused)
		}
		report, err := w.Audit.VerifyAll(t.Context())
		if err != nil || !report.OK() {
			t.Errorf("the record as a whole: %+v, %v", report, err)
		}
	})
}

// cast hires the staff of three courts, of the court above and of the routing desk. One reviewer took part in every measure.
func (w *town) cast(t *testing.T) []member {
	t.Helper()
	at := map[string]string{"nanshan": w.body(t, nanshan), "futian": w.body(t, futian), "luohu": w.body(t, luohu)}
	w.hire(t, "luohu.shen", luohu, account.RoleReviewer)
	var out []member
	for _, c := range []struct {
		login, body string
		role        account.Role
		barred      bool
	}{{"nanshan.lian", "nanshan", account.RoleDocketing, false}, {"nanshan.shen1", "nanshan", account.RoleReviewer, false},
		{"nanshan.shen2", "nanshan", account.RoleReviewer, true}, {"nanshan.zhixing", "nanshan", account.RoleImplementer, false},
		{"futian.lian", "futian", account.RoleDocketing, false}, {"futian.shen", "futian", account.RoleReviewer, false},
		{"luohu.lian", "luohu", account.RoleDocketing, false}, {"luohu.shen", "luohu", account.RoleReviewer, false}} {
		out = append(out, member{w.Staff(t, c.login), c.role, at[c.body], c.barred})
	}
	return append(out, member{w.above, account.RoleSupervisor, w.body(t, shenzhen), false}, member{w.desk, account.RoleArbiter, w.Directory.RoutingDesk(), false})
}

// file hands in a request to correct a listing: one whose reviewer decides alone.
func (m *model) file(n int) *modelled {
	number := fmt.Sprintf("（2024）粤0305执%d号", n)
	f, err := m.Filings.Start(m.t.Context(), m.debtor, filing.StartInput{Remedy: "R18", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("restriction"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), "restriction": rules.Pick("list"),
		filing.FactCaseNumber: rules.Said(number), filing.FactExecCourt: rules.Said(nanshan), filing.FactApplicant: rules.Said("林晓芸"),
		"id_number": rules.Said("11010519491231002X"), "what_happened": rules.Said("没有能力履行，却被列入。"), "request": rules.Said("请删除。"), "moved": rules.Pick("no"),
	}})
	if err == nil {
		f, _, err = m.Filings.Submit(m.t.Context(), m.debtor, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	}
	if err != nil {
		m.rt.Fatalf("file: %v", err)
	}
	for _, s := range m.staff {
		if s.barred {
			p := review.Participant{ID: store.NewID(), BodyID: s.body, CaseNumber: number, PersonID: s.PersonID, Part: "took", CreatedAt: m.Clock.Now()}
			if err := m.DB.Tx(m.t.Context(), func(tx *gorm.DB) error { return m.Reviews.RecordParticipant(tx, p) }); err != nil {
				m.rt.Fatal(err)
			}
		}
	}
	if f.Owner() != m.bodies[0] || f.OwnerDivision != rules.DivDocketing {
		m.rt.Fatalf("filed with %s, division %s", m.Directory.BodyName(m.t.Context(), f.Owner()), f.OwnerDivision)
	}
	return &modelled{id: f.ID, status: filing.Submitted, owner: f.Owner(), division: f.OwnerDivision, next: "docket", clock: *f.NextClockID, dueAt: *f.NextDueAt}
}

// step is one thing somebody does. It changes the model as if it were allowed, says whether it is, and gives what the portal said.
type step func(f *modelled, s member, version int64) (allowed bool, err error)

func (m *model) steps() map[string]step {
	return map[string]step{"docket": m.docket, "ask": m.ask, "answer": m.answer, "refuse": m.refuse, "assign": m.assign, "release": m.release, "decide": m.decide,
		"serve": m.serve, "correct": m.correct, "withdraw": m.withdraw, "offer": m.offers, "recall": m.recall, "take": m.takes, "decline": m.declines, "appoint": m.appoints}
}

// likely are the steps that make sense now.
func (f *modelled) likely() []string {
	switch {
	case f.offer != "":
		return []string{"take", "decline", "recall", "take", "decline", "docket"}
	case f.question != "":
		return []string{"appoint", "appoint", "appoint", "recall", "assign"}
	case f.status == filing.Submitted:
		return []string{"docket", "docket", "docket", "ask", "refuse", "offer", "offer", "offer", "offer", "withdraw"}
	case f.status == filing.Supplement:
		return []string{"answer", "answer", "answer", "withdraw"}
	case f.status == filing.Reviewing && f.reviewer == "":
		return []string{"assign", "offer"}
	case f.status == filing.Reviewing:
		return []string{"decide", "release", "offer", "withdraw"}
	case f.status == filing.Decided:
		return []string{"serve"}
	}
	return []string{"correct"}
}

// rightful are the people whose step it may be; one of them may still be barred.
func (m *model) rightful(act string, f *modelled) []member {
	at, role := f.owner, filing.RoleFor(f.division)
	switch act {
	case "take", "decline":
		at = f.offerTo
	case "appoint":
		at, role = f.questionTo, account.RoleSupervisor
		if at == m.Directory.RoutingDesk() {
			role = account.RoleArbiter
		}
	}
	if act == "decide" || act == "release" {
		if i := slices.IndexFunc(m.staff, func(s member) bool { return s.PersonID == f.reviewer }); i >= 0 {
			return m.staff[i : i+1]
		}
	}
	if out := slices.DeleteFunc(slices.Clone(m.staff), func(s member) bool { return s.body != at || s.role != role }); len(out) > 0 {
		return out
	}
	return m.staff
}

// try lets a step happen, and holds its outcome against what the model allows. Now and then the page it comes from is an old one.
func (m *model) try(count *modelCount, do step, f *modelled, s member) {
	version, stale := m.now(m.t, f.id).Version, rapid.IntRange(0, 19).Draw(m.rt, "stale") == 0
	if stale {
		version--
	}
	before := *f
	allowed, err := do(f, s, version)
	switch {
	case stale && err != nil && fail.KindOf(err) == fail.KindConflict:
		allowed = false
	case allowed && err != nil:
		m.rt.Fatalf("refused although it is allowed: %v; %+v", err, before)
	case !allowed && err == nil:
		m.rt.Fatalf("done although it is not allowed: %+v", before)
	case !allowed && fail.KindOf(err) != fail.KindNotFound && fail.KindOf(err) != fail.KindConflict && fail.KindOf(err) != fail.KindInvalid:
		m.rt.Fatalf("broken: %v", err)
	}
	if !allowed {
		*f = before
		count.refused++
		return
	}
	count.done++
	f.sync(m)
}

// sync takes over the clock that a step has started; what it must be is checked in check.
func (f *modelled) sync(m *model) {
	row := m.now(m.t, f.id)
	if !f.status.Open() {
		f.next, f.clock, f.overdue = "", "", false
		return
	}
	if *row.NextClockID != f.clock {
		f.clock, f.dueAt, f.overdue = *row.NextClockID, *row.NextDueAt, false
	}
}

// handles says that the person works for the division that has the filing.
func (f *modelled) handles(s member) bool {
	return s.body == f.owner && s.role == filing.RoleFor(f.division)
}

func (m *model) docket(f *modelled, s member, v int64) (bool, error) {
	allowed := f.status == filing.Submitted && f.handles(s) && !f.handedOn()
	_, err := m.Reviews.Accept(m.t.Context(), s.Actor, f.id, v, "")
	f.status, f.next, f.division = filing.Reviewing, "assign", rules.DivReview
	return allowed, err
}

func (m *model) ask(f *modelled, s member, v int64) (bool, error) {
	allowed := f.status == filing.Submitted && f.handles(s) && !f.handedOn() && !f.asked
	_, err := m.Reviews.Ask(m.t.Context(), s.Actor, f.id, v, "请补交失信决定书的照片。")
	f.status, f.next, f.asked = filing.Supplement, "wait", true
	return allowed, err
}

func (m *model) answer(f *modelled, _ member, v int64) (bool, error) {
	allowed := f.status == filing.Supplement
	_, err := m.Reviews.AnswerSupplement(m.t.Context(), m.debtor, f.id, v, "照片已经交了。")
	f.status, f.next = filing.Submitted, "docket"
	return allowed, err
}

func (m *model) refuse(f *modelled, s member, v int64) (bool, error) {
	allowed := f.status == filing.Submitted && f.handles(s) && !f.handedOn()
	_, err := m.Reviews.Refuse(m.t.Context(), s.Actor, f.id, v, review.Ruling{Grounds: []string{"F05"}, Text: why})
	f.status, f.next = filing.Decided, "serve"
	return allowed, err
}

func (m *model) assign(f *modelled, s member, v int64) (bool, error) {
	to := rapid.SampledFrom(m.staff).Draw(m.rt, "to")
	desk := s.body == f.owner && s.role == account.RoleDocketing
	allowed := f.status == filing.Reviewing && !f.handedOn() && f.reviewer == "" && !m.barredIn(s, f) && (f.handles(s) || desk) && f.handles(to) && !m.barredIn(to, f)
	_, err := m.Reviews.Assign(m.t.Context(), s.Actor, f.id, v, to.PersonID)
	f.reviewer, f.next = to.PersonID, "decide"
	return allowed, err
}

// barredIn says that the person may not review, nor even see, the filing: he took part in its measure.
func (m *model) barredIn(s member, _ *modelled) bool { return s.barred }

func (m *model) release(f *modelled, s member, v int64) (bool, error) {
	desk := s.body == f.owner && s.role == account.RoleDocketing
	allowed := f.status == filing.Reviewing && !f.handedOn() && f.reviewer != "" && (f.reviewer == s.PersonID || desk)
	_, err := m.Reviews.Release(m.t.Context(), s.Actor, f.id, v, "other")
	f.reviewer, f.next = "", "assign"
	return allowed, err
}

func (m *model) decide(f *modelled, s member, v int64) (bool, error) {
	allowed := f.status == filing.Reviewing && !f.handedOn() && f.reviewer == s.PersonID
	_, err := m.Reviews.Decide(m.t.Context(), s.Actor, f.id, v, review.Ruling{Disposition: "rejected", Grounds: []string{"G123"}, Text: why})
	f.status, f.next = filing.Decided, "serve"
	return allowed, err
}

func (m *model) serve(f *modelled, s member, v int64) (bool, error) {
	allowed := f.status == filing.Decided && f.handles(s) && !s.barred
	f.servedOn, f.served = calendar.Today(m.Clock), review.ServedPost
	_, err := m.Reviews.Serve(m.t.Context(), s.Actor, f.id, v, f.served, f.servedOn)
	f.status = filing.Closed
	return allowed, err
}

func (m *model) correct(f *modelled, s member, v int64) (bool, error) {
	allowed := f.status == filing.Closed && f.served != "" && f.handles(s) && !s.barred
	f.served = map[string]string{review.ServedPost: review.ServedInPerson}[f.served]
	if f.served == "" {
		f.served = review.ServedPost
	}
	_, err := m.Reviews.CorrectService(m.t.Context(), s.Actor, f.id, v, f.servedOn, f.served)
	return allowed, err
}

func (m *model) withdraw(f *modelled, _ member, v int64) (bool, error) {
	allowed := f.status == filing.Submitted || f.status == filing.Supplement || f.status == filing.Reviewing
	_, err := m.Filings.Withdraw(m.t.Context(), m.debtor, f.id, v)
	f.status, f.offer, f.question = filing.Closed, "", ""
	return allowed, err
}

func (m *model) offers(f *modelled, s member, v int64) (bool, error) {
	to := rapid.SampledFrom(m.bodies).Draw(m.rt, "to")
	may := (f.status == filing.Submitted || f.status == filing.Reviewing) && !f.handedOn() && f.handles(s) && (f.reviewer == "" || f.reviewer == s.PersonID) &&
		!m.hidden(s, f)
	allowed := may && to != f.owner && !f.named
	second := f.offered
	_, above, err := m.Transfers.Offer(m.t.Context(), s.Actor, f.id, v, transfer.Proposal{To: to, Reason: "H01", Text: why})
	if allowed && err == nil && above != second {
		m.rt.Fatalf("offered before: %v, and the court above asked: %v", second, above)
	}
	f.offered, f.proposed = true, to
	if second {
		f.next, f.questionTo, f.question = filing.NextAppoint, m.body(m.t, shenzhen), m.openQuestion(f)
	} else {
		f.next, f.offerTo, f.offer = filing.NextAnswerOffer, to, m.openOffer(f)
	}
	return allowed, err
}

// hidden says that the person does not see the filing at all: whoever took part in the measure sees nothing of its review.
func (m *model) hidden(s member, f *modelled) bool {
	return s.barred && f.division != rules.DivImplementing
}

func (m *model) openOffer(f *modelled) string {
	var o transfer.Offer
	m.DB.Read(m.t.Context()).Where("filing_id = ? AND state = 'open'", f.id).Limit(1).Find(&o)
	f.questionDue = o.DueAt
	return o.ID
}

func (m *model) openQuestion(f *modelled) string {
	var q transfer.Appointment
	m.DB.Read(m.t.Context()).Where("filing_id = ? AND state = 'open'", f.id).Limit(1).Find(&q)
	f.questionDue = q.DueAt
	return q.ID
}

func (m *model) recall(f *modelled, s member, v int64) (bool, error) {
	allowed := f.handedOn() && f.handles(s) && !m.hidden(s, f)
	_, err := m.Transfers.Recall(m.t.Context(), s.Actor, f.id, v)
	f.goOn()
	return allowed, err
}

// goOn: nothing is asked any more, and the owner owes what it owed before.
func (f *modelled) goOn() {
	f.offer, f.question = "", ""
	switch {
	case f.status == filing.Submitted:
		f.next = "docket"
	case f.reviewer != "":
		f.next = "decide"
	default:
		f.next = "assign"
	}
}

func (m *model) takes(f *modelled, s member, _ int64) (bool, error) {
	allowed := f.offer != "" && s.body == f.offerTo && s.role == filing.RoleFor(f.division) && !m.hidden(s, f)
	_, err := m.Transfers.Take(m.t.Context(), s.Actor, orNone(f.offer))
	f.owner, f.reviewer = f.offerTo, ""
	f.goOn()
	return allowed, err
}

func orNone(id string) string {
	if id == "" {
		return store.NewID()
	}
	return id
}

func (m *model) declines(f *modelled, s member, _ int64) (bool, error) {
	allowed := f.offer != "" && s.body == f.offerTo && s.role == filing.RoleFor(f.division) && !m.hidden(s, f)
	_, err := m.Transfers.Decline(m.t.Context(), s.Actor, orNone(f.offer), "D01", why)
	f.offer, f.next, f.questionTo, f.question = "", filing.NextAppoint, m.body(m.t, shenzhen), m.openQuestion(f)
	return allowed, err
}

func (m *model) appoints(f *modelled, s member, _ int64) (bool, error) {
	to := rapid.SampledFrom(m.bodies).Draw(m.rt, "to")
	allowed := f.question != "" && s.body == f.questionTo && (s.role == account.RoleSupervisor || s.role == account.RoleArbiter)
	_, err := m.Transfers.Appoint(m.t.Context(), s.Actor, orNone(f.question), to, why)
	f.named = true
	if to != f.owner {
		f.owner, f.reviewer = to, ""
	}
	f.goOn()
	return allowed, err
}

// pass lets up to three days pass, and clocks and silence take their course.
func (m *model) pass() {
	days := rapid.IntRange(0, 3).Draw(m.rt, "days")
	m.Time.Add(time.Duration(days) * 24 * time.Hour)
	for _, name := range []string{"filing.clocks", "transfer.silence"} {
		if err := m.Jobs.RunNow(m.t.Context(), name); err != nil {
			m.rt.Fatal(err)
		}
	}
	now := m.Clock.Now()
	for _, f := range m.filings {
		if !f.status.Open() {
			continue
		}
		if !f.dueAt.After(now) {
			if f.status == filing.Supplement {
				f.status, f.next = filing.Submitted, "docket"
				f.sync(m)
			} else {
				f.overdue = true
			}
		}
		if f.questionDue.After(now) {
			continue
		}
		switch {
		case f.offer != "":
			f.offer, f.next, f.questionTo = "", filing.NextAppoint, m.body(m.t, shenzhen)
			f.question = m.openQuestion(f)
		case f.question != "" && f.questionTo != m.Directory.RoutingDesk():
			f.questionTo = m.Directory.RoutingDesk()
			f.question = m.openQuestion(f)
		}
	}
}

// check holds the world against the model.
func (m *model) check() {
	for _, f := range m.filings {
		row := m.now(m.t, f.id)
		if row.Status != f.status || row.Owner() != f.owner || row.Reviewer() != f.reviewer || value(row.NextAction) != f.next || row.OwnerDivision != f.division {
			m.rt.Fatalf("the row says %s, owner %s, division %s, reviewer %s, next %s; the model %+v", row.Status, row.Owner(), row.OwnerDivision, row.Reviewer(), value(row.NextAction), *f)
		}
		if row.Reviewer() != "" && slices.ContainsFunc(m.staff, func(s member) bool {
			return s.PersonID == row.Reviewer() && (s.barred || s.role != account.RoleReviewer)
		}) {
			m.rt.Fatalf("a forbidden reviewer has it: %+v", *f)
		}
		m.checkClock(row, f)
		m.checkAsked(f)
		report, err := audit.VerifySubject(m.t.Context(), m.DB, audit.Subject{Type: "filing", ID: f.id})
		if err != nil || !report.OK() {
			m.rt.Fatalf("audit: %+v, %v", report, err)
		}
	}
}

// checkClock: an open filing has one next clock, of its owner or of the person asked; it runs, or was missed and is marked so. A closed one has none.
func (m *model) checkClock(row filing.Filing, f *modelled) {
	clocks, err := filing.ClocksOf(m.DB.Read(m.t.Context()), f.id)
	if err != nil {
		m.rt.Fatal(err)
	}
	var running []filing.Clock
	for _, c := range clocks {
		if c.State == filing.Running && (c.Who == rules.WhoBody || f.status == filing.Supplement) {
			running = append(running, c)
		}
	}
	if !f.status.Open() {
		if len(running) != 0 || row.NextClockID != nil {
			m.rt.Fatalf("closed, and %d clocks of a body run: %+v", len(running), *f)
		}
		return
	}
	if *row.NextClockID != f.clock || row.Overdue != f.overdue || !row.NextDueAt.Equal(f.dueAt) {
		m.rt.Fatalf("clock %s until %s, overdue %v; the model %+v", *row.NextClockID, row.NextDueAt, row.Overdue, *f)
	}
	switch {
	case f.overdue && len(running) == 0:
	case !f.overdue && len(running) == 1 && running[0].ID == f.clock:
		if c := running[0]; c.Who == rules.WhoBody && value(c.BodyID) != f.owner {
			m.rt.Fatalf("the clock binds %s: %+v", value(c.BodyID), *f)
		}
	default:
		m.rt.Fatalf("%d clocks run: %+v", len(running), *f)
	}
}

// checkAsked: what is open about a filing is what the model says, and never more than one question.
func (m *model) checkAsked(f *modelled) {
	var offers, questions []string
	db := m.DB.Read(m.t.Context())
	db.Model(&transfer.Offer{}).Joins("JOIN filing ON filing.id = transfer_offer.filing_id AND filing.next_action = ?", filing.NextAnswerOffer).
		Where("transfer_offer.filing_id = ? AND state = 'open'", f.id).Pluck("transfer_offer.id", &offers)
	db.Model(&transfer.Appointment{}).Joins("JOIN filing ON filing.id = transfer_appointment.filing_id AND filing.next_action = ?", filing.NextAppoint).
		Where("transfer_appointment.filing_id = ? AND state = 'open'", f.id).Pluck("transfer_appointment.id", &questions)
	want := func(id string) []string {
		if id == "" {
			return nil
		}
		return []string{id}
	}
	if !slices.Equal(offers, want(f.offer)) || !slices.Equal(questions, want(f.question)) {
		m.rt.Fatalf("open offers %v, questions %v; the model %+v", offers, questions, *f)
	}
}

func value(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}
