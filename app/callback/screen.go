package callback

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"reliefportal/app/rules"
)

// mask stands where something that could tell who spoke was taken out of his words.
const mask = "■■"

// hints are what may lead to a person: addresses of mail, numbers of cases, of identity, of cards and telephones, names with
// the words that go before or after them, and the places where people live. They take out too much rather than too little.
var hints = []*regexp.Regexp{
	regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}`),
	regexp.MustCompile(`[（(]\s*\d{4}\s*[）)]\s*\p{Han}{0,4}\d{0,6}\p{Han}{1,6}\d+(?:之\p{Han})?\s*号?`),
	regexp.MustCompile(`\+?\d[\d\s\-]{5,}\d[Xx]?`),
	regexp.MustCompile(`(?:我叫|我是|名叫|叫做|姓名[是为：:]?|本人)\s*\p{Han}{2,4}`),
	regexp.MustCompile(`\p{Han}{1,2}(?:某某|某)`),
	regexp.MustCompile(`[` + surnames + `]\p{Han}{0,2}(?:法官|庭长|局长|院长|书记员|助理|律师|先生|女士|老师|主任|科长|警官|经理|师傅|大姐|大哥)`),
	regexp.MustCompile(`\p{Han}{2,8}(?:省|市|区|县|镇|乡|村|街道|小区|花园|路|街|巷)\p{Han}{0,8}\d*(?:号|栋|幢|单元|室|楼|弄)?[\d\-]*(?:号|栋|幢|单元|室|楼)?`),
	regexp.MustCompile(`\b(?:Mr|Mrs|Ms|Dr|Judge|Officer)\.?\s+\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+)?`),
	regexp.MustCompile(`(?i:\b(?:my name is|i am called))\s+\p{L}+(?:\s+\p{L}+)?`),
}

// surnames are the most frequent family names, one character each.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"

// Screen takes out of free words what may tell who spoke or name another person, and says how many places it hid. names are
// names known to be his. It is the first sight anybody outside the callback centre has of the words; it is no guarantee, and
// the page says so.
func Screen(words string, names ...string) (screened string, hidden int) {
	for _, name := range names {
		if utf8.RuneCountInString(name) < 2 {
			continue
		}
		hidden += strings.Count(words, name)
		words = strings.ReplaceAll(words, name, mask)
	}
	for _, hint := range hints {
		words = hint.ReplaceAllStringFunc(words, func(string) string {
			hidden++
			return mask
		})
	}
	return words, hidden
}

// SpeaksOfHarm says that words hold one of those that stop the questions: the person, or somebody else, may come to harm.
func SpeaksOfHarm(care rules.Care, words string) bool {
	low := strings.ToLower(strings.Join(strings.Fields(words), " "))
	return slices.ContainsFunc(care.Words, func(w string) bool { return strings.Contains(low, w) })
}
