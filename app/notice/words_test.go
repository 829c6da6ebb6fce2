package notice

import (
	"strings"
	"testing"
	"unicode/utf8"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
)

// longest are arguments as long as they get.
func longest() map[string]any {
	return map[string]any{
		"code": "7K4M-92QF", "address": "https://portal.test/s/x", "number": "7K4M", "body": "新疆维吾尔自治区克孜勒苏柯尔克孜自治州中级人民法院", "due": calendar.NewDate(2026, 12, 30),
		"until": calendar.NewDate(2026, 11, 25), "old": calendar.NewDate(2026, 12, 24), "on": calendar.NewDate(2026, 11, 12),
		"to": "黑龙江省齐齐哈尔市梅里斯达斡尔族区人民法院", "above": "新疆维吾尔自治区高级人民法院生产建设兵团分院",
	}
}

func each(t *testing.T, check func(t *testing.T, lang string, w words)) {
	t.Helper()
	for kind := range kinds {
		for _, lang := range i18n.Languages {
			t.Run(kind+" "+lang, func(t *testing.T) {
				for w := kinds[kind]; ; w = *w.otherwise {
					check(t, lang, w)
					if w.otherwise == nil {
						break
					}
				}
			})
		}
	}
}

func TestTextMessages(t *testing.T) {
	each(t, func(t *testing.T, lang string, w words) {
		got := w.sms(lang, style{}, longest())
		most, begins := 70, "【门径】"
		if lang == i18n.English {
			most, begins = 160, "[Menjing] "
		}
		if n := utf8.RuneCountInString(got); n > most {
			t.Errorf("%d characters, at most %d: %s", n, most, got)
		}
		if !strings.HasPrefix(got, begins) {
			t.Errorf("does not begin with %s: %s", begins, got)
		}
		for _, never := range []string{"http", "www", "://", "法院", "检察", "法庭", "执行", "被告", "ourt", "nforce", "debt", "！", "!", "尽快", "<", "{{"} {
			if strings.Contains(got, never) {
				t.Errorf("contains %q: %s", never, got)
			}
		}
		if lang == i18n.English && strings.IndexFunc(got, func(r rune) bool { return r > '~' }) >= 0 {
			t.Errorf("not in the short alphabet of text messages: %s", got)
		}
	})
}

func TestEmails(t *testing.T) {
	each(t, func(t *testing.T, lang string, w words) {
		subject, body := w.email(lang, style{}, longest())
		if n := utf8.RuneCountInString(subject); n == 0 || n > 78 || strings.ContainsAny(subject, "\r\n") {
			t.Errorf("subject of %d characters: %q", n, subject)
		}
		if !strings.HasSuffix(body, i18n.T(lang, "notice.scam")+"\n") {
			t.Errorf("the note against fraud is not last: %s", body)
		}
		if strings.Contains(subject+body, "http") != w.link {
			t.Errorf("a link where none may be, or none where there must be: %s", body)
		}
		for _, never := range []string{"！", "尽快", "{{", "<no value>", "法院不"} {
			if strings.Contains(subject+body, never) {
				t.Errorf("contains %q: %s", never, body)
			}
		}
	})
}

// TestNeutral: a message to somebody who asked for neutral words says nothing of the matter, in any kind, channel and language, and carries the
// code word. A new kind is covered the moment it has words.
func TestNeutral(t *testing.T) {
	each(t, func(t *testing.T, lang string, w words) {
		args := longest()
		if w.opens || w.refuses {
			args["code"] = "20394857"
		}
		st := style{neutral: true, word: "青山"}
		subject, body := w.email(lang, st, args)
		text := w.sms(lang, st, args)
		never := []string{"门径", "enjing", "法院", "ourt", "检察", "执行", "nforce", "申请", "pplication", "回执", "eceipt", "裁定", "决定", "ecision", "送达", "12368", "12348",
			"7K4M", "新疆", "债", "debt", "http", "{{", "<no value>"}
		for _, s := range append(never, i18n.T(lang, "notice.help"), i18n.T(lang, "notice.scam")) {
			if strings.Contains(subject+body+text, s) {
				t.Errorf("says %q: %s / %s / %s", s, subject, body, text)
			}
		}
		for what, said := range map[string]string{"e-mail": body, "text message": text} {
			if !strings.Contains(said, "青山") {
				t.Errorf("the %s has no code word: %s", what, said)
			}
			if (w.opens || w.refuses) && !strings.Contains(said, "20394857") {
				t.Errorf("the %s has no code: %s", what, said)
			}
		}
		if w.mine != "" && !strings.Contains(text, shortDate(lang, args[w.mine].(calendar.Date))) {
			t.Errorf("the person's own day is not told: %s", text)
		}
		if n := utf8.RuneCountInString(text); n > 60 && lang == i18n.Chinese {
			t.Errorf("%d characters: %s", n, text)
		}
	})
}

// TestCodeWord: whoever has set a code word finds it in every message that is not neutral, too.
func TestCodeWord(t *testing.T) {
	each(t, func(t *testing.T, lang string, w words) {
		_, body := w.email(lang, style{word: "青山"}, longest())
		if text := w.sms(lang, style{word: "青山"}, longest()); !strings.Contains(body, "青山") || !strings.HasSuffix(text, " 青山") {
			t.Errorf("%s / %s", body, text)
		}
	})
}

// TestWhoByWhenWhatIfNot looks for the four lines in every message about something that waits for somebody.
func TestWhoByWhenWhatIfNot(t *testing.T) {
	for _, kind := range []string{"submitted", "accepted", "supplement", "supplement_answered", "supplement_lapsed", "designated", "refused", "decided", "served", "draft_expiring"} {
		args := longest()
		_, zh := kinds[kind].email(i18n.Chinese, style{}, args)
		for _, want := range []string{"现在由谁办：", "哪天前：2026年1", "做什么：", "过期了："} {
			if strings.Count(zh, want) != 1 {
				t.Errorf("%s: not once %q: %s", kind, want, zh)
			}
		}
		_, en := kinds[kind].email(i18n.English, style{}, args)
		for _, want := range []string{"\nBy: ", "\nTo do: "} {
			if strings.Count(en, want) != 1 {
				t.Errorf("%s: not once %q: %s", kind, want, en)
			}
		}
	}
}

func TestServedWithoutAWindow(t *testing.T) {
	args := longest()
	with := kinds["served"].fitting(args).sms(i18n.Chinese, style{}, args)
	delete(args, "until")
	without := kinds["served"].fitting(args).sms(i18n.Chinese, style{}, args)
	args["until"] = calendar.Date{}
	if !strings.Contains(with, "11月25日（周三）") || strings.Contains(without, "最晚") || kinds["served"].fitting(args).sms(i18n.Chinese, style{}, args) != without {
		t.Errorf("%s / %s", with, without)
	}
}
