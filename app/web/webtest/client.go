// Package webtest drives the whole portal in process, as a browser without JavaScript would: it keeps cookies, reads the page before it
// sends a form, takes the hidden fields from it and follows redirects. It is imported by tests only.
package webtest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// mostRedirects is how many redirects in a row are followed before it counts as a loop.
const mostRedirects = 10

// Client is one browser: cookies, language and the page it shows.
type Client struct {
	// Page is what the browser shows now; nil before the first Get.
	Page *Page
	// Language is sent as Accept-Language; empty sends none.
	Language string

	t       testing.TB
	handler http.Handler
	base    *url.URL
	jar     http.CookieJar
}

// New opens a browser on a handler that believes to be reached at base, such as https://portal.test.
func New(t testing.TB, handler http.Handler, base string) *Client {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Client{t: t, handler: handler, base: u, jar: jar}
}

// Get opens an address of the portal and follows redirects.
func (c *Client) Get(path string) *Page {
	c.t.Helper()
	return c.follow(c.send(c.request(http.MethodGet, path, nil)))
}

// GetRaw sends one GET without following a redirect; the browser still shows its old page.
func (c *Client) GetRaw(path string) *Page {
	c.t.Helper()
	return c.send(c.request(http.MethodGet, path, nil))
}

// Post sends a form body as it is, without looking at any page; for tests of what a browser would never send.
func (c *Client) Post(path string, values url.Values) *Page {
	c.t.Helper()
	r := c.request(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.send(r)
}

// Follow opens the first link on the page whose words contain text.
func (c *Client) Follow(text string) *Page {
	c.t.Helper()
	for _, a := range c.shown().All("a[href]") {
		if strings.Contains(Words(a), text) {
			return c.Get(c.resolve(attr(a, "href")))
		}
	}
	c.t.Fatalf("no link %q on %s:\n%s", text, c.Page.URL, c.Page.Words())
	return nil
}

// Cookie returns the value of a cookie the browser holds, or an empty string.
func (c *Client) Cookie(name string) string {
	for _, ck := range c.jar.Cookies(c.base) {
		if ck.Name == name {
			return ck.Value
		}
	}
	return ""
}

func (c *Client) request(method, path string, body io.Reader) *http.Request {
	c.t.Helper()
	u, err := c.base.Parse(path)
	if err != nil {
		c.t.Fatalf("address %q: %v", path, err)
	}
	if u.Host != c.base.Host {
		c.t.Fatalf("the portal leads to another host: %s", u)
	}
	r := httptest.NewRequestWithContext(c.t.Context(), method, u.String(), body)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if c.Language != "" {
		r.Header.Set("Accept-Language", c.Language)
	}
	return r
}

func (c *Client) send(r *http.Request) *Page {
	c.t.Helper()
	for _, ck := range c.jar.Cookies(r.URL) {
		r.AddCookie(ck)
	}
	rec := httptest.NewRecorder()
	c.handler.ServeHTTP(rec, r)
	answer := rec.Result()
	c.jar.SetCookies(r.URL, answer.Cookies())
	page := &Page{t: c.t, Status: answer.StatusCode, URL: r.URL, Header: answer.Header, Body: rec.Body.Bytes()}
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		doc, err := html.Parse(strings.NewReader(rec.Body.String()))
		if err != nil {
			c.t.Fatal(err)
		}
		page.Doc = doc
	}
	return page
}

// follow goes where the answer leads and shows the last page.
func (c *Client) follow(page *Page) *Page {
	c.t.Helper()
	for range mostRedirects {
		to := page.Header.Get("Location")
		if to == "" {
			c.Page = page
			return page
		}
		c.Page = page
		page = c.send(c.request(http.MethodGet, c.resolve(to), nil))
	}
	c.t.Fatalf("more than %d redirects, the last to %s", mostRedirects, page.URL)
	return nil
}

// resolve makes an address on the page absolute, as a browser does.
func (c *Client) resolve(ref string) string {
	c.t.Helper()
	from := c.base
	if c.Page != nil {
		from = c.Page.URL
	}
	u, err := from.Parse(ref)
	if err != nil {
		c.t.Fatalf("address %q on %s: %v", ref, from, err)
	}
	return u.String()
}

func (c *Client) shown() *Page {
	c.t.Helper()
	if c.Page == nil {
		c.t.Fatal("the browser shows no page yet")
	}
	return c.Page
}

// PostMultipart is Post with the body an upload form sends, without a file.
func (c *Client) PostMultipart(path string, values url.Values) *Page {
	c.t.Helper()
	kind, body := multipartBody(values, nil)
	r := c.request(http.MethodPost, path, bytes.NewReader(body))
	r.Header.Set("Content-Type", kind)
	return c.send(r)
}

// SetCookie puts a cookie into the browser.
func (c *Client) SetCookie(ck *http.Cookie) { c.jar.SetCookies(c.base, []*http.Cookie{ck}) }
