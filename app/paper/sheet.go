// Package paper draws the portal's printed papers as PDF: A4, Chinese and English, text that can be selected and searched.
// It takes plain words, dates and numbers and knows no noun of the portal.
package paper

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"time"

	"github.com/signintech/gopdf"

	"reliefportal/app/i18n"
	"reliefportal/static"
)

// ErrGlyph reports a character the font of papers does not have. The library would leave it out without a word.
var ErrGlyph = errors.New("the font for papers lacks a character")

// Measures in points (1/72 inch): A4, with the binding margin at the left (design, section 10).
const (
	pageW, pageH = 595.28, 841.89
	left, right  = 73.7, 62.4
	top, bottom  = 79.4, 68.0
	textW        = pageW - left - right
)

// Type sizes in points.
const (
	sizeTitle, sizeHead, sizeText, sizeSmall, sizeTiny = 20, 13, 10.5, 9, 8
	leading                                            = 1.65
)

const family = "text"

var font = sync.OnceValues(func() ([]byte, error) {
	if err := static.Missing(); err != nil {
		return nil, err
	}
	return fs.ReadFile(static.FS, static.FontPath)
})

// sheet is a paper being drawn. The first failure is kept and everything after it does nothing, so that drawing reads as a list.
type sheet struct {
	pdf  *gopdf.GoPdf
	y    float64
	size float64
	err  error
}

func newSheet(title string, at time.Time) (*sheet, error) {
	data, err := font()
	if err != nil {
		return nil, err
	}
	s := &sheet{pdf: &gopdf.GoPdf{}}
	s.pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	s.pdf.SetInfo(gopdf.PdfInfo{Title: title, Creator: "门径 Menjing", CreationDate: at})
	err = s.pdf.AddTTFFontDataWithOption(family, data, gopdf.TtfOption{OnGlyphNotFound: func(r rune) { s.lacks(r) }})
	if err != nil {
		return nil, fmt.Errorf("load the font for papers: %w", err)
	}
	s.page()
	s.use(sizeText)
	return s, s.err
}

func (s *sheet) lacks(r rune) {
	if s.err == nil {
		s.err = fmt.Errorf("%w: U+%04X", ErrGlyph, r)
	}
}

func (s *sheet) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *sheet) page() {
	s.pdf.AddPage()
	s.y = top
}

// use chooses a type size.
func (s *sheet) use(size float64) {
	s.size = size
	s.keep(s.pdf.SetFont(family, "", size))
}

// room begins a new page unless h points are left on this one.
func (s *sheet) room(h float64) {
	if s.y+h > pageH-bottom {
		s.page()
	}
}

// gap leaves h points free, except at the top of a page.
func (s *sheet) gap(h float64) {
	if s.y > top {
		s.y += h
	}
}

func (s *sheet) width(text string) float64 {
	w, err := s.pdf.MeasureTextWidth(text)
	s.keep(err)
	return w
}

// grey sets the colour of text, 0 black to 255 white.
func (s *sheet) grey(level uint8) { s.pdf.SetTextColor(level, level, level) }

// put writes one line with its upper edge at y.
func (s *sheet) put(x, y float64, text string) {
	if text == "" || s.err != nil {
		return
	}
	s.pdf.SetXY(x, y+s.size*(leading-1)/2+s.size*0.88) // the base line lies 0.88 of the size below the upper edge in this font
	s.keep(s.pdf.Text(text))
}

// text writes a paragraph from x on, w wide, over as many lines and pages as it takes.
func (s *sheet) text(x, w float64, text string) {
	step := s.size * leading
	for _, line := range breakLines(text, w, s.width) {
		if s.err != nil {
			return
		}
		s.room(step)
		s.put(x, s.y, line)
		s.y += step
	}
}

// height is what text will take.
func (s *sheet) height(w float64, text string) float64 {
	return float64(len(breakLines(text, w, s.width))) * s.size * leading
}

func (s *sheet) rule() {
	s.pdf.SetLineWidth(0.4)
	s.pdf.SetStrokeColor(150, 150, 150)
	s.pdf.Line(left, s.y, pageW-right, s.y)
}

// heading starts a section; it never stands alone at the foot of a page.
func (s *sheet) heading(text string) {
	s.gap(12)
	s.room(sizeHead*leading + 3*sizeText*leading)
	s.use(sizeHead)
	s.text(left, textW, text)
	s.use(sizeText)
	s.y += 2
}

// frame draws a line round lines of text that stay together.
func (s *sheet) frame(text string) {
	const pad = 8
	h := s.height(textW-2*pad, text) + 2*pad
	s.gap(6)
	s.room(h)
	s.pdf.SetLineWidth(0.7)
	s.pdf.SetStrokeColor(90, 90, 90)
	s.pdf.RectFromUpperLeft(left, s.y, textW, h)
	s.y += pad
	s.text(left+pad, textW-2*pad, text)
	s.y += pad
}

// edges writes head and foot on every page, once the number of pages is known.
func (s *sheet) edges(lang, head, foot string) {
	n := s.pdf.GetNumberOfPages()
	for i := 1; i <= n && s.err == nil; i++ {
		s.keep(s.pdf.SetPage(i))
		s.use(sizeSmall)
		s.grey(60)
		mark := i18n.T(lang, "paper.mark")
		s.put(left, 40, mark)
		s.put(pageW-right-s.width(head), 40, head)
		s.y = 58
		s.rule()
		s.use(sizeTiny)
		s.y = pageH - 52
		s.rule()
		page := i18n.T(lang, "paper.page", "N", i, "Of", n)
		s.put(left, pageH-48, foot)
		s.put(pageW-right-s.width(page), pageH-48, page)
	}
}

func (s *sheet) write(w io.Writer) error {
	if s.err != nil {
		return s.err
	}
	pdf, err := s.pdf.GetBytesPdfReturnErr()
	if err != nil {
		return fmt.Errorf("draw the paper: %w", err)
	}
	pdf, err = mendCharacters(pdf)
	if err != nil {
		return err
	}
	if _, err := w.Write(pdf); err != nil {
		return fmt.Errorf("write the paper: %w", err)
	}
	return s.err
}

// geta stands for a character of a name that the font lacks: the printers' mark for a type not at hand.
const geta = '〓'

// known gives text with every character the font lacks replaced by geta, and whether one was. It is for names people typed
// or gave their files: a receipt with a mark in a name is better than none.
func (s *sheet) known(text string) (string, bool) {
	replaced := false
	out := strings.Map(func(r rune) rune {
		if ok, err := s.pdf.IsCurrFontContainGlyph(r); err == nil && ok {
			return r
		}
		replaced = true
		return geta
	}, text)
	return out, replaced
}
