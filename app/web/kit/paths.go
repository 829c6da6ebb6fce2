package kit

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Paths builds addresses from route names and recognises addresses that the portal itself serves.
type Paths struct {
	byName map[string]string
	gets   [][]string
}

// NewPaths reads the route table. It refuses a name that stands for two paths, and a method and path that occur twice.
func NewPaths(routes []Route) (*Paths, error) {
	p := &Paths{byName: map[string]string{}}
	seen := map[string]bool{}
	for _, r := range routes {
		if known, ok := p.byName[r.Name]; ok && known != r.Path {
			return nil, fmt.Errorf("route name %s stands for %s and %s", r.Name, known, r.Path)
		}
		if seen[r.Method+" "+r.Path] {
			return nil, fmt.Errorf("route %s %s occurs twice", r.Method, r.Path)
		}
		seen[r.Method+" "+r.Path] = true
		p.byName[r.Name] = r.Path
		if r.Method == http.MethodGet {
			p.gets = append(p.gets, strings.Split(r.Path, "/"))
		}
	}
	return p, nil
}

// Path returns the address of the named route with the parameters filled in, in order. A name or a count that does not fit is a mistake
// of the program, not of the visitor; TestRouteNames finds it before anybody else does, so it panics.
func (p *Paths) Path(name string, args ...string) string {
	pattern, ok := p.byName[name]
	if !ok {
		panic("kit: no route is named " + name)
	}
	segments := strings.Split(pattern, "/")
	for i, s := range segments {
		if !strings.HasPrefix(s, ":") && s != "*" {
			continue
		}
		if len(args) == 0 {
			panic("kit: too few arguments for route " + name)
		}
		segments[i], args = url.PathEscape(args[0]), args[1:]
	}
	if len(args) > 0 {
		panic("kit: too many arguments for route " + name)
	}
	return strings.Join(segments, "/")
}

// Has says whether the table has a route of this name.
func (p *Paths) Has(name string) bool { return p.byName[name] != "" }

// Params returns how many parameters the named route takes.
func (p *Paths) Params(name string) (n int, ok bool) {
	pattern, ok := p.byName[name]
	return strings.Count(pattern, ":") + strings.Count(pattern, "*"), ok
}

// Serves says whether path is answered by a GET row of the table.
func (p *Paths) Serves(path string) bool {
	segments := strings.Split(path, "/")
	return slices.ContainsFunc(p.gets, func(pattern []string) bool {
		return slices.EqualFunc(pattern, segments, func(want, got string) bool {
			return want == got || strings.HasPrefix(want, ":") && got != ""
		})
	})
}

// SafeNext returns next when it is an address of this portal that can be read with GET, else the empty string. It takes nothing that a
// browser could understand as another host.
func (p *Paths) SafeNext(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsFunc(next, unsafeInAddress) {
		return ""
	}
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || u.Fragment != "" || !p.Serves(u.EscapedPath()) {
		return ""
	}
	return u.RequestURI()
}

func unsafeInAddress(r rune) bool { return r == '\\' || r <= ' ' || r == 0x7f }

// WithQuery returns path with the query parameters added, given as name, value pairs. Pairs with an empty value are left out.
func WithQuery(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
