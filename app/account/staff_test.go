package account_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/store/storetest"
)

func TestStaffSignIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.staff(t, "zhou.wen")
		got, err := w.StaffSignIn(t.Context(), " Zhou.Wen ", good, w.totp(t))
		if err != nil || got.ID != p.ID || got.Kind != account.Staff {
			t.Fatalf("%+v, err %v", got, err)
		}
		w.clock.Add(time.Minute)
		for name, try := range map[string][3]string{
			"password": {"zhou.wen", good + "x", w.totp(t)}, "empty": {"", "", ""}, "unknown login": {"nobody", good, w.totp(t)},
			"second factor": {"zhou.wen", good, "000000"}, "no second factor": {"zhou.wen", good, ""},
		} {
			if _, err := w.StaffSignIn(t.Context(), try[0], try[1], try[2]); key(err) != "login signin.staff_wrong" {
				t.Errorf("wrong %s: %v", name, err)
			}
		}
	})
}

func TestSecondFactorNeverRepeats(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "zhou")
		in := func(code string) string {
			_, err := w.StaffSignIn(t.Context(), "zhou", good, code)
			return key(err)
		}
		first := w.totp(t)
		if got := in(first); got != "" {
			t.Fatal(got)
		}
		if got := in(first); got != "login signin.staff_wrong" {
			t.Errorf("the same code again: %q", got)
		}
		w.clock.Add(-30 * time.Second)
		before := w.totp(t)
		w.clock.Add(30 * time.Second)
		if got := in(before); got != "login signin.staff_wrong" {
			t.Errorf("the code of the step before: %q", got)
		}
		w.clock.Add(30 * time.Second)
		if got := in(w.totp(t)); got != "" {
			t.Errorf("the next code: %q", got)
		}
	})
}

// TestSecondFactorTolerance moves the clock of the server against that of the code.
func TestSecondFactorTolerance(t *testing.T) {
	for ahead, want := range map[time.Duration]string{
		-60 * time.Second: "login signin.staff_wrong", -30 * time.Second: "", 0: "", 30 * time.Second: "", 60 * time.Second: "login signin.staff_wrong",
	} {
		w := newWorld(t, storetest.SQLite(t))
		w.staff(t, "zhou")
		code := w.totp(t)
		w.clock.Add(ahead)
		if _, err := w.StaffSignIn(t.Context(), "zhou", good, code); key(err) != want {
			t.Errorf("server %s ahead: %v", ahead, err)
		}
	}
}

func TestOneSecondFactorAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "zhou")
		code := w.totp(t)
		var in atomic.Int64
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				if _, err := w.StaffSignIn(t.Context(), "zhou", good, code); err == nil {
					in.Add(1)
				} else if key(err) != "login signin.staff_wrong" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if in.Load() != 1 {
			t.Errorf("%d sign-ins by one code", in.Load())
		}
	})
}

func TestStaffTriesAreLimited(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff(t, "zhou")
		w.staff(t, "chen")
		for range 12 { // sign-ins that succeed do not count
			if _, err := w.StaffSignIn(t.Context(), "zhou", good, w.totp(t)); err != nil {
				t.Fatal(err)
			}
			w.clock.Add(30 * time.Second)
		}
		for range 10 {
			if _, err := w.StaffSignIn(t.Context(), "zhou", "wrong", ""); key(err) != "login signin.staff_wrong" {
				t.Fatal(err)
			}
		}
		for range 20 {
			if _, err := w.StaffSignIn(t.Context(), "zhou", good, w.totp(t)); key(err) != "signin.too_many" {
				t.Fatalf("the eleventh wrong one: %v", err)
			}
		}
		if _, err := w.StaffSignIn(t.Context(), "chen", good, w.totp(t)); err != nil {
			t.Errorf("somebody else: %v", err)
		}
		w.clock.Add(16 * time.Minute)
		if _, err := w.StaffSignIn(t.Context(), "zhou", good, w.totp(t)); err != nil {
			t.Errorf("16 minutes later, after knocking all the time: %v", err)
		}
	})
}

func TestDisabledStaffStayOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.staff(t, "zhou")
		if err := w.SetActive(t.Context(), account.System(), p.ID, false); err != nil {
			t.Fatal(err)
		}
		if _, err := w.StaffSignIn(t.Context(), "zhou", good, w.totp(t)); key(err) != "login signin.staff_wrong" {
			t.Errorf("disabled: %v", err)
		}
		if _, err := w.ActorOf(t.Context(), p.ID); key(err) != "error.not_found" {
			t.Errorf("actor of somebody disabled: %v", err)
		}
		w.clock.Add(time.Minute)
		if err := w.SetActive(t.Context(), account.System(), p.ID, true); err != nil {
			t.Fatal(err)
		}
		if _, err := w.StaffSignIn(t.Context(), "zhou", good, w.totp(t)); err != nil {
			t.Errorf("enabled again: %v", err)
		}
	})
}

