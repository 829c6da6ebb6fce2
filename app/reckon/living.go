package reckon

import (
	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

// maxPeople is the largest household the sum is made for; a larger number is a slip of the finger.
const maxPeople = 50

// LivingInput is what the living reserve of a household is worked out from. Sums are a month's.
type LivingInput struct {
	Region string // GB/T 2260 code of the place; empty when it is not known or not in the table
	Home   Home   // may be empty when Region is
	On     calendar.Date
	People int       // who lives on the income, the debtor included
	Income money.Fen // what comes in
	Taken  money.Fen // what is taken now, zero for nothing
	Needs  money.Fen // proven needs beyond the standard, such as medicine
	Asked  money.Fen // the standard as the civil affairs office told the person; zero when it was not asked
}

// Check names everything that cannot be counted with. The error is Invalid; its fields are people, income, taken, needs, asked and home.
func (in LivingInput) Check() error {
	var bad fields
	bad.refuse(in.People < 1 || in.People > maxPeople, "people", "reckon.people")
	for _, s := range []struct {
		name string
		sum  money.Fen
	}{{"income", in.Income}, {"taken", in.Taken}, {"needs", in.Needs}, {"asked", in.Asked}} {
		bad.refuse(s.sum < 0, s.name, "money.negative")
		bad.refuse(s.sum > money.Max, s.name, "money.too_large")
	}
	bad.refuse(in.Region != "" && in.Home != Urban && in.Home != Rural, "home", "field.choose")
	return bad.err()
}

// StandardFrom says where the standard came from.
type StandardFrom string

// The origins of a standard.
const (
	FromNowhere StandardFrom = ""      // unknown: ask the civil affairs office
	FromTable   StandardFrom = "table" // an announced standard
	FromPerson  StandardFrom = "asked" // as the person was told; not checked
)

// LivingResult is the worked reserve. While From is FromNowhere no sum is known and all are zero.
type LivingResult struct {
	From     StandardFrom
	Standard Standard  // of the table
	PerHead  money.Fen // what was used for one person
	Reserve  money.Fen // must be left to the household
	Free     money.Fen // income beyond the reserve; negative when the income does not reach it
	After    money.Fen // left after what is taken now
	Short    money.Fen // what is missing to the reserve after the taking; zero when it is kept
	// ShortNeeds is Short with the proven needs added, which the standard does not hold and a court may weigh.
	ShortNeeds money.Fen
}

// Living works out what must be left to live on: the local standard for every person (CPL 254, SF 3). An unknown standard stays unknown.
// The error is that of Check.
func Living(in LivingInput, table Standards) (LivingResult, error) {
	if err := in.Check(); err != nil {
		return LivingResult{}, err
	}
	var r LivingResult
	if s, ok := table.Find(in.Region, in.Home, in.On); ok && in.Region != "" {
		r.From, r.Standard, r.PerHead = FromTable, s, s.PerMonth
	} else if in.Asked > 0 {
		r.From, r.PerHead = FromPerson, in.Asked
	} else {
		return LivingResult{}, nil
	}
	r.Reserve = r.PerHead * money.Fen(in.People)
	r.Free = in.Income - r.Reserve
	r.After = in.Income - in.Taken
	r.Short = max(0, r.Reserve-r.After)
	r.ShortNeeds = max(0, r.Reserve+in.Needs-r.After)
	return r, nil
}
