package paper

import (
	"io"
	"slices"
	"strings"

	"reliefportal/app/i18n"
)

// PDF draws a paper with text that can be selected and searched. Nothing is drawn when the font lacks a character: the error is a
// GlyphError with all of them.
func PDF(w io.Writer, d Doc) error {
	s, err := docSheet(d)
	if err != nil {
		return err
	}
	for _, b := range d.Blocks {
		s.block(d.Lang, b)
	}
	s.edges(d.Lang, d.Head, d.Foot)
	return s.write(w)
}

// Check says whether a paper can be drawn, without drawing it. The error is that of PDF.
func Check(d Doc) error {
	_, err := docSheet(d)
	return err
}

// docSheet is an empty sheet whose font has every character of the paper.
func docSheet(d Doc) (*sheet, error) {
	s, err := newSheet(d.Title, d.At)
	if err != nil {
		return nil, err
	}
	if missing := s.missing(append(d.texts(), d.Title, d.Head, d.Foot)); len(missing) > 0 {
		return nil, &GlyphError{Runes: missing}
	}
	return s, nil
}

// missing lists the characters of texts that the font lacks, each once. Line ends and tabs are set by the lines themselves.
func (s *sheet) missing(texts []string) []rune {
	var out []rune
	seen := map[rune]bool{'\n': true, '\t': true}
	for _, text := range texts {
		for _, r := range text {
			if seen[r] {
				continue
			}
			seen[r] = true
			if ok, err := s.pdf.IsCurrFontContainGlyph(r); err != nil || !ok {
				out = append(out, r)
			}
		}
	}
	slices.Sort(out)
	return out
}

func (s *sheet) block(lang string, b Block) {
	text := strings.ReplaceAll(b.Text, "\t", " ")
	switch b.Kind {
	case Title:
		s.use(sizeTitle)
		for _, line := range breakLines(text, textW, s.width) {
			s.room(s.size * leading)
			s.put(left+(textW-s.width(line))/2, s.y, line)
			s.y += s.size * leading
		}
		s.use(sizeText)
		s.y += 6
	case Heading:
		s.heading(text)
	case Para:
		s.text(left, textW, text)
		s.y += 3
	case Small:
		s.use(sizeSmall)
		s.grey(70)
		s.text(left, textW, text)
		s.grey(0)
		s.use(sizeText)
		s.y += 3
	case Note:
		s.frame(text)
		s.y += 6
	case Right:
		s.room(s.size * leading)
		s.put(max(left, pageW-right-s.width(text)), s.y, text)
		s.y += s.size * leading
	case Pairs:
		s.pairs(b.Rows)
	case Table:
		s.table(b)
	case Blank:
		s.blank(text, b.Lines)
	case Break:
		s.page()
	case Code:
		s.code(lang, text)
	}
}

// pairs writes names and values in two columns.
func (s *sheet) pairs(rows [][]string) {
	column := 0.0
	for _, row := range rows {
		column = max(column, s.width(row[0])+14)
	}
	column = min(column, textW/3)
	for _, row := range rows {
		s.room(min(s.height(column-8, row[0]), 3*s.size*leading))
		top, before := s.y, s.pdf.GetNumberOfPages()
		s.grey(70)
		s.text(left, column-8, row[0])
		s.grey(0)
		bottom := s.y
		if s.pdf.GetNumberOfPages() == before {
			s.y = top
		}
		s.text(left+column, textW-column, row[1])
		if s.pdf.GetNumberOfPages() == before {
			s.y = max(s.y, bottom)
		}
	}
	s.y += 4
}

const (
	cellPad  = 4.0
	cellSize = sizeSmall
)

