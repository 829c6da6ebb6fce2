package i18n

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Words that degrade a person or presume bad faith. They may stand nowhere the portal speaks, nor in what a body writes to a person.
var (
	degradingZh = []string{"老赖", "赖账", "欠债人", "失信人员", "黑名单", "逃债", "恶意逃避", "无赖", "抗拒执行", "耍赖"}
	degradingEn = regexp.MustCompile(`(?i)\b(?:deadbeats?|defaulters?|evaders?|blacklist(?:ed)?|black list|debt dodgers?|delinquents?)\b`)
	// innocent hold such a word by their letters only, or are terms of the law itself.
	innocent = strings.NewReplacer("失信被执行人", "", "赖以", "")
)

// Degrading lists the words of a text that degrade a person or presume bad faith, each once, as the text has them or as they would be without
// the spaces put into them; none is nil.
func Degrading(text string) []string {
	var found []string
	joined := innocent.Replace(strings.Map(unspaced, text))
	for _, w := range degradingZh {
		if strings.Contains(joined, w) {
			found = append(found, w)
		}
	}
	for _, w := range degradingEn.FindAllString(text, -1) {
		if w = strings.ToLower(w); !slices.Contains(found, w) {
			found = append(found, w)
		}
	}
	return found
}

func unspaced(r rune) rune {
	if unicode.IsSpace(r) {
		return -1
	}
	return r
}
