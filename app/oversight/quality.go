package oversight

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	mathrand "math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/directory"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/store"
)

// Share is the part of what was decided that is looked at, in percent (the 5 % of the seed), at least one filing.
const Share = 5

// Criteria are what a decision is looked at for, in the order of the form (PROJECT). Each is given 1 to MostPoints, or NotApplicable.
var Criteria = []string{"facts", "reasons", "law", "time", "words", "notice", "separation"}

// MostPoints is the best score of a criterion, NotApplicable the mark of one that the decision gave no occasion for.
const (
	MostPoints    = 4
	NotApplicable = 0
)

// Scores are the points of each criterion.
type Scores map[string]int

// Percent is what the scores come to, of the most they could be, rounded down; ok is false when no criterion applied.
func (s Scores) Percent() (percent int, ok bool) {
	got, most := 0, 0
	for _, points := range s {
		if points != NotApplicable {
			got, most = got+points, most+MostPoints
		}
	}
	if most == 0 {
		return 0, false
	}
	return got * 100 / most, true
}

// Points reads the scores kept with an item; empty before it was scored.
func (i Item) Points() Scores {
	out := Scores{}
	// The column is written by this package only.
	_ = json.Unmarshal([]byte(i.Scores), &out)
	return out
}

// SizeOf is how many of n filings are drawn: five in a hundred, rounded up.
func SizeOf(n int) int { return (n*Share + 99) / 100 }

// Sample draws SizeOf(len(ids)) of the ids by a seed: the same ids and seed give the same sample, whatever the order they come in.
func Sample(ids []string, seed int64) []string {
	out := slices.Clone(ids)
	slices.Sort(out)
	r := mathrand.New(mathrand.NewPCG(uint64(seed), uint64(len(out))))
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:SizeOf(len(out))]
}

// Watched lists the bodies a supervisor may draw from: his own, and the courts right below it.
func (s *Service) Watched(a account.Actor) []directory.Body {
	var out []directory.Body
	for _, id := range offices(a) {
		if b, err := s.Bodies.Body(context.Background(), id); err == nil {
			out = append(out, b)
		}
		out = append(out, s.Bodies.Below(id)...)
	}
	slices.SortFunc(out, func(x, y directory.Body) int {
		return cmp.Or(cmp.Compare(x.Level, y.Level), cmp.Compare(x.Name, y.Name))
	})
	return slices.CompactFunc(out, func(x, y directory.Body) bool { return x.ID == y.ID })
}

// DrawFor draws the share of what a body decided from one day to another (civil days in China, both included), by a seed that is recorded before
// anybody has seen the result. Errors: NotFound for anybody but a supervisor; Invalid "body" or "from"; Conflict "quality.drawn" when any of
// the period was drawn before, "quality.nothing" when nothing was decided in it.
func (s *Service) DrawFor(ctx context.Context, a account.Actor, bodyID string, from, to calendar.Date) (Draw, error) {
	office, err := s.officeFor(a, bodyID, from, to)
	if err != nil {
		return Draw{}, err
	}
	d := Draw{ID: store.NewID(), OfficeID: office, BodyID: bodyID, FromOn: from, ToOn: to, Seed: newSeed(), DrawnBy: a.PersonID, CreatedAt: s.Clock.Now()}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := neverDrawn(tx, office, bodyID, from, to); err != nil {
			return err
		}
		ids, err := decidedIn(tx, bodyID, from, to)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return fail.Conflict("quality.nothing")
		}
		drawn := Sample(ids, d.Seed)
		d.Population, d.Size = len(ids), len(drawn)
		if err := tx.Create(&d).Error; err != nil {
			return err
		}
		items := make([]Item, 0, len(drawn))
		for i, id := range drawn {
			items = append(items, Item{ID: store.NewID(), DrawID: d.ID, FilingID: id, Place: i + 1, Version: 1})
		}
		if err := tx.CreateInBatches(items, 100).Error; err != nil {
			return err
		}
		return s.record(tx, a, SubjectDraw, d.ID, "quality.drawn", map[string]any{"body": bodyID, "from": from, "to": to, "seed": d.Seed,
			"population": d.Population, "size": d.Size})
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		err = fail.Conflict("quality.drawn")
	}
	return d, err
}

