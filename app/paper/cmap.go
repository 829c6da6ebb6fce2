package paper

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf16"
)

// The library writes the table from drawn shapes back to characters with code points, where the format wants UTF-16
// (ISO 32000-2, 9.10.3): a character beyond U+FFFF, such as 𬭎 in a name, would be copied and searched as another one.
// mendCharacters puts the table right and moves the places of the objects behind it.

const cmapStart = "/CIDInit /ProcSet findresource begin"

var (
	longCode    = regexp.MustCompile(`<([0-9A-F]{5,6})>`)
	xrefEntry   = regexp.MustCompile(`(?m)^(\d{10}) 00000 n`)
	startOfXref = regexp.MustCompile(`startxref\n(\d+)\n`)

	errLayout = errors.New("the PDF is not laid out as expected")
)

func mendCharacters(pdf []byte) ([]byte, error) {
	from := bytes.Index(pdf, []byte(cmapStart))
	if from < 0 {
		return nil, errLayout
	}
	size := bytes.Index(pdf[from:], []byte("endstream"))
	head := bytes.LastIndex(pdf[:from], []byte("/Length "))
	if size < 0 || head < 0 {
		return nil, errLayout
	}
	table := longCode.ReplaceAllFunc(pdf[from:from+size], inUTF16)
	if len(table) == size {
		return pdf, nil
	}
	out := append([]byte(nil), pdf[:head]...)
	out = fmt.Appendf(out, "/Length %d\n>>\nstream\n", len(table))
	out = append(out, table...)
	moved := len(out) - (from + size)
	rest, err := moveObjects(pdf[from+size:], from, moved)
	if err != nil {
		return nil, err
	}
	return append(out, rest...), nil
}

func inUTF16(code []byte) []byte {
	n, err := strconv.ParseInt(string(code[1:len(code)-1]), 16, 32)
	if err != nil {
		return code
	}
	hi, lo := utf16.EncodeRune(rune(n))
	return fmt.Appendf(nil, "<%04X%04X>", hi, lo)
}

// moveObjects adds moved to every place after from in the table of objects, and to the place of the table itself.
func moveObjects(rest []byte, from, moved int) ([]byte, error) {
	table := bytes.LastIndex(rest, []byte("\nxref\n"))
	if table < 0 || !startOfXref.Match(rest[table:]) {
		return nil, errLayout
	}
	places := xrefEntry.ReplaceAllFunc(rest[table:], func(entry []byte) []byte {
		at, _ := strconv.Atoi(string(entry[:10]))
		if at > from {
			at += moved
		}
		return fmt.Appendf(nil, "%010d 00000 n", at)
	})
	places = startOfXref.ReplaceAllFunc(places, func(b []byte) []byte {
		at, _ := strconv.Atoi(string(startOfXref.FindSubmatch(b)[1]))
		return fmt.Appendf(nil, "startxref\n%d\n", at+moved)
	})
	return append(rest[:table:table], places...), nil
}
