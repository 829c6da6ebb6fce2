package i18n

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// compound are family names of two characters that are still in use.
var compound = []string{
	"欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶",
	"太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "令狐", "呼延", "轩辕", "百里", "东郭", "西门", "左丘", "第五",
}

// Name hides a name in lists, by the one way of the portal (design, 12): the family name and 某, whatever its length. 林晓芸 becomes 林某, 欧阳小云
// 欧阳某, 阿卜杜热合曼·买买提 阿卜杜热合曼·某; of a name that is not Chinese the first letter stays.
func Name(full string) string {
	full = strings.TrimSpace(full)
	first, size := utf8.DecodeRuneInString(full)
	if size == 0 {
		return ""
	}
	if !unicode.Is(unicode.Han, first) {
		return string(first) + "…"
	}
	if dot := strings.IndexAny(full, "·•・‧"); dot > 0 {
		return full[:dot] + "·某"
	}
	for _, family := range compound {
		if given, ok := strings.CutPrefix(full, family); ok && given != "" {
			return family + "某"
		}
	}
	return string(first) + "某"
}

// ID hides the middle of an identity number: 3501**********002X.
func ID(number string) string {
	r := []rune(strings.TrimSpace(number))
	if len(r) <= 8 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:4]) + strings.Repeat("*", len(r)-8) + string(r[len(r)-4:])
}

// Phone hides the middle of a mobile number: 138 **** 6071. A prefix of the country is left out.
func Phone(number string) string {
	number = strings.TrimPrefix(strings.NewReplacer(" ", "", "-", "").Replace(number), "+86")
	if len(number) < 8 {
		return strings.Repeat("*", len(number))
	}
	return number[:3] + " **** " + number[len(number)-4:]
}

// Email hides most of the part before the at sign: l***@example.org.
func Email(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 1 {
		return "***"
	}
	first := []rune(address[:at])[:1]
	return string(first) + "***" + address[at:]
}

// Contact hides an e-mail address or a mobile number, whichever it is.
func Contact(c string) string {
	if strings.Contains(c, "@") {
		return Email(c)
	}
	return Phone(c)
}
