package app_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the name of this module; imports below it are ours.
const module = "reliefportal/"

// The layers, lowest first. A package may import what stands in its own row of law and nothing else of ours.
var (
	pure  = []string{"app/fail", "app/calendar", "app/casenumber", "app/money", "app/rules", "app/reckon", "app/rates"}
	data  = join(pure, "app/packs")
	base  = join(data, "app/seal", "app/store", "app/jobs", "app/audit")
	views = []string{"app/fail", "app/calendar", "app/casenumber", "app/money", "app/i18n", "static", "templates/kit"}
	nouns = join(base, "app/account", "app/directory", "app/document", "app/contact", "app/notice", "app/paper", "app/ical", "app/finder", "app/outage", "app/filing", "app/restriction", "app/means", "app/appraisal", "app/application", "app/assist", "app/review", "app/enforcement", "app/oversight", "app/transfer", "app/rehearse", "app/callback", "app/insight", "app/integrity", "app/escalation", "app/privacy")
	page  = join(nouns, "app/i18n", "app/web/kit", "app/web/law", "static", "templates/kit")
)

// law is the import law: package (or "folder/*" for every package below it) and what of ours it may import. A package without a row
// fails the test, so that a new one is placed with thought.
var law = map[string][]string{
	"app/fail":        {},
	"app/calendar":    {"app/fail"},
	"app/casenumber":  {"app/fail", "app/calendar"},
	"app/money":       {"app/fail"},
	"app/rules":       {"app/fail", "app/calendar", "app/casenumber", "app/money"},
	"app/rates":       {},
	"app/reckon":      {"app/fail", "app/calendar", "app/money"},
	"app/packs":       pure,
	"app/i18n":        {"app/fail", "app/calendar", "app/casenumber", "app/money"},
	"app/seal":        {},
	"app/config":      {"app/fail", "app/calendar", "app/seal"},
	"app/store":       {"app/fail", "app/calendar", "app/money"},
	"app/jobs":        {"app/fail", "app/calendar", "app/store"},
	"app/audit":       {"app/fail", "app/calendar", "app/store", "app/jobs"},
	"app/account":     join(base, "app/i18n"),
	"app/directory":   base,
	"app/contact":     join(base, "app/i18n", "app/account"),
	"app/notice":      join(base, "app/i18n", "app/account", "app/contact"),
	"app/paper":       {"app/fail", "app/calendar", "app/casenumber", "app/money", "app/i18n", "static"},
	"app/finder":      base,
	"app/document":    join(base, "app/account", "app/directory"),
	"app/outage":      join(base, "app/account"),
	"app/filing":      join(base, "app/account", "app/contact", "app/directory", "app/document", "app/notice", "app/outage"),
	"app/assist":      join(base, "app/account", "app/directory", "app/document", "app/notice", "app/outage", "app/filing"),
	"app/application": join(base, "app/i18n", "app/account", "app/directory", "app/document", "app/notice", "app/outage", "app/paper", "app/filing", "app/means"),
	"app/review":      join(base, "app/i18n", "app/paper", "app/account", "app/directory", "app/document", "app/notice", "app/outage", "app/filing"),
	"app/escalation":  join(base, "app/account", "app/directory", "app/notice", "app/filing"),
	"app/integrity":   join(base, "app/account", "app/contact", "app/directory", "app/document", "app/notice", "app/filing"),
	"app/transfer":    join(base, "app/account", "app/directory", "app/notice", "app/filing", "app/review"),
	"app/enforcement": join(base, "app/account", "app/directory", "app/document", "app/notice", "app/outage", "app/filing", "app/review"),
	"app/oversight":   join(base, "app/account", "app/directory", "app/document", "app/notice", "app/outage", "app/filing", "app/review"),
	"app/means":       join(base, "app/i18n", "app/account", "app/directory", "app/document", "app/notice", "app/outage", "app/filing"),
	"app/appraisal":   join(base, "app/account"),
	"app/ical":        {"app/fail", "app/calendar"},
	"app/restriction": join(base, "app/account", "app/contact", "app/directory", "app/document", "app/notice", "app/filing"),
	"app/rehearse":    join(base, "app/filing"),
	"app/callback":    join(base, "app/i18n", "app/account", "app/contact", "app/directory", "app/document", "app/notice", "app/filing", "app/review"),
	"app/privacy":     join(base, "app/i18n", "app/account", "app/contact", "app/directory", "app/document", "app/notice", "app/paper", "app/filing", "app/restriction", "app/means", "app/appraisal", "app/review", "app/callback"),
	"app/insight":     join(base, "app/i18n", "app/account", "app/contact", "app/directory", "app/document", "app/notice", "app/filing", "app/review", "app/callback"),

	"static":          {},
	"templates/kit":   {"app/fail", "app/calendar", "app/casenumber", "app/money", "app/i18n", "static"},
	"templates/*":     views,
	"app/web/kit":     {"app/fail", "app/calendar", "app/i18n", "app/account", "templates/kit", "templates/public"},
	"app/web/law":     join(nouns, "app/i18n", "app/web/kit", "templates/kit"),
	"app/web/*":       page,
	"app/web":         join(page, "app/web/*", "templates/*"),
	"app/web/webtest": {"*"},
	"app/apptest":     {"*"},
	"app":             {"*"},
	"cmd/portal":      {"*"},
	"bench":           {"*"},

	"app/e2e/chromium":    {},
	"app/store/storetest": {"app/store", "app/calendar", "app/fail"},
	"templates/samples":   join(views, "templates/*"),
	"app/web/public":      join(page, "templates/public"),
	"app/web/debtor":      join(page, "templates/debtor", "templates/public"),
	"app/web/helper":      join(page, "templates/helper"),
	"app/web/reviewer":    join(page, "templates/reviewer", "templates/public"),
	"app/web/caller":      join(page, "templates/caller"),
	"app/web/supervisor":  join(page, "templates/supervisor"),
	"app/web/admin":       join(page, "templates/admin"),
	"app/web/dev":         join(page, "templates/dev", "templates/samples"),
}

