package kit

import (
	"slices"
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"没有数字", "没有数字"},
		{"到 10月8日（周四）前", `到 <span class="nb">10月8日（周四）</span>前`},
		{"2026年10月8日（周四）14:06", `<span class="nb">2026年10月8日（周四）</span><span class="nb">14:06</span>`},
		{"by Thursday 8 October 2026, 14:06", `by <span class="nb">Thursday 8 October 2026</span>, <span class="nb">14:06</span>`},
		{"案号（2026）例0102执1234号。", `案号<span class="nb num">（2026）例0102执1234号</span>。`},
		{"剩 ¥4,940.00", `剩 <span class="nb">¥4,940.00</span>`},
		{"**停** 了", "<b>停</b> 了"},
		{"3501**********002X", "3501**********002X"},
		{"发到 138 **** 6071", `发到 <span class="nb">138 **** 6071</span>`},
		{"一\n二\r\n三", "一<br>二<br>三"},
		{"<b>1</b> & \"2\"", "&lt;b&gt;1&lt;/b&gt; &amp; &#34;2&#34;"},
		{"**<i>**", "<b>&lt;i&gt;</b>"},
	} {
		if got := markup(c.in); got != c.want {
			t.Errorf("markup(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("**a** 10月8日 <script>")
	f.Fuzz(func(t *testing.T, s string) {
		out := markup(s)
		for i := 0; i < len(out); i++ {
			if out[i] == '<' && !known(out[i:]) {
				t.Fatalf("markup(%q) lets %q through", s, out[i:min(i+12, len(out))])
			}
		}
	})
}

func known(s string) bool {
	for _, tag := range []string{"<b>", "</b>", "<br>", `<span class="nb">`, `<span class="nb num">`, "</span>"} {
		if len(s) >= len(tag) && s[:len(tag)] == tag {
			return true
		}
	}
	return false
}

func TestCites(t *testing.T) {
	var b strings.Builder
	cites := []Cite{{Text: "《民事诉讼法》第236条", Href: "/rules?a=1&b=2"}, {Text: "<x>", Note: "对过原文"}, {Text: "y", Href: "javascript:alert(1)"}}
	if err := Cites(Page{Lang: "zh-Hans"}, cites).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	want := `<span class="cite"><a href="/rules?a=1&amp;b=2">《民事诉讼法》第236条</a>；&lt;x&gt;<span class="cite__note">（对过原文）</span>；<a href="about:invalid#TemplFailedSanitizationURL">y</a></span>`
	if b.String() != want {
		t.Errorf("got  %s\nwant %s", b.String(), want)
	}
}

// TestPhrases takes headings apart where a line may break, and loses nothing.
func TestPhrases(t *testing.T) {
	for heading, want := range map[string][]string{
		"账户里给您留生活费了吗？":    {"账户里给您留生活费了吗？"},
		"法院的期限过了，还没有结果":   {"法院的期限过了，", "还没有结果"},
		"您的身份证号码是？（可以不填）": {"您的身份证号码是？", "（可以不填）"},
		"选文件（可以一次选几份）":    {"选文件", "（可以一次选几份）"},
		"（2026）例0102执1号":  {"（2026）例0102执1号"},
		"支持了。接下来看它做到没有。":  {"支持了。", "接下来看它做到没有。"},
		"What is it?": {"What is it?"},
		"":            {""},
	} {
		if got := phrases(heading); !slices.Equal(got, want) || strings.Join(got, "") != heading {
			t.Errorf("%q is taken apart to %q, want %q", heading, got, want)
		}
	}
}