func TestStaffSignInIsRecorded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.staff(t, "zhou")
		_, _ = w.StaffSignIn(t.Context(), "zhou", "wrong", "")
		if _, err := w.StaffSignIn(t.Context(), "zhou", good, w.totp(t)); err != nil {
			t.Fatal(err)
		}
		events, err := audit.List(t.Context(), w.db, audit.Subject{Type: account.SubjectPerson, ID: p.ID})
		if err != nil || len(events) != 3 || events[0].Kind != "staff.created" || events[1].Kind != "signin.refused" || events[2].Kind != "signin.staff" {
			t.Errorf("%+v, err %v", events, err)
		}
		all := w.dump(t, "person", "staff_login", "rate_window", "audit_event")
		for _, canary := range []string{good, secret, "周文"} {
			if strings.Contains(all, canary) {
				t.Errorf("%s is in the tables", canary)
			}
		}
	})
}

func TestCreateStaffRefuses(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for want, spoil := range map[string]func(*account.NewStaff){
		"login staff.login_bad":          func(n *account.NewStaff) { n.Login = "周文" },
		"name staff.name_bad":            func(n *account.NewStaff) { n.Name = " " },
		"password staff.password_length": func(n *account.NewStaff) { n.Password = "九个字九个字九个字" },
		"password staff.password_common": func(n *account.NewStaff) { n.Password = "Password2026!" },
		"totp staff.totp_bad":            func(n *account.NewStaff) { n.TOTPSecret = "not base32!" },
		"role staff.grant_bad":           func(n *account.NewStaff) { n.Grants = []account.NewGrant{{Grant: account.Grant{Role: "king"}}} },
	} {
		n := account.NewStaff{Login: "zhou", Password: good, Name: "周文"}
		spoil(&n)
		if _, _, err := w.CreateStaff(t.Context(), account.System(), n); key(err) != want {
			t.Errorf("want %s: %v", want, err)
		}
	}
	for _, password := range []string{"1234567890", "zhou-is-my-login", "aaaaaaaaaaaa", "qwerty123456"} {
		if _, _, err := w.CreateStaff(t.Context(), account.System(), account.NewStaff{Login: "zhou", Password: password, Name: "周文"}); key(err) != "password staff.password_common" {
			t.Errorf("%s: %v", password, err)
		}
	}
	all := account.NewStaff{}
	if _, _, err := w.CreateStaff(t.Context(), account.System(), all); err == nil || strings.Count(err.Error(), "staff.") != 3 {
		t.Errorf("all wrong at once: %v", err)
	}
}

func TestCreateStaffMakesASecretAndTakesALoginOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := account.NewStaff{Login: "zhou", Password: "十个字十个字十个字十", Name: "周文"}
		p, made, err := w.CreateStaff(t.Context(), account.System(), n)
		if err != nil || len(made) < 32 {
			t.Fatalf("secret %q, err %v", made, err)
		}
		code, err := account.TOTPCode(made, w.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		if got, err := w.StaffSignIn(t.Context(), "zhou", n.Password, code); err != nil || got.ID != p.ID {
			t.Errorf("%+v, err %v", got, err)
		}
		n.Login = "ZHOU"
		if _, _, err := w.CreateStaff(t.Context(), account.System(), n); key(err) != "staff.login_taken" {
			t.Errorf("the same login: %v", err)
		}
		if name, err := w.NameOf(t.Context(), p.ID); err != nil || name != "周文" {
			t.Errorf("name %q, err %v", name, err)
		}
	})
}

func TestGrantsCountOnTheirDays(t *testing.T) {
	today := calendar.NewDate(2026, 10, 8)
	each(t, func(t *testing.T, w *world) {
		body := w.body(t, "b1")
		grant := func(from, to int) account.NewGrant {
			g := account.NewGrant{Grant: account.Grant{Role: account.RoleReviewer, BodyID: body}, From: today.AddDays(from)}
			if to != 99 {
				g.To = today.AddDays(to)
			}
			return g
		}
		for name, c := range map[string]struct {
			g    account.NewGrant
			want bool
		}{
			"open":  {grant(-1, 99), true},
			"first": {grant(0, 99), true}, "last": {grant(-1, 0), true}, "one": {grant(0, 0), true},
			"tomorrow": {grant(1, 99), false}, "yesterday": {grant(-2, -1), false},
		} {
			p := w.staff(t, name, c.g)
			a, err := w.ActorOf(t.Context(), p.ID)
			if err != nil || a.HasAt(account.RoleReviewer, body) != c.want || a.Has(account.RoleDocketing) {
				t.Errorf("%s: %+v, err %v", name, a, err)
			}
			ids, err := account.PeopleWith(w.db.Read(t.Context()), account.RoleReviewer, body, today)
			if err != nil || contains(ids, p.ID) != c.want {
				t.Errorf("%s: people %v, err %v", name, ids, err)
			}
		}
	})
}

