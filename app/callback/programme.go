package callback

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// ProgrammeStatus is where a programme stands.
type ProgrammeStatus string

// The statuses of a programme. Nothing leads back: a stopped one is followed by a new one.
const (
	Drafted ProgrammeStatus = "draft"
	Running ProgrammeStatus = "running" // frozen: plan, seed and instrument stay what they are
	Stopped ProgrammeStatus = "stopped" // nobody new is drawn; cases that are open go on
)

// Programme says which events lead to a survey, with which share of each stratum; a row of callback_programme. Dates are civil,
// instants UTC.
type Programme struct {
	ID          string  `gorm:"primaryKey"`
	OwnerBodyID *string // whose supervision runs it, for the bodies under it; nil is the standing programme of the pack
	NameZh      string
	NameEn      string
	Kind        rules.Purpose // of the instrument; the two are never mixed
	Instrument  string
	FromOn      calendar.Date
	ToOn        calendar.Date // last day on which somebody is drawn; zero is open
	Seed        string        // hexadecimal; anybody who has it and the frame can draw again
	Strata      Strata
	Status      ProgrammeStatus
	Version     int64
	CreatedBy   *string
	CreatedAt   time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt   time.Time `gorm:"autoUpdateTime:false"`
	StartedAt   *time.Time
	StoppedAt   *time.Time
}

// TableName names the table.
func (Programme) TableName() string { return "callback_programme" }

// Name is the name of the programme.
func (p Programme) Name() rules.Text { return rules.Text{Zh: p.NameZh, En: p.NameEn} }

// Standing says that it is the pack's own programme.
func (p Programme) Standing() bool { return p.OwnerBodyID == nil }

// RunsOn says that people are drawn on a day.
func (p Programme) RunsOn(day calendar.Date) bool {
	return p.Status == Running && !day.Before(p.FromOn) && (p.ToOn.IsZero() || !day.After(p.ToOn))
}

// Strata is a sampling plan; the first row that fits an event decides. It is kept as JSON.
type Strata []rules.Stratum

// Of finds the row for an event: its kind, the party of the person and the body asked about.
func (s Strata) Of(event rules.CallEvent, party rules.Party, bodyID string) (rules.Stratum, bool) {
	for _, row := range s {
		if row.Event == event && row.Party == party && (row.BodyID == "" || row.BodyID == bodyID) {
			return row, true
		}
	}
	return rules.Stratum{}, false
}

// GormDataType names the column type.
func (Strata) GormDataType() string { return "text" }

// Value writes the plan for the database.
func (s Strata) Value() (driver.Value, error) {
	b, err := json.Marshal([]rules.Stratum(s))
	return string(b), err
}

// Scan reads the plan from the database.
func (s *Strata) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return json.Unmarshal([]byte(v), s)
	case []byte:
		return json.Unmarshal(v, s)
	}
	return fmt.Errorf("a sampling plan cannot be read from %T", src)
}

// ProgrammeInput is what a supervisor writes down for a programme.
type ProgrammeInput struct {
	OwnerBodyID string
	NameZh      string
	NameEn      string
	Instrument  string
	FromOn      calendar.Date
	ToOn        calendar.Date // zero is open
	Strata      Strata
	kind        rules.Purpose // of the instrument, once checked
}

// MaxProgrammeName is how many characters the name of a programme may have.
const MaxProgrammeName = 80

// maxStrata bounds a plan: more rows than this nobody can read.
const maxStrata = 40

// check refuses a plan that could not be drawn by. Errors are at the fields "name_zh", "name_en", "from", "to", "instrument", "strata".
func (in *ProgrammeInput) check(pack *rules.Pack) error {
	var errs []fail.Field
	refuse := func(bad bool, field, key string, kv ...any) {
		if bad {
			errs = append(errs, fail.F(field, key, kv...))
		}
	}
	zh, en := strings.TrimSpace(in.NameZh), strings.TrimSpace(in.NameEn)
	refuse(zh == "", "name_zh", "programme.name_missing")
	refuse(en == "", "name_en", "programme.name_missing")
	refuse(utf8.RuneCountInString(zh) > MaxProgrammeName, "name_zh", "programme.name_long", "max", MaxProgrammeName)
	refuse(utf8.RuneCountInString(en) > MaxProgrammeName, "name_en", "programme.name_long", "max", MaxProgrammeName)
	refuse(in.FromOn.IsZero(), "from", "programme.from_missing")
	refuse(!in.ToOn.IsZero() && in.ToOn.Before(in.FromOn), "to", "programme.to_early")
	inst, known := pack.Survey(in.Instrument)
	refuse(!known, "instrument", "programme.instrument_unknown")
	if known {
		in.kind = inst.Purpose
	}
	if key := in.Strata.fault(); key != "" {
		errs = append(errs, fail.F("strata", key))
	}
	if len(errs) > 0 {
		return fail.Invalid(errs...)
	}
	return nil
}

// fault is what is wrong with a plan, as a message key; "" for nothing. A row that an earlier one hides would never draw anybody.
func (s Strata) fault() string {
	if len(s) == 0 {
		return "programme.strata_missing"
	}
	if len(s) > maxStrata {
		return "programme.strata_many"
	}
	for i, row := range s {
		switch {
		case !slices.Contains(rules.CallEvents, row.Event) || !slices.Contains(rules.Parties, row.Party):
			return "programme.strata_unknown"
		case row.PerMille < 0 || row.PerMille > 1000:
			return "programme.share_range"
		case row.Quota < 0:
			return "programme.quota_range"
		}
		for _, before := range s[:i] {
			if before.Event == row.Event && before.Party == row.Party && (before.BodyID == "" || before.BodyID == row.BodyID) {
				return "programme.strata_hidden"
			}
		}
	}
	return ""
}
