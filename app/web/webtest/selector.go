package webtest

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// simple is one step of a selector: everything about one element.
type simple struct {
	tag   string
	tests []attrTest
}

// attrTest asks for an attribute; word asks for one word of it, as classes are.
type attrTest struct {
	name, value string
	any, word   bool
}

var piece = regexp.MustCompile(`^(?:([a-zA-Z][a-zA-Z0-9-]*|\*)|#([\w-]+)|\.([\w-]+)|\[([\w-]+)(?:=["']?([^"'\]]*)["']?)?\])`)

// parseSelector reads a selector. One it does not know is a mistake of the test, so it panics.
func parseSelector(selector string) []simple {
	var steps []simple
	for part := range strings.FieldsSeq(selector) {
		var s simple
		for rest := part; rest != ""; {
			m := piece.FindStringSubmatch(rest)
			if m == nil {
				panic("webtest: selector " + selector + " is not understood at " + rest)
			}
			s.add(m, rest)
			rest = rest[len(m[0]):]
		}
		steps = append(steps, s)
	}
	return steps
}

func (s *simple) add(m []string, rest string) {
	switch {
	case rest[0] == '#':
		s.tests = append(s.tests, attrTest{name: "id", value: m[2]})
	case rest[0] == '.':
		s.tests = append(s.tests, attrTest{name: "class", value: m[3], word: true})
	case rest[0] == '[':
		s.tests = append(s.tests, attrTest{name: m[4], value: m[5], any: !strings.Contains(m[0], "=")})
	case m[1] != "*":
		s.tag = m[1]
	}
}

func (s simple) matches(n *html.Node) bool {
	if n.Type != html.ElementNode || s.tag != "" && n.Data != s.tag {
		return false
	}
	for _, t := range s.tests {
		value, ok := lookup(n, t.name)
		if !ok || !t.any && !t.word && value != t.value || t.word && !slices.Contains(strings.Fields(value), t.value) {
			return false
		}
	}
	return true
}

// find returns the elements below root that match, in the order of the page.
func find(root *html.Node, selector string) []*html.Node {
	steps := parseSelector(selector)
	var found []*html.Node
	for n := range root.Descendants() {
		if matchesAll(n, root, steps) {
			found = append(found, n)
		}
	}
	return found
}

// matchesAll says whether n matches the last step and has ancestors for the others, in order.
func matchesAll(n, root *html.Node, steps []simple) bool {
	last := len(steps) - 1
	if last < 0 || !steps[last].matches(n) {
		return false
	}
	for up := n.Parent; last > 0 && up != nil; up = up.Parent {
		if steps[last-1].matches(up) {
			last--
		}
		if up == root {
			break
		}
	}
	return last == 0
}
