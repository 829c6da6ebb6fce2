package document

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// maxName is the longest file name kept, in characters; the rest is cut from the middle part, never from the ending.
const maxName = 120

// cleanName makes a name fit to be shown and saved: the last part of a path only, GBK read as what it is, no control or
// direction-changing characters, no more than maxName characters. It is data only and never becomes part of a path of ours.
func cleanName(raw string) string {
	name := raw
	if !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
		name = strings.ToValidUTF8(name, "_")
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(strings.TrimSpace(name), "./")
	return shorten(name)
}

func shorten(name string) string {
	rs := []rune(name)
	if len(rs) <= maxName {
		return name
	}
	ext := []rune(path.Ext(name))
	if len(ext) > 8 {
		ext = nil
	}
	return string(rs[:maxName-len(ext)]) + string(ext)
}
