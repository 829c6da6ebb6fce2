package account_test

import (
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/store/storetest"
)

const newPhone = "+8613900139000"

// changing begins a change of the debtor's number, and gives the codes that went to the new number and to the old one.
func changing(t *testing.T, w *world) (a account.Actor, codeNew, codeOld string) {
	t.Helper()
	p := w.debtor(t, phone)
	a, err := w.ActorOf(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	before := len(w.sent)
	if err := w.StartChange(t.Context(), a, newPhone, "b", "zh-Hans"); err != nil {
		t.Fatal(err)
	}
	for _, l := range w.sent[before:] {
		switch l.to.Value {
		case newPhone:
			codeNew = l.code
		case phone:
			codeOld = l.code
		}
	}
	if codeNew == "" || codeOld == "" {
		t.Fatalf("codes went to %v", w.sent[before:])
	}
	return a, codeNew, codeOld
}

func (w *world) numberOf(t *testing.T, personID string) string {
	t.Helper()
	n, err := w.MobileOf(t.Context(), personID)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestContactChangesWhenBothAgree(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, codeNew, codeOld := changing(t, w)
		if _, err := w.ConfirmNew(t.Context(), a, codeOld, "b"); key(err) != "new signin.code_wrong" {
			t.Errorf("the code of the old number confirms the new one: %v", err)
		}
		if _, err := w.ConfirmNew(t.Context(), a, codeNew, "another browser"); key(err) != "signin.code_expired" {
			t.Errorf("in another browser: %v", err)
		}
		if done, err := w.ConfirmNew(t.Context(), a, codeNew, "b"); done || err != nil {
			t.Fatalf("done after one code: %v %v", done, err)
		}
		if got := w.numberOf(t, a.PersonID); got != phone {
			t.Errorf("changed after one code: %s", got)
		}
		if done, err := w.ConfirmOld(t.Context(), a, codeOld, "b"); !done || err != nil {
			t.Fatal(done, err)
		}
		if got := w.numberOf(t, a.PersonID); got != newPhone {
			t.Errorf("the number is %s", got)
		}
		if p := w.debtor(t, newPhone); p.ID != a.PersonID {
			t.Error("the new number signs somebody else in")
		}
		if p := w.debtor(t, phone); p.ID == a.PersonID {
			t.Error("the old number still signs the person in")
		}
	})
}

// Without the old contact the change waits seven days, to the second, and whoever still has it can say no.
func TestContactChangeWaits(t *testing.T) {
	for name, c := range map[string]struct {
		wait time.Duration
		stop bool
		want string
	}{
		"a second before the end": {account.ContactWait - time.Second, false, phone},
		"at the end":              {account.ContactWait, false, newPhone},
		"stopped meanwhile":       {account.ContactWait, true, phone},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, storetest.SQLite(t))
			a, codeNew, _ := changing(t, w)
			if err := w.WaitForChange(t.Context(), a, "zh-Hans"); key(err) != "new change.new_first" {
				t.Errorf("waits for a number nobody has confirmed: %v", err)
			}
			if _, err := w.ConfirmNew(t.Context(), a, codeNew, "b"); err != nil {
				t.Fatal(err)
			}
			if err := w.WaitForChange(t.Context(), a, "zh-Hans"); err != nil {
				t.Fatal(err)
			}
			if last := w.sent[len(w.sent)-1]; last.to.Value != phone || last.code != "contact_wait" {
				t.Errorf("the old number is not told: %+v", last)
			}
			if c.stop {
				if err := w.StopChange(t.Context(), a); err != nil {
					t.Fatal(err)
				}
			}
			w.clock.Add(c.wait)
			if err := w.ApplyWaiting(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := w.numberOf(t, a.PersonID); got != c.want {
				t.Errorf("the number is %s, want %s", got, c.want)
			}
		})
	}
}

func TestContactOfSomebodyElseIsNotTaken(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.debtor(t, newPhone)
		w.clock.Add(time.Minute)
		a, codeNew, codeOld := changing(t, w)
		if _, err := w.ConfirmNew(t.Context(), a, codeNew, "b"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.ConfirmOld(t.Context(), a, codeOld, "b"); key(err) != "change.taken" {
			t.Errorf("taken from somebody: %v", err)
		}
		if w.numberOf(t, other.ID) != newPhone || w.numberOf(t, a.PersonID) != phone {
			t.Error("a contact moved")
		}
	})
}

// A known browser has its own codes: a stranger who uses up those of a contact does not lock its owner out.
func TestKnownBrowserIsNotLockedOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.debtor(t, phone)
		known := w.KnownBrowser(phone)
		w.clock.Add(48 * time.Hour)
		ask := func(token string) string { return key(w.RequestCodeFrom(t.Context(), phone, "b", "zh-Hans", token)) }
		for range 3 {
			if got := ask(""); got != "" {
				t.Fatal(got)
			}
		}
		for token, want := range map[string]string{"": "signin.too_many", "forged": "signin.too_many", w.KnownBrowser(newPhone): "signin.too_many", known: ""} {
			if got := ask(token); got != want {
				t.Errorf("with token %q: %q, want %q", token, got, want)
			}
		}
		for range 2 {
			if got := ask(known); got != "" {
				t.Fatal(got)
			}
		}
		if got := ask(known); got != "signin.too_many" {
			t.Errorf("a known browser has no limit: %q", got)
		}
	})
}

func TestDeviceNames(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Linux; Android 14; HUAWEI) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36":          "Chrome · Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1": "Safari · iPhone",
		"Mozilla/5.0 (Linux; Android 13) Chrome/111 Mobile Safari/537.36 MicroMessenger/8.0":                    "WeChat · Android",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0":                        "Edge · Windows",
		"curl/8": "",
	} {
		if got := account.DeviceOf(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}
