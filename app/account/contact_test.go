package account_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/account"
)

func TestParseContact(t *testing.T) {
	mobile := account.Contact{Kind: account.Mobile, Value: phone}
	mail := account.Contact{Kind: account.Email, Value: "lin@example.cn"}
	for typed, want := range map[string]account.Contact{
		"13800138000": mobile, " 138 0013 8000 ": mobile, "138-0013-8000": mobile, "+86 13800138000": mobile, "8613800138000": mobile,
		"１３８００１３８０００": mobile, "＋８６　138 0013 8000": mobile, "008613800138000": mobile,
		"lin@example.cn": mail, " Lin@Example.CN ": mail, "ｌｉｎ＠ｅｘａｍｐｌｅ．ｃｎ": mail,
		"a.b+c@mail.example.com": {Kind: account.Email, Value: "a.b+c@mail.example.com"},
	} {
		if got, err := account.ParseContact(typed); err != nil || got != want {
			t.Errorf("%q: %v, err %v", typed, got, err)
		}
	}
	for _, typed := range []string{
		"", " ", "1380013800", "138001380001", "02083123456", "12345678901", "95588", "+14155552671", "13800138000x12", "1380013800o",
		"lin", "lin@", "@example.cn", "lin@example", "lin@.cn.", "林 <lin@example.cn>", "lin@example.cn\r\nBcc: x@y.cn", "a b@example.cn",
		"lin@example.cn, b@c.cn", strings.Repeat("a", 250) + "@b.cn", "1-800-FLOWERS", "138\x0000138000",
	} {
		if got, err := account.ParseContact(typed); key(err) != "contact signin.contact_bad" {
			t.Errorf("%q: %v, err %v", typed, got, err)
		}
	}
}

func TestParseContactIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`(\+?86)? ?1[3-9]\d{9}`), rapid.StringMatching(`[A-Za-z.]{1,8}@[a-z]{1,8}\.cn`)).Draw(t, "typed")
		once, err := account.ParseContact(typed)
		if err != nil {
			return
		}
		if again, err := account.ParseContact(once.Value); err != nil || again != once {
			t.Fatalf("%q gives %v, and that gives %v, err %v", typed, once, again, err)
		}
	})
}
