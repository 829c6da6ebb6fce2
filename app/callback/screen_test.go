package callback

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/packs"
)

func TestScreen(t *testing.T) {
	for _, c := range []struct {
		name, words string
		gone        []string
		kept        string
	}{
		{"identity number", "身份证440305198001011234被他念出来了", []string{"440305198001011234"}, "被他念出来了"},
		{"identity number with X", "是44030519800101123X。", []string{"44030519800101123X"}, "。"},
		{"mobile with gaps", "打的是138 0013 8000这个号", []string{"0013", "8000"}, "这个号"},
		{"card", "卡号6222 0212 3456 7890 123被冻结", []string{"6222", "7890"}, "被冻结"},
		{"mail", "发到 lin.xy@example.org 了", []string{"lin.xy", "example"}, "发到"},
		{"case number", "（2024）粤0305执1234号这个案子", []string{"0305", "1234"}, "这个案子"},
		{"his own name", "林晓芸说了没人听", []string{"林晓芸"}, "说了没人听"},
		{"name said by himself", "我叫黄大川，没人解释", []string{"黄大川"}, "没人解释"},
		{"official by name", "张法官说话很凶", []string{"张法官"}, "说话很凶"},
		{"place", "他们把我家深圳市南山区桃园路12号3栋贴出来了", []string{"桃园路", "12号", "南山区"}, "贴出来了"},
		{"English", "Judge Zhang told me, my name is Lin Xiao", []string{"Zhang", "Lin Xiao"}, "told me"},
		{"nothing personal", "多解释一下，少跑几趟", nil, "多解释一下，少跑几趟"},
		{"small numbers stay", "等了 3 个月，跑了12趟", nil, "等了 3 个月，跑了12趟"},
	} {
		got, hidden := Screen(c.words, "林晓芸")
		for _, g := range c.gone {
			if strings.Contains(got, g) {
				t.Errorf("%s: %q still holds %q", c.name, got, g)
			}
		}
		if !strings.Contains(got, c.kept) || (hidden > 0) != (len(c.gone) > 0) {
			t.Errorf("%s: %q, %d hidden", c.name, got, hidden)
		}
	}
}

// TestScreenHidesNumbers: no run of seven digits or more, however spaced, is left.
func TestScreenHidesNumbers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		digits := rapid.StringMatching(`1[3-9](?:[ -]?[0-9]){9}`).Draw(r, "number")
		before, after := rapid.SampledFrom([]string{"", "打", "电话是 ", "call "}).Draw(r, "before"), rapid.SampledFrom([]string{"", "。", " 谢谢"}).Draw(r, "after")
		got, hidden := Screen(before + digits + after)
		if strings.ContainsAny(got, "0123456789") || hidden == 0 {
			r.Fatalf("%q became %q", before+digits+after, got)
		}
	})
}

func TestSpeaksOfHarm(t *testing.T) {
	set, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	care := set.All()[0].Care
	for words, want := range map[string]bool{
		"我真的不想活了": true, "他说要打死我": true, "I want to  DIE": true, "被打伤住院": true,
		"": false, "说话客气一点": false, "我的生活费不够": false, "They answered quickly": false,
	} {
		if SpeaksOfHarm(care, words) != want {
			t.Errorf("%q: want %t", words, want)
		}
	}
}
