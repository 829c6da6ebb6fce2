package filing

import (
	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

// NumberKind is what a number of a decision says.
type NumberKind string

// The numbers a decision may set.
const (
	NumberReserve    NumberKind = "reserve"    // Fen a month are left to live on
	NumberInstalment NumberKind = "instalment" // Fen at a time, Times times, the first on On
	NumberLifted     NumberKind = "lifted"     // a restriction has to be gone by On
)

// NumberKinds are all kinds, in the order they are shown.
var NumberKinds = []NumberKind{NumberReserve, NumberInstalment, NumberLifted}

// Number is what a decision sets as a number, so that whoever has to act on it need not read it out of a text.
type Number struct {
	Kind  NumberKind
	Fen   money.Fen
	Times int64
	On    calendar.Date `gorm:"column:on_date"`
}

// NumbersOf reads the numbers of the newest decision on a filing that was served; none when it sets none.
func NumbersOf(db *gorm.DB, filingID string) ([]Number, error) {
	var out []Number
	err := db.Raw(`SELECT n.kind, n.fen, n.times, n.on_date FROM decision_number n JOIN decision d ON d.id = n.decision_id
		WHERE d.filing_id = ? AND d.version = (SELECT MAX(version) FROM decision WHERE filing_id = ? AND served_on IS NOT NULL)
		ORDER BY n.kind`, filingID, filingID).Scan(&out).Error
	return out, err
}

// LiftedOn is the day by which a decision has a restriction gone; zero when it names none.
func LiftedOn(db *gorm.DB, filingID string) (calendar.Date, error) {
	all, err := NumbersOf(db, filingID)
	for _, n := range all {
		if n.Kind == NumberLifted {
			return n.On, nil
		}
	}
	return calendar.Date{}, err
}
