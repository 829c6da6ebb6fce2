package insight

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/rates"
	"reliefportal/app/rules"
)

// ReleaseAfter is how many days after its last day a quarter is published (PROJECT): calling ends 15 days after the last draw, and what was
// said is answered within 5 working days after that.
const ReleaseAfter = 30

// Release is what the public is told about the callbacks of one quarter. It is made once, holds nothing hidden, and never changes, so that
// nobody can learn from the difference of two.
type Release struct {
	Quarter Quarter
	Parts   []Part
	MadeAt  time.Time `json:"-"` // UTC
}

// Part is one programme and one party: respondents, creditors and third parties are never added up.
type Part struct {
	Programme rules.Text
	Party     rules.Party
	// Drawn are all people drawn; Classes what became of them, in the order I, P, R, NC, O, unknown, not eligible.
	Drawn   Cell
	Classes []Cell
	// RR1 and RR3 are in ten thousandths; -1 where they are not defined, or a count behind them is hidden.
	RR1, RR3   int64
	People     Cell // who answered in the quarter
	Instrument *rules.Instrument
	Items      []Item
	// Results says what came of what people said that had to be looked into: still open, left as the person wished, and then in the order
	// of callback.Results.
	Results []Cell
	// Prepared are requests written for people from what they said and not taken up so far, Filed those they took up.
	Prepared, Filed Cell
}

type releaseRow struct {
	Quarter string `gorm:"primaryKey"`
	Data    string
	MadeAt  time.Time
}

// TableName names the table.
func (releaseRow) TableName() string { return "figure_release" }

// Released lists the quarters that are published, the newest first.
func (s *Calls) Released(ctx context.Context) ([]Quarter, error) {
	var names []string
	if err := s.DB.Read(ctx).Model(&releaseRow{}).Order("quarter DESC").Pluck("quarter", &names).Error; err != nil {
		return nil, err
	}
	out := make([]Quarter, len(names))
	for i, name := range names {
		q, err := ParseQuarter(name)
		if err != nil {
			return nil, err
		}
		out[i] = q
	}
	return out, nil
}

// Release reads what was published about a quarter; not found before.
func (s *Calls) Release(ctx context.Context, q Quarter) (Release, error) {
	var row releaseRow
	err := s.DB.Read(ctx).Where("quarter = ?", q.String()).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Release{}, fail.NotFound()
	}
	if err != nil {
		return Release{}, err
	}
	r := Release{MadeAt: row.MadeAt}
	return r, json.Unmarshal([]byte(row.Data), &r)
}

// oldest is how many quarters back a missed one is still made up for.
const oldest = 8

// Publish makes up the quarters that are over for long enough and not published yet. A quarter in which nobody was drawn or answered is
// left out.
func (s *Calls) Publish(ctx context.Context) error {
	done, err := s.Released(ctx)
	if err != nil {
		return err
	}
	last := QuarterOf(calendar.Today(s.Clock).AddDays(-ReleaseAfter)).Back(1)
	for i := oldest; i >= 0; i-- {
		if q := last.Back(i); !slices.Contains(done, q) {
			if err := s.publish(ctx, q); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Calls) publish(ctx context.Context, q Quarter) error {
	programmes, err := s.Callbacks.AllSurveys(ctx, q.First(), q.Last())
	if err != nil {
		return err
	}
	r := Release{Quarter: q}
	for _, p := range programmes {
		for _, party := range rules.Parties {
			part, any, err := s.part(ctx, p, Slice{p.ID, q, party})
			if err != nil {
				return err
			}
			if any {
				r.Parts = append(r.Parts, part)
			}
		}
	}
	if len(r.Parts) == 0 {
		return nil
	}
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		row := releaseRow{Quarter: q.String(), Data: string(data), MadeAt: s.Clock.Now()}
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	})
}

// part counts one programme and party; any is false when there is nothing to tell.
func (s *Calls) part(ctx context.Context, p callback.Programme, at Slice) (out Part, any bool, err error) {
	work, err := s.Fieldwork(ctx, at)
	if err != nil {
		return out, false, err
	}
	people, err := s.People(ctx, at)
	if err != nil || work.Counts.Sample() == 0 && len(people) == 0 {
		return out, false, err
	}
	out = Part{Programme: p.Name(), Party: at.Party}
	if err := out.fieldwork(work); err != nil {
		return out, false, err
	}
	cells, _ := Line([]int64{int64(len(people))})
	out.People = cells[0]
	if inst, ok := s.asked(p, people); ok && out.People.Shown() {
		out.Instrument, out.Items = slim(inst), slimItems(Items(inst, people))
	}
	if err := s.results(ctx, at, &out); err != nil {
		return out, false, err
	}
	return out, true, s.prepared(ctx, at, &out)
}

