package notice

import (
	"context"
	"errors"
	"fmt"
	"net"
	stdmail "net/mail"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// ErrMailURL reports a PORTAL_SMTP_URL that cannot be used.
var ErrMailURL = errors.New("PORTAL_SMTP_URL must be smtp://user:password@host:587 or smtps://…, and PORTAL_MAIL_FROM an e-mail address")

const smtpTimeout = 20 * time.Second // for each step of the conversation

// SMTP delivers e-mail to one mail server.
type SMTP struct {
	from    stdmail.Address
	domain  string
	host    string
	options []mail.Option
}

// NewSMTP reads smtp://user:password@host:port (STARTTLS is required) or smtps://… (encrypted from the first byte). Only a server
// on this machine may be spoken to without encryption. sender is the address people see, with or without a name.
func NewSMTP(raw, sender string) (*SMTP, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return nil, ErrMailURL
	}
	from, err := stdmail.ParseAddress(sender)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMailURL, err)
	}
	s := &SMTP{from: *from, host: u.Hostname(), domain: from.Address[lastAt(from.Address)+1:]}
	s.options = []mail.Option{mail.WithTimeout(smtpTimeout), mail.WithHELO(s.domain), s.encryption(u)}
	if port, err := strconv.Atoi(u.Port()); err == nil {
		s.options = append(s.options, mail.WithPort(port))
	}
	if password, ok := u.User.Password(); ok {
		s.options = append(s.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	if _, err := mail.NewClient(s.host, s.options...); err != nil {
		return nil, ErrMailURL // the cause may show the password
	}
	return s, nil
}

func (s *SMTP) encryption(u *url.URL) mail.Option {
	ip := net.ParseIP(u.Hostname())
	switch {
	case u.Scheme == "smtps":
		return mail.WithSSLPort(false)
	case u.Hostname() == "localhost" || (ip != nil && ip.IsLoopback()):
		return mail.WithTLSPortPolicy(mail.TLSOpportunistic)
	}
	return mail.WithTLSPortPolicy(mail.TLSMandatory)
}

func lastAt(address string) int {
	for i := len(address) - 1; i >= 0; i-- {
		if address[i] == '@' {
			return i
		}
	}
	return -1
}

// Deliver speaks one conversation with the server. Once the server has taken the message a failure to say goodbye is no failure:
// another try would send it twice.
func (s *SMTP) Deliver(ctx context.Context, l Letter) error {
	msg, err := s.message(l)
	if err != nil {
		return &failure{problem: BadAddress, cause: err, final: true}
	}
	client, err := mail.NewClient(s.host, s.options...)
	if err != nil {
		return &failure{problem: Unreachable, cause: err}
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return &failure{problem: Unreachable, cause: err}
	}
	sent := client.SendWithSMTPClient(conn, msg)
	closed := client.CloseWithSMTPClient(conn)
	if sent != nil {
		return smtpFailure(errors.Join(sent, closed))
	}
	return nil
}

func (s *SMTP) message(l Letter) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithCharset(mail.CharsetUTF8), mail.WithEncoding(mail.EncodingB64))
	from := s.from
	if l.From != "" {
		from.Name = l.From
	}
	msg.FromMailAddress(&from)
	if err := msg.To(l.To); err != nil {
		return nil, err
	}
	msg.Subject(l.Subject)
	msg.SetDateWithValue(l.At)
	msg.SetMessageIDWithValue(l.ID + "@" + s.domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("Content-Language", l.Lang)
	msg.SetBodyString(mail.TypeTextPlain, l.Text)
	return msg, nil
}

// smtpFailure tells what another try may mend. That the recipient or the text is refused for good is final; that the server refuses
// us is for the operator to put right, and is tried again.
func smtpFailure(err error) *failure {
	var refused *mail.SendError
	if !errors.As(err, &refused) || refused.ErrorCode() == 0 {
		return &failure{problem: Unreachable, cause: err}
	}
	final := refused.ErrorCode() >= 500 && (refused.Reason == mail.ErrSMTPRcptTo || refused.Reason == mail.ErrSMTPData || refused.Reason == mail.ErrSMTPDataClose)
	if final {
		return &failure{problem: Rejected, cause: err, final: true}
	}
	return &failure{problem: Later, cause: err}
}