func (s *Service) officeFor(a account.Actor, bodyID string, from, to calendar.Date) (string, error) {
	own := offices(a)
	if len(own) == 0 {
		return "", fail.NotFound()
	}
	var fields []fail.Field
	body, err := s.Bodies.Body(context.Background(), bodyID)
	office := bodyID
	if !slices.Contains(own, bodyID) {
		office = body.ParentID
	}
	if err != nil || !slices.Contains(own, office) {
		fields = append(fields, fail.F("body", "answer.choose"))
	}
	switch {
	case from.IsZero() || to.IsZero():
		fields = append(fields, fail.F("from", "date.empty"))
	case to.Before(from):
		fields = append(fields, fail.F("from", "directory.to_before_from"))
	}
	if len(fields) > 0 {
		return "", fail.Invalid(fields...)
	}
	return office, nil
}

// newSeed is a seed nobody can guess or choose.
func newSeed() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails
	return int64(binary.BigEndian.Uint64(b[:]) >> 1)
}

// neverDrawn refuses a period that overlaps one that was drawn, so that nobody draws until he likes the result.
func neverDrawn(tx *gorm.DB, office, bodyID string, from, to calendar.Date) error {
	var n int64
	err := tx.Model(&Draw{}).Where("office_id = ? AND body_id = ? AND from_on <= ? AND to_on >= ?", office, bodyID, to, from).Count(&n).Error
	if err == nil && n > 0 {
		err = fail.Conflict("quality.drawn")
	}
	return err
}

// decidedIn lists what a body has decided from one day to another and still owned when it did.
func decidedIn(tx *gorm.DB, bodyID string, from, to calendar.Date) ([]string, error) {
	var ids []string
	err := tx.Model(&filing.Filing{}).Where("owner_body_id = ? AND decided_at >= ? AND decided_at < ?", bodyID, from.StartUTC(), to.EndUTC()).
		Order("id").Pluck("id", &ids).Error
	return ids, err
}

// DrawView is a draw with how far it has come.
type DrawView struct {
	Draw
	Done    int // items scored
	Percent int // mean of their scores; 0 while none has any
	Scored  int // items with a score
}

// Draws lists the draws of the bodies at which the actor supervises, the newest first.
func (s *Service) Draws(ctx context.Context, a account.Actor) ([]DrawView, error) {
	var rows []Draw
	if err := s.DB.Read(ctx).Scopes(drawsOf(a)).Order("created_at DESC, id").Limit(PageSize).Find(&rows).Error; err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(rows))
	for _, d := range rows {
		ids = append(ids, d.ID)
	}
	var items []Item
	if err := s.DB.Read(ctx).Where("draw_id IN ?", orNone(ids)).Find(&items).Error; err != nil {
		return nil, err
	}
	out := make([]DrawView, 0, len(rows))
	for _, d := range rows {
		out = append(out, sumUp(d, items))
	}
	return out, nil
}

func sumUp(d Draw, items []Item) DrawView {
	v, total := DrawView{Draw: d}, 0
	for _, it := range items {
		if it.DrawID != d.ID || !it.Done() {
			continue
		}
		v.Done++
		if percent, ok := it.Points().Percent(); ok {
			v.Scored, total = v.Scored+1, total+percent
		}
	}
	if v.Scored > 0 {
		v.Percent = total / v.Scored
	}
	return v
}

// ItemView is an item with the filing it is about and its note.
type ItemView struct {
	Item
	Filing filing.Filing
	Note   string
}

