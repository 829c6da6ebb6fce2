package notice

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// ErrSMSURL reports a PORTAL_SMS_URL that cannot be used.
var ErrSMSURL = errors.New("PORTAL_SMS_URL must be https://user:password@host/path; http only to this machine itself")

const gatewayTimeout = 15 * time.Second

// Gateway delivers text messages through an HTTP service that the operator runs or puts in front of a carrier.
//
// Each message is one POST of JSON {"id": …, "to": "+8613800000000", "text": "【门径】…"} with the header Idempotency-Key set to
// the id, and with user and password of the address as HTTP basic authentication. A 2xx answer means the message was taken over.
// 400, 404, 410 and 422 mean it never will be; every other answer is tried again. The id is the same on every try, so the
// service can drop repetitions. Redirects are not followed.
type Gateway struct {
	url    string
	user   *url.Userinfo
	client *http.Client
}

// NewGateway reads the address of the service.
func NewGateway(raw string) (*Gateway, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" {
		return nil, ErrSMSURL
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || (ip != nil && ip.IsLoopback())
	if u.Scheme != "https" && (u.Scheme != "http" || !local) {
		return nil, ErrSMSURL
	}
	g := &Gateway{user: u.User, client: &http.Client{
		Timeout:       gatewayTimeout,
		Transport:     &http.Transport{Proxy: nil, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, TLSHandshakeTimeout: gatewayTimeout},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	u.User = nil
	g.url = u.String()
	return g, nil
}

// Deliver posts one message.
func (g *Gateway) Deliver(ctx context.Context, l Letter) error {
	body, err := json.Marshal(map[string]string{"id": l.ID, "to": l.To, "text": l.Text})
	if err != nil {
		return fmt.Errorf("encode a text message: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, g.url, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("address the gateway: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", l.ID)
	if password, ok := g.user.Password(); ok {
		req.SetBasicAuth(g.user.Username(), password)
	}
	res, err := g.client.Do(req)
	if err != nil {
		return &failure{problem: Unreachable, cause: err}
	}
	_, drained := io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // so that the connection can be used again
	closed := res.Body.Close()
	return gatewayFailure(res.StatusCode, errors.Join(drained, closed))
}

// gatewayFailure reads the answer. Once it says the message was taken over, trouble with the rest of the answer does not matter.
func gatewayFailure(status int, cause error) error {
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusBadRequest, status == http.StatusNotFound, status == http.StatusGone, status == http.StatusUnprocessableEntity:
		return &failure{problem: Rejected, cause: errors.Join(fmt.Errorf("the gateway answered %d", status), cause), final: true}
	}
	return &failure{problem: Later, cause: errors.Join(fmt.Errorf("the gateway answered %d", status), cause)}
}
