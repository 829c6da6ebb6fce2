package webtest

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Fields are what the person fills in. A value is a string, a list of strings (check boxes), a File or several. The name of a button, with its
// value, presses that button.
type Fields map[string]any

// File is a chosen file.
type File struct {
	Name string
	Body []byte
}

// SubmitAt opens a page and sends a form on it.
func (c *Client) SubmitAt(path, form string, fields Fields) *Page {
	c.t.Helper()
	c.Get(path)
	return c.Submit(form, fields)
}

// Submit sends a form of the page that the browser shows, as a browser would: with its hidden fields, what is filled in already, and
// fields on top. It ends the test when the form has no such field or no such choice. Redirects are followed.
func (c *Client) Submit(form string, fields Fields) *Page {
	c.t.Helper()
	return c.follow(c.SubmitRaw(form, fields))
}

// SubmitRaw is Submit without following the redirect; the browser still shows the page with the form.
func (c *Client) SubmitRaw(form string, fields Fields) *Page {
	c.t.Helper()
	return c.send(c.formRequest(form, fields))
}

// formRequest builds the request of a form without sending it, so that tests can send it twice or alter it.
func (c *Client) formRequest(selector string, fields Fields) *http.Request {
	c.t.Helper()
	form := c.shown().One(selector)
	if form.Data != "form" || !strings.EqualFold(attr(form, "method"), "post") {
		c.t.Fatalf("%q on %s is no form that is posted", selector, c.Page.URL)
	}
	values, files := c.fill(form, fields)
	action := c.resolve(attr(form, "action"))
	if attr(form, "enctype") == "multipart/form-data" {
		kind, body := multipartBody(values, files)
		r := c.request(http.MethodPost, action, bytes.NewReader(body))
		r.Header.Set("Content-Type", kind)
		return r
	}
	r := c.request(http.MethodPost, action, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// fill takes the form's own values and puts the person's on top.
func (c *Client) fill(form *html.Node, fields Fields) (url.Values, map[string][]File) {
	c.t.Helper()
	values, files := own(form), map[string][]File{}
	for name, value := range fields {
		controls := find(form, "[name="+name+"]")
		if len(controls) == 0 {
			c.t.Fatalf("the form on %s has no field %q; it has %v", c.Page.URL, name, names(form))
		}
		switch v := value.(type) {
		case string:
			c.mustOffer(controls, v)
			values[name] = []string{v}
		case []string:
			for _, one := range v {
				c.mustOffer(controls, one)
			}
			values[name] = v
		case File:
			files[name] = []File{v}
		case []File:
			files[name] = v
		default:
			c.t.Fatalf("field %q is filled with a %T", name, value)
		}
	}
	return values, files
}

// mustOffer ends the test when a choice is picked that the page does not offer.
func (c *Client) mustOffer(controls []*html.Node, value string) {
	c.t.Helper()
	var offered []string
	for _, n := range controls {
		switch kind := attr(n, "type"); {
		case n.Data == "button", kind == "radio", kind == "checkbox", kind == "submit":
			offered = append(offered, attr(n, "value"))
		case n.Data == "select":
			for _, o := range find(n, "option") {
				offered = append(offered, attr(o, "value"))
			}
		default:
			return // free text
		}
	}
	if !slices.Contains(offered, value) {
		c.t.Fatalf("the page %s does not offer %q for %q; it offers %q", c.Page.URL, value, attr(controls[0], "name"), offered)
	}
}

// own returns what a browser would send if the person only pressed the button.
func own(form *html.Node) url.Values {
	values := url.Values{}
	for n := range form.Descendants() {
		name := attr(n, "name")
		if _, off := lookup(n, "disabled"); off || name == "" || n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "input":
			if value, sent := inputValue(n); sent {
				values.Add(name, value)
			}
		case "textarea":
			values.Add(name, rawText(n))
		case "select":
			values.Add(name, selected(n))
		}
	}
	return values
}

func inputValue(n *html.Node) (value string, sent bool) {
	value, has := lookup(n, "value")
	_, checked := lookup(n, "checked")
	switch attr(n, "type") {
	case "radio", "checkbox":
		if !has {
			value = "on"
		}
		return value, checked
	case "submit", "button", "image", "file", "reset":
		return "", false
	}
	return value, true
}

func selected(n *html.Node) string {
	options := find(n, "option")
	for _, o := range options {
		if _, ok := lookup(o, "selected"); ok {
			return attr(o, "value")
		}
	}
	if len(options) == 0 {
		return ""
	}
	return attr(options[0], "value")
}

func rawText(n *html.Node) string {
	var b strings.Builder
	for child := range n.ChildNodes() {
		b.WriteString(child.Data)
	}
	return b.String()
}

func names(form *html.Node) []string {
	var all []string
	for _, n := range find(form, "[name]") {
		all = append(all, attr(n, "name"))
	}
	return slices.Compact(all)
}

func multipartBody(values url.Values, files map[string][]File) (string, []byte) {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, all := range values {
		for _, value := range all {
			must(m.WriteField(name, value))
		}
	}
	for name, all := range files {
		for _, file := range all {
			part, err := m.CreateFormFile(name, file.Name)
			must(err)
			_, err = part.Write(file.Body)
			must(err)
		}
	}
	must(m.Close())
	return m.FormDataContentType(), b.Bytes()
}

// must guards calls that cannot fail: they write to memory.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
