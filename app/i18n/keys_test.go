package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// speaking are the functions that take a message key, with the place of the key among their arguments.
var speaking = map[string]int{
	"T": 0, "t": 0, "With": 1, "F": 1, "Conflict": 0, "TooMany": 0, "Expired": 0, "Forbidden": 0, "Unavailable": 0, "InvalidKey": 0, "refused": 0, "Flash": 0,
}

var (
	keyShape = regexp.MustCompile(`^[a-z]+(\.[a-z0-9_]+)+$`)
	// always are the beginnings that mean nothing but a message, wherever the text stands in a program.
	always = regexp.MustCompile(`^(notice|upload|signin|casenumber|money|message|answer|queue|desk|paper|receipt|check|papers|work|ring|home|event|progress|reading|withdraw|call|serve|assign|decide|ask|refuse|accept)\.`)
)

// jobs and audit kinds that look like keys but are none.
var notKeys = map[string]bool{"signin.code": true, "signin.refused": true, "signin.staff": true, "notice.deliver": true, "notice.sweep": true}

// use is one place where a key is spoken.
type use struct {
	key, place string
	names      []string
	sure       bool // the values are all written there, so that they can be checked
}

// uses reads every Go file of the program, the generated templates included.
func uses(t *testing.T) (spoken []use, literals map[string]bool) {
	t.Helper()
	literals = map[string]bool{}
	for _, root := range []string{"../../app", "../../templates", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, raw, 0)
			if err != nil {
				t.Logf("%s is not read: %v", path, err)
				return nil
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.BasicLit:
					if s, ok := literal(n); ok && keyShape.MatchString(s) {
						literals[s] = true
						if always.MatchString(s) && !notKeys[s] {
							spoken = append(spoken, use{key: s, place: set.Position(n.Pos()).String()})
						}
					}
				case *ast.CallExpr:
					if u, ok := called(n); ok {
						u.place = set.Position(n.Pos()).String()
						spoken = append(spoken, u)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return spoken, literals
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

func called(call *ast.CallExpr) (use, bool) {
	var name string
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "i18n" && name == "T" {
			return keyAt(call, 1)
		}
	}
	at, ok := speaking[name]
	if !ok {
		return use{}, false
	}
	return keyAt(call, at)
}

func keyAt(call *ast.CallExpr, at int) (use, bool) {
	if len(call.Args) <= at {
		return use{}, false
	}
	key, ok := literal(call.Args[at])
	if !ok || !keyShape.MatchString(key) {
		return use{}, false
	}
	u := use{key: key, sure: !call.Ellipsis.IsValid()}
	for i := at + 1; i+1 < len(call.Args); i += 2 {
		n, ok := literal(call.Args[i])
		if !ok {
			u.sure = false
			break
		}
		u.names = append(u.names, placeholderName(n))
	}
	return u, true
}

// TestKeys: every key that is spoken has words, with all the values they need; no words lie unused.
func TestKeys(t *testing.T) {
	spoken, literals := uses(t)
	c := catalogOf(Chinese)
	for _, u := range spoken {
		if !Has(Chinese, u.key) {
			t.Errorf("%s: %s has no words (values %v)", u.place, u.key, u.names)
			continue
		}
		if !u.sure {
			continue
		}
		for _, need := range c.open[u.key].names {
			if !slices.Contains(u.names, need) {
				t.Errorf("%s: the words of %s need %s", u.place, u.key, need)
			}
		}
	}
	for key := range c.fixed {
		if !literals[key] {
			t.Errorf("the words of %s are never spoken", key)
		}
	}
	for key := range c.open {
		if !literals[key] {
			t.Errorf("the words of %s are never spoken", key)
		}
	}
}
