package callback

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// attemptRow is one row of callback_attempt, which nothing changes afterwards.
type attemptRow struct {
	ID         string `gorm:"primaryKey"`
	CaseID     string
	CallerID   string
	Code       string
	NoteSealed []byte
	Mode       Mode
	NumberID   *string
	At         time.Time // written down
	RangAt     time.Time // when the telephone rang; At where none did
}

// TableName names the table.
func (attemptRow) TableName() string { return "callback_attempt" }

// answerRow is one row of callback_answer. Who asked is sealed in with the answer; who answered is not in it at all.
type answerRow struct {
	Respondent   string `gorm:"primaryKey"`
	Item         string `gorm:"primaryKey"`
	AnswerSealed []byte
	Month        calendar.Date
}

// TableName names the table.
func (answerRow) TableName() string { return "callback_answer" }

// sealedAnswer is what an answer is before sealing.
type sealedAnswer struct {
	By    string      `json:"by"` // person id of the caller
	Value rules.Value `json:"value"`
}

// caseColumns are those an action may change.
var caseColumns = []string{"Status", "Version", "Instrument", "DueAt", "CloseBy", "Lang", "Attempts", "ByPhone", "AppointmentAt", "AppointmentWith", "Missed",
	"ReferredAt", "ReferredFor", "ClaimedBy", "ClaimedUntil", "ClaimedAt", "DialledAt", "FinalCode", "ConsentAt", "UpdatedAt"}

// saveCase writes what changed from old to next, if nobody was faster; else Conflict "callback.changed".
func saveCase(tx *gorm.DB, old Case, next *Case, now time.Time) error {
	next.Version, next.UpdatedAt = old.Version+1, now
	done := tx.Model(&Case{}).Where("id = ? AND status = ? AND version = ?", old.ID, old.Status, old.Version).
		Select(caseColumns).Updates(*next)
	return oneRow(done, "callback.changed")
}

// findingColumns are those an action may change.
var findingColumns = []string{"Status", "Version", "OwnerBodyID", "OwnerID", "TakeBy", "AnswerBy", "AnswerSealed", "AnsweredAt",
	"Choice", "ChosenAt", "ChosenBy", "ReplyBy", "Result", "CalledAt", "ToldBy", "ToldAt"}

// saveFinding writes what changed from old to next, if nobody was faster; else Conflict "finding.changed".
func saveFinding(tx *gorm.DB, old Finding, next *Finding) error {
	next.Version = old.Version + 1
	done := tx.Model(&Finding{}).Where("id = ? AND status = ? AND version = ?", old.ID, old.Status, old.Version).
		Select(findingColumns).Updates(*next)
	return oneRow(done, "finding.changed")
}

func oneRow(done *gorm.DB, key string) error {
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected != 1 {
		return fail.Conflict(key)
	}
	return nil
}

// officesOf lists the bodies a person works for, ever worked for, or for which he took part in a measure. Past offices
// count: a caller must have no tie to the body asked about.
func officesOf(tx *gorm.DB, personID string) ([]string, error) {
	var out []string
	err := tx.Raw(`SELECT DISTINCT COALESCE(g.body_id, d.body_id) FROM role_grant g LEFT JOIN division d ON d.id = g.division_id
WHERE g.person_id = ? AND COALESCE(g.body_id, d.body_id) IS NOT NULL
UNION SELECT m.body_id FROM measure_participant m WHERE m.person_id = ?`, personID, personID).Scan(&out).Error
	return out, err
}

// notAbout leaves out cases and findings about the given bodies.
func notAbout(tx *gorm.DB, offices []string) *gorm.DB {
	if len(offices) == 0 {
		return tx
	}
	return tx.Where("body_id NOT IN ?", offices)
}

// caseFor loads a case this caller may see. A case about a body he has a tie to, his own case and no case at all look
// the same: not found.
func caseFor(tx *gorm.DB, who staff, id string) (Case, error) {
	var c Case
	err := notAbout(tx, who.offices).Where("id = ? AND person_id <> ?", id, who.PersonID).Take(&c).Error
	return found(c, err)
}