func contains(ids []string, id string) bool { return strings.Contains(strings.Join(ids, " "), id) }

func TestGrantsBeginAndEndAtOnce(t *testing.T) {
	today := calendar.NewDate(2026, 10, 8)
	each(t, func(t *testing.T, w *world) {
		body, other := w.body(t, "b1"), w.body(t, "b2")
		p := w.staff(t, "zhou")
		has := func() bool {
			a, err := w.ActorOf(t.Context(), p.ID)
			if err != nil {
				t.Fatal(err)
			}
			return a.HasAt(account.RoleDocketing, body)
		}
		for _, at := range []string{body, other} {
			if err := w.AddGrant(t.Context(), account.System(), p.ID, account.NewGrant{Grant: account.Grant{Role: account.RoleDocketing, BodyID: at}, From: today}); err != nil {
				t.Fatal(err)
			}
		}
		if !has() {
			t.Error("the grant does not count")
		}
		if err := w.EndGrants(t.Context(), account.System(), p.ID, account.RoleDocketing, body); err != nil || has() {
			t.Errorf("the grant still counts, err %v", err)
		}
		a, err := w.ActorOf(t.Context(), p.ID)
		if err != nil || strings.Join(a.Bodies(account.RoleDocketing), " ") != other {
			t.Errorf("bodies %v, err %v", a.Bodies(account.RoleDocketing), err)
		}
		if err := w.EndGrants(t.Context(), account.System(), p.ID, account.RoleDocketing, body); key(err) != "error.not_found" {
			t.Errorf("ended twice: %v", err)
		}
	})
}

func TestNames(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.debtor(t, phone)
		me := account.Actor{PersonID: p.ID, Kind: account.Debtor}
		if name, err := w.NameOf(t.Context(), p.ID); err != nil || name != "" {
			t.Errorf("before: %q, err %v", name, err)
		}
		for name, want := range map[string]string{
			"": "name account.name_empty", "\t ": "name account.name_empty", strings.Repeat("林", 101): "name account.name_long",
			"林\n芸": "name account.name_unreadable", "\xff": "name account.name_unreadable", strings.Repeat("林", 100): "", " 林小芸 ": "",
		} {
			if err := w.SetName(t.Context(), me, p.ID, name); key(err) != want {
				t.Errorf("%q: %v", name, err)
			}
		}
		if err := w.SetName(t.Context(), me, p.ID, " 林小芸 "); err != nil {
			t.Fatal(err)
		}
		if name, err := w.NameOf(t.Context(), p.ID); err != nil || name != "林小芸" {
			t.Errorf("after: %q, err %v", name, err)
		}
		if err := w.SetName(t.Context(), me, "nobody", "x"); key(err) != "error.not_found" {
			t.Errorf("unknown person: %v", err)
		}
		if err := w.SetLang(t.Context(), me, p.ID, "fr"); key(err) != "lang account.lang_unknown" {
			t.Errorf("unknown language: %v", err)
		}
		if err := w.SetLang(t.Context(), me, p.ID, "en"); err != nil {
			t.Fatal(err)
		}
		if a, err := w.ActorOf(t.Context(), p.ID); err != nil || a.Lang != "en" || !a.IsDebtor() || a.IsStaff() || len(a.Grants) != 0 {
			t.Errorf("%+v, err %v", a, err)
		}
	})
}

// TestStaffAreToldAtWork: messages about work have an address, and it opens no way in.
func TestStaffAreToldAtWork(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const address = "zhou@court.example.com"
		p, _, err := w.CreateStaff(t.Context(), account.System(), account.NewStaff{Login: "zhou", Password: good, TOTPSecret: secret, Name: "周文", Email: address})
		if err != nil {
			t.Fatal(err)
		}
		var told []account.Contact
		if err := w.db.Tx(t.Context(), func(tx *gorm.DB) (err error) { told, err = w.ContactsIn(tx, p.ID); return err }); err != nil {
			t.Fatal(err)
		}
		if len(told) != 1 || told[0] != (account.Contact{Kind: account.Email, Value: address}) {
			t.Errorf("told at %v", told)
		}
		if someone := w.debtor(t, address); someone.ID == p.ID || someone.Kind != account.Debtor {
			t.Error("the address at work signs a member of staff in without the second factor")
		}
		if strings.Contains(w.dump(t, "staff_login", "contact"), address) {
			t.Error("the address is in the tables")
		}
		_, _, err = w.CreateStaff(t.Context(), account.System(), account.NewStaff{Login: "wu", Password: good, Name: "吴越", Email: "13800006071"})
		if key(err) != "email signin.contact_bad" {
			t.Errorf("a number as an address: %v", err)
		}
	})
}
