package e2e

import (
	"net/http"
	"testing"
	"time"
)

// TestJourneySecondDevice: a filing is begun on a telephone and gone on with at a desk. Signing in there leads to the first page without an answer
// and says what was found; what one device writes the other never overwrites unseen, neither on a page nor on the check page.
func TestJourneySecondDevice(t *testing.T) {
	eachWay(t, func(j *journey) {
		contact := j.in("13812342222", "two.devices@example.cn")
		first := &debtor{j.enter("telephone", phone), contact}
		first.visit("/doors/R01")
		first.follow(j.word("door.act"))
		first.signIn()
		draft := first.start()
		first.giveCase(caseNumber)
		first.reply(write("林晓芸"))
		first.reply(answer{})
		first.reply(write(j.in("冻结工资卡", "Freezing of the wage card")))
		first.at(draft + "/q/act_served_on")

		j.world.Time.Add(time.Minute)
		second := &debtor{j.enter("desk", desktop), contact}
		second.visit("/signin")
		second.signIn()
		second.at(draft + "/q/act_served_on")
		second.says(j.in("找到了您的草稿", "We found your draft"))

		first.open(draft + "/q/act")
		second.open(draft + "/q/act")
		atDesk, onPhone := j.in("冻结尾号 6071 的卡", "Freezing of card 6071"), j.in("冻结两张工资卡", "Freezing of two wage cards")
		second.reply(write(atDesk))
		first.fill("value", onPhone)
		first.press(mainForm + button)
		first.is(http.StatusConflict)
		first.says(atDesk)
		if typed := first.eval("document.querySelector('main [name=value]').value"); typed != onPhone {
			first.fail("what was typed is gone: %q", typed)
		}
		first.press(mainForm + button)
		first.is(http.StatusOK)

		second.open(draft + "/q/what_happened")
		second.write(map[string]answer{
			"what_happened": write(j.in("账户里都是工资。", "The account holds wages only.")), "request": write(j.in("解除冻结。", "Lift the freeze.")),
			"moved": choose("no"), "security_offer": {},
		})
		second.open(draft + "/check")
		second.says(onPhone)
		first.open(draft + "/q/request")
		changed := j.in("解除冻结，退回已扣的钱。", "Lift the freeze and return what was taken.")
		first.reply(write(changed))
		second.pick("declare", "1")
		second.press("main form:has(input[name=declare])" + button)
		second.is(http.StatusConflict)
		second.at(draft + "/check")
		second.says(j.word("check.changed"), changed)
		second.file()
		first.visit(draft + "/q/request")
		first.at(draft + "/receipt")
		first.says(j.word("draft.is_filed"))
	})
}
