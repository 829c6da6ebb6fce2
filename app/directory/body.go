package directory

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

// BodyKind says what sort of body it is.
type BodyKind string

// The kinds of body.
const (
	KindCourt         BodyKind = "court"
	KindProcuratorate BodyKind = "procuratorate"
	KindCallback      BodyKind = "callback" // a callback centre
	KindOther         BodyKind = "other"
)

// Body is a court or another body that can own a filing or employ staff.
type Body struct {
	ID        string
	Kind      BodyKind
	Name      string // full Chinese name, unique
	NameEn    string // English name; empty when there is none
	Level     int    // of a court; 0 for others
	ParentID  string // id of the body one level up; empty at the top
	Province  string
	Sign      string // of a court: its sign in case numbers
	SignBasis string
	Uncertain bool // of a court: level or parent is not confirmed
	// ProcuratorateID is the body that supervises a court; empty until an administrator confirms or corrects it.
	ProcuratorateID string
	// ClosedOn is the first day on which the body is no more (a civil date); none while it stands. SuccessorID then has what it had.
	ClosedOn    calendar.Date
	SuccessorID string
}

// closed says that the body is no more on the day.
func (b Body) closed(day calendar.Date) bool { return !b.ClosedOn.IsZero() && !day.Before(b.ClosedOn) }

// Named returns the name to show in a language: the English name for "en" where there is one, else the Chinese name.
func (b Body) Named(lang string) string { return named(lang, b.Name, b.NameEn) }

func named(lang, zh, en string) string {
	if lang == "en" && en != "" {
		return en
	}
	return zh
}

// MaxName is the most characters the name of a body or division may have.
const MaxName = 100

// check returns every field that cannot be taken.
func (b Body) check() []fail.Field {
	var fields []fail.Field
	switch b.Kind {
	case KindCourt:
		if b.Level < LevelSupreme || b.Level > LevelBasic {
			fields = append(fields, fail.F("level", "directory.level_unknown"))
		}
	case KindProcuratorate, KindCallback, KindOther:
	default:
		fields = append(fields, fail.F("kind", "directory.kind_unknown"))
	}
	return append(fields, checkName(b.Name, b.NameEn)...)
}

func checkName(zh, en string) []fail.Field {
	var fields []fail.Field
	if strings.TrimSpace(zh) == "" {
		fields = append(fields, fail.F("name", "directory.name_empty"))
	}
	for field, name := range map[string]string{"name": zh, "name_en": en} {
		if n := utf8.RuneCountInString(name); n > MaxName {
			fields = append(fields, fail.F(field, "directory.name_long", "Length", n, "Max", MaxName))
		}
	}
	return fields
}

// Division is a part of a body with a task of its own. A body has at most one division of a kind on a day.
type Division struct {
	ID      string // empty when Assumed
	BodyID  string
	Kind    string // docketing, review, implementing, civil, supervision, criminal, bankruptcy, compensation, callback, routing
	Name    string
	NameEn  string
	From    calendar.Date // first day
	To      calendar.Date // last day; none while it stands
	Assumed bool          // nobody entered it: the usual name of such a division
}

// Named returns the name to show in a language.
func (d Division) Named(lang string) string { return named(lang, d.Name, d.NameEn) }

// on says that the division stands on the day.
func (d Division) on(day calendar.Date) bool {
	return !day.Before(d.From) && (d.To.IsZero() || !day.After(d.To))
}

func (d Division) check() []fail.Field {
	fields := checkName(d.Name, d.NameEn)
	if _, ok := usualDivisions[d.Kind]; !ok {
		fields = append(fields, fail.F("kind", "directory.kind_unknown"))
	}
	if d.From.IsZero() {
		fields = append(fields, fail.F("from", "date.empty"))
	}
	if !d.To.IsZero() && d.To.Before(d.From) {
		fields = append(fields, fail.F("to", "directory.to_before_from"))
	}
	return fields
}

//go:embed data/divisions.csv
var divisionsCSV []byte

//go:embed data/bodies.csv
var bodiesCSV []byte

// routingDesk is the name of the body whose staff name the responsible body where no rule decides.
const routingDesk = "门径转办中心"

// usualDivisions are the usual names of divisions, by kind.
var usualDivisions = mustDivisions()

func mustDivisions() map[string]Division {
	records, err := readCSV(divisionsCSV, "kind", "name", "name_en")
	if err != nil {
		panic(fmt.Errorf("divisions.csv: %w", err)) // part of the program, read by every test
	}
	m := make(map[string]Division, len(records))
	for _, r := range records {
		m[r[0]] = Division{Kind: r[0], Name: r[1], NameEn: r[2], Assumed: true}
	}
	return m
}

// ownBodies returns the bodies of the portal itself.
func ownBodies() ([]Body, error) {
	records, err := readCSV(bodiesCSV, "kind", "name", "name_en")
	if err != nil {
		return nil, fmt.Errorf("bodies.csv: %w", err)
	}
	bodies := make([]Body, 0, len(records))
	for _, r := range records {
		bodies = append(bodies, Body{ID: IDOf(r[1]), Kind: BodyKind(r[0]), Name: r[1], NameEn: r[2]})
	}
	return bodies, nil
}
