package config

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
)

// forTests is read by the tests of the store, not by the program.
const forTests = "PORTAL_TEST_DATABASE_URL"

// variables picks the portal's settings out of the environment and reads those given as a file. A name that is no
// setting is an error, since it is most often a slip that would leave a default in force.
func variables(environ []string) (map[string]string, []error) {
	vars, errs := map[string]string{}, []error(nil)
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, "PORTAL_") || name == forTests {
			continue
		}
		if !known(name) {
			errs = append(errs, fmt.Errorf("%s is not a setting of this program", name))
			continue
		}
		vars[name] = value
	}
	for _, s := range Table() {
		if s.Secret {
			errs = append(errs, fromFile(vars, s.Name)...)
		}
		if vars[s.Name] == "" { // an empty variable, as compose files give it, means the default
			delete(vars, s.Name)
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return vars, errs
}

func fromFile(vars map[string]string, name string) []error {
	path := vars[name+"_FILE"]
	if path == "" {
		return nil
	}
	if vars[name] != "" {
		return []error{fmt.Errorf("%s and %s_FILE are both set: keep one", name, name)}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return []error{fmt.Errorf("%s_FILE: %w", name, err)}
	}
	vars[name] = strings.TrimSpace(string(text))
	if vars[name] == "" {
		return []error{fmt.Errorf("%s_FILE: the file is empty", name)}
	}
	return nil
}

func known(name string) bool {
	return slices.ContainsFunc(Table(), func(s Setting) bool { return s.Name == name || s.Secret && s.Name+"_FILE" == name })
}

// Setting is one row of the table of settings.
type Setting struct {
	Name    string
	Default string
	Secret  bool // may also be given as Name_FILE
	About   string
}

// Table lists every setting in the order of Config.
func Table() []Setting {
	t := reflect.TypeFor[Config]()
	out := make([]Setting, t.NumField())
	for i := range out {
		tag := t.Field(i).Tag
		out[i] = Setting{Name: tag.Get("env"), Default: tag.Get("envDefault"), Secret: tag.Get("secret") != "", About: tag.Get("about")}
	}
	return out
}

// Markdown is the table of settings for the README.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| Variable | Default | Meaning |\n|---|---|---|\n")
	for _, s := range Table() {
		name, standard := "`"+s.Name+"`", ""
		if s.Secret {
			name += " (or `…_FILE`)"
		}
		if s.Default != "" {
			standard = "`" + s.Default + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, standard, s.About)
	}
	return b.String()
}

func nameOf(field string) string {
	if f, ok := reflect.TypeFor[Config]().FieldByName(field); ok {
		return f.Tag.Get("env")
	}
	return field
}
