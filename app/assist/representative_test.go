package assist_test

import (
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/assist"
	"reliefportal/app/audit"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store/storetest"
)

// acts has somebody invited by the owner take the invitation up.
func acts(t *testing.T, w *apptest.World, owner, who account.Actor, filingID string, powers ...filing.Power) assist.Representative {
	t.Helper()
	f, _, err := w.Filings.Get(t.Context(), owner, filingID)
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.Assist.Invite(t.Context(), owner, f.ID, assist.Invitation{Label: "王律师", Capacity: "lawyer", Powers: powers})
	if err != nil {
		t.Fatal(err)
	}
	taken, err := w.Assist.Accept(t.Context(), who, codeOf(t, w, owner, f, r.ID), "王敏")
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

func codeOf(t *testing.T, w *apptest.World, owner account.Actor, f filing.Filing, id string) string {
	t.Helper()
	all, err := w.Assist.Representatives(t.Context(), f, owner)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if r.ID == id {
			return r.Code
		}
	}
	t.Fatalf("no invitation %s", id)
	return ""
}

// What a representative may do is what was ticked, and ends when either side says so.
func TestPowersOfARepresentative(t *testing.T) {
	for name, c := range map[string]struct {
		powers           []filing.Power
		submit, withdraw string
	}{
		"nothing ticked": {nil, "helper.no_power", "helper.no_power"},
		"to file":        {[]filing.Power{filing.PowerFile}, "", "helper.no_power"},
		"to withdraw":    {[]filing.Power{filing.PowerWithdraw}, "helper.no_power", ""},
		"everything":     {filing.Powers(), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := apptest.New(t, storetest.SQLite(t))
			owner, lawyer := w.Debtor(t, phone), w.Debtor(t, "13900139000")
			f := draft(t, w, owner)
			acts(t, w, owner, lawyer, f.ID, c.powers...)
			f, err := w.Filings.Answer(t.Context(), lawyer, f.ID, f.Version, rules.Facts{"request": rules.Said("请解除冻结。")})
			if err != nil {
				t.Fatalf("typing needs no power: %v", err)
			}
			in := filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}
			if _, _, err = w.Filings.Submit(t.Context(), lawyer, f.ID, in); key(err) != c.submit {
				t.Errorf("handing in: %v, want %q", err, c.submit)
			}
			if c.submit != "" {
				if _, _, err := w.Filings.Submit(t.Context(), owner, f.ID, in); err != nil {
					t.Fatal(err)
				}
			}
			if f, _, err = w.Filings.Get(t.Context(), lawyer, f.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Filings.Withdraw(t.Context(), lawyer, f.ID, f.Version); key(err) != c.withdraw {
				t.Errorf("withdrawing: %v, want %q", err, c.withdraw)
			}
		})
	}
}

func TestRepresentativeSeesOneFilingUntilItEnds(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		owner, lawyer, stranger := w.Debtor(t, phone), w.Debtor(t, "13900139000"), w.Debtor(t, "13700137000")
		f, private := draft(t, w, owner), draft(t, w, owner)
		r := acts(t, w, owner, lawyer, f.ID, filing.PowerFile)
		if _, _, err := w.Filings.Get(t.Context(), lawyer, f.ID); err != nil {
			t.Errorf("the filing he acts in: %v", err)
		}
		for who, id := range map[*account.Actor]string{&lawyer: private.ID, &stranger: f.ID} {
			if _, _, err := w.Filings.Get(t.Context(), *who, id); key(err) != "not found" {
				t.Errorf("a filing he does not act in: %v", err)
			}
		}
		if mine, _, err := w.Filings.Mine(t.Context(), lawyer, filing.Cursor{}); err != nil || len(mine) != 0 {
			t.Errorf("it stands among his own: %d, %v", len(mine), err)
		}
		if others, err := w.Assist.ForOthers(t.Context(), lawyer); err != nil || len(others) != 1 || others[0].ID != f.ID {
			t.Errorf("for others: %d, %v", len(others), err)
		}
		if err := w.Assist.EndRepresentation(t.Context(), stranger, f.ID, r.ID); key(err) != "not found" {
			t.Errorf("a stranger ends it: %v", err)
		}
		if err := w.Assist.EndRepresentation(t.Context(), owner, f.ID, r.ID); err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Filings.Get(t.Context(), lawyer, f.ID); key(err) != "not found" {
			t.Errorf("after the end: %v", err)
		}
		if err := w.Assist.EndRepresentation(t.Context(), owner, f.ID, r.ID); key(err) != "rep.over" {
			t.Errorf("ended twice: %v", err)
		}
	})
}

