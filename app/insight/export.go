package insight

import (
	"bytes"
	"context"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// ExportStatus is where a file of answers stands.
type ExportStatus string

// The statuses of an export.
const (
	ExportWaiting ExportStatus = "waiting" // being made
	ExportDone    ExportStatus = "done"
	ExportRefused ExportStatus = "refused" // nothing would be left in which nobody stands alone
)

// ExportDays is how many days a file is kept (PROJECT).
const ExportDays = 7

// SubjectExport is the subject of exports in the audit record.
const SubjectExport = "figure_export"

// Export is a file of answers person by person, without anybody in it; a row of figure_export. It belongs to whoever asked for it.
type Export struct {
	ID          string `gorm:"primaryKey"`
	PersonID    string
	ProgrammeID string
	Quarter     string
	Party       rules.Party
	Status      ExportStatus
	Done        int // people gone through
	Whole       int
	Kept        int
	Coarser     int // of those kept, how many with a property taken out
	LeftOut     int
	FileSealed  []byte
	CreatedAt   time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt   time.Time `gorm:"autoUpdateTime:false"`
}

// TableName names the table.
func (Export) TableName() string { return "figure_export" }

func (e Export) place() seal.AD {
	return seal.AD{Table: "figure_export", Column: "file_sealed", Row: e.ID}
}

// Job makes the file of an export.
type Job struct {
	ExportID string `json:"export_id"`
}

// Kind implements jobs.Args.
func (Job) Kind() string { return "insight.export" }

// Order has a file of answers made. Not found for whoever does not see the programme.
func (s *Calls) Order(ctx context.Context, a account.Actor, at Slice) (id string, err error) {
	if _, err := s.Callbacks.Survey(ctx, a, at.Programme); err != nil {
		return "", err
	}
	now := s.Clock.Now()
	e := Export{ID: store.NewID(), PersonID: a.PersonID, ProgrammeID: at.Programme, Quarter: at.Quarter.String(), Party: at.Party, Status: ExportWaiting, CreatedAt: now, UpdatedAt: now}
	return e.ID, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&e).Error; err != nil {
			return err
		}
		role := account.RoleSupervisor
		if !a.Has(role) {
			role = account.RoleAuditor
		}
		entry := audit.Entry{SubjectType: SubjectExport, SubjectID: e.ID, Actor: a.Audit(role, ""), Kind: "figures.export", At: now,
			Data: map[string]any{"programme": e.ProgrammeID, "quarter": e.Quarter, "party": e.Party}}
		if err := audit.Append(tx, entry); err != nil {
			return err
		}
		return s.Jobs.Insert(tx, Job{e.ID})
	})
}

// Export shows an export to whoever asked for it; not found for everybody else.
func (s *Calls) Export(ctx context.Context, a account.Actor, id string) (e Export, p callback.Programme, err error) {
	var found []Export
	if err = s.DB.Read(ctx).Omit("FileSealed").Where("id = ? AND person_id = ?", id, a.PersonID).Limit(1).Find(&found).Error; err != nil {
		return e, p, err
	}
	if len(found) == 0 {
		return e, p, fail.NotFound()
	}
	p, err = s.Callbacks.Survey(ctx, a, found[0].ProgrammeID)
	return found[0], p, err
}

// File opens the file of an export for whoever asked for it; not found for everybody else, and before it is done.
func (s *Calls) File(ctx context.Context, a account.Actor, id string) ([]byte, error) {
	e, _, err := s.Export(ctx, a, id)
	if err != nil {
		return nil, err
	}
	var sealed []byte
	if err := s.DB.Read(ctx).Model(&Export{}).Where("id = ? AND status = ?", e.ID, ExportDone).Select("file_sealed").Row().Scan(&sealed); err != nil {
		return nil, fail.NotFound()
	}
	return s.Box.Open(e.place(), sealed)
}

// Make makes the file of an export. Doing it twice makes the same.
func (s *Calls) Make(ctx context.Context, j Job) error {
	var found []Export
	if err := s.DB.Read(ctx).Where("id = ? AND status = ?", j.ExportID, ExportWaiting).Limit(1).Find(&found).Error; err != nil || len(found) == 0 {
		return err
	}
	e := found[0]
	q, err := ParseQuarter(e.Quarter)
	if err != nil {
		return err
	}
	people, err := s.people(ctx, Slice{e.ProgrammeID, q, e.Party}, func(done, whole int) error {
		e.Done, e.Whole = done, whole
		return s.save(ctx, e, "Done", "Whole")
	})
	if err != nil {
		return err
	}
	e.Status = ExportRefused
	if len(people) > 0 {
		if err := s.write(&e, people[len(people)-1].Instrument, q, people); err != nil {
			return err
		}
	}
	return s.save(ctx, e, "Status", "Kept", "Coarser", "LeftOut", "FileSealed")
}

// write makes the rows safe, and seals them when any are left.
func (s *Calls) write(e *Export, inst *rules.Instrument, q Quarter, people []Person) error {
	m := Anonymise(inst, people)
	e.Kept, e.Coarser, e.LeftOut = len(m.Rows), m.Coarser, m.LeftOut
	if e.Kept == 0 {
		return nil
	}
	var out bytes.Buffer
	if err := WriteCSV(&out, m.Sheet(q)); err != nil {
		return err
	}
	e.Status, e.FileSealed = ExportDone, s.Box.Seal(e.place(), out.Bytes())
	return nil
}

func (s *Calls) save(ctx context.Context, e Export, columns ...string) error {
	e.UpdatedAt = s.Clock.Now()
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Export{}).Where("id = ? AND status = ?", e.ID, ExportWaiting).Select(append(columns, "UpdatedAt")).Updates(e).Error
	})
}

// Sweep removes files that were kept long enough.
func (s *Calls) Sweep(ctx context.Context) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("created_at < ?", s.Clock.Now().AddDate(0, 0, -ExportDays)).Delete(&Export{}).Error
	})
}

// Codebook explains the columns of an export.
func (s *Calls) Codebook(ctx context.Context, a account.Actor, programmeID string) (Sheet, error) {
	p, err := s.Callbacks.Survey(ctx, a, programmeID)
	if err != nil {
		return Sheet{}, err
	}
	inst, ok := s.asked(p, nil)
	if !ok {
		return Sheet{}, fail.NotFound()
	}
	return Codebook(inst), nil
}