func caseByID(tx *gorm.DB, id string) (Case, error) {
	var c Case
	return c, tx.Where("id = ?", id).Take(&c).Error
}

func found[T any](row T, err error) (T, error) {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, fail.NotFound()
	}
	return row, err
}

// dueCases reads cases that are due at now, that this caller can take and that nobody else holds, in order of (due_at, id) after the
// cursor. The status is written out so that both databases use the partial index callback_due.
func dueCases(tx *gorm.DB, who staff, now time.Time, after Cursor, limit int) ([]Case, error) {
	var out []Case
	err := dueQuery(tx, who, now, after, limit).Find(&out).Error
	return out, err
}

// promised is how long after an appointment only the caller who was promised sees the case.
const promised = 10 * time.Minute

func dueQuery(tx *gorm.DB, who staff, now time.Time, after Cursor, limit int) *gorm.DB {
	return notAbout(tx, who.offices).
		Where("status = 'open' AND due_at <= ? AND (due_at, id) > (?, ?)", now, after.At, after.ID).
		Where("close_by > ? AND person_id <> ? AND by_phone AND referred_at IS NULL AND lang IN ?", now, who.PersonID, who.langs).
		Where("(appointment_with IS NULL OR appointment_with = ? OR appointment_at <= ?)", who.PersonID, now.Add(-promised)).
		Where("(claimed_until IS NULL OR claimed_until <= ? OR claimed_by = ?)", now, who.PersonID).
		Order("due_at, id").Limit(limit)
}

// attemptsOf reads the attempts of cases in order of time.
func attemptsOf(tx *gorm.DB, caseIDs ...string) (map[string][]attemptRow, error) {
	out := make(map[string][]attemptRow, len(caseIDs))
	if len(caseIDs) == 0 {
		return out, nil
	}
	var rows []attemptRow
	if err := tx.Where("case_id IN ?", caseIDs).Order("at, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, r := range rows {
		out[r.CaseID] = append(out[r.CaseID], r)
	}
	return out, nil
}

func triedOf(rows []attemptRow) []Tried {
	out := make([]Tried, len(rows))
	for i, r := range rows {
		out[i] = Tried{At: r.RangAt, Code: r.Code, Mode: r.Mode}
	}
	return out
}

// lockPerson makes two openings for the same person wait for each other; SQLite has one writer anyway.
func lockPerson(tx *gorm.DB, personID string) error {
	var id string
	err := tx.Table("person").Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id = ?", personID).Select("id").Take(&id).Error
	_, err = found(id, err)
	return err
}

// bodyAbove is the body one level up, "" when there is none.
func bodyAbove(tx *gorm.DB, bodyID string) (string, error) {
	var above []string
	err := tx.Table("body").Where("id = ? AND parent_id IS NOT NULL", bodyID).Pluck("parent_id", &above).Error
	if err != nil || len(above) == 0 {
		return "", err
	}
	return above[0], nil
}

// bodiesAbove lists the bodies above a body, the nearest first. The directory is a few levels deep.
func bodiesAbove(tx *gorm.DB, bodyID string) ([]string, error) {
	var out []string
	for len(out) < maxLevels {
		above, err := bodyAbove(tx, bodyID)
		if err != nil || above == "" {
			return out, err
		}
		out, bodyID = append(out, above), above
	}
	return out, nil
}

// maxLevels bounds a walk upwards: courts have four levels.
const maxLevels = 8

// vault seals what people say under the key of the callbacks alone.
type vault struct{ box *seal.Box }

func answerPlace(respondent, item string) seal.AD {
	return seal.AD{Table: "callback_answer", Column: "answer_sealed", Row: respondent + "/" + item}
}

func (v vault) answer(respondent, item string, a sealedAnswer) ([]byte, error) {
	plain, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("write an answer: %w", err)
	}
	return v.box.Seal(answerPlace(respondent, item), plain), nil
}

