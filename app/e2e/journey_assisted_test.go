package e2e

import (
	"net/http"
	"testing"
	"time"
)

// helpLine is where the helper of the journeys works.
const helpLine = "深圳法律援助热线"

// TestJourneyAssisted: somebody calls the legal aid line. The helper sends a code, the person reads it out, the helper types, reads everything
// back, and hands it in; the person finds it in the account, with who typed it, and the helper sees it no more.
func TestJourneyAssisted(t *testing.T) {
	eachWay(t, func(j *journey) {
		const contact = "13812340072"
		helper := j.signedIn("bangzhu.1")
		helper.at("/staff/assist")
		helper.fill("contact", contact)
		helper.pick("how", "phone")
		helper.press("form[action='/staff/assist']" + button)
		helper.says(j.word("assist.script"))
		helper.fill("code", j.code(contact))
		helper.press("form[action='/staff/assist/code']" + button)
		helper.at("/staff/assist/session")
		helper.pick("remedy", "R01")
		helper.press("#begin" + button)
		typing := &debtor{helper.window, contact}
		draft := typing.draft("/case")
		typing.says(j.word("assist.for_somebody"))
		typing.giveCase(caseNumber)
		typing.write(map[string]answer{"name": write("林晓芸"), "act": write("冻结工资卡"), "what_happened": write("账户里都是工资。"), "request": write("解除冻结。")})
		helper.open(draft + "/check")
		helper.at(draft + "/readback")
		helper.says("林晓芸", j.word("typed.staff", "Body", helpLine))
		helper.press("main form:has(input[name=made])" + button)
		helper.is(http.StatusUnprocessableEntity)
		helper.says(j.word("readback.made_empty"))
		helper.pick("made", "oral")
		helper.press("main form:has(input[name=made])" + button)
		helper.at(draft + "/receipt")
		code := helper.text(".code")
		helper.open("/staff/assist/session")
		helper.says(code, j.word("assist.told"))
		helper.press("main form[action='/staff/assist/end']" + button)
		helper.says(j.word("assist.ended"))
		helper.hidden(draft + "/receipt")

		j.world.Time.Add(time.Minute) // so that the code asked for now is the newest message
		d := &debtor{j.enter("debtor", phone), contact}
		d.visit(draft + "/progress")
		d.signIn()
		d.at(draft + "/progress")
		d.says(code, j.word("event.by_staff", "Body", helpLine))
		d.follow(j.word("rep.link"))
		d.says(j.word("rep.typed"), j.word("typed.staff", "Body", helpLine))
		j.told(contact, code)
	})
}
