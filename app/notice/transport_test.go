package notice_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"encoding/base64"

	"github.com/emersion/go-smtp"

	"reliefportal/app/notice"
	"reliefportal/app/store/storetest"
)

// refusing never gets through, and says so with the address.
type refusing struct{}

func (refusing) Deliver(_ context.Context, l notice.Letter) error {
	return errors.New("cannot reach " + l.To + ": " + l.Text)
}

// server is a mail server in this process.
type server struct {
	mu     sync.Mutex
	mails  []*mail.Message
	bodies []string
	rcpt   []string
	answer func(command string) error
}

func (s *server) NewSession(*smtp.Conn) (smtp.Session, error) { return s, nil }
func (s *server) Reset()                                      {}
func (s *server) Logout() error                               { return nil }

func (s *server) Mail(string, *smtp.MailOptions) error { return s.answer("mail") }

func (s *server) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mu.Lock()
	s.rcpt = append(s.rcpt, to)
	s.mu.Unlock()
	return s.answer("rcpt")
}

func (s *server) Data(r io.Reader) error {
	if err := s.answer("data"); err != nil {
		return err
	}
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails, s.bodies = append(s.mails, m), append(s.bodies, string(body))
	return nil
}

// mailServer starts a server on a free port and gives the transport that speaks to it.
func mailServer(t *testing.T) (*server, *notice.SMTP) {
	t.Helper()
	s := &server{answer: func(string) error { return nil }}
	srv := smtp.NewServer(s)
	srv.Domain = "localhost"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = srv.Serve(l) }() // ends with Close
	t.Cleanup(func() { _ = srv.Close() })
	out, err := notice.NewSMTP("smtp://"+l.Addr().String(), "门径 <noreply@menjing.example>")
	if err != nil {
		t.Fatal(err)
	}
	return s, out
}

func TestMailConversation(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	s, out := mailServer(t)
	w.Mail = out
	w.tell(submitted(w.lin))
	if err := w.drain(); err != nil {
		t.Fatal(err)
	}
	n := w.outbox()[0]
	if n.State != notice.Sent || len(s.mails) != 1 || len(s.rcpt) != 1 || s.rcpt[0] != address {
		t.Fatalf("%+v; %d mails to %v", n, len(s.mails), s.rcpt)
	}
	h := s.mails[0].Header
	subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
	if err != nil || subject != "已收到，回执码 7K4M-92QF" {
		t.Errorf("subject %q, %v", subject, err)
	}
	if h.Get("Message-Id") != "<"+n.ID+"@menjing.example>" || h.Get("Auto-Submitted") != "auto-generated" || h.Get("Content-Language") != "zh-Hans" {
		t.Errorf("%v", h)
	}
	if at, err := h.Date(); err != nil || !at.Equal(start.Truncate(time.Second)) {
		t.Errorf("date %v, %v", at, err)
	}
	if got := strings.ReplaceAll(s.bodies[0], "\r\n", "\n"); got != n.Text {
		t.Errorf("body %q, want %q", got, n.Text)
	}
}

func TestMailAnswers(t *testing.T) {
	gone := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user canary.lin@example.org"}
	busy := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try later"}
	for _, c := range []struct {
		at      string
		says    error
		state   notice.State
		problem notice.Problem
	}{
		{"rcpt", gone, notice.Failed, notice.Rejected}, {"data", gone, notice.Failed, notice.Rejected},
		{"mail", gone, notice.Queued, notice.Later}, {"rcpt", busy, notice.Queued, notice.Later}, {"data", busy, notice.Queued, notice.Later},
	} {
		t.Run(c.at+" "+string(c.state), func(t *testing.T) {
			w := newWorld(t, storetest.SQLite(t))
			s, out := mailServer(t)
			w.Mail = out
			s.answer = func(command string) error {
				if command == c.at {
					return c.says
				}
				return nil
			}
			w.tell(submitted(w.lin))
			err := w.drain()
			if (err != nil) != (c.state == notice.Queued) {
				t.Errorf("the job's try: %v", err)
			}
			if n := w.outbox()[0]; n.State != c.state || n.Problem != c.problem || n.Tries < 1 {
				t.Errorf("%+v", n)
			}
			s.answer = func(string) error { return nil }
			w.again()
			if err := w.drain(); err != nil {
				t.Fatal(err)
			}
			want := map[notice.State]int{notice.Queued: 1, notice.Failed: 0}[c.state]
			if len(s.mails) != want {
				t.Errorf("%d mails after another try, want %d", len(s.mails), want)
			}
		})
	}
}

func TestGivenUpAfterEightTries(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.Mail = refusing{}
	w.tell(submitted(w.lin))
	for n := w.outbox()[0]; n.State != notice.Failed; n = w.outbox()[0] {
		if n.State != notice.Queued || n.Tries >= 8 {
			t.Fatalf("%+v", n)
		}
		_ = w.drain() // a slow machine may do more than one try at once
		w.again()
	}
	if n := w.outbox()[0]; n.Tries != 8 || n.Problem != notice.Unreachable {
		t.Errorf("%+v", n)
	}
	if err := w.drain(); err != nil {
		t.Errorf("after it was given up: %v", err)
	}
}

