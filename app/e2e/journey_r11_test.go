package e2e

import "testing"

// TestJourneyR11: somebody fell ill. The statement of before is there; he changes the wage and adds the medicine, sees before and now side by
// side, and files for living costs to be left. The reviewer gets the same comparison.
func TestJourneyR11(t *testing.T) {
	eachWay(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), "13812340082"}
		j.answered(d)
		d.open("/my/means")
		j.stateMeans(d, "5400")
		d.open("/my/changed")
		d.says(j.in("法院也不能因此把判决要付的数改小", "No court can cut the sum of the judgment"))
		d.pick("kinds", "illness")
		d.press(mainForm + button)
		d.at("/my/changed/lines")
		d.press(".cards a.act")
		d.fill("amount", "1800")
		d.press(mainForm + button)
		d.at("/my/changed/lines")
		d.open("/my/means/g/costs")
		d.follow(j.in("看病吃药", "Doctors and medicine"))
		d.fill("amount", "980")
		d.press(mainForm + button)
		d.at("/my/changed/lines")
		d.follow(j.word("changed.go_compare"))
		minus := j.in("家里 1 口人每月不够 ¥830.00", "your household of 1 is short by ¥830.00 a month")
		d.says(minus, "¥5,400.00", "¥1,800.00", "¥980.00")
		d.open("/my/means/result")
		d.says(j.word("means.nothing_title"))
		d.open("/my/changed/compare")
		d.press("main button[name=file]")
		code := j.finish(d)
		desk := j.signedIn("nanshan.zhixing")
		desk.take(code)
		desk.follow(j.in("家庭收支表，", "Means statement, added"))
		desk.says(minus, j.word("means.desk_before"), "¥5,400.00", "¥1,800.00", j.in("我或家人生病、受伤", "fell ill or was hurt"))
	})
}

// finish answers what a draft still asks, skips the papers, and files it.
func (j *journey) finish(d *debtor) (code string) {
	d.t.Helper()
	draft := d.its()
	words := map[string]string{"request": j.in("每月留出 3000 元。", "Leave ¥3,000 a month.")}
	for range mostQuestions {
		id := d.path[len(draft):]
		if len(id) < len("/q/") || id[:len("/q/")] != "/q/" {
			break
		}
		if text, ok := words[id[len("/q/"):]]; ok {
			d.reply(write(text))
			continue
		}
		d.reply(d.guess())
	}
	d.open(draft + "/check")
	return d.file()
}