// table draws rows between rules. Its head stands again at the top of each page; a row goes whole to the next page, and only one that is
// taller than a third of a page is cut.
func (s *sheet) table(b Block) {
	widths := columns(b)
	s.use(cellSize)
	s.head(b.Head, widths)
	for _, row := range b.Rows {
		lines := make([][]string, len(row))
		most := 0
		for i, cell := range row {
			lines[i] = breakLines(strings.ReplaceAll(cell, "\t", " "), widths[i]-2*cellPad, s.width)
			most = max(most, len(lines[i]))
		}
		if need := s.rowHeight(most); s.y+need > pageH-bottom && (need < (pageH-top-bottom)/3 || s.left() < 1) {
			s.again(b.Head, widths)
		}
		for from := 0; from < most && s.err == nil; {
			to := min(most, from+max(1, s.left()))
			s.cells(lines, widths, from, to)
			if from = to; from < most {
				s.again(b.Head, widths)
			}
		}
	}
	s.use(sizeText)
	s.y += 6
}

func (s *sheet) rowHeight(lines int) float64 {
	return float64(lines)*cellSize*leading + cellPad
}

// left is how many lines of a table still fit on this page.
func (s *sheet) left() int { return int((pageH - bottom - s.y - cellPad) / (cellSize * leading)) }

// again begins a new page of a table.
func (s *sheet) again(head []string, widths []float64) {
	s.page()
	s.head(head, widths)
}

func (s *sheet) head(head []string, widths []float64) {
	if len(head) == 0 {
		s.rule()
		return
	}
	lines := make([][]string, len(head))
	most := 0
	for i, cell := range head {
		lines[i] = breakLines(cell, widths[i]-2*cellPad, s.width)
		most = max(most, len(lines[i]))
	}
	if s.left() < most+2 {
		s.page() // a head never stands alone at the foot of a page
	}
	s.rule()
	s.grey(70)
	s.cells(lines, widths, 0, most)
	s.grey(0)
}

// cells draws the lines from..to of every cell of a row, cell after cell, and a rule below.
func (s *sheet) cells(lines [][]string, widths []float64, from, to int) {
	top, x := s.y, left
	for i, cell := range lines {
		for n := from; n < min(to, len(cell)); n++ {
			s.put(x+cellPad, top+cellPad/2+float64(n-from)*cellSize*leading, cell[n])
		}
		x += widths[i]
	}
	s.y = top + s.rowHeight(to-from)
	s.rule()
}

func columns(b Block) []float64 {
	n := len(b.Head)
	if n == 0 && len(b.Rows) > 0 {
		n = len(b.Rows[0])
	}
	out, sum := make([]float64, n), 0.0
	for i := range out {
		out[i] = 1
		if i < len(b.Shares) {
			out[i] = b.Shares[i]
		}
		sum += out[i]
	}
	for i := range out {
		out[i] *= textW / sum
	}
	return out
}

// blank draws lines to write on by hand, far enough apart for handwriting.
func (s *sheet) blank(label string, lines int) {
	const step = 24
	s.room(s.height(textW, label) + step)
	s.text(left, textW, label)
	for range lines {
		s.room(step)
		s.y += step - 4
		s.rule()
		s.y += 4
	}
	s.y += 6
}

// code draws the code as letters, and twice for machines: a bar code for the scanner at a counter, a square one for a telephone.
func (s *sheet) code(lang, text string) {
	const square, bars = 96.0, 54.0
	s.room(square + 3*sizeTitle)
	s.use(sizeTitle)
	s.text(left, textW, text)
	s.use(sizeText)
	from := s.y
	plain := strings.ReplaceAll(text, "-", "")
	if err := s.square(plain, pageW-right-square, from, square); err != nil {
		s.keep(err)
		return
	}
	s.keep(s.bars(plain, left, from, textW-square-40, bars))
	s.y = from + bars + 4
	s.use(sizeSmall)
	s.grey(70)
	s.text(left, textW-square-40, i18n.T(lang, "paper.code_scan"))
	s.grey(0)
	s.use(sizeText)
	s.y = max(s.y, from+square) + 8
}
