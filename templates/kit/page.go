// Package kit holds what every page shares: the layout, the fields of forms and the larger parts
// (door card, date with its working, clocks, receipt). It knows no noun of the program: values come in as plain
// strings, numbers and civil dates.
package kit

import (
	"github.com/a-h/templ"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
)

// Page is what every page needs to know about the request. Components take it by value.
type Page struct {
	// Lang is "zh-Hans" or "en".
	Lang string
	// Title replaces the page's own title and heading when it is not empty.
	Title string
	// Path is the path of this page, without the language.
	Path string
	// LangPath is this page in the other language, as a GET address.
	LangPath string
	// Back is the address of the page before; empty draws no back link.
	Back string
	// CSRF is the token that every Form carries as _csrf.
	CSRF string
	// User is the person signed in; nil for a visitor.
	User *User
	// Assist is set on a debtor's page that a member of staff is filling in; nil otherwise.
	Assist *Assist
	// ActsFor names the person for whom the person signed in acts on this page as a representative; empty when he acts for himself.
	ActsFor string
	// TextSize is the size of the letters in percent, empty for the usual one; TextPaths are this page in each size.
	TextSize  string
	TextPaths []Link
	// Kiosk is set on a shared computer that forgets everything.
	Kiosk *Kiosk
	// Errors are the fields to correct, in the order of the page.
	Errors []FieldError
	// Flash is one sentence about what has just been done.
	Flash string
	// SavedAt is the time of the last save in words, for example "14:06"; empty draws nothing.
	SavedAt string
	// Kept says that the answers are kept in this browser only (a visitor who has not signed in).
	Kept bool
	// Today is the civil date in Asia/Shanghai.
	Today calendar.Date
}

// User is the person signed in, as the header names them.
type User struct {
	Name string
	// Place is the body and the unit of a member of staff, already in words.
	Place string
	Staff bool
	// SignOut is the address that a POST signs out at.
	SignOut string
	// Home is the address of the person's first page.
	Home string
	// Help is where a member of staff begins to type for somebody; empty for those who may not.
	Help string
}

// Kiosk is a shared computer: how it forgets, and after how many minutes by itself.
type Kiosk struct {
	ForgetAction string
	Minutes      int
}

// textClass makes the letters larger.
func (p Page) textClass() string {
	if p.TextSize == "" {
		return ""
	}
	return "text-" + p.TextSize
}

// textName names a size of letters.
func (p Page) textName(size string) string {
	switch size {
	case "125":
		return p.T("text.large")
	case "150":
		return p.T("text.largest")
	}
	return p.T("text.usual")
}

// isText tells whether the page is in this size.
func (p Page) isText(size string) bool {
	return size == p.TextSize || size == "100" && p.TextSize == ""
}

// Assist says for whom a member of staff is typing.
type Assist struct {
	// For is the name of the person, empty while it is not known.
	For string
	// BackHref leads to the overview of the session; EndAction is the address a POST ends it at.
	BackHref, EndAction string
}

// FieldError is one sentence under one field. ID is the id of the input it belongs to.
type FieldError struct{ ID, Text string }

// T gives the words of a key in the language of the page. kv are names and values for the placeholders.
func (p Page) T(key string, kv ...any) string { return i18n.T(p.Lang, key, kv...) }

// English says whether the page is in English.
func (p Page) English() bool { return p.Lang == i18n.English }

// ErrorOf is the sentence that belongs to the input with this id; empty when there is none.
func (p Page) ErrorOf(id string) string {
	for _, e := range p.Errors {
		if e.ID == id {
			return e.Text
		}
	}
	return ""
}

// heading is the page's own title unless the handler has set another.
func (p Page) heading(own string) string {
	if p.Title != "" {
		return p.Title
	}
	return own
}

// otherLang is the language the header offers.
func (p Page) otherLang() string {
	if p.English() {
		return i18n.Chinese
	}
	return i18n.English
}

// docTitle is the title of the document: an error says so first.
func (p Page) docTitle(title string) string {
	s := p.heading(title) + " – " + p.T("frame.brand")
	if len(p.Errors) > 0 {
		return p.T("frame.error_prefix") + s
	}
	return s
}

// home is the first page of the person, else the start page.
func (p Page) home() templ.SafeURL {
	if p.User != nil && p.User.Home != "" {
		return templ.SafeURL(p.User.Home)
	}
	return "/"
}
