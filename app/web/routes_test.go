package web_test

import (
	"bytes"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"reliefportal/app/web"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRouteTable compares the table with its golden file, so that every new address and every change of rights is seen by a reader.
func TestRouteTable(t *testing.T) {
	var got bytes.Buffer
	if err := web.Print(&got, table(t)); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "routes.golden")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the route table has changed; look at the change and write it with: go test ./app/web -run TestRouteTable -update\ngot:\n%s", got.Bytes())
	}
}

// TestTableIsWhatIsServed finds addresses that the router answers and the table does not name.
func TestTableIsWhatIsServed(t *testing.T) {
	var named []string
	for _, r := range table(t) {
		named = append(named, r.Method+" "+r.Path)
	}
	web, err := kit.New(kit.Options{Key: make([]byte, 32), BaseURL: webtest.Base, Log: slog.Default()}, table(t))
	if err != nil {
		t.Fatal(err)
	}
	served := web.Registered()
	slices.Sort(named)
	slices.Sort(served)
	if !slices.Equal(named, served) {
		t.Errorf("the table names\n%s\nthe router answers\n%s", strings.Join(named, "\n"), strings.Join(served, "\n"))
	}
}

// TestRoutesAreDeclared refuses rows that leave open who may enter, and rows that point at something without saying at what.
func TestRoutesAreDeclared(t *testing.T) {
	for _, r := range table(t) {
		if r.Who.String() == "" {
			t.Errorf("%s %s does not say who may enter", r.Method, r.Path)
		}
		if strings.Contains(r.Path, ":id") && r.Object == kit.None {
			t.Errorf("%s %s points at something and does not say at what", r.Method, r.Path)
		}
		if r.Method != "GET" && r.Method != "POST" {
			t.Errorf("%s %s: pages are read by GET and changed by POST", r.Method, r.Path)
		}
	}
}

// TestRouteNames finds calls that name a route which does not exist or give it the wrong number of arguments: Path panics on them.
func TestRouteNames(t *testing.T) {
	paths, err := kit.NewPaths(table(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range routeCalls(t, ".") {
		params, ok := paths.Params(call.name)
		if !ok {
			t.Errorf("%s: no route is named %s", call.at, call.name)
		} else if params != call.args && !call.spread {
			t.Errorf("%s: route %s takes %d arguments, %d are given", call.at, call.name, params, call.args)
		}
	}
}

func TestRouteNamesFindsMistakes(t *testing.T) {
	dir := t.TempDir()
	source := "package x\nfunc f(c C) { c.Path(\"no.such\"); c.To(\"system.health\", \"extra\"); c.URL(variable) }\n"
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	calls := routeCalls(t, dir)
	if len(calls) != 2 || calls[0].name != "no.such" || calls[1].args != 1 {
		t.Errorf("found %+v", calls)
	}
}

// routeCall is a call of Path, To, URL or SafeNext that names a route by a literal or a constant of package kit.
type routeCall struct {
	at, name string
	args     int
	spread   bool
}

// frameNames are the constants of package kit that name routes.
var frameNames = map[string]string{
	"RouteStart": kit.RouteStart, "RouteSignIn": kit.RouteSignIn, "RouteStaffSignIn": kit.RouteStaffSignIn,
	"RouteSignOut": kit.RouteSignOut, "RouteDebtorHome": kit.RouteDebtorHome, "RouteStaffHome": kit.RouteStaffHome,
}

func routeCalls(t *testing.T, root string) []routeCall {
	t.Helper()
	var calls []routeCall
	files := token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if found, ok := routeCallOf(files, call); ok {
					calls = append(calls, found)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return calls
}

func routeCallOf(files *token.FileSet, call *ast.CallExpr) (routeCall, bool) {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"Path", "To", "URL", "SafeNext"}, method.Sel.Name) || len(call.Args) == 0 {
		return routeCall{}, false
	}
	found := routeCall{at: files.Position(call.Pos()).String(), args: len(call.Args) - 1, spread: call.Ellipsis.IsValid()}
	switch arg := call.Args[0].(type) {
	case *ast.BasicLit:
		found.name, _ = strconv.Unquote(arg.Value)
	case *ast.SelectorExpr:
		found.name = frameNames[arg.Sel.Name]
	}
	return found, found.name != ""
}
