package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestJourneyAppraisal: a home was appraised below what the flat next door sold for, and the fee is above the list an administrator keeps. The
// page says both with its sums, and the objection to the appraisal is written.
func TestJourneyAppraisal(t *testing.T) {
	twoWays(t, func(j *journey) {
		j.pricesFees()
		d := &debtor{j.enter("debtor", phone), j.in("13812341653", "home@example.cn")}
		d.visit("/my/appraisal")
		d.signIn()
		d.at("/my/appraisal")
		d.pick("kind", "home")
		d.fill("institution", "例评估")
		d.fill("value", j.in("八十万", "much"))
		d.fill("fee", "4300")
		d.press(mainForm + button)
		d.is(422)
		d.fill("value", "800000")
		d.do("open the prices", clickOn("main summary"))
		d.fill("price1", "1000000")
		d.fill("where1", j.in("同小区成交", "a sale next door"))
		d.press(mainForm + button)
		d.at("/my/appraisal/result")
		d.says(j.word("appraisal.fee_above", "Over", "¥300.00"), j.word("appraisal.lower", "N", 20), j.in("例价目", "sample list"))
		d.press("#appraisal" + button)
		draft := d.its()
		d.open(draft + "/q/what_happened")
		d.says("¥800,000.00")
	})
}

// pricesFees is the administrator's work: one line of a fee list, 5 per mille of everything.
func (j *journey) pricesFees() {
	j.t.Helper()
	admin := j.signedIn("guanli")
	admin.open("/staff/admin/fees")
	admin.do("choose a kind", chromedp.SetValue("#add-fee [name=kind]", "home", chromedp.ByQuery))
	for name, text := range map[string]string{"source": j.in("例价目", "sample list"), "year": "2026", "month": "1", "day": "1", "rate1": "5"} {
		admin.fill(name, text)
	}
	admin.press("#add-fee" + button)
	admin.is(200)
}