// DrawOf shows one draw with its items in the order drawn. Error: NotFound.
func (s *Service) DrawOf(ctx context.Context, a account.Actor, id string) (DrawView, []ItemView, error) {
	db := s.DB.Read(ctx)
	var d Draw
	if err := db.Scopes(drawsOf(a)).Where("quality_draw.id = ?", id).Take(&d).Error; err != nil {
		return DrawView{}, nil, notFound(err)
	}
	var items []Item
	if err := db.Where("draw_id = ?", id).Order("place").Find(&items).Error; err != nil {
		return DrawView{}, nil, err
	}
	ids := make([]string, 0, len(items))
	for _, it := range items {
		ids = append(ids, it.FilingID)
	}
	filings, err := s.Filings.Named(ctx, ids)
	if err != nil {
		return DrawView{}, nil, err
	}
	out := make([]ItemView, 0, len(items))
	for _, it := range items {
		out = append(out, ItemView{Item: it, Filing: filings[it.FilingID]})
	}
	return sumUp(d, items), out, nil
}

// ItemOf shows one item with its filing, answers included. Errors: NotFound; also for whoever decided the filing, or took part in the measure:
// nobody looks at his own work.
func (s *Service) ItemOf(ctx context.Context, a account.Actor, id string) (ItemView, error) {
	db := s.DB.Read(ctx)
	it, err := itemBy(db, a, id)
	if err != nil {
		return ItemView{}, err
	}
	v := ItemView{Item: it}
	if v.Filing, err = s.Filings.Filed(ctx, it.FilingID); err != nil {
		return ItemView{}, err
	}
	v.Note, err = s.Box.OpenText(noteAD(it.ID), it.NoteSealed)
	return v, err
}

func itemBy(db *gorm.DB, a account.Actor, id string) (it Item, err error) {
	err = db.Model(&Item{}).Select("quality_item.*").Joins("JOIN quality_draw ON quality_draw.id = quality_item.draw_id").
		Joins("JOIN filing f ON f.id = quality_item.filing_id").Scopes(drawsOf(a)).
		Where("NOT EXISTS (SELECT 1 FROM decision d WHERE d.filing_id = f.id AND d.decided_by = ?)", a.PersonID).
		Where("NOT EXISTS (SELECT 1 FROM measure_participant mp WHERE mp.case_number = f.case_number AND mp.person_id = ?)", a.PersonID).
		Where("quality_item.id = ?", id).Take(&it).Error
	return it, notFound(err)
}

// MostNote is the most characters of the note on an item.
const MostNote = 1000

// Score keeps what was found in one item; it may be corrected, and every version is recorded. Errors: NotFound; Conflict "filing.stale"; Invalid at
// the field of each criterion without points, or "note".
func (s *Service) Score(ctx context.Context, a account.Actor, id string, version int64, scores Scores, note string) error {
	note = strings.TrimSpace(note)
	if err := CheckScores(scores, note); err != nil {
		return err
	}
	kept, err := json.Marshal(scores)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		it, err := itemBy(tx, a, id)
		if err != nil {
			return err
		}
		err = guarded(tx, &it, it.ID, version, map[string]any{"scores": string(kept), "note_sealed": s.Box.SealText(noteAD(it.ID), note),
			"scored_by": a.PersonID, "scored_at": s.Clock.Now()})
		if err != nil {
			return err
		}
		return s.record(tx, a, SubjectDraw, it.DrawID, "quality.scored", map[string]any{"item": it.ID, "scores": scores})
	})
}

// CheckScores checks what Score would keep, without keeping it.
func CheckScores(scores Scores, note string) error {
	var fields []fail.Field
	for _, c := range Criteria {
		points, ok := scores[c]
		if !ok || points < NotApplicable || points > MostPoints {
			fields = append(fields, fail.F(c, "answer.choose"))
		}
	}
	if n := utf8.RuneCountInString(note); n > MostNote {
		fields = append(fields, fail.F("note", "answer.too_long", "n", n, "max", MostNote, "over", n-MostNote))
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}
