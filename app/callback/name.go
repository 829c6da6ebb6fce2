package callback

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// compound are family names of two characters that are still common.
var compound = []string{
	"欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台",
	"皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "令狐",
}

// Masked leaves the family name of a Chinese name, "黄某某" whatever its length, and the first letter of any other.
func Masked(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	if !unicode.Is(unicode.Han, r) {
		return string(r) + "…"
	}
	if two := firstTwo(name); utf8.RuneCountInString(name) > 2 && slices.Contains(compound, two) {
		return two + "某某"
	}
	return string(r) + "某某"
}

func firstTwo(name string) string {
	runes := []rune(name)
	return string(runes[:min(2, len(runes))])
}
