package paper

import (
	"io"
	"time"

	"reliefportal/app/i18n"
)

// AdditionData is everything the receipt of papers added later says, in words of one language. Empty parts are left out.
type AdditionData struct {
	Lang               string
	Code               string // receipt code with the number of the addition
	Remedy, CaseNumber string // the filing in plain words; the case it concerns
	Applicant          string // the person's own name, in full: this is their paper
	At                 time.Time
	Body               string // who has the filing
	Said               string // what the person wrote with it
	Files              []File
}

// Addition writes the receipt of papers added after filing as a PDF. Errors as of Receipt.
func Addition(w io.Writer, a AdditionData) error {
	s, err := newSheet(i18n.T(a.Lang, "paper.added.title")+" "+a.Code, a.At)
	if err != nil {
		return err
	}
	r := ReceiptData{Lang: a.Lang, Code: a.Code, Remedy: a.Remedy, CaseNumber: a.CaseNumber, Applicant: a.Applicant, At: a.At, Files: a.Files,
		Title: i18n.T(a.Lang, "paper.added.title")}
	marked := r.names(s)
	said, m := s.known(a.Said)
	r.panel(s)
	s.y += 4
	s.text(left, textW, i18n.T(a.Lang, "paper.added.where", "Body", a.Body))
	s.text(left, textW, i18n.T(a.Lang, "add.clock"))
	r.files(s)
	if said != "" {
		s.heading(i18n.T(a.Lang, "added.said"))
		s.text(left, textW, said)
	}
	r.ending(s, marked || m)
	s.edges(a.Lang, i18n.T(a.Lang, "paper.receipt.code")+" "+a.Code, i18n.T(a.Lang, "paper.verify"))
	return s.write(w)
}
