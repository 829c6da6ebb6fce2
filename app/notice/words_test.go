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
		"code": "7K4M-92QF", "body": "新疆维吾尔自治区克孜勒苏柯尔克孜自治州中级人民法院", "due": calendar.NewDate(2026, 12, 30),
		"until": calendar.NewDate(2026, 11, 25), "old": calendar.NewDate(2026, 12, 24), "on": calendar.NewDate(2026, 11, 12),
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
		got := w.sms(lang, longest())
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
		subject, body := w.email(lang, longest())
		if n := utf8.RuneCountInString(subject); n == 0 || n > 78 || strings.ContainsAny(subject, "\r\n") {
			t.Errorf("subject of %d characters: %q", n, subject)
		}
		if !strings.HasSuffix(body, i18n.T(lang, "notice.scam")+"\n") {
			t.Errorf("the note against fraud is not last: %s", body)
		}
		for _, never := range []string{"http", "！", "尽快", "{{", "<no value>", "法院不"} {
			if strings.Contains(subject+body, never) {
				t.Errorf("contains %q: %s", never, body)
			}
		}
	})
}

// TestWhoByWhenWhatIfNot looks for the four lines in every message about something that waits for somebody.
func TestWhoByWhenWhatIfNot(t *testing.T) {
	for _, kind := range []string{"submitted", "accepted", "supplement", "supplement_answered", "supplement_lapsed", "designated", "refused", "decided", "served", "draft_expiring"} {
		args := longest()
		_, zh := kinds[kind].email(i18n.Chinese, args)
		for _, want := range []string{"现在由谁办：", "哪天前：2026年1", "做什么：", "过期了："} {
			if strings.Count(zh, want) != 1 {
				t.Errorf("%s: not once %q: %s", kind, want, zh)
			}
		}
		_, en := kinds[kind].email(i18n.English, args)
		for _, want := range []string{"\nBy: ", "\nTo do: "} {
			if strings.Count(en, want) != 1 {
				t.Errorf("%s: not once %q: %s", kind, want, en)
			}
		}
	}
}

func TestServedWithoutAWindow(t *testing.T) {
	args := longest()
	with := kinds["served"].fitting(args).sms(i18n.Chinese, args)
	delete(args, "until")
	without := kinds["served"].fitting(args).sms(i18n.Chinese, args)
	args["until"] = calendar.Date{}
	if !strings.Contains(with, "11月25日（周三）") || strings.Contains(without, "最晚") || kinds["served"].fitting(args).sms(i18n.Chinese, args) != without {
		t.Errorf("%s / %s", with, without)
	}
}
