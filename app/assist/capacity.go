package assist

import (
	_ "embed" // the list of capacities
	"fmt"
	"sync"

	"github.com/goccy/go-yaml"

	"reliefportal/app/rules"
)

// Capacity is in what capacity somebody acts for a person.
type Capacity struct {
	Code   string
	Name   rules.Text
	Papers rules.Text // what the court asks for beside the power of attorney
	Who    rules.Cite // that such a person may act
	Needs  rules.Cite // that the papers are asked for
}

//go:embed capacities.yaml
var capacityFile []byte

type rawText struct{ Zh, En string }

type rawCite struct{ Source, Article, Standing string }

func (r rawText) text() rules.Text { return rules.Text{Zh: r.Zh, En: r.En} }

func (r rawCite) cite() rules.Cite {
	return rules.Cite{Source: r.Source, Article: r.Article, Standing: rules.Standing(r.Standing)}
}

// Capacities lists the capacities in the order of the law. The list is data; a test holds its citations to the sources of the rule packs.
var Capacities = sync.OnceValue(func() []Capacity {
	var raw []struct {
		Code         string
		Name, Papers rawText
		Who, Needs   rawCite
	}
	if err := yaml.UnmarshalWithOptions(capacityFile, &raw, yaml.Strict()); err != nil {
		panic(fmt.Sprintf("assist: capacities.yaml: %v", err)) // built in: a test reads it before anybody else does
	}
	out := make([]Capacity, len(raw))
	for i, r := range raw {
		out[i] = Capacity{Code: r.Code, Name: r.Name.text(), Papers: r.Papers.text(), Who: r.Who.cite(), Needs: r.Needs.cite()}
	}
	return out
})

// CapacityOf finds a capacity by its code.
func CapacityOf(code string) (Capacity, bool) {
	for _, c := range Capacities() {
		if c.Code == code {
			return c, true
		}
	}
	return Capacity{}, false
}
