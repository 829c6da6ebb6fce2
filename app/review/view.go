package review

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// View is a filter of the queue that a member of staff keeps for himself.
type View struct {
	ID          string
	PersonID    string
	NameSealed  []byte
	QuerySealed []byte
	CreatedAt   time.Time
	Name        string `gorm:"-"`
	Query       string `gorm:"-"` // the query of the page's address
}

// TableName is the table of View.
func (View) TableName() string { return "saved_view" }

// ViewsMax is how many filters one person keeps, ViewNameMax the most characters of a name.
const (
	ViewsMax    = 12
	ViewNameMax = 20
)

// Views lists the filters a person keeps, oldest first.
func (s *Service) Views(ctx context.Context, a account.Actor) (out []View, err error) {
	if err = s.DB.Read(ctx).Where("person_id = ?", a.PersonID).Order("created_at, id").Find(&out).Error; err != nil {
		return nil, err
	}
	for i := range out {
		v := &out[i]
		if v.Name, err = s.Box.OpenText(viewAD(v.ID, "name"), v.NameSealed); err != nil {
			return nil, err
		}
		if v.Query, err = s.Box.OpenText(viewAD(v.ID, "query"), v.QuerySealed); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// SaveView keeps a filter. Errors: NotFound for anybody but staff; Invalid "name", also when there are too many.
func (s *Service) SaveView(ctx context.Context, a account.Actor, name, query string) error {
	name = strings.TrimSpace(name)
	n := len([]rune(name))
	switch {
	case !a.IsStaff():
		return fail.NotFound()
	case n == 0:
		return fail.Invalid(fail.F("name", "answer.empty"))
	case n > ViewNameMax:
		return fail.Invalid(fail.F("name", "answer.too_long", "n", n, "max", ViewNameMax, "over", n-ViewNameMax))
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var kept int64
		if err := tx.Model(&View{}).Where("person_id = ?", a.PersonID).Count(&kept).Error; err != nil {
			return err
		}
		if kept >= ViewsMax {
			return fail.Invalid(fail.F("name", "views.too_many", "N", ViewsMax))
		}
		v := View{ID: store.NewID(), PersonID: a.PersonID, CreatedAt: s.Clock.Now()}
		v.NameSealed, v.QuerySealed = s.Box.SealText(viewAD(v.ID, "name"), name), s.Box.SealText(viewAD(v.ID, "query"), query)
		return tx.Create(&v).Error
	})
}

// DropView forgets a filter of the actor's own. Error: NotFound.
func (s *Service) DropView(ctx context.Context, a account.Actor, id string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		res := tx.Where("id = ? AND person_id = ?", id, a.PersonID).Delete(&View{})
		if res.Error == nil && res.RowsAffected == 0 {
			return fail.NotFound()
		}
		return res.Error
	})
}

func viewAD(id, column string) seal.AD { return seal.AD{Table: "saved_view", Column: column, Row: id} }
