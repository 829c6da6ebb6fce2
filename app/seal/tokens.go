package seal

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tokenLetters is the length of a token in letters of four bits each: 48 bits keep two of a court's words apart, and a stolen index says no
// more than that two texts share something.
const tokenLetters = 12

// Tokens are the keyed words of a text, to keep in an index where the text itself must not stand: pairs of neighbouring Chinese characters,
// and whole words and numbers of other scripts. Every token is twelve small letters, each once, in no telling order. Kinds do not mix, as with
// Index. Whoever reads the index without the key sees how often a word stands in it, not which.
func (b *Box) Tokens(kind, text string) []string {
	words := Words(text)
	out := make([]string, 0, len(words))
	for _, w := range words {
		out = append(out, token(b.ring[0], kind, w))
	}
	slices.Sort(out)
	return out
}

// QueryTokens are the tokens to look for: all the groups must be found, of each group one. A group holds a token for every key the box knows,
// so that what was indexed under a previous key is found too. A single Chinese character has no neighbour and gives no group.
func (b *Box) QueryTokens(kind, text string) [][]string {
	var out [][]string
	for _, w := range Words(text) {
		group := make([]string, 0, len(b.ring))
		for _, k := range b.ring {
			group = append(group, token(k, kind, w))
		}
		out = append(out, group)
	}
	return out
}

// Token is the keyed token of one word as it stands, such as an id.
func (b *Box) Token(kind, word string) string { return token(b.ring[0], kind, word) }

// token writes the first bits of the keyed hash in letters only: search engines take such a word apart nowhere.
func token(k key, kind, word string) string {
	sum := hash(k.index, []byte("token "+kind), []byte(word))
	var out [tokenLetters]byte
	for i := range out {
		out[i] = 'a' + sum[i/2]>>(4*(i%2))&15
	}
	return string(out[:])
}

// Words are the words a text is found by, each once: pairs of neighbouring Chinese characters, and words and numbers of other scripts in small
// letters. Full-width and half-width signs are the same.
func Words(text string) []string {
	var out []string
	var han, word []rune
	flush := func() {
		for i := 0; i+1 < len(han); i++ {
			out = append(out, string(han[i:i+2]))
		}
		if len(word) > 0 {
			out = append(out, string(word))
		}
		han, word = han[:0], word[:0]
	}
	var last rune
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		switch {
		case unicode.Is(unicode.Han, r):
			if len(word) > 0 {
				flush()
			}
			han = append(han, r)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if len(han) > 0 || len(word) > 0 && unicode.IsDigit(last) != unicode.IsDigit(r) {
				flush() // the number in "r01" is a word of its own, like that in a case number
			}
			word = append(word, r)
		default:
			flush()
		}
		last = r
	}
	flush()
	slices.Sort(out)
	return slices.Compact(out)
}