func (v vault) openAnswer(r answerRow) (sealedAnswer, error) {
	var out sealedAnswer
	plain, err := v.box.Open(answerPlace(r.Respondent, r.Item), r.AnswerSealed)
	if err != nil {
		return out, fmt.Errorf("open an answer: %w", err)
	}
	err = json.Unmarshal(plain, &out)
	return out, err
}

// text seals a note or an answer to the person; "" is nothing.
func (v vault) text(table, column, row, s string) []byte {
	if s == "" {
		return nil
	}
	return v.box.SealText(seal.AD{Table: table, Column: column, Row: row}, s)
}

func (v vault) openText(table, column, row string, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	return v.box.OpenText(seal.AD{Table: table, Column: column, Row: row}, sealed)
}

// answersOf reads the answers of a case: all of them for the routing, and those that one caller wrote down himself.
func (v vault) answersOf(tx *gorm.DB, caseID, by string) (all, own rules.Facts, err error) {
	respondent, _, err := v.respondentOf(tx, caseID)
	if err != nil {
		return nil, nil, err
	}
	var rows []answerRow
	if err := tx.Where("respondent = ?", respondent).Find(&rows).Error; err != nil {
		return nil, nil, err
	}
	all, own = rules.Facts{}, rules.Facts{}
	for _, r := range rows {
		a, err := v.openAnswer(r)
		if err != nil {
			return nil, nil, err
		}
		all[rules.FactID(r.Item)] = a.Value
		if a.By == by {
			own[rules.FactID(r.Item)] = a.Value
		}
	}
	return all, own, nil
}

// putAnswer writes an answer of a respondent, or corrects it.
func (v vault) putAnswer(tx *gorm.DB, respondent, item string, a sealedAnswer, now time.Time) error {
	sealed, err := v.answer(respondent, item, a)
	if err != nil {
		return err
	}
	row := answerRow{Respondent: respondent, Item: item, AnswerSealed: sealed, Month: monthOf(now)}
	return tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "respondent"}, {Name: "item"}},
		DoUpdates: clause.AssignmentColumns([]string{"answer_sealed"}),
	}).Create(&row).Error
}

// putAttempt appends an attempt. by is the caller or, over the web or a text message, the person himself.
func (v vault) putAttempt(tx *gorm.DB, caseID, by string, r Report, now time.Time) error {
	row := attemptRow{ID: store.NewID(), CaseID: caseID, CallerID: by, Code: r.Code, Mode: r.mode, At: now, RangAt: now}
	if !r.Rang.IsZero() {
		row.RangAt = r.Rang
	}
	if row.Mode == "" {
		row.Mode = ByPhone
	}
	if r.NumberID != "" {
		row.NumberID = &r.NumberID
	}
	row.NoteSealed = v.text("callback_attempt", "note_sealed", row.ID, r.Note)
	return tx.Create(&row).Error
}

// supervised is the scope of findings a supervisor may see; nothing for anybody else.
func supervised(tx *gorm.DB, who staff) *gorm.DB {
	if len(who.supervises) == 0 {
		return tx.Where("1 = 0")
	}
	tx = tx.Where("owner_body_id IN ?", who.supervises)
	if len(who.offices) == 0 {
		return tx
	}
	return tx.Where("(owner_body_id = body_id OR body_id NOT IN ?)", who.offices)
}

// findingFor loads a finding this supervisor may see, else not found.
func findingFor(tx *gorm.DB, who staff, id string) (Finding, error) {
	var f Finding
	err := supervised(tx, who).Where("id = ?", id).Take(&f).Error
	return found(f, err)
}

// openFindings reads open findings in order of (answer_by, id) after the cursor.
func openFindings(tx *gorm.DB, who staff, after Cursor, limit int) ([]Finding, error) {
	var out []Finding
	q := supervised(tx, who).Where("status = 'open' AND (answer_by, id) > (?, ?)", after.At, after.ID).Order("answer_by, id").Limit(limit)
	err := q.Find(&out).Error
	return out, err
}
