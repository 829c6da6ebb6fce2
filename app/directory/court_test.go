package directory

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"reliefportal/app/casenumber"
)

func TestEmbeddedList(t *testing.T) {
	courts, err := Courts()
	if err != nil {
		t.Fatal(err)
	}
	byLevel := map[int]int{}
	uncertain := 0
	for _, c := range courts {
		byLevel[c.Level]++
		if c.Uncertain {
			uncertain++
		}
		if c.Province == "" || (c.Parent == "") != (c.Level == LevelSupreme) {
			t.Errorf("%+v", c)
		}
	}
	want := map[int]int{LevelSupreme: 1, LevelHigh: 32, LevelIntermediate: 414 - 7, LevelBasic: 3051 + 7}
	for level, n := range want {
		if byLevel[level] != n {
			t.Errorf("%d courts of level %d, want %d", byLevel[level], level, n)
		}
	}
	if uncertain != 8 {
		t.Errorf("%d uncertain courts, want 8", uncertain)
	}
}

func TestAbove(t *testing.T) {
	cases := []struct {
		name, above string
		uncertain   bool
	}{
		{"深圳市南山区人民法院", "广东省深圳市中级人民法院", false},
		{"广东省深圳市中级人民法院", "广东省高级人民法院", false},
		{"广东省高级人民法院", "最高人民法院", false},
		{"最高人民法院", "", false},
		{"北京市朝阳区人民法院", "北京市第三中级人民法院", false},
		{"广州铁路运输法院", "广州铁路运输中级法院", false},
		{"广州铁路运输中级法院", "广东省高级人民法院", false},
		{"徐州铁路运输法院", "江苏省高级人民法院", true},
		{"甘肃矿区人民法院", "甘肃省高级人民法院", true},
		{"没有这个法院", "", false},
		{"", "", false},
	}
	tree := Default()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			up, ok := tree.Above(c.name)
			if up.Name != c.above || ok != (c.above != "") || up.Uncertain != c.uncertain {
				t.Errorf("Above = %q %v, uncertain %v", up.Name, ok, up.Uncertain)
			}
			forRules, ok := tree.Rules().Above(c.name)
			if forRules.Name != c.above || ok != (c.above != "") || forRules.Uncertain != c.uncertain || forRules.ID != up.ID {
				t.Errorf("the rules see %+v %v", forRules, ok)
			}
		})
	}
	if c, _ := tree.ByName("江苏省高级人民法院"); c.Uncertain {
		t.Error("the high court itself became uncertain")
	}
	if c, ok := tree.Rules().Court("徐州铁路运输法院"); !ok || c.Level != LevelBasic || !c.Uncertain {
		t.Errorf("the rules see %+v", c)
	}
}

func TestBySign(t *testing.T) {
	for typed, want := range map[string]string{
		"（2024）粤0305执1234号": "深圳市南山区人民法院",
		"(2021)京0114执异653号": "北京市昌平区人民法院",
		"(2022)鲁0126执异26号":  "商河县人民法院",
		"(2020)闽执复18号":      "福建省高级人民法院",
		"(2022)闽01财保57号":    "福建省福州市中级人民法院",
		"(2021)最高法执监501号":   "最高人民法院",
		"(2021)最高法知民终5号":    "最高人民法院",
		"(2023)黔01执5号":      "贵州省贵阳市中级人民法院",
	} {
		n, err := casenumber.Parse(typed)
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := Default().BySign(n.Court); !ok || c.Name != want {
			t.Errorf("%s belongs to %q, want %q", typed, c.Name, want)
		}
	}
	for _, sign := range []string{"", "粤9999", "例0199", "南山"} {
		if c, ok := Default().BySign(sign); ok {
			t.Errorf("%q belongs to %q", sign, c.Name)
		}
	}
}

func TestProcuratorate(t *testing.T) {
	for court, want := range map[string]string{
		"深圳市南山区人民法院":   "深圳市南山区人民检察院",
		"广东省深圳市中级人民法院": "广东省深圳市人民检察院",
		"广东省高级人民法院":    "广东省人民检察院",
		"最高人民法院":       "最高人民检察院",
		"北京市第一中级人民法院":  "北京市人民检察院第一分院",
		"广州铁路运输法院":     "",
		"上海金融法院":       "",
	} {
		if got, ok := Procuratorate(court); got != want || ok != (want != "") {
			t.Errorf("%s → %q %v, want %q", court, got, ok, want)
		}
	}
}

