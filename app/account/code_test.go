package account_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/store/storetest"
)

func TestCodeSignsInAndMakesThePersonOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.debtor(t, "138 0013 8000")
		if w.sent[0].to.Value != phone || w.sent[0].lang != "zh-Hans" || len(w.sent[0].code) != 8 {
			t.Errorf("sent %+v", w.sent[0])
		}
		if again := w.debtor(t, "+86 13800138000"); again != first || again.Kind != account.Debtor || again.ID == "" {
			t.Errorf("first %+v, again %+v", first, again)
		}
		if other := w.debtor(t, "lin@example.cn"); other.ID == first.ID {
			t.Error("another contact is the same person")
		}
		contacts, err := w.ContactsOf(t.Context(), first.ID)
		if err != nil || len(contacts) != 1 || contacts[0].Value != phone {
			t.Errorf("contacts %v, err %v", contacts, err)
		}
		if mobile, err := w.MobileOf(t.Context(), first.ID); err != nil || mobile != phone {
			t.Errorf("mobile %q, err %v", mobile, err)
		}
	})
}

func TestCodeMayBeTypedLoosely(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.request(t, phone, "b")
	wide := strings.Map(func(r rune) rune { return r + '０' - '0' }, w.last())
	if _, err := w.VerifyCode(t.Context(), phone, " "+wide[:12]+" - "+wide[12:]+" ", "b"); err != nil {
		t.Error(err)
	}
}

func TestCodeLivesTenMinutes(t *testing.T) {
	for life, want := range map[time.Duration]string{9*time.Minute + 59*time.Second: "", 10 * time.Minute: "signin.code_expired", 10*time.Minute + time.Second: "signin.code_expired"} {
		each(t, func(t *testing.T, w *world) {
			w.request(t, phone, "b")
			w.clock.Add(life)
			if _, err := w.VerifyCode(t.Context(), phone, w.last(), "b"); key(err) != want {
				t.Errorf("after %s: %v", life, err)
			}
		})
	}
}

func TestCodeWorksOnceNewestOnlyAndInItsBrowser(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		verify := func(code, browser string) string {
			_, err := w.VerifyCode(t.Context(), phone, code, browser)
			return key(err)
		}
		w.request(t, phone, "mine")
		older := w.last()
		w.request(t, phone, "theirs")
		theirs := w.last()
		w.request(t, phone, "mine")
		newest := w.last()
		if got := verify(newest, "nobody's"); got != "signin.code_expired" {
			t.Errorf("in a browser that asked for none: %q", got)
		}
		if got := verify(theirs, "mine"); got != "code signin.code_wrong" {
			t.Errorf("the code of another browser: %q", got)
		}
		if got := verify(older, "mine"); got != "code signin.code_wrong" {
			t.Errorf("the older code: %q", got)
		}
		if got := verify(newest, "mine"); got != "" {
			t.Errorf("the newest code, after a stranger asked for one too: %q", got)
		}
		if got := verify(newest, "mine"); got != "signin.code_expired" {
			t.Errorf("a second time: %q", got)
		}
	})
}

func TestFiveTries(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.request(t, phone, "b")
		wrong := "00000000"
		if w.last() == wrong {
			wrong = "00000001"
		}
		for left := 4; left >= 1; left-- {
			_, err := w.VerifyCode(t.Context(), phone, wrong, "b")
			e, ok := fail.As(err)
			if !ok || len(e.Fields) != 1 || e.Fields[0].Key != "signin.code_wrong" || e.Fields[0].Args["Left"] != left {
				t.Fatalf("want %d left: %v", left, err)
			}
		}
		for _, code := range []string{wrong, w.last()} {
			if _, err := w.VerifyCode(t.Context(), phone, code, "b"); key(err) != "signin.code_expired" {
				t.Errorf("after five tries: %v", err)
			}
		}
		w.request(t, phone, "b")
		if _, err := w.VerifyCode(t.Context(), phone, w.last(), "b"); err != nil {
			t.Errorf("a new code: %v", err)
		}
	})
}

// TestTriesAtOnce guesses from many connections: no more than five may be looked at.
func TestTriesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.request(t, phone, "b")
		var wrong atomic.Int64
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				_, err := w.VerifyCode(t.Context(), phone, "x", "b")
				switch key(err) {
				case "code signin.code_wrong":
					wrong.Add(1)
				case "signin.code_expired":
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := wrong.Load(); n != account.CodeTries-1 {
			t.Errorf("%d tries were told that they may try again, want %d", n, account.CodeTries-1)
		}
	})
}

