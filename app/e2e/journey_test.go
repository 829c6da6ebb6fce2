// Package e2e drives the whole portal from outside: people in real browsers, and the real program killed in the middle of its work.
package e2e

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"reliefportal/app/apptest"
	"reliefportal/app/i18n"
	"reliefportal/app/store"
)

// The case of the journeys: a wage account frozen by the court of Nanshan.
const (
	caseNumber = "（2024）粤0305执1234号"
	execCourt  = "深圳市南山区人民法院"
	aboveCourt = "广东省深圳市中级人民法院"
)

// journey is one portal with the people who use it, and the language they use it in.
type journey struct {
	t       *testing.T
	world   *apptest.World
	browser context.Context
	base    string
	lang    string
	scripts bool
	axe     string
	shots   int
}

// begin starts a portal on db and a browser beside it.
func begin(t *testing.T, db *store.DB, lang string, scripts bool) *journey {
	t.Helper()
	return beginAt(t, "127.0.0.1", db, lang, scripts)
}

// beginAt is begin for people who reach the portal by a host, which leads to this machine.
func beginAt(t *testing.T, host string, db *store.DB, lang string, scripts bool) *journey {
	t.Helper()
	j := &journey{t: t, browser: theBrowser(t), lang: lang, scripts: scripts}
	axe, err := os.ReadFile(axeSource)
	if err != nil {
		t.Fatal(err)
	}
	j.axe = string(axe)
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	j.base = "http://" + net.JoinHostPort(host, port)
	j.world = apptest.New(t, db, "PORTAL_BASE_URL="+j.base)
	server := httptest.NewUnstartedServer(j.world.Handler())
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	return j
}

// enter opens a window at the first page and puts it into the language of the journey.
func (j *journey) enter(name string, s screen) *window {
	j.t.Helper()
	w := j.newWindow(name, s)
	w.open("/")
	if j.lang == i18n.English {
		w.lang = i18n.English
		w.leads("choose English", clickOn("header a[hreflang=en]"))
		w.is(http.StatusOK)
	}
	return w
}

// word gives the words of a key in the language of the journey.
func (j *journey) word(key string, kv ...any) string { return i18n.T(j.lang, key, kv...) }

// in picks the words for the language of the journey.
func (j *journey) in(zh, en string) string {
	if j.lang == i18n.English {
		return en
	}
	return zh
}

// day writes a civil date as the pages do.
func (j *journey) day(y int, m time.Month, d int) string { return i18n.Date(j.lang, civil(y, m, d)) }

var codeInMessage = regexp.MustCompile(`\b\d{8}\b`)

// code gives the newest sign-in code in the outbox for the contact.
func (j *journey) code(contact string) string {
	j.t.Helper()
	for _, m := range j.messages(contact) {
		if code := codeInMessage.FindString(m); code != "" {
			return code
		}
	}
	j.t.Fatalf("no code was sent to %s", contact)
	return ""
}

// told wants a message for the contact that holds the text.
func (j *journey) told(contact, text string) {
	j.t.Helper()
	if !slices.ContainsFunc(j.messages(contact), func(m string) bool { return strings.Contains(m, text) }) {
		j.t.Fatalf("no message for %s says %q", contact, text)
	}
}

// messages are those in the outbox for the contact, the newest first.
func (j *journey) messages(contact string) []string {
	j.t.Helper()
	sent, err := j.world.Outbox(j.t.Context())
	if err != nil {
		j.t.Fatal(err)
	}
	var all []string
	for _, m := range sent {
		all = append(all, strings.Join([]string{m.To, m.Subject, m.Body}, "\n"))
	}
	return slices.DeleteFunc(all, func(m string) bool { return !strings.Contains(m, contact) })
}

// paperSays reads a PDF of the portal with the cookies of the window, and wants each text in it as text that can be selected.
func (w *window) paperSays(path string, texts ...string) {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.j.base+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range w.cookies() {
		request.AddCookie(c)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/pdf" {
		w.t.Fatalf("%s: %s, %s", path, answer.Status, answer.Header.Get("Content-Type"))
	}
	reader := exec.CommandContext(w.t.Context(), "pdftotext", "-raw", "-", "-")
	reader.Stdin = answer.Body
	read, err := reader.Output()
	if err != nil {
		if os.Getenv("CI") == "" {
			w.t.Logf("THE PAPER IS NOT READ: %v (install poppler-utils)", err)
			return
		}
		w.t.Fatalf("read the paper: %v", err)
	}
	for _, text := range texts {
		if !strings.Contains(spaceless(string(read)), spaceless(text)) {
			w.t.Errorf("the paper does not say %q:\n%s", text, read)
		}
	}
}