// standardOnly are packages that import nothing but the standard library and each other.
var standardOnly = pure

// foreign are modules that only some packages may import; a package not named may not.
var foreign = map[string][]string{
	"github.com/labstack/echo":      {"app/web", "app/web/*", "app/web/kit"},
	"github.com/alexedwards/scs":    {"app/account", "app", "app/web/kit"},
	"github.com/a-h/templ":          {"templates/*", "templates/kit", "templates/samples", "app/web/*", "app/web/kit"},
	"gorm.io/":                      {"app/apptest", "app/contact", "app/restriction", "app/store", "app/jobs", "app/audit", "app/account", "app/directory", "app/document", "app/notice", "app/filing", "app/means", "app/appraisal", "app/assist", "app/review", "app/oversight", "app/enforcement", "app/transfer", "app/integrity", "app/escalation", "app/callback", "app/insight", "app/privacy", "app/finder", "app/outage", "app"},
	"github.com/go-webauthn/":       {"app/account"},
	"github.com/riverqueue/":        {"app/jobs", "app/store"},
	"github.com/go-playground/":     {"app/web/kit"},
	"github.com/signintech/gopdf":   {"app/paper"},
	"github.com/boombuler/barcode":  {"app/paper"},
	"github.com/xuri/excelize":      {"app/insight"},
	"github.com/urfave/cli":         {"cmd/portal"},
	"github.com/wneessen/go-mail":   {"app/notice"},
	"github.com/pressly/goose":      {"app/store"},
	"github.com/nicksnyder/go-i18n": {"app/i18n"},
}

// gormless are the files of a noun that hold rules: they can be read, and tested, without a database.
var gormless = []string{"status.go", "policy.go"}

// TestImports holds every file of the program to the import law.
func TestImports(t *testing.T) {
	root := os.DirFS("..")
	seen := 0
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || name == "var" || strings.HasPrefix(entry.Name(), ".") && name != ".") {
			return fs.SkipDir
		}
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		seen++
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		for _, wrong := range violations(name, source) {
			t.Error(wrong)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 50 {
		t.Fatalf("only %d files were read; is the test run from its own folder?", seen)
	}
}