func TestLinesCannotBeSlippedIn(t *testing.T) {
	s, out := mailServer(t)
	l := notice.Letter{ID: "1", To: address, Subject: "code\r\nBcc: other@example.org\r\n\r\ninjected", Text: "text", At: start}
	if err := out.Deliver(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	if s.mails[0].Header.Get("Bcc") != "" || len(s.rcpt) != 1 {
		t.Errorf("%v to %v", s.mails[0].Header, s.rcpt)
	}
	for _, to := range []string{"a@example.org\r\nRCPT TO:<b@example.org>", "a@example.org, b@example.org", "", "a@example.org>\r\nDATA"} {
		l.To = to
		if err := out.Deliver(t.Context(), l); err == nil {
			t.Errorf("%q was taken", to)
		}
	}
	if len(s.mails) != 1 || len(s.rcpt) != 1 {
		t.Errorf("%d mails to %v", len(s.mails), s.rcpt)
	}
}

func TestMailServerThatIsAway(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	out, err := notice.NewSMTP("smtp://"+l.Addr().String(), "a@b.example")
	if err := errors.Join(err, l.Close()); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, storetest.SQLite(t))
	w.Mail = out
	w.tell(submitted(w.lin))
	if err := w.drain(); err == nil {
		t.Error("delivered to nobody")
	}
	if n := w.outbox()[0]; n.State != notice.Queued || n.Problem != notice.Unreachable {
		t.Errorf("%+v", n)
	}
}

func TestAddressesOfCarriers(t *testing.T) {
	for raw, ok := range map[string]bool{
		"smtp://mail.example.org": true, "smtps://u:p@mail.example.org:465": true, "smtp://127.0.0.1:25": true,
		"": false, "mail.example.org": false, "http://mail.example.org": false, "smtp://": false,
	} {
		if _, err := notice.NewSMTP(raw, "门径 <a@b.example>"); (err == nil) != ok || (err != nil && !errors.Is(err, notice.ErrMailURL)) {
			t.Errorf("%q: %v", raw, err)
		}
	}
	for _, sender := range []string{"", "nobody", "a@b, c@d"} {
		if _, err := notice.NewSMTP("smtp://mail.example.org", sender); !errors.Is(err, notice.ErrMailURL) {
			t.Errorf("from %q: %v", sender, err)
		}
	}
	for raw, ok := range map[string]bool{
		"https://sms.example.org/send": true, "https://u:p@sms.example.org": true, "http://127.0.0.1:8080/x": true, "http://localhost/x": true,
		"": false, "http://sms.example.org": false, "ftp://sms.example.org": false, "https://": false, "http://10.0.0.1/": false,
	} {
		if _, err := notice.NewGateway(raw); (err == nil) != ok || (err != nil && !errors.Is(err, notice.ErrSMSURL)) {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

func TestCarriers(t *testing.T) {
	for _, c := range []struct {
		smtp, sms string
		keep      bool
		want      string
	}{
		{"", "", true, "notice.Keep notice.Keep"}, {"", "", false, "<nil> <nil>"},
		{"smtp://h", "", true, "*notice.SMTP notice.Keep"}, {"smtp://h", "", false, "*notice.SMTP <nil>"},
		{"smtps://h", "https://h", false, "*notice.SMTP *notice.Gateway"},
	} {
		mail, sms, err := notice.Carriers(c.smtp, "a@b.example", c.sms, c.keep)
		if got := fmt.Sprintf("%T %T", mail, sms); err != nil || got != c.want {
			t.Errorf("%+v: got %s, %v", c, got, err)
		}
	}
	if _, _, err := notice.Carriers("x", "", "x", true); !errors.Is(err, notice.ErrMailURL) || !errors.Is(err, notice.ErrSMSURL) {
		t.Errorf("not both told: %v", err)
	}
}

func TestGateway(t *testing.T) {
	var status atomic.Int64
	var got []string
	var redirected atomic.Bool
	srv := httptest.NewServer(http.HandlerFunc(func(res http.ResponseWriter, req *http.Request) {
		if req.URL.Path != "/send" {
			redirected.Store(true)
			return
		}
		var m struct{ ID, To, Text string }
		if err := json.NewDecoder(req.Body).Decode(&m); err != nil {
			t.Error(err)
		}
		user, password, _ := req.BasicAuth()
		if user != "portal" || password != "s3cret" || req.Header.Get("Idempotency-Key") != m.ID || req.Method != http.MethodPost {
			t.Errorf("%s %v as %s", req.Method, req.Header, user)
		}
		got = append(got, m.ID+" "+m.To+" "+m.Text)
		res.Header().Set("Location", "/elsewhere")
		res.WriteHeader(int(status.Load()))
	}))
	defer srv.Close()
	gateway, err := notice.NewGateway(strings.Replace(srv.URL, "http://", "http://portal:s3cret@", 1) + "/send")
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[int64]notice.State{200: notice.Sent, 202: notice.Sent, 400: notice.Failed, 404: notice.Failed, 410: notice.Failed, 422: notice.Failed,
		307: notice.Queued, 401: notice.Queued, 408: notice.Queued, 429: notice.Queued, 500: notice.Queued, 503: notice.Queued} {
		w := newWorld(t, storetest.SQLite(t))
		w.SMS = gateway
		status.Store(code)
		got = nil
		w.tell(submitted(w.zhao))
		if err := w.drain(); (err != nil) != (want == notice.Queued) {
			t.Errorf("%d: the job's try: %v", code, err)
		}
		n := w.outbox()[0]
		if n.State != want {
			t.Errorf("%d: %+v", code, n)
		}
		if want != notice.Queued && len(got) != 1 {
			t.Errorf("%d: sent %d times", code, len(got))
		}
		for _, m := range got { // every try the same
			if m != n.ID+" "+mobile+" "+n.Text {
				t.Errorf("%d: the gateway got %q", code, m)
			}
		}
	}
	if redirected.Load() {
		t.Error("a redirect was followed")
	}
}
