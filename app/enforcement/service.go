package enforcement

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/store"
)

// directoryActor is who changes the directory, as the record names him.
type directoryActor = audit.Actor

// Check reads a table and keeps it, sealed, with the fate of each row; nothing else is written. Errors: NotFound for anybody but an administrator;
// Invalid "kind" or "file".
func (s *Service) Check(ctx context.Context, a account.Actor, k Kind, raw []byte) (Import, []Row, error) {
	if !MayImport(a) {
		return Import{}, nil, fail.NotFound()
	}
	if columns[k] == nil {
		return Import{}, nil, fail.Invalid(fail.F("kind", "answer.choose"))
	}
	p, err := s.plan(ctx, s.DB.Read(ctx), a, k, raw)
	if err != nil {
		return Import{}, nil, err
	}
	sum := sha256.Sum256(raw)
	in := Import{ID: store.NewID(), Kind: k, SHA256: hex.EncodeToString(sum[:]), Status: Checked, Version: 1, RowsTotal: len(p.rows), RowsBad: p.bad(), MadeBy: a.PersonID,
		CreatedAt: s.Clock.Now()}
	in.DataSealed = s.Box.Seal(dataAD(in.ID), raw)
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&in).Error; err != nil {
			return err
		}
		return s.record(tx, a, in, "import.checked")
	})
	return in, p.rows, err
}

func (s *Service) plan(ctx context.Context, db *gorm.DB, a account.Actor, k Kind, raw []byte) (*plan, error) {
	lines, err := read(k, raw)
	if err != nil {
		return nil, err
	}
	if k == Bodies {
		return s.planBodies(ctx, auditActor(a), lines), nil
	}
	return s.planCases(ctx, db, lines)
}

func (s *Service) record(tx *gorm.DB, a account.Actor, in Import, kind string) error {
	return audit.Append(tx, audit.Entry{SubjectType: SubjectImport, SubjectID: in.ID, Actor: auditActor(a), Kind: kind,
		Data: map[string]any{"kind": in.Kind, "sha256": in.SHA256, "rows": in.RowsTotal, "bad": in.RowsBad}, At: s.Clock.Now()})
}

// Imports lists the tables handed in, the newest first. Error: NotFound for anybody but an administrator.
func (s *Service) Imports(ctx context.Context, a account.Actor) ([]Import, error) {
	if !MayImport(a) {
		return nil, fail.NotFound()
	}
	var out []Import
	err := s.DB.Read(ctx).Omit("data_sealed").Order("created_at DESC, id").Limit(mostListed).Find(&out).Error
	return out, err
}

// mostListed is how many imports the list shows.
const mostListed = 50

// ImportOf shows one table with the fate of each row as things stand now; one that was applied or dropped has no rows any more. Error: NotFound.
func (s *Service) ImportOf(ctx context.Context, a account.Actor, id string) (Import, []Row, error) {
	if !MayImport(a) {
		return Import{}, nil, fail.NotFound()
	}
	in, raw, err := s.load(s.DB.Read(ctx), id)
	if err != nil || in.Status != Checked {
		return in, nil, err
	}
	p, err := s.plan(ctx, s.DB.Read(ctx), a, in.Kind, raw)
	if err != nil {
		return in, nil, err
	}
	return in, p.rows, nil
}

func (s *Service) load(db *gorm.DB, id string) (in Import, raw []byte, err error) {
	err = db.Where("id = ?", id).Take(&in).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return in, nil, fail.NotFound()
	}
	if err != nil || len(in.DataSealed) == 0 {
		return in, nil, err
	}
	raw, err = s.Box.Open(dataAD(in.ID), in.DataSealed)
	return in, raw, err
}

// Apply writes the whole table in one transaction, or nothing of it. The fates are worked out anew in it: when a row has become bad meanwhile, nothing
// is written. Errors: NotFound; Conflict "import.done", "import.bad_rows" or "filing.stale".
func (s *Service) Apply(ctx context.Context, a account.Actor, id string, version int64) error {
	return s.end(ctx, a, id, version, Applied, func(tx *gorm.DB, in Import, raw []byte) error {
		p, err := s.plan(ctx, tx, a, in.Kind, raw)
		if err != nil {
			return err
		}
		if p.bad() > 0 {
			return fail.Conflict("import.bad_rows", "N", p.bad())
		}
		for _, write := range p.apply {
			if err := write(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// Drop throws a table away that was not applied. Errors as those of Apply.
func (s *Service) Drop(ctx context.Context, a account.Actor, id string, version int64) error {
	return s.end(ctx, a, id, version, Dropped, func(*gorm.DB, Import, []byte) error { return nil })
}

// end takes a checked import to its end; the table itself is not kept any longer.
func (s *Service) end(ctx context.Context, a account.Actor, id string, version int64, to Status, do func(*gorm.DB, Import, []byte) error) error {
	if !MayImport(a) {
		return fail.NotFound()
	}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		in, raw, err := s.load(tx, id)
		if err != nil {
			return err
		}
		if in.Status != Checked {
			return fail.Conflict("import.done")
		}
		set := map[string]any{"status": to, "version": version + 1, "data_sealed": []byte{}, "applied_by": a.PersonID, "applied_at": s.Clock.Now()}
		res := tx.Model(&Import{}).Where("id = ? AND version = ? AND status = ?", id, version, Checked).Updates(set)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return fail.Conflict("filing.stale")
		}
		if err := do(tx, in, raw); err != nil {
			return err
		}
		return s.record(tx, a, in, "import."+string(to))
	})
	if err != nil {
		return err
	}
	return s.Bodies.Refresh(ctx)
}
