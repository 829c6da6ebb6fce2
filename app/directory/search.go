package directory

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// key is what Search looks at: the name, and the name as people say it, without the words that every court has.
type key struct {
	name   string
	spoken string // province and place without 省 市 区 县 … and 人民法院: 广东深圳南山
	place  string // the same without the province: 深圳南山
	runes  int
}

func keyOf(c Court) key {
	place := spoken(c.Name)
	k := key{name: c.Name, place: place, spoken: place, runes: len([]rune(c.Name))}
	if province := spoken(c.Province); !strings.HasPrefix(place, province) {
		k.spoken = province + place
	}
	return k
}

// said turns the ways people shorten the name of a court into the words of the list.
var said = strings.NewReplacer(
	"最高人民法院", "最高人民法院", "最高法院", "最高人民法院", "最高院", "最高人民法院", "最高法", "最高人民法院",
	"中院", "中级人民法院", "中级法院", "中级人民法院", "高院", "高级人民法院", "高级法院", "高级人民法院", "铁路法院", "铁路运输法院",
)

// everywhere are words that tell no court from another.
var everywhere = strings.NewReplacer(
	"人民法院", "", "法院", "", "维吾尔自治区", "", "壮族自治区", "", "回族自治区", "", "自治区", "", "自治州", "", "自治县", "", "地区", "",
	"省", "", "市", "", "区", "", "县", "", "旗", "", "盟", "",
)

func spoken(s string) string { return everywhere.Replace(s) }

// The ranks of a hit, best first.
const (
	hitExact = iota
	hitPrefix
	hitInfix
	hitSpokenPrefix
	hitSpoken
	hitScattered
	noHit
)

// Search finds courts by part of the name as people say or shorten it (南山法院, 深圳南山, 深圳中院), or by the sign in case numbers. Best hits come
// first; at most limit are returned. No court is found for a query without a letter.
func (t *Tree) Search(q string, limit int) []Court {
	q = squeeze(q)
	if q == "" || limit <= 0 {
		return nil
	}
	if c, ok := t.BySign(q); ok && c.Level != LevelSupreme {
		return []Court{c}
	}
	full := said.Replace(q)
	short := spoken(full)
	type hit struct{ at, rank int }
	var hits []hit
	for i := range t.keys {
		if rank := t.keys[i].match(full, short); rank < noHit {
			hits = append(hits, hit{i, rank})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(t.keys[a.at].runes, t.keys[b.at].runes), cmp.Compare(a.at, b.at))
	})
	out := make([]Court, 0, min(limit, len(hits)))
	for _, h := range hits[:cap(out)] {
		out = append(out, t.courts[h.at])
	}
	return out
}

// squeeze drops spaces, punctuation and everything else that is no letter or digit.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return r
		}
		return -1
	}, s)
}

func (k *key) match(full, short string) int {
	switch {
	case k.name == full:
		return hitExact
	case strings.HasPrefix(k.name, full):
		return hitPrefix
	case strings.Contains(k.name, full):
		return hitInfix
	case short == "":
		return noHit // only words that every court has
	case strings.HasPrefix(k.place, short):
		return hitSpokenPrefix
	case strings.Contains(k.spoken, short):
		return hitSpoken
	case scattered(k.spoken, short):
		return hitScattered
	}
	return noHit
}

// scattered says that the characters of short, at least three, stand in s in this order: 广东南山 finds 广东深圳南山.
func scattered(s, short string) bool {
	n := 0
	for _, r := range short {
		i := strings.IndexRune(s, r)
		if i < 0 {
			return false
		}
		s = s[i+len(string(r)):]
		n++
	}
	return n >= 3
}
