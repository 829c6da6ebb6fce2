package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
)

// TestLanguagesAgree: the same keys and the same placeholders in every language, none twice.
func TestLanguagesAgree(t *testing.T) {
	first := catalogOf(Chinese)
	for _, lang := range Languages {
		c := catalogOf(lang)
		seen := map[string]bool{}
		for _, id := range c.ids {
			if seen[id] {
				t.Errorf("%s: %s is there twice", lang, id)
			}
			seen[id] = true
			if !Has(Chinese, id) {
				t.Errorf("%s has %s, Chinese has not", lang, id)
			}
			if got, want := names(c, id), names(first, id); !slices.Equal(got, want) {
				t.Errorf("%s: %s has the placeholders %v, Chinese has %v", lang, id, got, want)
			}
		}
		for _, id := range first.ids {
			if !seen[id] {
				t.Errorf("%s lacks %s", lang, id)
			}
		}
	}
}

func names(c *catalog, id string) []string {
	all := slices.Clone(c.open[id].names)
	sort.Strings(all)
	return slices.Compact(all)
}

// TestEveryMessageSpeaks renders every message with every value, so that a mistake in its form shows here.
func TestEveryMessageSpeaks(t *testing.T) {
	for _, lang := range Languages {
		c := catalogOf(lang)
		for id, e := range c.open {
			for _, n := range []int{0, 1, 2} {
				args := map[string]any{}
				for _, name := range e.names {
					args[name] = "x"
				}
				args["N"] = n
				s := With(lang, id, args)
				if s == "" || s == id || strings.Contains(s, "<no value>") || strings.Contains(s, "{{") {
					t.Errorf("%s: %s speaks as %q", lang, id, s)
				}
			}
		}
		for id, s := range c.fixed {
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s: %s is empty", lang, id)
			}
		}
	}
}

// Words that speak like a machine, presume or praise; with those that degrade (see Degrading) they may stand nowhere the portal speaks.
var (
	forbiddenZh = []string{"亲，", "！", "请输入有效", "格式错误", "提交成功", "审核不通过", "系统判定", "有关部门", "相关单位", "尽快", "后门", "门路"}
	forbiddenEn = regexp.MustCompile(`(?i)\b(invalid|asap|in due course|you are eligible|successfully)\b|!|n't\b|\b(it|that|there|we|you|they)'(s|re|ll|ve)\b`)
)

func TestWordsRespect(t *testing.T) {
	for _, f := range shown(t) {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(raw), "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "#") || strings.HasPrefix(strings.TrimSpace(line), "//") {
				continue
			}
			for _, w := range disrespect(line) {
				t.Errorf("%s:%d holds %q", f, n+1, w)
			}
		}
	}
}

// disrespect finds forbidden words in one line.
func disrespect(line string) []string {
	found := Degrading(line)
	for _, w := range forbiddenZh {
		if strings.Contains(line, w) {
			found = append(found, w)
		}
	}
	return found
}

// shown are the files whose text people read: messages, packs, templates.
func shown(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, root := range []string{"messages", "../packs/data", "../../templates"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if ext := filepath.Ext(path); ext == ".yaml" || ext == ".templ" {
				all = append(all, path)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d files are read", len(all))
	}
	return all
}

func TestForbiddenWordsAreFound(t *testing.T) {
	for _, line := range []string{"您被列入黑名单", "您是老赖", "a deadbeat", "提交成功！"} {
		if len(disrespect(line)) == 0 {
			t.Errorf("%q passes", line)
		}
	}
}

func TestDegrading(t *testing.T) {
	for text, want := range map[string][]string{
		"申请人是老赖，一直恶意逃避": {"老赖", "恶意逃避"}, "老 赖": {"老赖"}, "a Deadbeat, a deadbeat and a debt dodger": {"deadbeat", "debt dodger"},
		"最高人民法院关于公布失信被执行人名单信息的若干规定": nil, "账户里有无赖以生活的收入": nil, "defaulting judgment": nil, "": nil,
	} {
		if got := Degrading(text); !slices.Equal(got, want) {
			t.Errorf("%q holds %q, want %q", text, got, want)
		}
	}
}

var (
	halfWidth  = regexp.MustCompile(`\p{Han}[,;:!?]|[,;:!?]\p{Han}|\p{Han}"|"\p{Han}|\.\.\.`)
	cramped    = regexp.MustCompile(`\p{Han}\{\{\.N\}\}|\{\{\.N\}\}\p{Han}`)
	headingEnd = regexp.MustCompile(`\.(title|go|send|save|keep|back)$`)
)

// TestChineseStyle: full-width punctuation, spaces round counted numbers, no full stop at the end of headings and buttons.
func TestChineseStyle(t *testing.T) {
	each(Chinese, func(id, s string) {
		if m := halfWidth.FindString(s); m != "" {
			t.Errorf("%s: half-width punctuation in %q", id, m)
		}
		if m := cramped.FindString(s); m != "" {
			t.Errorf("%s: no space round the number in %q", id, m)
		}
		if headingEnd.MatchString(id) && strings.HasSuffix(s, "。") {
			t.Errorf("%s: a heading or button ends with a full stop", id)
		}
	})
}

// TestEnglishStyle: no contractions, no exclamation marks, no words that promise or presume.
func TestEnglishStyle(t *testing.T) {
	each(English, func(id, s string) {
		if m := forbiddenEn.FindString(s); m != "" {
			t.Errorf("%s: %q", id, m)
		}
		if strings.ContainsAny(s, "，。；：！？") {
			t.Errorf("%s: Chinese punctuation in English", id)
		}
		if headingEnd.MatchString(id) && strings.HasSuffix(s, ".") {
			t.Errorf("%s: a heading or button ends with a full stop", id)
		}
	})
}

// each reads every message as it is written.
func each(lang string, see func(id, s string)) {
	list, _ := files.ReadDir("messages/" + lang)
	for _, f := range list {
		raw, _ := files.ReadFile("messages/" + lang + "/" + f.Name())
		id := ""
		for _, line := range strings.Split(string(raw), "\n") {
			key, text, ok := strings.Cut(line, ": ")
			if !ok {
				if k, found := strings.CutSuffix(line, ":"); found {
					id = k
				}
				continue
			}
			if !strings.HasPrefix(line, " ") {
				id = key
			}
			see(id, strings.Trim(text, `"`))
		}
	}
}
