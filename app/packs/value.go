package packs

import (
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml/ast"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
	"reliefportal/app/rules"
)

// unsureWord stands in a facts file for "I do not know".
const unsureWord = "unsure"

// values reads a mapping from fact to value.
func (c *compiler) values(in map[rules.FactID]rawNode) (rules.Facts, error) {
	if len(in) == 0 {
		return nil, nil
	}
	out := rules.Facts{}
	for id, raw := range in {
		f, ok := c.facts[id]
		if !ok {
			return nil, fmt.Errorf("%s:%d: no fact is called %q", c.file, raw.line(), id)
		}
		if raw.node == nil {
			continue // null: not asked
		}
		v, err := c.value(f, raw.node)
		if err != nil {
			return nil, err
		}
		out[id] = v
	}
	return out, nil
}

func (c *compiler) value(f rules.Fact, n ast.Node) (rules.Value, error) {
	list := texts(n)
	if len(list) == 0 {
		return rules.Value{}, c.fail(n, "fact %s needs a plain value", f.ID)
	}
	if list[0] == unsureWord {
		return rules.Unsure(), nil
	}
	switch f.Kind {
	case rules.FactChoice, rules.FactYesNo, rules.FactChoices:
		return c.options(f, n, list)
	}
	if len(list) != 1 {
		return rules.Value{}, c.fail(n, "fact %s takes one value", f.ID)
	}
	v, err := scalar(f.Kind, list[0])
	if err != nil {
		return rules.Value{}, c.fail(n, "fact %s: %v", f.ID, err)
	}
	return v, nil
}

func (c *compiler) options(f rules.Fact, n ast.Node, list []string) (rules.Value, error) {
	for _, o := range list {
		if _, ok := f.Option(o); !ok {
			return rules.Value{}, c.fail(n, "fact %s has no option %q", f.ID, o)
		}
	}
	if f.Kind == rules.FactChoices {
		return rules.Picks(list...), nil
	}
	if len(list) != 1 {
		return rules.Value{}, c.fail(n, "fact %s takes one option", f.ID)
	}
	return rules.Pick(list[0]), nil
}

func scalar(kind rules.FactKind, s string) (rules.Value, error) {
	switch kind {
	case rules.FactDate:
		d, err := calendar.ParseDate(s)
		return rules.On(d), err
	case rules.FactMoney:
		f, err := money.Parse(s)
		return rules.Amount(f), err
	case rules.FactNumber:
		n, err := strconv.ParseInt(s, 10, 64)
		return rules.Count(n), err
	}
	return rules.Said(s), nil
}
