package rules

import "strings"

// CiteText writes a citation for people: 《民事诉讼法》第236条, or Civil Procedure Law, article 236.
// A citation of the portal's own choice says so and names no article.
func (p *Pack) CiteText(c Cite, lang string) string {
	src, ok := p.Source(c.Source)
	if !ok {
		return c.Source
	}
	if c.Article == "" {
		return src.Name.In(lang)
	}
	if lang == "en" {
		word := ", article "
		if strings.ContainsAny(c.Article, ",-、") {
			word = ", articles "
		}
		return src.Name.En + word + c.Article
	}
	return src.Name.Zh + articleZh(c.Article)
}

// articleZh turns "7(3)" into 第7条第3款 and "2, 3" into 第2条、第3条.
func articleZh(a string) string {
	var parts []string
	for one := range strings.SplitSeq(a, ",") {
		one = strings.TrimSpace(one)
		number, clause, has := strings.Cut(strings.TrimSuffix(one, ")"), "(")
		number = strings.ReplaceAll(number, "-", "条至第")
		s := "第" + number + "条"
		if has {
			s += "第" + clause + "款"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "、")
}
