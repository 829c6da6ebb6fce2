package e2e

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"reliefportal/app/apptest"
	"reliefportal/app/i18n"
	"reliefportal/app/insight"
	"reliefportal/app/store/storetest"
)

// TestJourneyCallFigures: a supervisor reads what people said in callbacks, takes it away as tables, has the answers made up for research; when
// the quarter is over anybody reads on a telephone what was found.
func TestJourneyCallFigures(t *testing.T) {
	for _, way := range []struct {
		name, lang string
		scripts    bool
	}{{"zh", i18n.Chinese, true}, {"en-noscript", i18n.English, false}} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			j := begin(t, storetest.SQLite(t), way.lang, way.scripts)
			j.readFigures(j.heard())
			j.world.Time.Set(apptest.CallingTime.AddDate(0, 0, 90))
			if err := j.world.Calls.Publish(t.Context()); err != nil {
				t.Fatal(err)
			}
			anybody := j.enter("telephone", phone)
			anybody.open("/")
			anybody.press("footer a[href='/callbacks']")
			anybody.at("/callbacks")
			anybody.says(j.word("callbacks.asked", "Drawn", 22, "Answered", 16), "62.5 %", j.word("callbacks.respondent"), j.word("callbacks.how_small"))
			anybody.saysNot(execCourt)
		})
	}
}

// heard has 16 people answer, ten of whom were spoken to politely, and six refuse.
func (j *journey) heard() (programme string) {
	j.t.Helper()
	j.world.Time.Set(apptest.CallingTime)
	programme = j.world.Programme(j.t)
	caller := j.world.Staff(j.t, "huifang.1")
	for i := range 22 {
		x := apptest.Interview{Body: execCourt, Outcome: "rejected"}
		if i < 16 {
			x.Answers = map[string]string{"P13": "no", "P1": "4", "P5": "4", "P6": "2", "P11": "2", "P7": "5"}
		}
		if i < 6 {
			x.Answers["P7"] = "1"
		}
		j.world.Hold(j.t, programme, caller, x)
	}
	return programme
}

// readFigures goes through the page of a supervisor.
func (j *journey) readFigures(programme string) {
	s := j.signedIn("duban")
	s.follow(j.word("said.list"))
	s.at("/staff/figures/calls")
	s.do("choose what to see", chromedp.SetValue("#programme", programme, chromedp.ByQuery))
	s.press("main form.sift" + button)
	s.do("choose the item", chromedp.SetValue("#item", "P7", chromedp.ByQuery))
	s.press("main form.sift" + button)
	s.says(j.word("said.asked", "N", 22, "Answered", 16), "62.5 %", execCourt, j.word("said.rejected"), j.word("said.checks"))
	if table := string(s.fetched(s.href("calls.csv"), insight.CSVType)); !strings.Contains(table, "0.6250,16") {
		s.fail("the table holds other figures: %s", table)
	}
	book, err := excelize.OpenReader(bytes.NewReader(s.fetched(s.href("calls.xlsx"), insight.XLSXType)))
	if err != nil || book.SheetCount < 8 {
		s.fail("the workbook: %v", err)
	}
	s.press("main form[action='/staff/figures/exports']" + button)
	s.says(j.word("export.waiting"))
	j.world.Work(j.t)
	s.follow(j.word("export.again"))
	s.says(j.word("export.done"), j.word("export.progress_of", "Done", 16, "All", 16))
	if file := string(s.fetched(s.href("/file"), insight.CSVType)); strings.Count(file, ",served-respondent,phone,rejected,") != 16 {
		s.fail("the answers: %s", file)
	}
}

// href is the address of the link on the page that has a text in it.
func (w *window) href(part string) string {
	return w.eval("document.querySelector(" + quoted("main a[href*='"+part+"']") + ").getAttribute('href')")
}

// fetched downloads a file of a kind with the cookies of the window.
func (w *window) fetched(path, kind string) []byte {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.j.base+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range w.cookies() {
		request.AddCookie(c)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), kind) {
		w.t.Fatalf("%s: %s, %s, %v", path, answer.Status, answer.Header.Get("Content-Type"), err)
	}
	return raw
}
