package kit

import (
	"context"
	"io"
	"regexp"
	"strings"

	"github.com/a-h/templ"
)

// unbroken are runs that a line must not break: dates, times, case numbers and sums.
var unbroken = regexp.MustCompile(`\d{4}年\d{1,2}月(?:\d{1,2}日)?(?:（周.）)?|\d{1,2}月\d{1,2}日(?:（周.）)?|（\d{4}）[^\s，。；：、“”（）]{2,24}号|¥[\d,]+(?:\.\d\d)?|` +
	`(?:[A-Z][a-z]+day )?\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?|\d{1,2}:\d{2}|\d{3} \*{4} \d{4}`)

// Text writes running text: dates, sums and case numbers are kept in one piece, **words** are bold and a line break becomes <br>.
func Text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, markup(s))
		return err
	})
}

// bold is **words**; a row of stars, as in a masked number, is left alone.
var bold = regexp.MustCompile(`\*\*([^*]+)\*\*`)

func markup(s string) string {
	var b strings.Builder
	at := 0
	for _, m := range bold.FindAllStringSubmatchIndex(s, -1) {
		lines(&b, s[at:m[0]])
		b.WriteString("<b>")
		lines(&b, s[m[2]:m[3]])
		b.WriteString("</b>")
		at = m[1]
	}
	lines(&b, s[at:])
	return b.String()
}

func lines(b *strings.Builder, s string) {
	for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if i > 0 {
			b.WriteString("<br>")
		}
		pieces(b, line)
	}
}

func pieces(b *strings.Builder, s string) {
	if !strings.ContainsAny(s, "0123456789") {
		b.WriteString(templ.EscapeString(s))
		return
	}
	at := 0
	for _, m := range unbroken.FindAllStringIndex(s, -1) {
		b.WriteString(templ.EscapeString(s[at:m[0]]))
		piece := s[m[0]:m[1]]
		if strings.HasPrefix(piece, "（") {
			b.WriteString(`<span class="nb num">`) // a case number, which no screen is too narrow for
		} else {
			b.WriteString(`<span class="nb">`)
		}
		b.WriteString(templ.EscapeString(piece))
		b.WriteString(`</span>`)
		at = m[1]
	}
	b.WriteString(templ.EscapeString(s[at:]))
}

// phraseEnd is where a Chinese heading may best be broken: after a mark, and before what stands in brackets.
var phraseEnd = regexp.MustCompile(`[，。；：？]+|[^，。；：？（]（`)

// Phrases writes a heading whose lines break between its clauses rather than inside a word, where a clause fits on a line.
func Phrases(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		all := phrases(s)
		if len(all) == 1 {
			_, err := io.WriteString(w, templ.EscapeString(s))
			return err
		}
		var b strings.Builder
		for _, phrase := range all {
			b.WriteString(`<span class="phrase">` + templ.EscapeString(phrase) + `</span>`)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// phrases takes a heading apart; joined they are the heading.
func phrases(s string) []string {
	var all []string
	at := 0
	for _, m := range phraseEnd.FindAllStringIndex(s, -1) {
		end := m[1]
		if strings.HasSuffix(s[m[0]:end], "（") {
			end -= len("（")
		}
		if end < len(s) && end > at {
			all, at = append(all, s[at:end]), end
		}
	}
	return append(all, s[at:])
}

// Cites are sources of a rule, each linked to its text where there is one. They are written without a space before the mark between them;
// in English a space parts them from the words before.
func Cites(p Page, cites []Cite) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		if p.English() {
			b.WriteString(" ")
		}
		b.WriteString(`<span class="cite">`)
		for i, c := range cites {
			if i > 0 {
				b.WriteString(templ.EscapeString(p.T("punct.semicolon")))
			}
			citeTo(&b, p, c)
		}
		b.WriteString(`</span>`)
		_, err := io.WriteString(w, b.String())
		return err
	})
}

func citeTo(b *strings.Builder, p Page, c Cite) {
	if c.Href != "" {
		b.WriteString(`<a href="` + templ.EscapeString(string(templ.URL(c.Href))) + `">` + templ.EscapeString(c.Text) + `</a>`)
	} else {
		b.WriteString(templ.EscapeString(c.Text))
	}
	if c.Note != "" {
		b.WriteString(`<span class="cite__note">` + templ.EscapeString(p.T("punct.open")+c.Note+p.T("punct.close")) + `</span>`)
	}
}

// foreign marks words in another language than the page, such as a court's name inside English.
func foreign(p Page, s string) templ.Attributes {
	if !p.English() {
		return nil
	}
	for _, r := range s {
		if r >= 0x2E80 && r < 0xFF00 {
			return templ.Attributes{"lang": "zh-Hans"}
		}
	}
	return nil
}
