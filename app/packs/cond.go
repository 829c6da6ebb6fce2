package packs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
	"reliefportal/app/rules"
)

// compiler turns nodes into checked conditions and values.
type compiler struct {
	file  string
	facts map[rules.FactID]rules.Fact
	terms map[string]*rules.Cond
	slots map[string]int // place of each term in the evaluator's memory
}

func (c *compiler) fail(n ast.Node, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", c.file, n.GetToken().Position.Line, fmt.Sprintf(format, args...))
}

// cond compiles a condition; a missing one holds always.
func (c *compiler) cond(r rawNode) (rules.Cond, error) {
	if r.node == nil {
		return rules.Cond{}, nil
	}
	out, err := c.node(r.node)
	if err != nil {
		return rules.Cond{}, err
	}
	return *out, nil
}

func (c *compiler) node(n ast.Node) (*rules.Cond, error) {
	if s, ok := n.(*ast.StringNode); ok {
		return c.term(n, s.Value)
	}
	pairs, ok := mapping(n)
	if !ok {
		return nil, c.fail(n, "a condition is a mapping or the name of a term")
	}
	var kids []*rules.Cond
	for _, p := range pairs {
		k, err := c.pair(p)
		if err != nil {
			return nil, err
		}
		kids = append(kids, k)
	}
	switch len(kids) {
	case 0:
		return &rules.Cond{}, nil
	case 1:
		return kids[0], nil
	}
	return &rules.Cond{Op: rules.OpAll, Kids: kids}, nil
}

// mapping lists the pairs of a mapping of one or more keys.
func mapping(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}, true
	}
	return nil, false
}

func (c *compiler) term(n ast.Node, name string) (*rules.Cond, error) {
	t, ok := c.terms[name]
	if !ok {
		return nil, c.fail(n, "no term is called %q", name)
	}
	slot := c.slots[name]
	if t.Has(rules.OpLate) {
		slot = 0 // its answer changes while doors are worked out
	}
	return &rules.Cond{Op: rules.OpTerm, Name: name, Slot: slot, Kids: []*rules.Cond{t}}, nil
}

func (c *compiler) pair(p *ast.MappingValueNode) (*rules.Cond, error) {
	key, v := p.Key.String(), p.Value
	switch op := rules.Op(key); op {
	case rules.OpAll, rules.OpAny:
		return c.list(op, v)
	case rules.OpNot:
		kid, err := c.node(v)
		return &rules.Cond{Op: op, Kids: []*rules.Cond{kid}}, err
	case rules.OpTerm:
		return c.term(v, text(v))
	case rules.OpKnown, rules.OpUnsure:
		id, err := c.fact(v, text(v))
		return &rules.Cond{Op: op, Fact: id}, err
	case rules.OpNever, rules.OpLate:
		return &rules.Cond{Op: op}, nil
	case rules.OpBefore, rules.OpAfter, rules.OpWithin, rules.OpPast, rules.OpLess, rules.OpMore, rules.OpLevel, rules.OpLower:
		return c.compare(op, v)
	}
	return c.is(p.Key, rules.FactID(key), v)
}

func (c *compiler) list(op rules.Op, v ast.Node) (*rules.Cond, error) {
	seq, ok := v.(*ast.SequenceNode)
	if !ok || len(seq.Values) == 0 {
		return nil, c.fail(v, "%s needs a list of conditions", op)
	}
	out := &rules.Cond{Op: op}
	for _, n := range seq.Values {
		k, err := c.node(n)
		if err != nil {
			return nil, err
		}
		out.Kids = append(out.Kids, k)
	}
	return out, nil
}

func (c *compiler) fact(n ast.Node, name string) (rules.FactID, error) {
	if _, ok := c.facts[rules.FactID(name)]; !ok {
		return "", c.fail(n, "no fact is called %q", name)
	}
	return rules.FactID(name), nil
}

// is compiles "fact: option" or "fact: [option, option]".
func (c *compiler) is(key ast.Node, id rules.FactID, v ast.Node) (*rules.Cond, error) {
	f, ok := c.facts[id]
	if !ok {
		return nil, c.fail(key, "no fact is called %q", id)
	}
	options := texts(v)
	if len(options) == 0 {
		return nil, c.fail(v, "%s needs an option", id)
	}
	for _, o := range options {
		if _, ok := f.Option(o); !ok {
			return nil, c.fail(v, "fact %s has no option %q", id, o)
		}
	}
	return &rules.Cond{Op: rules.OpIs, Fact: id, Options: options}, nil
}

