package supervisor_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"reliefportal/app/apptest"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// another is a second court under the one that supervises, so that courts can be compared.
const another = "深圳市福田区人民法院"

// heard has 14 people of Nanshan and 6 of Futian answer, and one of each refuse. In Nanshan 9 were spoken to politely, 5 were not; in Futian
// all were.
func heard(t *testing.T, p *webtest.Portal) (programme string) {
	t.Helper()
	w := &apptest.World{App: p.App, Time: p.Clock}
	programme = w.Programme(t)
	said := func(body, outcome, polite string) apptest.Interview {
		return apptest.Interview{Body: body, Outcome: outcome, Answers: map[string]string{"P13": "no", "P1": "4", "P5": "4", "P6": "2", "P11": "2", "P7": polite}}
	}
	var all []apptest.Interview
	for i := range 14 {
		if i < 9 {
			all = append(all, said(asked, "upheld", "5"))
		} else {
			all = append(all, said(asked, "rejected", "2"))
		}
	}
	for range 6 {
		all = append(all, said(another, "rejected", "4"))
	}
	w.Hold(t, programme, w.Staff(t, "huifang.1"), append(all, apptest.Interview{Body: asked}, apptest.Interview{Body: another})...)
	return programme
}

// TestSaid: of 22 people drawn 20 answered; who was spoken to politely is shown of all, by court with its interval, and by result; tables hold the
// same. A supervisor of another court, and staff without that right, find nothing.
func TestSaid(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		here := "/staff/figures/calls?programme=" + heard(t, p)
		c := p.SignInStaff(t, "duban")
		c.Get(here).Is(200).Says(zh("said.asked", "N", 22, "Answered", 20), "90.9 %", "工作人员对我说话有礼貌", "75.0 %", asked, another, "100.0 %", "60–100 %",
			zh("said.interviewers_few", "Callers", 3, "Each", 5, "All", 30), zh("said.granted"))
		c.Get(here+"&item=P7").Is(200).Says("64.3 %", "38–84 %")
		c.Get(here + "&item=P7&body=" + p.Directory.BodyID(t.Context(), asked)).Is(200).Says("64.3 %")
		c.Get(here + "&body=nobody").Is(404)
		c.Get(here + "&item=P99").Is(404)
		c.Get(here + "&quarter=2026-Q9").Is(404)
		c.Get(here + "&quarter=2026-Q3").Is(200).Says(zh("said.asked", "N", 0, "Answered", 0))
		c.Get("/staff/figures/calls?programme=" + store.NewID()).Is(404)
		file := string(c.Get(strings.Replace(here, "calls?", "calls.csv?", 1)).Is(200).Body)
		for _, want := range []string{"\ufeff", "P7 工作人员对我说话有礼貌。,", "0.7500,20", "RR1"} {
			if !strings.Contains(file, want) {
				t.Errorf("the table does not hold %q:\n%s", want, file)
			}
		}
		book, err := excelize.OpenReader(bytes.NewReader(c.Get(strings.Replace(here, "calls?", "calls.xlsx?", 1)).Is(200).Body))
		if err != nil || book.SheetCount < 8 {
			t.Errorf("the workbook has %d pages (%v)", book.SheetCount, err)
		}
		p.SignInStaff(t, "shenji").Get(here).Is(200).Says("75.0 %").SaysNot(zh("finding.list"))
		for _, login := range []string{"nanshan.shen1", "huifang.1", "nanshan.zhixing"} {
			p.SignInStaff(t, login).Get(here).Is(404)
		}
	})
}

// TestExport: whoever asks for the answers person by person gets them as a file, with nobody alone in it and no free words; nobody else gets
// the file, and with too few people nobody does.
func TestExport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		w := &apptest.World{App: p.App, Time: p.Clock}
		programme, caller := w.Programme(t), w.Staff(t, "huifang.1")
		hold := func(n int) {
			for range n {
				w.Hold(t, programme, caller, apptest.Interview{Body: asked, Outcome: "upheld", Answers: map[string]string{"P13": "no", "P1": "4", "P5": "4", "P6": "4", "P11": "2", "P7": "5"}})
			}
		}
		hold(4)
		c := p.SignInStaff(t, "duban")
		ordered := func() string {
			c.SubmitAt("/staff/figures/calls?programme="+programme, form, webtest.Fields{}).Is(200).Says(zh("export.waiting"))
			here := c.Page.Path()
			p.Work(t)
			return here
		}
		few := ordered()
		c.Get(few).Is(200).Says(zh("export.refused"))
		c.Get(few + "/file").Is(404)
		hold(2)
		here := ordered()
		c.Get(here).Is(200).Says(zh("export.done"), zh("export.progress_of", "Done", 6, "All", 6))
		file := string(c.Get(here + "/file").Is(200).Body)
		if want := "2026-Q4,served-respondent,phone,granted,no,4,4,4,2,5\n"; strings.Count(file, want) != 6 || !strings.HasPrefix(file, "\ufeffquarter,stratum,mode,result,P13,P1,P5,P6,P11,P7\n") {
			t.Errorf("the file: %s", file)
		}
		book, err := excelize.OpenReader(bytes.NewReader(c.Get("/staff/figures/codebook.xlsx?programme=" + programme).Is(200).Body))
		if err != nil || book.SheetCount != 1 {
			t.Errorf("the codebook: %v", err)
		}
		p.SignInStaff(t, "shenji").Get(here + "/file").Is(404)
		p.Clock.Add(8 * 24 * time.Hour)
		if err := p.Calls.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.SignInStaff(t, "duban").Get(here).Is(404)
	})
}

// TestSaidOfFew: with four people at a court nobody learns what they said, from no table.
func TestSaidOfFew(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	w := &apptest.World{App: p.App, Time: p.Clock}
	programme := w.Programme(t)
	var all []apptest.Interview
	for i := range 12 {
		x := apptest.Interview{Body: asked, Answers: map[string]string{"P13": "no", "P1": "4", "P5": "4", "P6": "4", "P11": "2", "P7": "5"}}
		if i > 7 {
			x.Body, x.Answers["P7"] = another, "1"
		}
		all = append(all, x)
	}
	w.Hold(t, programme, w.Staff(t, "huifang.1"), all...)
	c := p.SignInStaff(t, "duban")
	c.Get("/staff/figures/calls?item=P7&programme="+programme).Is(200).Says(zh("figures.few")).SaysNot("66.7 %", "33.3 %", "61.5 %")
}