// An invitation works once, for seven days, for somebody else than the person, and not after it was taken back.
func TestInvitations(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		owner, lawyer, other := w.Debtor(t, phone), w.Debtor(t, "13900139000"), w.Debtor(t, "13700137000")
		f := draft(t, w, owner)
		invite := func() (string, string) {
			t.Helper()
			r, err := w.Assist.Invite(t.Context(), owner, f.ID, assist.Invitation{Label: "我哥", Capacity: "relative"})
			if err != nil {
				t.Fatal(err)
			}
			return r.ID, codeOf(t, w, owner, f, r.ID)
		}
		_, code := invite()
		if _, err := w.Assist.Look(t.Context(), owner, code); key(err) != "rep.yourself" {
			t.Errorf("the person himself: %v", err)
		}
		w.Time.Add(assist.InvitationLife - time.Second)
		if o, err := w.Assist.Look(t.Context(), lawyer, strings.ToLower(code)); err != nil || o.Applicant != "林晓芸" {
			t.Errorf("a second before the end: %+v %v", o, err)
		}
		w.Time.Add(time.Second)
		if _, err := w.Assist.Look(t.Context(), lawyer, code); key(err) != "helper.code_unknown" {
			t.Errorf("after seven days: %v", err)
		}
		id, code := invite()
		if err := w.Assist.EndRepresentation(t.Context(), owner, f.ID, id); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Assist.Accept(t.Context(), lawyer, code, "林海"); key(err) != "helper.code_unknown" {
			t.Errorf("taken back: %v", err)
		}
		_, code = invite()
		if _, err := w.Assist.Accept(t.Context(), lawyer, code, "林海"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Assist.Accept(t.Context(), other, code, "林江"); key(err) != "helper.code_unknown" {
			t.Errorf("used twice: %v", err)
		}
	})
}

// One or two may act in a case (CPL art. 61(1)); invitations that wait count, those that are over do not.
func TestTwoRepresentativesAtMost(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		owner := w.Debtor(t, phone)
		f := draft(t, w, owner)
		ask := func() error {
			_, err := w.Assist.Invite(t.Context(), owner, f.ID, assist.Invitation{Label: "王律师", Capacity: "lawyer"})
			return err
		}
		acts(t, w, owner, w.Debtor(t, "13900139000"), f.ID)
		if err := ask(); err != nil {
			t.Errorf("the second: %v", err)
		}
		if err := ask(); key(err) != "rep.too_many" {
			t.Errorf("the third: %v", err)
		}
		w.Time.Add(assist.InvitationLife)
		if err := ask(); err != nil {
			t.Errorf("once an invitation has run out: %v", err)
		}
	})
}

func TestRecordNamesTheRepresentativeAndHeIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		owner, lawyer := w.Debtor(t, phone), w.Debtor(t, "lawyer@example.cn")
		f := draft(t, w, owner)
		acts(t, w, owner, lawyer, f.ID, filing.PowerFile, filing.PowerServe)
		if _, _, err := w.Filings.Submit(t.Context(), lawyer, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
			t.Fatal(err)
		}
		events, err := audit.List(t.Context(), w.DB, audit.Subject{Type: "filing", ID: f.ID})
		if err != nil {
			t.Fatal(err)
		}
		last := events[len(events)-1]
		for _, e := range events {
			if e.Kind == "filing.submit" {
				last = e
			}
		}
		if last.Actor.ID != lawyer.PersonID || last.Actor.Role != string(account.RepresentativeRole) {
			t.Errorf("handed in by %+v", last.Actor)
		}
		messages, err := w.Outbox(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]bool{}
		for _, m := range messages {
			if strings.Contains(m.Subject+m.Body, "回执码") {
				told[m.To] = true
			}
		}
		if !told["lawyer@example.cn"] || len(told) != 2 {
			t.Errorf("told: %v", told)
		}
	})
}

func TestCapacitiesRestOnTheLaw(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	pack := w.Packs.On(w.Filings.Packs.On(reviewerSince).From)
	if len(assist.Capacities()) < 6 {
		t.Errorf("%d capacities", len(assist.Capacities()))
	}
	for _, c := range assist.Capacities() {
		for _, cite := range []rules.Cite{c.Who, c.Needs, assist.CitePaper, assist.CiteSpecial, assist.CiteTwo} {
			if _, ok := pack.Source(cite.Source); !ok || cite.Article == "" || cite.Standing != rules.Checked {
				t.Errorf("%s: %+v", c.Code, cite)
			}
		}
		if c.Code == "" || c.Name.Zh == "" || c.Name.En == "" || c.Papers.Zh == "" || c.Papers.En == "" {
			t.Errorf("%+v is not complete", c)
		}
	}
}
