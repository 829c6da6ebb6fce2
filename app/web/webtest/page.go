package webtest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Page is one answer of the portal.
type Page struct {
	// Status is the HTTP status.
	Status int
	// URL is where the page came from.
	URL *url.URL
	// Header holds the headers of the answer.
	Header http.Header
	// Body is the answer as sent.
	Body []byte
	// Doc is the parsed page; nil when the answer is no HTML.
	Doc *html.Node

	t testing.TB
}

// Path returns the path of the page, without host and query.
func (p *Page) Path() string { return p.URL.EscapedPath() }

// All returns the elements that match the selector, in the order of the page. Selectors know tag, #id, .class, [attr], [attr=value] and
// descent ("form .error a").
func (p *Page) All(selector string) []*html.Node {
	p.t.Helper()
	if p.Doc == nil {
		return nil
	}
	return find(p.Doc, selector)
}

// One returns the first element that matches and ends the test when there is none.
func (p *Page) One(selector string) *html.Node {
	p.t.Helper()
	all := p.All(selector)
	if len(all) == 0 {
		p.t.Fatalf("nothing matches %q on %s (status %d):\n%s", selector, p.URL, p.Status, p.Words())
	}
	return all[0]
}

// Has says whether anything matches.
func (p *Page) Has(selector string) bool { return len(p.All(selector)) > 0 }

// Text returns the words of the first element that matches, spaces joined.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return Words(p.One(selector))
}

// Attr returns an attribute of the first element that matches.
func (p *Page) Attr(selector, name string) string {
	p.t.Helper()
	return attr(p.One(selector), name)
}

// Words returns everything the page says, spaces joined; of an answer that is no HTML, its body.
func (p *Page) Words() string {
	if p.Doc == nil {
		return string(p.Body)
	}
	return Words(p.Doc)
}

// Is ends the test unless the page has the status.
func (p *Page) Is(status int) *Page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("%s answered %d, want %d:\n%s", p.URL, p.Status, status, p.Words())
	}
	return p
}

// At ends the test unless the browser arrived at the path.
func (p *Page) At(path string) *Page {
	p.t.Helper()
	if p.Path() != path {
		p.t.Fatalf("arrived at %s, want %s (status %d):\n%s", p.Path(), path, p.Status, p.Words())
	}
	return p
}

// Says ends the test unless the page contains each text.
func (p *Page) Says(texts ...string) *Page {
	p.t.Helper()
	words := p.Words()
	for _, text := range texts {
		if !strings.Contains(words, text) {
			p.t.Fatalf("%s (status %d) does not say %q:\n%s", p.URL, p.Status, text, words)
		}
	}
	return p
}

// SaysNot ends the test if the answer contains any of the texts, hidden places such as attributes included.
func (p *Page) SaysNot(texts ...string) *Page {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(string(p.Body), text) {
			p.t.Fatalf("%s (status %d) says %q", p.URL, p.Status, text)
		}
	}
	return p
}

// Words returns the text inside an element with spaces joined. Scripts and styles are left out.
func Words(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
		for child := range n.ChildNodes() {
			walk(child)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, name string) string {
	value, _ := lookup(n, name)
	return value
}

func lookup(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}
