package paper

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Doc is a paper as a list of blocks. The same list is drawn as a PDF, written as a DOCX, and shown as a page to print, so that the three
// cannot say different things.
type Doc struct {
	Lang  string
	Title string
	// Head stands at the top of each page, Foot at its bottom.
	Head, Foot string
	// At is the instant kept in the properties of the file; two papers drawn from one Doc are the same byte for byte.
	At     time.Time
	Blocks []Block
}

// BlockKind is one kind of block.
type BlockKind string

// The kinds of block.
const (
	Title   BlockKind = "title"   // Text, in the middle, large
	Heading BlockKind = "heading" // Text
	Para    BlockKind = "para"    // Text, line ends kept
	Small   BlockKind = "small"   // Text in small type
	Note    BlockKind = "note"    // Text in a frame
	Pairs   BlockKind = "pairs"   // Rows of name and value
	Table   BlockKind = "table"   // Head and Rows, columns by Shares
	Right   BlockKind = "right"   // Text, at the right edge
	Blank   BlockKind = "blank"   // Text, then Lines lines to write on
	Break   BlockKind = "break"   // a new page begins
	Code    BlockKind = "code"    // Text as letters, as a bar code and as a square code
)

// Block is one part of a Doc.
type Block struct {
	Kind   BlockKind
	Text   string
	Head   []string
	Rows   [][]string
	Shares []float64 // widths of the columns, relative to each other; none: all the same
	Lines  int
}

// Add appends a block of text; an empty text adds nothing.
func (d *Doc) Add(kind BlockKind, text string) {
	if text != "" {
		d.Blocks = append(d.Blocks, Block{Kind: kind, Text: text})
	}
}

// Text is everything the paper says in the order it is read, a line for each text; heads and feet of pages are not in it.
func (d Doc) Text() string {
	var b strings.Builder
	for _, text := range d.texts() {
		b.WriteString(text + "\n")
	}
	return b.String()
}

func (d Doc) texts() []string {
	var out []string
	for _, block := range d.Blocks {
		if block.Text != "" {
			out = append(out, block.Text)
		}
		out = append(out, block.Head...)
		for _, row := range block.Rows {
			out = append(out, row...)
		}
	}
	return out
}

// GlyphError says which characters the font for papers lacks. It is an ErrGlyph.
type GlyphError struct{ Runes []rune }

// Error names the characters by their code points: they may be part of what somebody wrote, and errors are logged.
func (e *GlyphError) Error() string {
	var codes []string
	for _, r := range e.Runes {
		codes = append(codes, fmt.Sprintf("U+%04X", r))
	}
	return ErrGlyph.Error() + ": " + strings.Join(codes, " ")
}

// Unwrap makes it an ErrGlyph.
func (e *GlyphError) Unwrap() error { return ErrGlyph }

// Missing are the characters that kept a paper from being drawn, as people see them; none when it failed for another reason.
func Missing(err error) []string {
	var e *GlyphError
	if !errors.As(err, &e) {
		return nil
	}
	var out []string
	for _, r := range e.Runes {
		out = append(out, string(r))
	}
	return out
}
