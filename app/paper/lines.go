package paper

import (
	"regexp"
	"strings"
)

// Characters a line may not begin or end with (GB/T 15834-2011, 5.1.3 to 5.1.6, and their ASCII forms).
const (
	noStart = "，。；：？！、）》〉」』】〕”’…—～％,.;:?!)]}%"
	noEnd   = "（《〈「『【〔“‘([{"
)

// whole matches what is never broken in two: a civil date with its weekday, and a case number.
var whole = regexp.MustCompile(`(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:（周.）)?|（\d{4}）[^（）\s，。]{2,24}号`)

// breakLines sets s in lines at most width wide, as measured by width of. Latin words stay whole unless one alone is too wide; no line
// begins with closing or ends with opening punctuation; a space at a break is dropped; nothing else is ever lost.
func breakLines(s string, width float64, of func(string) float64) []string {
	var out []string
	for par := range strings.SplitSeq(s, "\n") {
		out = append(out, breakParagraph(par, width, of)...)
	}
	return out
}

func breakParagraph(s string, width float64, of func(string) float64) []string {
	var lines []string
	var line strings.Builder
	used := 0.0
	end := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		used = 0
	}
	for _, tok := range glued(tokens(s)) {
		if tok == " " && used == 0 && len(lines) > 0 {
			continue
		}
		w := of(tok)
		if used > 0 && used+w > width && tok != " " {
			end()
		}
		for w > width {
			head := fitting(tok, width, of)
			line.WriteString(head)
			end()
			tok = tok[len(head):]
			w = of(tok)
		}
		line.WriteString(tok)
		used += w
	}
	end()
	return lines
}

// fitting is the longest beginning of tok that fits, at least one character.
func fitting(tok string, width float64, of func(string) float64) string {
	last := 0
	for i := range tok {
		if i > 0 && of(tok[:i]) > width {
			break
		}
		last = i
	}
	if last == 0 {
		_, size := firstRune(tok)
		return tok[:size]
	}
	return tok[:last]
}

func firstRune(s string) (rune, int) {
	for i, r := range s {
		if i == 0 {
			return r, len(string(r))
		}
	}
	return 0, len(s)
}

// tokens cuts s into spaces, Latin words, whole dates and case numbers, and single Chinese characters.
func tokens(s string) []string {
	var out []string
	at := 0
	for _, m := range whole.FindAllStringIndex(s, -1) {
		out = append(out, plainTokens(s[at:m[0]])...)
		out = append(out, s[m[0]:m[1]])
		at = m[1]
	}
	return append(out, plainTokens(s[at:])...)
}

func plainTokens(s string) []string {
	var out []string
	word := false
	for _, r := range s {
		w := inWord(r)
		if w && word {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		word = w
	}
	return out
}

// inWord tells whether r is a letter, digit or sign that stays with its neighbours.
func inWord(r rune) bool {
	return r < 0x2e80 && r != ' ' && !strings.ContainsRune("“”‘’…—·", r)
}

// glued joins closing punctuation to what stands before it and opening punctuation to what follows.
func glued(toks []string) []string {
	var out []string
	for _, tok := range toks {
		first, _ := firstRune(tok)
		n := len(out)
		if n > 0 && tok != " " && out[n-1] != " " && (strings.ContainsRune(noStart, first) || endsOpen(out[n-1])) {
			out[n-1] += tok
			continue
		}
		out = append(out, tok)
	}
	return out
}

func endsOpen(tok string) bool {
	rs := []rune(tok)
	return len(rs) > 0 && strings.ContainsRune(noEnd, rs[len(rs)-1])
}
