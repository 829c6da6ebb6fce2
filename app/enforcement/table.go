package enforcement

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"reliefportal/app/fail"
)

// Limits of a table (PROJECT): what one person can still look through.
const (
	MostBytes = 2 << 20
	MostRows  = 5000
	MostField = 200 // characters
)

// columns are the columns of each kind of table, under their Chinese and English names. All must be there, in any order.
var columns = map[Kind][]column{
	Bodies: {{"name", "机构全称"}, {"kind", "类别"}, {"level", "级别"}, {"above", "上级机构"}, {"province", "省份"}, {"sign", "代字"}, {"name_en", "英文名"}},
	Cases: {{"case_number", "案号"}, {"court", "法院"}, {"record", "记录"}, {"role", "身份"}, {"name", "姓名或名称"}, {"login", "登录名"},
		{"kind", "措施"}, {"on", "日期"}, {"until", "截止"}, {"note", "说明"}},
}

type column struct{ en, zh string }

// Columns are the columns of a kind of table, in the language of the page.
func Columns(k Kind, chinese bool) []string {
	var out []string
	for _, c := range columns[k] {
		if chinese {
			out = append(out, c.zh)
		} else {
			out = append(out, c.en)
		}
	}
	return out
}

// line is one row of a table: its place in the file, counted from 1 with the heading, and its fields by English name.
type line struct {
	number int
	fields map[string]string
}

func (l line) get(name string) string { return l.fields[name] }

// read takes a table apart. Errors: Invalid "file" with what is wrong with it as a whole.
func read(k Kind, raw []byte) ([]line, error) {
	bad := func(key string, kv ...any) error { return fail.Invalid(fail.F("file", key, kv...)) }
	switch {
	case len(raw) == 0:
		return nil, bad("import.empty")
	case len(raw) > MostBytes:
		return nil, bad("import.too_large", "MB", MostBytes>>20)
	case !utf8.Valid(raw):
		return nil, bad("import.not_utf8")
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\uFEFF"))))
	r.FieldsPerRecord = -1
	heading, err := r.Read()
	if err != nil {
		return nil, bad("import.not_csv")
	}
	places, missing := placesOf(k, heading)
	if missing != "" {
		return nil, bad("import.no_column", "Column", missing)
	}
	return body(r, places, bad)
}

func body(r *csv.Reader, places map[string]int, bad func(string, ...any) error) ([]line, error) {
	var out []line
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, bad("import.not_csv")
		}
		number, _ := r.FieldPos(0)
		l := line{number: number, fields: map[string]string{}}
		for name, i := range places {
			if i < len(record) {
				l.fields[name] = strings.TrimSpace(record[i])
			}
		}
		if out = append(out, l); len(out) > MostRows {
			return nil, bad("import.too_many", "N", MostRows)
		}
	}
	if len(out) == 0 {
		return nil, bad("import.empty")
	}
	return out, nil
}

// placesOf finds the place of each column by its heading; missing names one that is not there.
func placesOf(k Kind, heading []string) (places map[string]int, missing string) {
	places = map[string]int{}
	for i, h := range heading {
		heading[i] = strings.ToLower(strings.TrimSpace(h))
	}
	for _, c := range columns[k] {
		i := slices.IndexFunc(heading, func(h string) bool { return h == c.en || h == c.zh })
		if i < 0 {
			return nil, c.zh + " / " + c.en
		}
		places[c.en] = i
	}
	return places, ""
}
