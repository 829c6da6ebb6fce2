package e2e

import (
	"testing"
	"time"
)

// TestJourneyR16: somebody whose case it is not was fined for not helping, and has the decision since Friday 30 October. The three days end on
// Monday 2 November, which is today: the way is found, the last day shown, and the court above has it in the last minute of that day.
func TestJourneyR16(t *testing.T) {
	eachWay(t, func(j *journey) {
		d := &debtor{j.enter("outsider", phone), j.in("13812341616", "outsider@example.cn")}
		d.follow(j.word("start.go"))
		d.find(map[string]answer{"topic": choose("sanction"), "role": choose("helper"), "sanction": choose("fine"), "sanction_served_on": date(2026, 10, 30)})
		d.says(j.in("不服罚款、拘留，请上一级法院看", "Against a fine or detention, ask the court above"), j.day(2026, 11, 2), j.in("《民事诉讼法》第119条", "Civil Procedure Law"))
		d.press("#door-R16 a.govuk-button")
		d.at("/doors/R16")
		d.follow(j.word("door.act"))
		d.signIn()
		draft := d.start()
		d.giveCase(caseNumber)
		reason := j.in("通知没有送到，我不知道要协助。", "The notice never reached me, so I did not know that I was to help.")
		d.write(map[string]answer{"name": write("何远"), "id_number": {}, "why_wrong": write(reason), "request": write(j.in("撤销罚款决定。", "Revoke the fine."))})
		d.open(draft + "/check")
		d.says("何远", reason, aboveCourt, j.day(2026, 11, 2))
		j.world.Time.Set(civil(2026, 11, 2).EndUTC().Add(-time.Minute))
		d.back(draft + "/check")
		code := d.file()
		d.says(aboveCourt, j.day(2026, 11, 2), j.in("没有过期", "in time"))
		j.told(d.contact, code)
	})
}
