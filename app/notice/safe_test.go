package notice_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/notice"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// wishes keeps a contact profile of a person, over whatever was there.
func (w *world) wishes(person string, p contact.Profile) {
	w.t.Helper()
	now, err := w.safe.Of(w.t.Context(), person)
	if err != nil {
		w.t.Fatal(err)
	}
	p.Version = now.Version
	if err := w.safe.Save(w.t.Context(), account.Actor{PersonID: person, Kind: account.Debtor}, p); err != nil {
		w.t.Fatal(err)
	}
}

// addContact gives a person one more verified address.
func (w *world) addContact(person, value string) {
	w.t.Helper()
	other := w.signIn(value)
	w.exec("UPDATE contact SET person_id = ? WHERE person_id = ?", person, other)
}

// everything are arguments for any kind.
func everything() map[string]any {
	return map[string]any{"code": "7K4M-92QF", "address": "https://portal.test/s/x", "number": "7K4M", "body": "江宜市临溪区人民法院立案庭", "due": calendar.NewDate(2026, 10, 8),
		"until": calendar.NewDate(2026, 10, 9), "old": calendar.NewDate(2026, 10, 1), "on": calendar.NewDate(2026, 9, 30),
		"to": "深圳市福田区人民法院", "above": "广东省高级人民法院"}
}

// TestProfileBindsEverySender goes through every kind there is, as it is really sent: nothing goes by a closed channel, and what goes is neutral,
// in the language and with the code word of the profile.
func TestProfileBindsEverySender(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.addContact(w.lin, "13900139072")
		for _, kind := range notice.Kinds() {
			if slices.Contains(codes, kind) {
				continue // see TestCodesAreNeutral
			}
			w.exec("DELETE FROM notice")
			w.wishes(w.lin, contact.Profile{Plain: true, Word: "青山", Lang: "en", NoSMS: true})
			w.tell(notice.Message{PersonID: w.lin, Kind: kind, Lang: "zh-Hans", SendKey: "k/" + kind, Args: everything()})
			if err := w.drain(); err != nil {
				t.Fatal(err)
			}
			out := w.outbox()
			if len(out) != 1 || out[0].Channel != account.Email {
				t.Errorf("%s: went by a closed channel: %+v", kind, out)
				continue
			}
			n := out[0]
			if n.State != notice.Sent || n.Subject != "You have a new message" || !strings.Contains(n.Text, "青山") || n.Lang != "en" {
				t.Errorf("%s: %+v", kind, n)
			}
			never := []string{"7K4M", "临溪", "Menjing", "12368"}
			if kind == "callback_soon" { // the code by which to say no to the call is told, not what the call is about
				if never = never[1:]; !strings.Contains(n.Text, "7K4M-92QF") {
					t.Errorf("%s does not tell how to say no: %s", kind, n.Text)
				}
			}
			for _, never := range never {
				if strings.Contains(n.Subject+n.Text, never) {
					t.Errorf("%s says %q: %s", kind, never, n.Text)
				}
			}
		}
	})
}

// TestProfileChangedOnTheWay: a message that waits when the person changes the profile goes by the new one.
func TestProfileChangedOnTheWay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.tell(submitted(w.lin))
		w.tell(submitted(w.zhao))
		w.wishes(w.lin, contact.Profile{Plain: true, Word: "青山"})
		w.wishes(w.zhao, contact.Profile{NoSMS: true})
		letters := &recording{}
		w.Mail, w.SMS = letters, letters
		if err := w.drain(); err != nil {
			t.Fatal(err)
		}
		if len(letters.all) != 1 || letters.all[0].From != "日程提醒" || letters.all[0].Subject != "有一条新消息" || strings.Contains(letters.all[0].Text, "7K4M") {
			t.Fatalf("%+v", letters.all)
		}
		for _, n := range w.outbox() {
			switch n.Channel {
			case account.Email:
				if n.State != notice.Sent || !n.Neutral || strings.Contains(n.Text, "7K4M") {
					t.Errorf("what was kept is not what was sent: %+v", n)
				}
			case account.Mobile:
				if n.State != notice.Stopped || n.Problem != notice.NotWished {
					t.Errorf("%+v", n)
				}
			}
		}
		if bad, err := w.Undelivered(t.Context(), 10); err != nil || len(bad) != 0 {
			t.Errorf("a message rightly not sent counts as undelivered: %+v %v", bad, err)
		}
	})
}

// recording is a carrier that takes everything.
type recording struct{ all []notice.Letter }

func (r *recording) Deliver(_ context.Context, l notice.Letter) error {
	r.all = append(r.all, l)
	return nil
}

// codes are the kinds with a code that opens something. The person asks for each, so they go by a closed channel too.
var codes = []string{"code", "help_code", "contact_new", "contact_old", "export_code"}

