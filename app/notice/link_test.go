package notice_test

import (
	"context"
	"strings"
	"testing"

	"reliefportal/app/notice"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// later never has time.
type later struct{}

func (later) Deliver(context.Context, notice.Letter) error { return context.DeadlineExceeded }

// TestLinkIsNotKept: the link of a message that went out, or was given up, is in the outbox no more; as long as it is to be tried again it is, and
// so it is where the outbox is the only place to read it.
func TestLinkIsNotKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		const link = "https://portal.test/s/canary"
		for _, x := range []struct {
			name string
			mail notice.Transport
			kept bool
		}{
			{"sent", &recording{}, false},
			{"to be tried again", later{}, true},
			{"nothing to send it by", nil, false},
			{"read in the outbox", notice.Keep{}, true},
		} {
			w.exec("DELETE FROM notice")
			w.Mail = x.mail
			w.tell(notice.Message{PersonID: w.lin, Kind: "survey_invite", Lang: "en", SendKey: "survey/" + x.name, Args: map[string]any{"address": link, "until": everything()["until"]}})
			_ = w.drain() // the second try comes later
			out := w.outbox()
			if len(out) != 1 {
				t.Fatalf("%s: %+v", x.name, out)
			}
			if kept := strings.Contains(out[0].Text, link); kept != x.kept {
				t.Errorf("%s: link kept %t in %s", x.name, kept, out[0].Text)
			}
			if letters, ok := x.mail.(*recording); ok && (len(letters.all) != 1 || !strings.Contains(letters.all[0].Text, link)) {
				t.Errorf("%s: the person got no link: %+v", x.name, letters.all)
			}
		}
	})
}
