package means

import (
	"strconv"

	"reliefportal/app/reckon"
	"reliefportal/app/rules"
)

// ExampleData is a worked example of the rules as a statement.
func ExampleData(p *rules.Pack, e rules.MeansExample) Data {
	d := Data{Told: e.Floor, Done: []rules.MeansGroup{rules.MeansIncome, rules.MeansCosts}, Order: Order{How: TakesNothing}}
	if e.Taken.Sum > 0 {
		d.Order = Order{How: TakesMonthly, Sum: Sum(e.Taken.Sum), Every: reckon.Every(e.Taken.Every)}
	}
	for i, x := range e.Lines {
		kind, _ := p.Means.Kind(x.Kind)
		d.Put(Line{ID: strconv.Itoa(i + 1), Group: kind.Group, Kind: x.Kind, Amount: Sum(x.Sum), Every: reckon.Every(x.Every)})
	}
	if e.People > 1 {
		for _, k := range p.Means.KindsFor(rules.MeansPeople, "") {
			d.Put(Line{ID: "people", Group: rules.MeansPeople, Kind: k.ID, Count: e.People - 1})
			break
		}
	}
	return d
}
