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
	"strconv"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
)

// ErrDialURL reports a PORTAL_DIAL_URL that cannot be used.
var ErrDialURL = errors.New("PORTAL_DIAL_URL must be https://user:password@host/path; http only to this machine itself")

// Dialer asks a telephone system that the operator runs to connect a caller: one POST of JSON {"call": …, "caller": …, "number": …,
// "at": …}. "call" is random and says nothing of the case. The header Menjing-Signature is the hexadecimal HMAC-SHA256 of the body under
// the key of the dialer, so that the system rings nobody a stranger asks for. Any 2xx answer means that it will. Redirects are not followed.
type Dialer struct {
	address string
	box     *seal.Box
	client  *http.Client
}

// NewDialer reads the address of the telephone system. The key of its signatures follows from the box; see DialKey.
func NewDialer(raw string, box *seal.Box) (*Dialer, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !local(u.Hostname())) {
		return nil, ErrDialURL
	}
	return &Dialer{address: raw, box: box.Derive("dial"), client: &http.Client{
		Timeout:       10 * time.Second,
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

func (d *Dialer) dial(ctx context.Context, order dialOrder) error {
	body, err := json.Marshal(order)
	if err != nil {
		return err
	}
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
		return errors.New("the telephone system does not answer") // the error itself names the address, which may hold a password
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10))
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("the telephone system answers %s", strconv.Itoa(answer.StatusCode))
	}
	return nil
}

// CanDial says that a telephone system is connected.
func (s *Service) CanDial() bool { return s.Dialer != nil }

// Dial has the telephone system ring the number of a case for the caller who holds it. All that forbids a call is asked once more at this
// moment. Unavailable or Conflict "callback.dial_failed" when there is no system, or it does not take it; the caller can still ring by hand.
func (s *Service) Dial(ctx context.Context, a account.Actor, id string) error {
	h, err := s.hand(s.db.Read(ctx), a, id)
	if err != nil {
		return err
	}
	if s.Dialer == nil {
		return fail.Conflict("callback.dial_failed")
	}
	if err := h.may(ActRelease); err != nil {
		return err
	}
	if err := h.mayGoOn(); err != nil {
		return err
	}
	if err := h.mayRing(); err != nil {
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
	if err := s.Dialer.dial(ctx, dialOrder{Call: rand.Text(), Caller: Short(a.PersonID), Number: n.Number, At: h.now}); err != nil {
		return fail.Unavailable("callback.dial_failed", err)
	}
	return nil
}
