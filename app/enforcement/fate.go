package enforcement

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/casenumber"
	"reliefportal/app/directory"
	"reliefportal/app/fail"
)

// Fate is what becomes of one row when the table is applied.
type Fate string

// The fates.
const (
	FateNew     Fate = "new"
	FateChanged Fate = "changed"
	FateSame    Fate = "same" // is there already, word for word
	FateBad     Fate = "bad"  // keeps the whole table from being applied
)

// Row is one row of a table with its fate. Key and Args say what is wrong with a bad one; Warn what to look at in another.
type Row struct {
	Number  int    // in the file, counted from 1 with the heading
	Subject string // what it is about: a case number, or the name of a body
	What    string // the kind of record
	Detail  string // names of staff and courts, kinds and days; never the name of a party
	Fate    Fate
	Key     string
	Args    map[string]any
	Warn    string
}

// plan is what a table comes to against the state of the portal, and how it is written.
type plan struct {
	rows  []Row
	apply []func(tx *gorm.DB) error
}

func (p *plan) bad() int {
	n := 0
	for _, r := range p.rows {
		if r.Fate == FateBad {
			n++
		}
	}
	return n
}

// add takes one row into the plan; do writes it and is left out of rows that change nothing.
func (p *plan) add(r Row, do func(tx *gorm.DB) error) {
	p.rows = append(p.rows, r)
	if do != nil && (r.Fate == FateNew || r.Fate == FateChanged) {
		p.apply = append(p.apply, do)
	}
}

func (r Row) refuse(key string, kv ...any) Row {
	r.Fate, r.Key = FateBad, key
	r.Args = fail.F("", key, kv...).Args
	return r
}

// tooLong names the first field of a row that no such field can be.
func tooLong(l line) string {
	for _, name := range []string{"name", "court", "note", "login", "case_number", "above", "province", "sign", "name_en", "role", "kind", "record"} {
		if utf8.RuneCountInString(l.get(name)) > MostField {
			return name
		}
	}
	return ""
}

// planBodies says what becomes of each row of a table of bodies. A body above may stand in an earlier row of the same table.
func (s *Service) planBodies(ctx context.Context, actor directoryActor, lines []line) *plan {
	p, named, signs := &plan{}, map[string]bool{}, map[string]bool{}
	for _, l := range lines {
		r := Row{Number: l.number, Subject: l.get("name"), What: l.get("kind"), Detail: strings.Trim(l.get("above")+" · "+l.get("sign"), " ·")}
		b, key := bodyOf(l)
		above := l.get("above")
		switch known, err := s.Bodies.BodyByName(ctx, b.Name); {
		case key != "":
			r = r.refuse(key)
		case tooLong(l) != "":
			r = r.refuse("import.too_long", "Column", tooLong(l), "Max", MostField)
		case named[b.Name]:
			r = r.refuse("import.twice")
		case above != "" && !named[above] && s.Bodies.BodyID(ctx, above) == "":
			r = r.refuse("import.no_body", "Name", above)
		case err != nil && b.Sign != "" && s.signTaken(b.Sign, signs):
			r = r.refuse("import.sign_taken", "Sign", b.Sign)
		case err != nil:
			r.Fate = FateNew
		default:
			r = s.sameBody(ctx, r, known, b, above)
		}
		named[b.Name], signs[b.Sign] = r.Fate != FateBad, true
		p.add(r, func(tx *gorm.DB) error { return s.Bodies.AddIn(tx, actor, b, above) })
	}
	return p
}

// signTaken says that a sign in case numbers belongs to a court already, of the directory or of the table.
func (s *Service) signTaken(sign string, signs map[string]bool) bool {
	_, taken := s.Bodies.Tree().BySign(sign)
	return taken || signs[sign]
}

// sameBody compares a row with the body of this name. One that differs is not changed by a table: an administrator does so on its page.
func (s *Service) sameBody(ctx context.Context, r Row, known, b directory.Body, above string) Row {
	parent := s.Bodies.BodyName(ctx, known.ParentID)
	if known.Kind != b.Kind || known.Level != b.Level || parent != above || b.Sign != "" && known.Sign != b.Sign {
		return r.refuse("import.body_differs")
	}
	r.Fate = FateSame
	return r
}

func bodyOf(l line) (b directory.Body, key string) {
	b = directory.Body{Name: l.get("name"), NameEn: l.get("name_en"), Kind: directory.BodyKind(l.get("kind")), Province: l.get("province"), Sign: l.get("sign")}
	if b.Sign != "" {
		b.SignBasis = "import"
	}
	if b.Name == "" {
		return b, "directory.name_empty"
	}
	if !slices.Contains([]directory.BodyKind{directory.KindCourt, directory.KindProcuratorate, directory.KindCallback, directory.KindOther}, b.Kind) {
		return b, "directory.kind_unknown"
	}
	if b.Kind == directory.KindCourt {
		level, err := strconv.Atoi(l.get("level"))
		if err != nil || level < directory.LevelSupreme || level > directory.LevelBasic {
			return b, "directory.level_unknown"
		}
		b.Level = level
	}
	return b, ""
}

// day reads a date of a table, such as 2026-11-02; ok is false for what is none.
func day(text string) (d calendar.Date, ok bool) {
	d, err := calendar.ParseDate(strings.ReplaceAll(text, "/", "-"))
	return d, err == nil
}

// canonical reads a case number as a table has it.
func canonical(typed string) (casenumber.Number, bool) {
	n, err := casenumber.Parse(typed)
	return n, err == nil
}