func TestCodesAreNeutral(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.wishes(w.zhao, contact.Profile{Plain: true, NoSMS: true})
		for _, kind := range codes {
			w.exec("DELETE FROM notice")
			err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
				return w.SendCodeFor(tx, account.Contact{Kind: account.Mobile, Value: mobile}, kind, "20394857", "zh-Hans", map[string]any{"body": "临溪区人民法院", "contact": "canary"})
			})
			if err != nil {
				t.Fatal(err)
			}
			if out := w.outbox(); len(out) != 1 || out[0].Text != "【日程提醒】验证码 20394857，10 分钟内有效。" {
				t.Errorf("%s: %+v", kind, out)
			}
		}
	})
}

// TestMootAtSendTime: what is over by the time the message could go is not told any more (C8).
func TestMootAtSendTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		var asked []notice.Occasion
		w.Moot = func(_ context.Context, o notice.Occasion) (bool, error) {
			asked = append(asked, o)
			return o.Subject == "clock-1", nil
		}
		m := submitted(w.lin)
		m.Subject = "clock-1"
		w.tell(m)
		m.Subject, m.SendKey = "clock-2", "filing/1/submitted/2"
		w.tell(m)
		if err := w.drain(); err != nil {
			t.Fatal(err)
		}
		var states []notice.State
		for _, n := range w.outbox() {
			states = append(states, n.State)
		}
		slices.Sort(states)
		if !slices.Equal(states, []notice.State{notice.Sent, notice.Stopped}) || len(asked) != 2 || asked[0].Kind != "submitted" || asked[0].PersonID != w.lin {
			t.Errorf("%v, asked %+v", states, asked)
		}
	})
}

// TestASecondWay: a message that cannot be delivered goes to another address of the person; where there is none it is listed for the person.
func TestASecondWay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.addContact(w.lin, "newer.lin@example.org")
		w.tell(submitted(w.lin))
		newest := w.outbox()[0].To
		w.Mail = bouncing{newest}
		if err := w.drain(); err != nil {
			t.Fatal(err)
		}
		out := w.outbox()
		if len(out) != 2 {
			t.Fatalf("%d messages, want the one that bounced and the one by another way: %+v", len(out), out)
		}
		for _, n := range out {
			if want := map[bool]notice.State{true: notice.Failed, false: notice.Sent}[n.To == newest]; n.State != want || (n.SecondOf == "") != (n.To == newest) {
				t.Errorf("%+v, want %s", n, want)
			}
		}
		dead, err := w.DeadAddresses(t.Context(), w.lin)
		if err != nil || len(dead) != 1 || dead[0].To != newest {
			t.Errorf("%+v %v", dead, err)
		}
		w.Mail = bouncing{}
		m := submitted(w.lin)
		m.SendKey = "filing/1/submitted/9"
		w.clock.Add(time.Second)
		w.tell(m)
		if err := w.drain(); err != nil {
			t.Fatal(err)
		}
		if dead, err := w.DeadAddresses(t.Context(), w.lin); err != nil || len(dead) != 0 {
			t.Errorf("an address that works again is still pointed out: %+v %v", dead, err)
		}
	})
}

// bouncing is a carrier to which one address does not exist.
type bouncing struct{ address string }

func (b bouncing) Deliver(_ context.Context, l notice.Letter) error {
	if l.To == b.address {
		return notice.Refused()
	}
	return nil
}

func TestUnreached(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		filing := w.filing(w.lin)
		w.Mail = bouncing{address}
		m := submitted(w.lin)
		m.FilingID = filing
		w.tell(m)
		staff := m
		staff.PersonID, staff.SendKey = w.zhao, "staff/1"
		w.SMS = nil
		w.tell(staff)
		if err := w.drain(); err != nil {
			t.Fatal(err)
		}
		got, err := w.Unreached(t.Context(), []string{filing})
		if err != nil || len(got) != 1 || got[0].Kind != "submitted" || got[0].Channel != account.Email || got[0].To != "" {
			t.Errorf("%+v %v", got, err)
		}
		told, err := w.ToldOf(t.Context(), w.lin, filing)
		if err != nil || len(told) != 1 || told[0].To != address || told[0].Text != "" {
			t.Errorf("%+v %v", told, err)
		}
	})
}

// filing writes a bare draft of a person, for messages to be about.
func (w *world) filing(person string) string {
	w.t.Helper()
	id := store.NewID()
	err := w.db.Tx(w.t.Context(), func(tx *gorm.DB) error {
		return tx.Exec("INSERT INTO filing (id, status, version, remedy, pack_id, pack_hash, person_id, lang, facts_sealed, submit_key, created_at, updated_at)"+
			" VALUES (?, 'draft', 1, 'R01', 'p', 'h', ?, 'zh-Hans', ?, ?, ?, ?)", id, person, []byte("x"), id, start, start).Error
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}
