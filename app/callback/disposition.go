package callback

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// Tally is how many cases of one kind came to the same end. Every case of the sample is in exactly one tally.
type Tally struct {
	Stratum  string
	Party    rules.Party
	BodyID   string // asked about
	Mode     Mode   // channel of the attempt that decided; ByOffice when nothing was ever tried
	CallerID string // who made that attempt; "" when no caller did
	Code     string // outcome code; Untried when nothing was tried
	AAPOR    string // code of the Standard Definitions
	Class    string // letter of the response rates: I, P, R, NC, O, UH, UO or NE
	Open     bool   // still in the field: the class is what it would be if it ended now
	N        int
}

// dispositionBatch is how many cases are weighed at a time.
const dispositionBatch = 1000

// Dispositions counts the cases of a programme by what they came to, by stratum, party, body, channel and caller. Everything is derived
// from the attempts and the answers, never from what somebody typed. The sum of N is the size of the sample.
func (s *Service) Dispositions(ctx context.Context, programmeID string) ([]Tally, error) {
	return s.dispositions(ctx, func(tx *gorm.DB) *gorm.DB { return tx.Where("programme_id = ?", programmeID) })
}

func (s *Service) dispositions(ctx context.Context, which func(*gorm.DB) *gorm.DB) ([]Tally, error) {
	tx := s.db.Read(ctx)
	count := map[Tally]int{}
	after := ""
	for {
		var cases []Case
		err := which(tx).Where("id > ?", after).Order("id").Limit(dispositionBatch).Find(&cases).Error
		if err != nil {
			return nil, err
		}
		if len(cases) == 0 {
			return tallies(count), nil
		}
		if err := s.weigh(tx, cases, count); err != nil {
			return nil, err
		}
		after = cases[len(cases)-1].ID
	}
}

func (s *Service) weigh(tx *gorm.DB, cases []Case, count map[Tally]int) error {
	attempts, err := attemptsOf(tx, ids(cases)...)
	if err != nil {
		return err
	}
	for _, c := range cases {
		t, err := s.tally(c, attempts[c.ID])
		if err != nil {
			return err
		}
		count[t]++
	}
	return nil
}

// tally weighs one case. A closed case has its code already, found by the same rule when it was closed.
func (s *Service) tally(c Case, attempts []attemptRow) (Tally, error) {
	e, err := s.edition(c)
	if err != nil {
		return Tally{}, err
	}
	t := Tally{Stratum: c.Stratum, Party: c.Party, BodyID: c.BodyID, Mode: ByOffice, Open: c.Status == Open}
	if t.Code = Disposition(e.calls, triedOf(attempts)); c.FinalCode != nil {
		t.Code = *c.FinalCode
	}
	t.AAPOR, t.Class = "3.2", "UO" // nobody tried, so nobody knows
	if o, ok := e.calls.Outcome(t.Code); ok {
		t.AAPOR, t.Class = o.AAPOR, o.CountsAs
	}
	for _, row := range attempts {
		if row.Code == t.Code || row.Mode == ByPhone && t.CallerID == "" {
			t.Mode = row.Mode
			if t.CallerID = ""; row.Mode == ByPhone {
				t.CallerID = row.CallerID
			}
		}
	}
	return t, nil
}

func tallies(count map[Tally]int) []Tally {
	out := make([]Tally, 0, len(count))
	for t, n := range count {
		t.N = n
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Tally) int { return strings.Compare(a.sortKey(), b.sortKey()) })
	return out
}

func (t Tally) sortKey() string {
	return strings.Join([]string{t.Stratum, string(t.Party), t.BodyID, t.Code, string(t.Mode), t.CallerID}, "/")
}

// Respondents gives the side of the answers of a programme, in months from one to another, without any person: what the figures are made
// of. Answers are by respondent, and each says which caller wrote it down ("" over the web).
func (s *Service) Respondents(ctx context.Context, programmeID string, from, to calendar.Date) ([]Respondent, error) {
	var out []Respondent
	err := s.db.Read(ctx).Where("programme_id = ? AND month BETWEEN ? AND ?", programmeID, from, to).Order("id").Find(&out).Error
	return out, err
}

// Given is one answer on the side of the answers.
type Given struct {
	Respondent string
	Item       string
	Value      rules.Value
	CallerID   string // who wrote it down; "" when the person did himself
}

// AnswersOf opens the answers of respondents, in the order of their random ids.
func (s *Service) AnswersOf(ctx context.Context, respondents []string) ([]Given, error) {
	var out []Given
	for batch := range slices.Chunk(respondents, dispositionBatch) {
		var rows []answerRow
		if err := s.db.Read(ctx).Where("respondent IN ?", batch).Order("respondent, item").Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			a, err := s.vault.openAnswer(r)
			if err != nil {
				return nil, err
			}
			out = append(out, Given{Respondent: r.Respondent, Item: r.Item, Value: a.Value, CallerID: a.By})
		}
	}
	return out, nil
}
