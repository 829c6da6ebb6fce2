package paper

import (
	"io"
	"strconv"
	"strings"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
)

// ReceiptData is everything a receipt says, in words of one language. Empty parts are left out.
type ReceiptData struct {
	Lang               string
	Title              string // replaces "we have your application"
	Code               string // receipt code as shown, for example 7K4M-92QF
	Remedy, CaseNumber string // the filing in plain words; the case it concerns
	Applicant          string // the person's own name, in full: this is their paper
	At                 time.Time
	Chain              []Link   // who has it now, who then, what if nothing happens; at least two
	Rule               string   // why this body was chosen, in words
	Cites              []string // the articles behind Rule
	Working            []string // how the first link's date was worked out, a sentence each
	GoesOn             bool     // enforcement does not stop by itself
	Application        File     // the written application as it was kept; the zero File while it is being made
	Files              []File
	Cannot             []string // papers that could not be had, each with its reason
	PackName, PackHash string   // rules used and their fingerprint
	Declaration        string   // the statement the person made
	Timing             string   // whether it came within its time limit
	Outages            []string
}

// Link is one owner in the chain.
type Link struct {
	Caption string // empty picks "now", "then" or "if nothing has happened by …" by place
	Body    string // the body in full, with its division
	Text    string // its duty in one or two sentences
	Due     calendar.Date
	Cites   []string
}

// File is one file handed in.
type File struct {
	Name   string // as the person called it
	Kind   string // what paper it is, in words
	Size   int64  // in bytes
	SHA256 string // in hexadecimal, in full
	At     time.Time
	Lines  []string // how far it has come, and who received it
}

// Receipt writes the receipt as a PDF. A character the font lacks is an error (ErrGlyph) in the portal's own words, and a
// visible mark with an explanation in names the person gave.
func Receipt(w io.Writer, r ReceiptData) error {
	s, err := newSheet(i18n.T(r.Lang, "paper.receipt.title")+" "+r.Code, r.At)
	if err != nil {
		return err
	}
	marked := r.names(s)
	r.panel(s)
	r.chain(s)
	r.reasons(s)
	r.files(s)
	r.cannot(s)
	r.ending(s, marked)
	s.edges(r.Lang, i18n.T(r.Lang, "paper.receipt.code")+" "+r.Code, i18n.T(r.Lang, "paper.verify"))
	return s.write(w)
}

// names makes what the person typed printable.
func (r *ReceiptData) names(s *sheet) (marked bool) {
	r.Applicant, marked = s.known(r.Applicant)
	files := make([]File, len(r.Files))
	for i, f := range r.Files {
		var m bool
		f.Name, m = s.known(f.Name)
		files[i], marked = f, marked || m
	}
	r.Files = files
	cannot := make([]string, len(r.Cannot))
	for i, c := range r.Cannot {
		var m bool
		cannot[i], m = s.known(c)
		marked = marked || m
	}
	r.Cannot = cannot
	return marked
}

func (r *ReceiptData) panel(s *sheet) {
	s.use(sizeTitle)
	title := r.Title
	if title == "" {
		title = i18n.T(r.Lang, "paper.receipt.title")
	}
	s.text(left, textW, title)
	s.use(sizeText)
	s.text(left, textW, i18n.DateTime(r.Lang, r.At))
	s.y += 8
	s.use(sizeSmall)
	s.grey(70)
	s.text(left, textW, i18n.T(r.Lang, "paper.receipt.code_note"))
	s.grey(0)
	s.use(sizeTitle)
	s.text(left, textW, r.Code)
	s.use(sizeText)
	s.y += 4
	r.pairs(s,
		i18n.T(r.Lang, "paper.receipt.remedy"), r.Remedy,
		i18n.T(r.Lang, "paper.receipt.case"), r.CaseNumber,
		i18n.T(r.Lang, "paper.receipt.applicant"), r.Applicant)
	for _, line := range append([]string{r.Timing}, r.Outages...) {
		if line != "" {
			s.text(left, textW, line)
		}
	}
}

// pairs writes names and values in two columns and leaves out empty values.
func (r *ReceiptData) pairs(s *sheet, kv ...string) {
	const column = 96
	for i := 0; i+1 < len(kv); i += 2 {
		if kv[i+1] == "" {
			continue
		}
		s.room(s.size * leading)
		s.grey(70)
		s.put(left, s.y, kv[i])
		s.grey(0)
		s.text(left+column, textW-column, kv[i+1])
	}
}

func (r *ReceiptData) chain(s *sheet) {
	if len(r.Chain) == 0 {
		return
	}
	s.heading(i18n.T(r.Lang, "paper.receipt.next"))
	for i, l := range r.Chain {
		r.link(s, i, l)
	}
	if r.GoesOn {
		s.frame(i18n.T(r.Lang, "paper.receipt.goes_on"))
	}
}

const indent = 18 // from the ring to the text of a chain

func (r *ReceiptData) link(s *sheet, i int, l Link) {
	s.use(sizeSmall)
	s.room(sizeSmall*leading + 3*sizeText*leading)
	s.ring(i == 0)
	s.grey(70)
	s.text(left+indent, textW-indent, r.caption(i, l))
	s.grey(0)
	s.use(12)
	s.text(left+indent, textW-indent, l.Body)
	s.use(sizeText)
	if !l.Due.IsZero() {
		s.text(left+indent, textW-indent, i18n.T(r.Lang, "paper.receipt.due", "Date", l.Due))
	}
	if l.Text != "" {
		s.text(left+indent, textW-indent, l.Text)
	}
	r.cites(s, left+indent, l.Cites)
	s.y += 5
}

