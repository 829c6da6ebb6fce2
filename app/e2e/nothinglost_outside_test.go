package e2e

import (
	"context"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"gorm.io/gorm"

	"reliefportal/app/apptest"
	"reliefportal/app/filing"
	"reliefportal/app/outage"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// inbox is what arrived outside: mails or text messages.
type inbox struct {
	mu   sync.Mutex
	text []string
}

func (b *inbox) add(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.text = append(b.text, text)
}

func (b *inbox) holding(part string) (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, text := range b.text {
		n += strings.Count(text, part)
	}
	return n
}

// NewSession, Reset, Logout, Mail, Rcpt and Data make the inbox a mail server.
func (b *inbox) NewSession(*smtp.Conn) (smtp.Session, error) { return b, nil }
func (b *inbox) Reset()                                      {}
func (b *inbox) Logout() error                               { return nil }
func (b *inbox) Mail(string, *smtp.MailOptions) error        { return nil }
func (b *inbox) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (b *inbox) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	b.add(string(body))
	return err
}

// closedPort is an address at which nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

func listenAt(t *testing.T, address string) net.Listener {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// sentLater submits a filing while nobody listens outside: it is filed all the same, the message waits, the ledger knows of the codes that could
// not go out, and when somebody listens again the message arrives, once.
func sentLater(t *testing.T, w *apptest.World, contact string, kind outage.Kind, listen func() *inbox) {
	t.Helper()
	ctx := t.Context()
	who := w.Debtor(t, contact)
	f := complete(t, w, who)
	f, _, err := w.Filings.Submit(ctx, who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	if err != nil {
		t.Fatalf("not filed: %v", err)
	}
	if err := drain(t, w); err == nil {
		t.Fatal("the message was delivered to nobody")
	}
	if r, err := w.Filings.Receipt(ctx, who, f.ID); err != nil || r.Filing.Code() == "" {
		t.Errorf("no receipt: %v", err)
	}
	var waiting []string
	if err := w.DB.Read(ctx).Table("notice").Where("filing_id = ?", f.ID).Pluck("state", &waiting).Error; err != nil || len(waiting) != 1 || waiting[0] != "queued" {
		t.Errorf("the message is %v, %v", waiting, err)
	}
	if err := w.Outages.Beat(ctx); err != nil {
		t.Fatal(err)
	}
	if rows, err := w.Outages.Latest(ctx, 10); err != nil || len(rows) != 1 || rows[0].Kind != kind || rows[0].Failures < 1 {
		t.Errorf("the ledger: %+v, %v", rows, err)
	}
	box := listen()
	for range 2 { // the second time nothing is left to send
		err := w.DB.Tx(ctx, func(tx *gorm.DB) error {
			return tx.Exec("UPDATE river_job SET state = 'available', scheduled_at = created_at WHERE kind = 'notice.deliver' AND state IN ('retryable','scheduled','available')").Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := drain(t, w); err != nil {
			t.Fatal(err)
		}
	}
	if n := box.holding(f.Code()); n != 1 && kind == outage.SMS || n == 0 {
		t.Errorf("the receipt code %s arrived %d times: %q", f.Code(), n, box.text)
	}
}

func drain(t *testing.T, w *apptest.World) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	return w.Queue.Drain(ctx)
}

// TestNothingLostMailDown: nobody listens at the mail server's address; later a real mail server does.
func TestNothingLostMailDown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		address := closedPort(t)
		w := apptest.New(t, db, "PORTAL_SMTP_URL=smtp://"+address, "PORTAL_MAIL_FROM=noreply@menjing.example")
		sentLater(t, w, "lin.xiaoyun@example.cn", outage.Mail, func() *inbox {
			box := &inbox{}
			server := smtp.NewServer(box)
			server.Domain = "localhost"
			l := listenAt(t, address)
			go func() { _ = server.Serve(l) }() // ends with Close
			t.Cleanup(func() { _ = server.Close() })
			return box
		})
	})
}

// TestNothingLostSMSDown: nobody listens at the address of the text message gateway; later a gateway does.
func TestNothingLostSMSDown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		address := closedPort(t)
		w := apptest.New(t, db, "PORTAL_SMS_URL=http://"+address+"/send")
		sentLater(t, w, "13812346071", outage.SMS, func() *inbox {
			box := &inbox{}
			gateway := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				box.add(string(body))
			}))
			gateway.Listener = listenAt(t, address)
			gateway.Start()
			t.Cleanup(gateway.Close)
			return box
		})
	})
}
