package e2e

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// visitor speaks HTTP to a portal that listens, without a browser: for tests of many requests at once.
type visitor struct {
	client *http.Client
	base   string
}

// newVisitor keeps cookies and follows no redirect.
func newVisitor(t *testing.T, base string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &visitor{client: &http.Client{Jar: jar, CheckRedirect: stay, Timeout: patience, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}, base: base}
}

// reply is what the portal answered.
type reply struct {
	status int
	to     string // where it leads; empty when it does not
	body   string
}

func (v *visitor) get(path string) (reply, error) { return v.send(http.MethodGet, path, nil) }

func (v *visitor) post(path string, form url.Values) (reply, error) {
	return v.send(http.MethodPost, path, strings.NewReader(form.Encode()))
}

func (v *visitor) send(method, path string, body io.Reader) (reply, error) {
	request, err := http.NewRequest(method, v.base+path, body)
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	request.Header.Set("Accept-Language", "zh-CN")
	if body != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := v.client.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	return reply{answer.StatusCode, answer.Header.Get("Location"), string(content)}, err
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)

// hidden are the hidden fields of the forms of a page.
func (r reply) hidden() url.Values {
	out := url.Values{}
	for _, field := range hiddenField.FindAllStringSubmatch(r.body, -1) {
		out.Set(field[1], html.UnescapeString(field[2]))
	}
	return out
}

// signIn signs in by the code that the outbox shows.
func (v *visitor) signIn(t *testing.T, contact string) {
	t.Helper()
	page := v.must(t, http.StatusOK)(v.get("/signin"))
	form := page.hidden()
	form.Set("contact", contact)
	v.must(t, http.StatusSeeOther)(v.post("/signin", form))
	page = v.must(t, http.StatusOK)(v.get("/signin/code"))
	form = page.hidden()
	outbox := v.must(t, http.StatusOK)(v.get("/dev/outbox"))
	_, mine, found := strings.Cut(outbox.body, contact)
	if !found {
		t.Fatalf("no message was sent to %s", contact)
	}
	form.Set("code", codeInMessage.FindString(mine))
	v.must(t, http.StatusSeeOther)(v.post("/signin/code", form))
}

func (v *visitor) must(t *testing.T, status int) func(reply, error) reply {
	return func(r reply, err error) reply {
		t.Helper()
		if err != nil || r.status != status {
			t.Fatalf("answered %d, want %d (%v):\n%s", r.status, status, err, r.body)
		}
		return r
	}
}

// declaration is the form of the check page of a draft, as the portal shows it, with the statement ticked.
func (v *visitor) declaration(t *testing.T, draft string) url.Values {
	t.Helper()
	form := v.must(t, http.StatusOK)(v.get(draft + "/check")).hidden()
	if form.Get("_submit") == "" || form.Get("_version") == "" {
		t.Fatalf("the check page of %s cannot be submitted: %v", draft, form)
	}
	form.Set("declare", "1")
	return form
}