func (r *ReceiptData) caption(i int, l Link) string {
	switch {
	case l.Caption != "":
		return l.Caption
	case i == 0:
		return i18n.T(r.Lang, "paper.receipt.now")
	case i == len(r.Chain)-1 && !r.Chain[0].Due.IsZero():
		return i18n.T(r.Lang, "paper.receipt.if_nothing", "Date", i18n.DayMonth(r.Lang, r.Chain[0].Due))
	}
	return i18n.T(r.Lang, "paper.receipt.then")
}

func (s *sheet) ring(now bool) {
	const d = 7
	y := s.y + (sizeSmall*leading-d)/2
	style := "D"
	if now {
		style = "F"
	}
	s.pdf.SetLineWidth(0.9)
	s.pdf.SetStrokeColor(40, 40, 40)
	s.pdf.SetFillColor(22, 91, 76)
	s.keep(s.pdf.Rectangle(left, y, left+d, y+d, style, d/2-0.01, 12))
}

func (r *ReceiptData) cites(s *sheet, x float64, cites []string) {
	if len(cites) == 0 {
		return
	}
	s.use(sizeSmall)
	s.grey(70)
	between := "；"
	if r.Lang == i18n.English {
		between = "; "
	}
	s.text(x, pageW-right-x, i18n.T(r.Lang, "paper.receipt.cites", "Cites", strings.Join(cites, between)))
	s.grey(0)
	s.use(sizeText)
}

func (r *ReceiptData) reasons(s *sheet) {
	if r.Rule != "" {
		s.heading(i18n.T(r.Lang, "paper.receipt.why"))
		s.text(left, textW, r.Rule)
		r.cites(s, left, r.Cites)
	}
	if len(r.Working) == 0 {
		return
	}
	s.heading(i18n.T(r.Lang, "paper.receipt.working"))
	for i, step := range r.Working {
		s.room(s.size * leading)
		s.put(left, s.y, strconv.Itoa(i+1)+".")
		s.text(left+indent, textW-indent, strings.ReplaceAll(step, "**", "")) // ** marks what a screen shows bold
	}
}

func (r *ReceiptData) files(s *sheet) {
	if r.Application.SHA256 != "" {
		s.heading(r.Application.Kind)
		r.Application.Kind = ""
		r.file(s, 1, r.Application)
	}
	s.heading(i18n.T(r.Lang, "paper.receipt.files", "N", len(r.Files)))
	if len(r.Files) == 0 {
		s.text(left, textW, i18n.T(r.Lang, "paper.receipt.no_files"))
		return
	}
	for i, f := range r.Files {
		r.file(s, i+1, f)
	}
	s.use(sizeSmall)
	s.grey(70)
	s.text(left, textW, i18n.T(r.Lang, "paper.receipt.fingerprint"))
	s.grey(0)
	s.use(sizeText)
}

func (r *ReceiptData) cannot(s *sheet) {
	if len(r.Cannot) == 0 {
		return
	}
	s.heading(i18n.T(r.Lang, "papers.cannot_list"))
	for _, c := range r.Cannot {
		s.text(left, textW, c)
	}
}

func (r *ReceiptData) file(s *sheet, n int, f File) {
	s.room(s.height(textW-indent, f.Name) + sizeSmall*leading + 2*sizeTiny*leading)
	s.put(left, s.y, strconv.Itoa(n)+".")
	s.text(left+indent, textW-indent, f.Name)
	s.use(sizeSmall)
	s.grey(70)
	parts := []string{i18n.Size(f.Size)}
	if f.Kind != "" {
		parts = append([]string{f.Kind}, parts...)
	}
	if !f.At.IsZero() {
		parts = append(parts, i18n.DateTime(r.Lang, f.At))
	}
	s.text(left+indent, textW-indent, strings.Join(parts, " · "))
	for _, line := range f.Lines {
		s.text(left+indent, textW-indent, strings.ReplaceAll(line, "**", ""))
	}
	s.grey(0)
	s.hash(f.SHA256)
	s.use(sizeText)
	s.y += 5
}

// hash writes a fingerprint in groups of four, each in a column of its own, so that it can be compared by finger.
func (s *sheet) hash(hex string) {
	const column, perLine = 29, 8
	s.use(sizeTiny)
	s.put(left+indent, s.y, "SHA-256")
	groups := strings.Fields(i18n.Hash(hex))
	for i, g := range groups {
		if i > 0 && i%perLine == 0 {
			s.y += sizeTiny * leading
		}
		s.put(left+indent+48+float64(i%perLine)*column, s.y, g)
	}
	s.y += sizeTiny * leading
}

func (r *ReceiptData) ending(s *sheet, marked bool) {
	if r.Declaration != "" {
		s.heading(i18n.T(r.Lang, "paper.receipt.declared"))
		s.text(left, textW, r.Declaration)
	}
	s.gap(10)
	s.use(sizeSmall)
	s.grey(70)
	if r.PackName != "" {
		s.text(left, textW, i18n.T(r.Lang, "paper.receipt.rules", "Name", r.PackName, "Hash", i18n.Hash(r.PackHash)))
	}
	if marked {
		s.text(left, textW, i18n.T(r.Lang, "paper.receipt.geta"))
	}
	s.text(left, textW, i18n.T(r.Lang, "paper.receipt.help"))
	s.text(left, textW, i18n.T(r.Lang, "notice.scam"))
	s.grey(0)
}
