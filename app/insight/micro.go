package insight

import (
	"slices"
	"strings"

	"reliefportal/app/rules"
)

// Unsaid stands for a property taken out of a row, so that its group is large enough.
const Unsaid = "*"

// Micro are answers person by person, in which nobody stands alone: every row has the same properties (event and side, channel, result)
// as at least Least-1 others. Free words are never in it, nor the court, the language or a date.
type Micro struct {
	Items   []*rules.Item
	Rows    []MicroRow
	Coarser int // of Rows, how many had a property taken out
	LeftOut int // people whom nothing but leaving out could hide
}

// MicroRow is one person.
type MicroRow struct {
	Stratum, Mode, Effect string
	Answers               []string // by item; "" for none
}

func (r MicroRow) properties() string { return r.Stratum + "\x00" + r.Mode + "\x00" + r.Effect }

// coarser are the ways to take properties out, the mildest first.
var coarser = []func(*MicroRow){
	func(*MicroRow) {},
	func(r *MicroRow) { r.Effect = Unsaid },
	func(r *MicroRow) { r.Mode = Unsaid },
	func(r *MicroRow) { r.Stratum = Unsaid },
}

// Anonymise takes out of people's rows what could tell who they are. Rows come in the order of what they hold, so that their order tells
// nothing.
func Anonymise(inst *rules.Instrument, people []Person) Micro {
	var m Micro
	for i := range inst.Items {
		if inst.Items[i].Kind != rules.ItemOpen {
			m.Items = append(m.Items, &inst.Items[i])
		}
	}
	left := make([]MicroRow, len(people))
	for i, p := range people {
		left[i] = MicroRow{Stratum: p.Stratum, Mode: string(p.Mode), Effect: string(p.Effect)}
		for _, it := range m.Items {
			left[i].Answers = append(left[i].Answers, p.Answers[it.ID])
		}
	}
	for level, take := range coarser {
		for i := range left {
			take(&left[i])
		}
		var safe []MicroRow
		if safe, left = large(left); level > 0 {
			m.Coarser += len(safe)
		}
		m.Rows = append(m.Rows, safe...)
	}
	m.LeftOut = len(left)
	slices.SortFunc(m.Rows, func(a, b MicroRow) int {
		return strings.Compare(a.properties()+strings.Join(a.Answers, "\x00"), b.properties()+strings.Join(b.Answers, "\x00"))
	})
	return m
}

// large parts rows into those whose group is large enough and the others.
func large(rows []MicroRow) (safe, rest []MicroRow) {
	size := map[string]int{}
	for _, r := range rows {
		size[r.properties()]++
	}
	for _, r := range rows {
		if size[r.properties()] >= Least {
			safe = append(safe, r)
		} else {
			rest = append(rest, r)
		}
	}
	return safe, rest
}

// Sheet is the table of the rows, under the names the codebook explains.
func (m Micro) Sheet(q Quarter) Sheet {
	s := Sheet{Name: "data", Head: []string{"quarter", "stratum", "mode", "result"}}
	for _, it := range m.Items {
		s.Head = append(s.Head, it.ID)
	}
	for _, r := range m.Rows {
		row := []any{q.String(), r.Stratum, r.Mode, r.Effect}
		for _, a := range r.Answers {
			row = append(row, a)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// Codebook explains every column of the answers in both languages, from the questionnaire itself.
func Codebook(inst *rules.Instrument) Sheet {
	s := Sheet{Name: "codebook", Head: []string{"variable", "value", "text_zh", "text_en", "kind", "element", "reverse"}}
	about := func(variable, zh, en string) { s.Rows = append(s.Rows, []any{variable, "", zh, en, "", "", ""}) }
	about("instrument", inst.Title.Zh+" "+inst.Version, inst.Title.En+" "+inst.Version)
	about("quarter", "第一次作答的季度", "Quarter of the first answer")
	about("stratum", "抽样的层：事件和哪一方；* 表示为了不让人认出而去掉", "Stratum of the draw: event and side; * was taken out so that nobody can be told")
	about("mode", "phone 电话，web 自己答；* 同上", "phone or web; * as above")
	about("result", "申请的结果：granted 支持，partly 部分支持，rejected 没有支持，other 别的，空为不知道；* 同上", "What the filing came to: granted, partly, rejected, other, empty when not known; * as above")
	for i := range inst.Items {
		it := &inst.Items[i]
		if it.Kind == rules.ItemOpen {
			continue
		}
		reverse := ""
		if it.Reverse {
			reverse = "reverse"
		}
		s.Rows = append(s.Rows, []any{it.ID, "", it.Text.Zh, it.Text.En, string(it.Kind), it.Element, reverse})
		for _, o := range inst.Answers(it) {
			s.Rows = append(s.Rows, []any{it.ID, o.ID, o.Label.Zh, o.Label.En, "", "", ""})
		}
	}
	return s
}