// compare compiles the operations that take named parts.
func (c *compiler) compare(op rules.Op, v ast.Node) (*rules.Cond, error) {
	pairs, ok := mapping(v)
	if !ok {
		return nil, c.fail(v, "%s needs named parts", op)
	}
	out := &rules.Cond{Op: op}
	parts := map[string]ast.Node{}
	for _, p := range pairs {
		parts[p.Key.String()] = p.Value
	}
	name, ok := parts["fact"]
	if !ok {
		return nil, c.fail(v, "%s needs a fact", op)
	}
	id, err := c.fact(name, text(name))
	if err != nil {
		return nil, err
	}
	out.Fact = id
	for key, n := range parts {
		if key == "fact" {
			continue
		}
		if err := c.part(out, key, n); err != nil {
			return nil, err
		}
	}
	return out, c.typed(out, v)
}

func (c *compiler) part(out *rules.Cond, key string, n ast.Node) error {
	var err error
	switch key {
	case "other":
		out.Other, err = c.fact(n, text(n))
	case "date":
		out.Date, err = calendar.ParseDate(text(n))
	case "period":
		out.Period, err = calendar.ParsePeriod(text(n))
	case "percent":
		out.Percent, err = strconv.ParseInt(text(n), 10, 64)
	case "than":
		out.Number, err = c.limit(out.Fact, text(n))
	case "is":
		for _, s := range texts(n) {
			level, bad := strconv.Atoi(s)
			if bad != nil || level < 1 || level > 4 {
				return c.fail(n, "%q is no court level from 1 to 4", s)
			}
			out.Levels = append(out.Levels, level)
		}
	default:
		return c.fail(n, "%s has no part %q", out.Op, key)
	}
	if err != nil {
		return c.fail(n, "%v", err)
	}
	return nil
}

func (c *compiler) limit(id rules.FactID, s string) (int64, error) {
	if c.facts[id].Kind == rules.FactMoney {
		f, err := money.Parse(s)
		return int64(f), err
	}
	return strconv.ParseInt(s, 10, 64)
}

var opKinds = map[rules.Op][]rules.FactKind{
	rules.OpBefore: {rules.FactDate}, rules.OpAfter: {rules.FactDate}, rules.OpWithin: {rules.FactDate}, rules.OpPast: {rules.FactDate},
	rules.OpLess: {rules.FactMoney, rules.FactNumber}, rules.OpMore: {rules.FactMoney, rules.FactNumber},
	rules.OpLevel: {rules.FactCourt}, rules.OpLower: {rules.FactCourt},
}

// typed refuses an operation on a fact of another kind, or without the part it needs.
func (c *compiler) typed(out *rules.Cond, n ast.Node) error {
	for _, id := range []rules.FactID{out.Fact, out.Other} {
		if id != "" && !slices.Contains(opKinds[out.Op], c.facts[id].Kind) {
			return c.fail(n, "%s cannot be used on %s, which is a %s", out.Op, id, c.facts[id].Kind)
		}
	}
	needs := ""
	switch {
	case (out.Op == rules.OpWithin || out.Op == rules.OpPast) && out.Period.IsZero():
		needs = "period"
	case out.Op == rules.OpLevel && len(out.Levels) == 0:
		needs = "is"
	case out.Op == rules.OpLower && out.Other == "":
		needs = "other"
	}
	if needs != "" {
		return c.fail(n, "%s needs %q", out.Op, needs)
	}
	return nil
}

// text is the plain text of a scalar node.
func text(n ast.Node) string {
	if s, ok := n.(*ast.StringNode); ok {
		return s.Value
	}
	return strings.TrimSpace(n.GetToken().Value)
}

// texts is a scalar or a list of scalars.
func texts(n ast.Node) []string {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		if _, isMap := mapping(n); isMap {
			return nil
		}
		return []string{text(n)}
	}
	var out []string
	for _, v := range seq.Values {
		if _, isMap := mapping(v); isMap {
			return nil
		}
		out = append(out, text(v))
	}
	return out
}