func TestSearch(t *testing.T) {
	cases := []struct{ q, first string }{
		{"深圳市南山区人民法院", "深圳市南山区人民法院"},
		{"深圳市南山", "深圳市南山区人民法院"},
		{"深圳南山", "深圳市南山区人民法院"},
		{"深圳南山法院", "深圳市南山区人民法院"},
		{" 深圳 南山区 法院 ", "深圳市南山区人民法院"},
		{"广东南山", "深圳市南山区人民法院"},
		{"广东省深圳市南山区人民法院", "深圳市南山区人民法院"},
		{"深圳中院", "广东省深圳市中级人民法院"},
		{"深圳市中级人民法院", "广东省深圳市中级人民法院"},
		{"广东高院", "广东省高级人民法院"},
		{"最高院", "最高人民法院"},
		{"最高法", "最高人民法院"},
		{"北京朝阳法院", "北京市朝阳区人民法院"},
		{"广州铁路法院", "广州铁路运输法院"},
		{"粤0305", "深圳市南山区人民法院"},
		{"粤０３０５", "深圳市南山区人民法院"},
		{"黔01", "贵州省贵阳市中级人民法院"},
	}
	for _, c := range cases {
		t.Run(c.q, func(t *testing.T) {
			got := Default().Search(c.q, 5)
			if len(got) == 0 || got[0].Name != c.first || len(got) > 5 {
				t.Errorf("Search = %v, want %s first", names(got), c.first)
			}
		})
	}
	if got := names(Default().Search("南山法院", 10)); !slices.Contains(got, "深圳市南山区人民法院") || !slices.Contains(got, "鹤岗市南山区人民法院") {
		t.Errorf("both 南山 courts are wanted: %v", got)
	}
	for _, q := range []string{"", "  ", "。。", "没有这个地方法院"} {
		if got := Default().Search(q, 5); len(got) > 0 {
			t.Errorf("Search(%q) = %v", q, names(got))
		}
	}
	if got := Default().Search("深圳", 0); got != nil {
		t.Errorf("limit 0 gave %v", names(got))
	}
	if got := Default().Search("人民法院", 7); len(got) != 7 {
		t.Errorf("limit 7 gave %d", len(got))
	}
}

// Every court is found by its own name, first, and by its sign.
func TestEveryCourtIsFound(t *testing.T) {
	tree := Default()
	rapid.Check(t, func(t *rapid.T) {
		c := tree.courts[rapid.IntRange(0, tree.Len()-1).Draw(t, "court")]
		if got := tree.Search(c.Name, 1); len(got) != 1 || got[0] != c {
			t.Fatalf("Search(%s) = %v", c.Name, got)
		}
		if got, ok := tree.BySign(c.Sign); c.Sign != "" && (!ok || got != c) {
			t.Fatalf("BySign(%s) = %v", c.Sign, got)
		}
		if got, ok := tree.ByID(c.ID); !ok || got != c {
			t.Fatalf("ByID(%s) = %v", c.ID, got)
		}
	})
}

// Whatever is typed, what is found contains every character that tells courts apart.
func TestSearchFindsOnlyWhatWasTyped(t *testing.T) {
	tree := Default()
	rapid.Check(t, func(t *rapid.T) {
		name := []rune(tree.courts[rapid.IntRange(0, tree.Len()-1).Draw(t, "court")].Name)
		from := rapid.IntRange(0, len(name)-1).Draw(t, "from")
		q := string(name[from:rapid.IntRange(from+1, len(name)).Draw(t, "to")])
		for _, c := range tree.Search(q, 20) {
			for _, r := range spoken(said.Replace(q)) {
				if !strings.ContainsRune(c.Province+c.Name, r) {
					t.Fatalf("%s found %s", q, c.Name)
				}
			}
		}
	})
}

func TestNewTreeRefuses(t *testing.T) {
	cases := map[string][]Court{
		"twice":          {{Name: "甲", Level: 1}, {Name: "甲", Level: 2, Parent: "甲"}},
		"without a name": {{Level: 1}},
		"not there":      {{Name: "甲", Level: 4, Parent: "乙"}},
		"two courts":     {{Name: "甲", Level: 1, Sign: "粤"}, {Name: "乙", Level: 2, Parent: "甲", Sign: "粤"}},
	}
	for name, courts := range cases {
		if _, err := NewTree(courts); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// Ids stand in databases and exports: they may never change.
func TestIDOfIsStable(t *testing.T) {
	id := IDOf("深圳市南山区人民法院")
	if got := uuid.MustParse(id).Version(); got != 5 {
		t.Errorf("version %d", got)
	}
	if want := "16dd7983-9a16-5d62-9cc8-d7b61b4defcc"; id != want {
		t.Errorf("IDOf = %s", id)
	}
}

func names(courts []Court) []string {
	out := make([]string, 0, len(courts))
	for _, c := range courts {
		out = append(out, c.Name)
	}
	return out
}

func BenchmarkSearch(b *testing.B) {
	tree := Default()
	b.ReportAllocs()
	for b.Loop() {
		if len(tree.Search("深圳南山法院", 10)) == 0 {
			b.Fatal("nothing found")
		}
	}
}
