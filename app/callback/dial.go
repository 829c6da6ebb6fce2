package callback

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
)

// ErrDialURL reports a PORTAL_DIAL_URL that cannot be used.
var ErrDialURL = errors.New("PORTAL_DIAL_URL must be https://user:password@host/path; http only to this machine itself")

// Dialer asks a telephone system that the operator runs to connect a caller: one POST of JSON {"call": …, "caller": …, "number": …,
// "at": …}. "call" is random and says nothing of the case. The header Menjing-Signature is the hexadecimal HMAC-SHA256 of the body under
// the key of the dialer, so that the system rings nobody a stranger asks for. Any 2xx answer means that it will; after no answer, or a 5xx,
// the same order with the same "call" is sent again, and the system must ring once for it. Redirects are not followed.
type Dialer struct {
	address string
	box     *seal.Box
	client  *http.Client
	pause   time.Duration // before the second order; twice as long before the third
}

// How often an order is sent, and how long one may take. A caller waits for it, so all of it together stays below ten seconds.
const (
	dialTries   = 3
	dialTimeout = 3 * time.Second
	dialPause   = 200 * time.Millisecond
)

var (
	errNoAnswer = errors.New("the telephone system does not answer")
	errRefused  = errors.New("the telephone system refuses")
)

// NewDialer reads the address of the telephone system. The key of its signatures follows from the box; see DialKey.
func NewDialer(raw string, box *seal.Box) (*Dialer, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !local(u.Hostname())) {
		return nil, ErrDialURL
	}
	return &Dialer{address: raw, box: box.Derive("dial"), pause: dialPause, client: &http.Client{
		Timeout:       dialTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

func local(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// DialKey is the key of the signatures in hexadecimal, for the settings of the telephone system.
func (d *Dialer) DialKey() string { return hex.EncodeToString(d.key()) }

func (d *Dialer) key() []byte { return d.box.MAC("dial key") }

// dialOrder is what the telephone system is told.
type dialOrder struct {
	Call   string    `json:"call"`
	Caller string    `json:"caller"` // staff number, by which it knows the extension
	Number string    `json:"number"`
	At     time.Time `json:"at"`
}

// dial sends an order until the system takes it, refuses it, or has had its tries.
func (d *Dialer) dial(ctx context.Context, order dialOrder) error {
	body, err := json.Marshal(order)
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		if err = d.send(ctx, body); !errors.Is(err, errNoAnswer) || try == dialTries {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(d.pause << (try - 1)):
		}
	}
}

// send is one order. Its errors name neither address nor number, of which one may hold a password and the other is a person's.
func (d *Dialer) send(ctx context.Context, body []byte) error {
	mac := hmac.New(sha256.New, d.key())
	mac.Write(body)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.address, bytes.NewReader(body))
	if err != nil {
		return ErrDialURL
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Menjing-Signature", hex.EncodeToString(mac.Sum(nil)))
	answer, err := d.client.Do(req)
	if err != nil {
		return errNoAnswer
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10))
	switch answer.StatusCode / 100 {
	case 2:
		return nil
	case 5:
		return fmt.Errorf("%w: status %d", errNoAnswer, answer.StatusCode)
	}
	return fmt.Errorf("%w: status %d", errRefused, answer.StatusCode)
}

// CanDial says that a telephone system is connected.
func (s *Service) CanDial() bool { return s.Dialer != nil }

// Dial has the telephone system ring the number of a case for the caller who holds it. All that forbids a call is asked once more at this
// moment, which is kept as the time it rang. Conflict "callback.dial_failed" when there is no system, or it does not take the order; the
// caller can still ring by hand.
func (s *Service) Dial(ctx context.Context, a account.Actor, id string) error {
	if s.Dialer == nil {
		return fail.Conflict("callback.dial_failed")
	}
	var order dialOrder
	_, err := s.act(ctx, a, id, ActRelease, func(h *desk) error {
		if err := errors.Join(h.mayGoOn(), h.mayRing()); err != nil {
			return err
		}
		numbers, err := s.vault.numbersOf(h.tx, h.old.PersonID)
		if err != nil {
			return err
		}
		n, ok := firstUsable(numbers)
		if !ok {
			return fail.Conflict("callback.no_number")
		}
		order = dialOrder{Call: rand.Text(), Caller: Short(a.PersonID), Number: n.Number, At: h.now}
		h.claim()
		h.new.DialledAt = &h.now
		return s.save(h, "callback.dialled", nil)
	})
	if err != nil {
		return err
	}
	// Outside the transaction: nobody waits for a telephone system with the database in hand.
	if err := s.Dialer.dial(ctx, order); err != nil {
		return errors.Join(fail.Conflict("callback.dial_failed"), err)
	}
	return nil
}
