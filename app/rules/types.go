// Package rules reads the law as data: facts in, open doors, next question, responsible body and clocks out.
//
// Everything here is pure. It knows no clock, no database and no HTTP: the day is an argument, courts come through
// the Courts interface, and no remedy is named in Go. What a rule says lives in a pack (package packs loads it).
// Conditions are three-valued: a fact nobody has given is unknown, and an unknown never shuts a door.
package rules

import "reliefportal/app/calendar"

// Text is one piece of wording in both languages of the portal.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// In returns the wording for a language code: "en" is English, everything else simplified Chinese.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.En
	}
	return t.Zh
}

// Empty reports whether no wording is given in either language.
func (t Text) Empty() bool { return t.Zh == "" && t.En == "" }

// Standing says how firmly a rule has been checked; pages show it beside the citation.
type Standing string

// The four standings of a rule.
const (
	Checked Standing = "C"       // the article was read in a full text of the instrument
	Digest  Standing = "C*"      // read in an excerpt, a court page or a ruling that applies it
	Memory  Standing = "M"       // an inference that a lawyer must confirm
	Project Standing = "PROJECT" // a choice of this portal, not law
)

// Cite points at one article of one source of the pack.
type Cite struct {
	Source   string   `json:"source"`            // id in sources.yaml, for example "CPL"
	Article  string   `json:"article,omitempty"` // "236", "7(3)", "2, 3"
	Standing Standing `json:"standing"`
	Phrase   string   `json:"phrase,omitempty"` // short phrase of the article, kept so that a test can find it in the text
}

// Source is an instrument that citations point at.
type Source struct {
	ID     string
	Name   Text
	Number string        // document number, for example 法释〔2015〕10号
	File   string        // file name of the full text, empty when no text was at hand
	SHA256 string        // of that file when the citations were checked
	Note   Text          // which numbering it uses, what superseded it
	From   calendar.Date // day it came into force in this version, zero when not recorded
}

// Question is one page of the finder or of a filing; it asks for exactly one fact.
type Question struct {
	ID       string
	Fact     FactID
	Ask      Cond // asked only when this is certainly true
	Title    Text
	Hint     Text
	Why      Text // "why we ask"
	Unsure   bool // whether "I do not know" is offered
	Required bool // whether the page may be left empty
	Past     bool // a date that must not lie after today
	// Volunteer questions are never asked by NextQuestion; the person opens them himself ("add something else").
	Volunteer bool
}
