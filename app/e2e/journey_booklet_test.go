package e2e

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestJourneyBooklet: somebody answers the questions at home and takes the booklet along on paper; a clerk types its code, changes one
// answer as told, reads everything back, and hands it in with the signature on paper.
func TestJourneyBooklet(t *testing.T) {
	eachWay(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), "13812340073"}
		draft := j.answered(d)
		d.open(draft + "/booklet")
		code := d.bookletCode(draft)
		clerk := j.signedIn("nanshan.lian")
		clerk.press("header a[href='/staff/assist']")
		clerk.at("/staff/assist")
		clerk.fill("code", strings.ToLower(code))
		clerk.press("form[action='/staff/assist/booklet']" + button)
		if !strings.HasPrefix(clerk.path, draft) {
			clerk.fail("the code does not lead to the draft")
		}
		clerk.open(draft + "/q/request?to=check")
		clerk.reply(write("请解除对工资账户的冻结，留足生活费。"))
		clerk.at(draft + "/readback")
		clerk.says("请解除对工资账户的冻结，留足生活费。", j.word("typed.staff", "Body", execCourt))
		clerk.pick("made", "paper")
		clerk.press("main form:has(input[name=made])" + button)
		clerk.at(draft + "/receipt")
		receipt := clerk.text(".code")
		clerk.paperSays(draft+"/receipt.pdf", receipt)
		clerk.open("/staff/assist/session")
		clerk.press("main form[action='/staff/assist/end']" + button)
		clerk.fill("code", code)
		clerk.press("form[action='/staff/assist/booklet']" + button)
		clerk.is(http.StatusUnprocessableEntity) // what was handed in has no code any more
		d.open(draft + "/progress")
		d.says(receipt, j.word("event.assist_opened"), j.word("event.by_staff", "Body", execCourt))
	})
}

var codeOnPaper = regexp.MustCompile(`[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}`)

// bookletCode sends the form of the page, as a browser would, and reads the code on the paper that comes.
func (d *debtor) bookletCode(draft string) string {
	d.t.Helper()
	form := url.Values{"_csrf": {d.eval("document.querySelector('main form [name=_csrf]').value")}}
	request, err := http.NewRequestWithContext(d.t.Context(), http.MethodPost, d.j.base+d.eval("document.querySelector('main form').getAttribute('action')"),
		strings.NewReader(form.Encode()))
	if err != nil {
		d.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range d.cookies() {
		request.AddCookie(c)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	reader := exec.CommandContext(d.t.Context(), "pdftotext", "-raw", "-", "-")
	if reader.Err != nil {
		if os.Getenv("CI") == "" {
			d.t.Skip("the paper cannot be read without poppler-utils")
		}
		d.t.Fatal(reader.Err)
	}
	reader.Stdin = answer.Body
	read, err := reader.Output()
	code := codeOnPaper.FindString(string(read))
	if err != nil || code == "" {
		rest, _ := io.ReadAll(answer.Body)
		d.fail("no code on the booklet of %s: %s, %v\n%s%s", draft, answer.Status, err, read, rest)
	}
	return code
}
