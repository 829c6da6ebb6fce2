package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Selectors of the one form of a page and its filled button.
const (
	mainForm = "main form[method=post]"
	button   = " button.govuk-button"
)

// answer is what somebody does with one question: choose options, write a text or a date, or say that he does not know. The zero answer
// leaves the question as it is.
type answer struct {
	choose string
	write  string
	date   []string
	unsure bool
}

func choose(value string) answer { return answer{choose: value} }

func write(text string) answer { return answer{write: text} }

func date(y, m, d int) answer {
	return answer{date: []string{strconv.Itoa(y), strconv.Itoa(m), strconv.Itoa(d)}}
}

// reply fills the question on the page and goes on.
func (w *window) reply(a answer) {
	w.t.Helper()
	switch {
	case a.choose != "":
		w.pick("value", a.choose)
	case a.write != "":
		w.fill("value", a.write)
	case a.date != nil:
		for i, part := range []string{"year", "month", "day"} {
			w.fill(part, a.date[i])
		}
	case a.unsure && w.has("input[name=value][value=unsure]"):
		w.pick("value", "unsure")
	case a.unsure:
		w.pick("unsure", "1")
	}
	w.press(mainForm + button)
	w.is(200)
}

// guess is how a question the journey has no word for is answered: as it stands when facts were carried over, else "I do not know" where the
// page offers it, else the first choice.
func (w *window) guess() answer {
	w.t.Helper()
	switch {
	case w.has("main input:checked, main input[name=value][type=text]:not([value='']), main input[name=year]:not([value=''])"):
		return answer{}
	case w.has("main input[value=unsure], main input[name=unsure]"):
		return answer{unsure: true}
	case w.has("main input[type=radio]"):
		return choose(w.eval("document.querySelector('main input[type=radio]').value"))
	}
	return answer{}
}

// pick clicks the label of a radio button or a checkbox, as a finger does.
func (w *window) pick(name, value string) {
	w.t.Helper()
	selector := "main input[name=" + name + "][value=" + quoted(value) + "]"
	if !w.has(selector) {
		w.fail("there is no %s to choose", selector)
	}
	id := w.eval("document.querySelector(" + quoted(selector) + ").id")
	w.do("choose "+selector, chromedp.Click("label[for="+quoted(id)+"]", chromedp.ByQuery))
	if w.eval("document.querySelector("+quoted(selector)+").checked") != "true" {
		w.fail("clicking the label of %s does not choose it", selector)
	}
}

// choose takes one value of a list that opens.
func (w *window) choose(name, value string) {
	w.t.Helper()
	selector := "main select[name=" + name + "]"
	if !w.has(selector + " option[value=" + quoted(value) + "]") {
		w.fail("there is no %s in %s", value, selector)
	}
	w.do("choose "+value, chromedp.SetValue(selector, value, chromedp.ByQuery))
}

// fill writes into a field, as a keyboard with an input method does: what was there goes, the words come at once.
func (w *window) fill(name, text string) {
	w.t.Helper()
	selector := "main form:not([role=search]) [name=" + name + "]:not([type=hidden])"
	if !w.has(selector) {
		w.fail("there is no field %s", name)
	}
	w.do("write into "+name, chromedp.Focus(selector, chromedp.ByQuery), chromedp.Evaluate("document.activeElement.select()", nil), input.InsertText(text))
	if got := w.eval("document.querySelector(" + quoted(selector) + ").value"); got != text {
		w.fail("wrote %q into %s and it holds %q", text, name, got)
	}
}

// upload hands a file in through the form of the page and waits until the page lists it.
func (w *window) upload(kind, path string) {
	w.t.Helper()
	w.do("choose a file", chromedp.SetValue("main select[name=kind]", kind, chromedp.ByQuery),
		chromedp.SetUploadFiles("main input[type=file]", []string{path}, chromedp.ByQuery))
	send := "main form[enctype]" + button
	name := filepath.Base(path)
	if !w.j.scripts {
		w.press(send)
	} else { // the script sends it and shows the answer without leaving the page
		w.do("upload", chromedp.Click(send, chromedp.ByQuery))
		w.wait("the file "+name+" is listed", func() bool {
			listed := "[...document.querySelectorAll('.files')].some(f => f.textContent.includes(" + quoted(name) + "))"
			return w.eval(listed) == "true" && w.eval("document.readyState") == "complete"
		})
		w.arrived()
	}
	w.says(name)
}

// wait asks again and again until it is so.
func (w *window) wait(what string, so func() bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); !so(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			w.fail("waited in vain until %s", what)
		}
	}
}

// quoted writes a text as a literal of a script.
func quoted(s string) string {
	out, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string can always be written
	}
	return string(out)
}

// paper writes a PDF of one page into the folder of the test.
func (j *journey) paper(name string) string {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, body := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return j.file(name, b.Bytes())
}

// photo writes a JPEG into the folder of the test.
func (j *journey) photo(name string) string {
	picture := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for i := range 320 * 240 {
		picture.Set(i%320, i/320, color.RGBA{R: uint8(i % 251), G: uint8(i / 320), B: 90, A: 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, nil); err != nil {
		j.t.Fatal(err)
	}
	return j.file(name, b.Bytes())
}

func (j *journey) file(name string, content []byte) string {
	path := filepath.Join(j.t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		j.t.Fatal(err)
	}
	return path
}
