package public_test

import (
	"strings"
	"testing"

	"reliefportal/app/apptest"
	"reliefportal/app/i18n"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

func zh(key string, kv ...any) string { return i18n.T(i18n.Chinese, key, kv...) }

// TestCallbacksPublished: the quarter stays unpublished until 30 days after its end; then everybody reads of how many people what was found,
// in both languages and as a table, and what is asked afterwards changes nothing of it.
func TestCallbacksPublished(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		w := &apptest.World{App: p.App, Time: p.Clock}
		programme, caller := w.Programme(t), w.Staff(t, "huifang.1")
		for i := range 25 {
			x := apptest.Interview{Body: "深圳市南山区人民法院"}
			if i < 20 {
				x.Answers = map[string]string{"P13": "no", "P1": "4", "P5": "4", "P6": "4", "P11": "1", "P7": "5"}
			}
			if i < 6 {
				x.Answers["P13"] = "yes"
			}
			if i > 11 && i < 20 {
				x.Answers["P7"] = "2"
			}
			w.Hold(t, programme, caller, x)
		}
		publish := func() {
			t.Helper()
			if err := p.Calls.Publish(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		c := p.Browser(t)
		p.Clock.Set(webtest.Morning.AddDate(0, 0, 68)) // 30 January
		publish()
		c.Get("/callbacks").Is(200).Says(zh("callbacks.none", "Days", 30))
		c.Get("/callbacks?quarter=2026-Q4").Is(404)
		c.Get("/callbacks.csv").Is(200)
		p.Clock.Set(webtest.Morning.AddDate(0, 0, 69)) // 31 January
		publish()
		first := c.Get("/callbacks").Is(200)
		first.Says(zh("callbacks.asked", "Drawn", 25, "Answered", 20), "80.0 %", "60.0 %", "30.0 %", zh("callbacks.open"), zh("callbacks.respondent"), "P7 工作人员对我说话有礼貌。")
		first.SaysNot("南山", "林峰", "· "+zh("callbacks.creditor"))
		file := string(c.Get("/callbacks.csv?quarter=2026-Q4").Is(200).Body)
		if !strings.Contains(file, "P7 工作人员对我说话有礼貌。,") || !strings.Contains(file, "0.6000,20") {
			t.Errorf("the table: %s", file)
		}
		p.Clock.Set(webtest.Morning.AddDate(0, 0, 1))
		w.Hold(t, programme, caller, apptest.Interview{Body: "深圳市南山区人民法院"})
		p.Clock.Set(webtest.Morning.AddDate(0, 0, 70))
		publish()
		c.Get("/callbacks").Is(200).Says(zh("callbacks.asked", "Drawn", 25, "Answered", 20))
		en := p.Browser(t)
		en.Language = "en"
		en.Get("/callbacks?quarter=2026-Q4").Is(200).Says("25 people were drawn, and 20 answered.", "Quarter 4 of 2026")
		if err := db.Read(t.Context()).Exec("UPDATE figure_release SET data = '{}'").Error; err == nil {
			t.Error("what was published can be changed")
		}
	})
}
