package samples

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"reliefportal/app/i18n"
)

// TestPages draws every sample in both languages and checks what every page owes its reader.
func TestPages(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range All() {
		key := s.Group + "/" + s.Name
		if seen[key] {
			t.Errorf("two samples are called %s", key)
		}
		seen[key] = true
		for _, lang := range i18n.Languages {
			t.Run(key+"/"+lang, func(t *testing.T) { checkPage(t, s, lang) })
		}
	}
}

func checkPage(t *testing.T, s Sample, lang string) {
	var b bytes.Buffer
	if err := s.Make(Page(lang)).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, bad := range []string{"%!", "<no value>", "{{", "javascript:", "&lt;b&gt;", "TODO"} {
		if strings.Contains(text, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	doc, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	c := &check{t: t, lang: lang, ids: map[string]int{}, labels: map[string]bool{}}
	c.walk(doc)
	c.finish()
}

// check gathers what a page holds while its tree is walked.
type check struct {
	t       *testing.T
	lang    string
	ids     map[string]int
	labels  map[string]bool
	inputs  []*html.Node
	refs    []string
	anchors []string
	h1      int
	last    int
	title   string
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func (c *check) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		c.element(n)
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		c.walk(k)
	}
}

func (c *check) element(n *html.Node) {
	c.attributes(n)
	switch n.Data {
	case "html":
		if lang, _ := attr(n, "lang"); lang != c.lang {
			c.t.Errorf("html lang is %q", lang)
		}
	case "style":
		c.t.Error("a style element is on the page")
	case "script":
		if _, src := attr(n, "src"); !src || n.FirstChild != nil {
			c.t.Error("an inline script is on the page")
		}
	case "title":
		if n.Parent.Data == "head" {
			c.title = words(n)
		}
	case "h1", "h2", "h3", "h4":
		c.heading(n)
	case "label":
		if of, ok := attr(n, "for"); ok {
			c.labels[of] = true
		}
	case "input", "select", "textarea":
		if kind, _ := attr(n, "type"); kind != "hidden" {
			c.inputs = append(c.inputs, n)
		}
	case "form":
		c.form(n)
	case "a", "button", "legend", "th":
		if strings.TrimSpace(words(n)) == "" {
			c.t.Errorf("a <%s> says nothing", n.Data)
		}
	}
}

func (c *check) attributes(n *html.Node) {
	for _, a := range n.Attr {
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			c.t.Errorf("<%s> has the inline attribute %s", n.Data, a.Key)
		case a.Key == "id" && a.Val != "":
			c.ids[a.Val]++
		case a.Key == "id":
			c.t.Errorf("<%s> has an empty id", n.Data)
		case a.Key == "aria-describedby" || a.Key == "aria-labelledby":
			c.refs = append(c.refs, strings.Fields(a.Val)...)
		case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
			c.anchors = append(c.anchors, a.Val[1:])
		case a.Key == "href" && a.Val == "":
			c.t.Error("a link leads nowhere")
		case a.Key == "lang" && a.Val != i18n.Chinese && a.Val != i18n.English:
			c.t.Errorf("<%s> has lang=%q", n.Data, a.Val)
		}
	}
}

func (c *check) heading(n *html.Node) {
	level := int(n.Data[1] - '0')
	if level == 1 {
		c.h1++
	}
	if level > c.last+1 && c.last > 0 {
		c.t.Errorf("heading %q jumps from h%d to h%d", words(n), c.last, level)
	}
	c.last = level
	if strings.TrimSpace(words(n)) == "" {
		c.t.Errorf("an empty %s", n.Data)
	}
}

func (c *check) form(n *html.Node) {
	method, _ := attr(n, "method")
	if method == "post" && !strings.Contains(render(n), `name="_csrf"`) {
		c.t.Error("a form posts without _csrf")
	}
	if method != "post" && method != "get" {
		c.t.Errorf("a form has the method %q", method)
	}
}

func (c *check) finish() {
	if c.h1 != 1 {
		c.t.Errorf("%d h1 on the page", c.h1)
	}
	brand := i18n.T(c.lang, "frame.brand")
	if !strings.HasSuffix(c.title, brand) {
		c.t.Errorf("the title %q does not name the service", c.title)
	}
	for id, n := range c.ids {
		if n > 1 {
			c.t.Errorf("id %q is there %d times", id, n)
		}
	}
	for _, ref := range append(c.refs, c.anchors...) {
		if c.ids[ref] == 0 {
			c.t.Errorf("nothing has the id %q that the page points to", ref)
		}
	}
	for _, in := range c.inputs {
		id, _ := attr(in, "id")
		_, named := attr(in, "aria-label")
		if !named && !c.labels[id] {
			c.t.Errorf("the input %q has no label", id)
		}
	}
}

// words is the text of a node.
func words(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		b.WriteString(words(k))
	}
	return b.String()
}

func render(n *html.Node) string {
	var b bytes.Buffer
	if err := html.Render(&b, n); err != nil {
		return ""
	}
	return b.String()
}