// TestImportsFindsBreaches proves that the law bites.
func TestImportsFindsBreaches(t *testing.T) {
	cases := []struct {
		name, file, imports string
		want                string
	}{
		{"echo in a noun's status.go", "app/filing/status.go", "github.com/labstack/echo/v4", "may not import github.com/labstack/echo"},
		{"gorm in a noun's status.go", "app/filing/status.go", "gorm.io/gorm", "without a database"},
		{"gorm in a noun's policy.go", "app/review/policy.go", "gorm.io/gorm/clause", "without a database"},
		{"gorm in a page", "app/web/debtor/home.go", "gorm.io/gorm", "may not import gorm.io/"},
		{"noun looks up", "app/filing/service.go", "reliefportal/app/review", "may not import app/review"},
		{"frame knows a noun", "app/web/kit/ctx.go", "reliefportal/app/filing", "may not import app/filing"},
		{"rules read a database", "app/rules/doors.go", "reliefportal/app/store", "may not import app/store"},
		{"pure package takes a library", "app/money/fen.go", "golang.org/x/text/width", "standard library"},
		{"page imports another audience", "app/web/debtor/home.go", "reliefportal/app/web/reviewer", "may not import app/web/reviewer"},
		{"view imports a noun", "templates/debtor/views.go", "reliefportal/app/filing", "may not import app/filing"},
		{"package without a place", "app/newthing/x.go", "fmt", "has no row"},
		{"gorm in a noun's store.go is right", "app/filing/store.go", "gorm.io/gorm", ""},
		{"echo in the frame is right", "app/web/kit/kit.go", "github.com/labstack/echo/v4", ""},
		{"noun looks down", "app/review/service.go", "reliefportal/app/filing", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			source := "package x\nimport _ " + strconv.Quote(c.imports) + "\n"
			got := strings.Join(violations(c.file, []byte(source)), "\n")
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// violations lists what a file imports against the law.
func violations(file string, source []byte) []string {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ImportsOnly)
	if err != nil {
		return []string{err.Error()}
	}
	dir := path.Dir(file)
	may, ok := rowOf(dir)
	if !ok {
		return []string{dir + " has no row in the import law: say in app/arch_test.go what it may import"}
	}
	var wrong []string
	for _, spec := range parsed.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		if why := breach(dir, path.Base(file), imported, may); why != "" {
			wrong = append(wrong, file+" "+why)
		}
	}
	return wrong
}

// breach says why dir may not import a path, or nothing when it may.
func breach(dir, file, imported string, may []string) string {
	if own, ok := strings.CutPrefix(imported, module); ok {
		if !allows(may, own) {
			return "may not import " + own
		}
		return ""
	}
	if first, _, _ := strings.Cut(imported, "/"); slices.Contains(standardOnly, dir) && strings.Contains(first, ".") {
		return "imports " + imported + ", but this package takes the standard library only"
	}
	if strings.HasPrefix(imported, "gorm.io/") && slices.Contains(gormless, file) {
		return "imports " + imported + ", but rules stand without a database"
	}
	for prefix, who := range foreign {
		if strings.HasPrefix(imported, prefix) && !allows(who, dir) {
			return "may not import " + prefix
		}
	}
	return ""
}

// rowOf finds the row of a package: its own, else that of its folder.
func rowOf(dir string) ([]string, bool) {
	if may, ok := law[dir]; ok {
		return may, true
	}
	may, ok := law[path.Dir(dir)+"/*"]
	return may, ok
}

// allows says whether a package is in a list, by name or by "folder/*".
func allows(list []string, own string) bool {
	return slices.ContainsFunc(list, func(entry string) bool {
		folder, all := strings.CutSuffix(entry, "*")
		return entry == own || all && strings.HasPrefix(own, folder)
	})
}

func join(list []string, more ...string) []string { return append(slices.Clone(list), more...) }