// TestOneCodeAtOnce types the right code from many connections: one person comes of it.
func TestOneCodeAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.request(t, phone, "b")
		var in atomic.Int64
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if _, err := w.VerifyCode(t.Context(), phone, w.last(), "b"); err == nil {
					in.Add(1)
				} else if key(err) != "signin.code_expired" {
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

// TestTwoBrowsersMakeOnePerson signs in with a new contact from two browsers in the same moment.
func TestTwoBrowsersMakeOnePerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.request(t, phone, "a")
		w.request(t, phone, "b")
		var wg sync.WaitGroup
		ids := make([]string, 2)
		for i, browser := range []string{"a", "b"} {
			wg.Go(func() {
				p, err := w.VerifyCode(t.Context(), phone, w.sent[i].code, browser)
				if err != nil {
					t.Error(err)
				}
				ids[i] = p.ID
			})
		}
		wg.Wait()
		if ids[0] != ids[1] {
			t.Errorf("two people: %v", ids)
		}
	})
}

func TestSendingIsLimited(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ask := func() string { return key(w.RequestCode(t.Context(), phone, "b", "en")) }
		for range 3 {
			if got := ask(); got != "" {
				t.Fatal(got)
			}
		}
		for range 5 {
			if got := ask(); got != "signin.too_many" {
				t.Fatalf("the fourth in 15 minutes: %q", got)
			}
		}
		if err := w.RequestCode(t.Context(), "lin@example.cn", "b", "en"); err != nil {
			t.Errorf("another contact: %v", err)
		}
		w.clock.Add(15 * time.Minute)
		if got := ask(); got != "signin.too_many" && got != "" {
			t.Error(got)
		}
		w.clock.Add(time.Minute)
		if got := ask(); got != "" {
			t.Errorf("after 16 minutes, having knocked all the time: %q", got)
		}
		sent := len(w.sent) - 1 // one went to the other contact
		for range 20 {
			w.clock.Add(16 * time.Minute)
			if ask() == "" {
				sent++
			}
		}
		if sent != 10 {
			t.Errorf("%d sent in a day, want 10", sent)
		}
		w.clock.Add(26 * time.Hour)
		if got := ask(); got != "" {
			t.Errorf("the day after: %q", got)
		}
	})
}

// TestSendingAtOnceIsLimited asks from many connections.
func TestSendingAtOnceIsLimited(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var ok atomic.Int64
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				switch err := w.RequestCode(t.Context(), phone, "b", "en"); key(err) {
				case "":
					ok.Add(1)
				case "signin.too_many":
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if ok.Load() != 3 {
			t.Errorf("%d sent, want 3", ok.Load())
		}
	})
}

func TestCodesAndContactsAreNotInTheTables(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.debtor(t, phone)
		used := w.last()
		w.request(t, "lin@example.cn", "browser-token")
		if err := w.SetName(t.Context(), account.Actor{PersonID: p.ID, Kind: account.Debtor}, p.ID, "林小芸"); err != nil {
			t.Fatal(err)
		}
		all := w.dump(t, "person", "contact", "login_code", "rate_window", "audit_event")
		for _, canary := range []string{used, w.last(), "13800138000", "lin@example.cn", "林小芸", "browser-token"} {
			if strings.Contains(all, canary) {
				t.Errorf("%s is in the tables", canary)
			}
		}
		if !strings.Contains(all, "person.created") || !strings.Contains(all, "person.named") {
			t.Errorf("the record is not complete: %s", all)
		}
	})
}

// TestAnswerDoesNotTellWhoIsKnown compares what a stranger sees for a known, an unknown and a disabled person.
func TestAnswerDoesNotTellWhoIsKnown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		known, off := w.debtor(t, "known@example.cn"), w.debtor(t, "off@example.cn")
		if err := w.SetActive(t.Context(), account.System(), off.ID, false); err != nil {
			t.Fatal(err)
		}
		if known.ID == off.ID {
			t.Fatal("one person")
		}
		for _, contact := range []string{"known@example.cn", "unknown@example.cn", "off@example.cn"} {
			before := len(w.sent)
			if err := w.RequestCode(t.Context(), contact, "stranger", "en"); err != nil || len(w.sent) != before+1 {
				t.Errorf("%s: err %v, %d messages", contact, err, len(w.sent)-before)
			}
			if _, err := w.VerifyCode(t.Context(), contact, "x", "stranger"); key(err) != "code signin.code_wrong" {
				t.Errorf("%s: %v", contact, err)
			}
		}
		if _, err := w.VerifyCode(t.Context(), "off@example.cn", w.last(), "stranger"); key(err) != "signin.disabled" {
			t.Errorf("the holder of a disabled account: %v", err)
		}
	})
}

// TestCodesAreUniform counts first and last digits: a bias would show far outside the bounds.
func TestCodesAreUniform(t *testing.T) {
	const n = 20_000
	var first, last [10]int
	for range n {
		code, err := account.NewCode()
		if err != nil || len(code) != 8 {
			t.Fatalf("%q, err %v", code, err)
		}
		first[code[0]-'0']++
		last[code[7]-'0']++
	}
	for d := range 10 {
		for _, got := range []int{first[d], last[d]} {
			if got < n/10-300 || got > n/10+300 { // seven standard deviations
				t.Errorf("digit %d: %d of %d", d, got, n)
			}
		}
	}
}