func (p *Part) fieldwork(w Fieldwork) error {
	n := w.Counts
	p.Classes, p.Drawn = Line([]int64{n.I, n.P, n.R, n.NC, n.O, n.Unknown(), n.NE})
	p.RR1, p.RR3 = -1, -1
	if slices.ContainsFunc(append(p.Classes, p.Drawn), func(c Cell) bool { return !c.Shown() }) {
		return nil
	}
	all, err := rates.Of(n, w.E)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.ID == "RR1" && r.Defined() {
			p.RR1 = tenThousandths(r)
		}
		if r.ID == "RR3" && r.Defined() {
			p.RR3 = tenThousandths(r)
		}
	}
	return nil
}

func tenThousandths(r rates.Rate) int64 {
	v := r.Rat()
	return v.Num().Int64() * 10000 / v.Denom().Int64()
}

// slim keeps of a questionnaire what the page needs.
func slim(inst *rules.Instrument) *rules.Instrument {
	return &rules.Instrument{ID: inst.ID, Version: inst.Version, Title: inst.Title, Scale: inst.Scale, Apart: inst.Apart}
}

func slimItems(items []Item) []Item {
	for i, it := range items {
		small := &rules.Item{ID: it.ID, Kind: it.Kind, Element: it.Element, Text: it.Text, Reverse: it.Reverse}
		for _, f := range it.RedFlags {
			small.RedFlags = append(small.RedFlags, rules.RedFlag{Answers: f.Answers, Finding: f.Finding, Label: f.Label})
		}
		items[i].Item = small
	}
	return items
}

// results counts what came of findings. They are as many as the answers that raised them: where one of those is hidden they are too.
func (s *Calls) results(ctx context.Context, at Slice, p *Part) error {
	var rows []struct {
		Status callback.FindingStatus
		Result callback.Result
		N      int64
	}
	from, to := at.Quarter.Span()
	err := s.DB.Read(ctx).Table("callback_case c").Joins("JOIN finding f ON f.case_id = c.id").
		Where("c.programme_id = ? AND c.party = ? AND f.created_at >= ? AND f.created_at < ?", at.Programme, at.Party, from, to).
		Select("f.status, f.result, COUNT(*) AS n").Group("f.status, f.result").Scan(&rows).Error
	if err != nil {
		return err
	}
	counts := make([]int64, 2+len(callback.Results))
	for _, r := range rows {
		switch i := slices.Index(callback.Results, r.Result); {
		case i >= 0:
			counts[2+i] += r.N
		case r.Status == callback.FindingOpen:
			counts[0] += r.N
		default:
			counts[1] += r.N
		}
	}
	if p.Results, _ = Line(counts); raisedHidden(p.Items) || !p.People.Shown() {
		for i := range p.Results {
			p.Results[i] = Cell{Hidden: Withheld}
		}
	}
	return nil
}

// raisedHidden says that some answer which has to be looked into is not shown.
func raisedHidden(items []Item) bool {
	for _, it := range items {
		for _, f := range it.RedFlags {
			for _, o := range it.Options {
				if slices.Contains(f.Answers, o.Option.ID) && !o.Shown() {
					return true
				}
			}
		}
	}
	return false
}

func (s *Calls) prepared(ctx context.Context, at Slice, p *Part) error {
	var n struct{ Waiting, Filed int64 }
	from, to := at.Quarter.Span()
	err := s.DB.Read(ctx).Table("callback_case c").Joins("JOIN callback_prepared r ON r.case_id = c.id").
		Where("c.programme_id = ? AND c.party = ? AND r.created_at >= ? AND r.created_at < ?", at.Programme, at.Party, from, to).
		Select("COUNT(CASE WHEN r.filing_id IS NULL THEN 1 END) AS waiting, COUNT(r.filing_id) AS filed").Scan(&n).Error
	cells, _ := Line([]int64{n.Waiting, n.Filed})
	p.Prepared, p.Filed = cells[0], cells[1]
	return err
}
