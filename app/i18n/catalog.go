package i18n

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed messages
var files embed.FS

// catalog is one language, ready to be read by many goroutines.
type catalog struct {
	fixed map[string]string // messages without placeholders: a lookup is a map read
	open  map[string]entry
	local *goi18n.Localizer
	ids   []string // every key as often as it was read
}

// entry is a message with placeholders: texts[0] names[0] texts[1] … and one text more than names. Messages that know one and many are
// left to go-i18n, which knows the rule of each language.
type entry struct {
	texts  []string
	names  []string
	plural bool
}

// fill writes the message with the values that get finds.
func (e entry) fill(key string, get func(name string) (any, bool)) string {
	var b strings.Builder
	for i, name := range e.names {
		b.WriteString(e.texts[i])
		v, ok := get(name)
		if !ok {
			wrong(key, "no value for "+name)
			v = "…"
		}
		switch v := v.(type) {
		case string:
			b.WriteString(v)
		case int:
			b.WriteString(strconv.Itoa(v))
		default:
			fmt.Fprint(&b, v)
		}
	}
	b.WriteString(e.texts[len(e.names)])
	return b.String()
}

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

var catalogs = sync.OnceValue(func() map[string]*catalog {
	all, err := load()
	if err != nil {
		panic("i18n: " + err.Error()) // impossible once the tests of this package have passed: the files are embedded
	}
	return all
})

func catalogOf(lang string) *catalog {
	all := catalogs()
	if c, ok := all[lang]; ok {
		return c
	}
	return all[Chinese]
}

func load() (map[string]*catalog, error) {
	bundle := goi18n.NewBundle(language.MustParse(Chinese))
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	all := make(map[string]*catalog, len(Languages))
	for _, lang := range Languages {
		c := &catalog{fixed: map[string]string{}, open: map[string]entry{}}
		if err := c.read(bundle, lang); err != nil {
			return nil, err
		}
		c.local = goi18n.NewLocalizer(bundle, lang)
		all[lang] = c
	}
	return all, nil
}

func (c *catalog) read(bundle *goi18n.Bundle, lang string) error {
	dir := path.Join("messages", lang)
	list, err := files.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range list {
		name := path.Join(dir, f.Name())
		raw, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		parsed, err := bundle.ParseMessageFileBytes(raw, lang+".yaml")
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, m := range parsed.Messages {
			c.add(m)
		}
	}
	return nil
}

func (c *catalog) add(m *goi18n.Message) {
	c.ids = append(c.ids, m.ID)
	found := placeholder.FindAllStringSubmatch(m.Other, -1)
	if len(found) == 0 && m.One == "" {
		c.fixed[m.ID] = m.Other
		return
	}
	e := entry{plural: m.One != "", texts: placeholder.Split(m.Other, -1)}
	for _, f := range found {
		e.names = append(e.names, f[1])
	}
	c.open[m.ID] = e
}

func (c *catalog) render(lang, key string, data map[string]any) string {
	e, ok := c.open[key]
	if !ok {
		return c.missing(lang, key, data)
	}
	if !e.plural {
		return e.fill(key, func(name string) (any, bool) { v, ok := data[name]; return v, ok })
	}
	for _, name := range e.names {
		if _, given := data[name]; !given {
			wrong(key, "no value for "+name)
			data[name] = "…"
		}
	}
	s, err := c.local.Localize(&goi18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: data["N"]})
	if err != nil {
		wrong(key, err.Error())
		return key
	}
	return s
}

func (c *catalog) missing(lang, key string, data map[string]any) string {
	wrong(key, "no words in "+lang)
	if lang == Chinese {
		return key
	}
	zh := catalogOf(Chinese)
	if s, ok := zh.fixed[key]; ok {
		return s
	}
	if _, ok := zh.open[key]; ok {
		return zh.render(Chinese, key, data)
	}
	return key
}
