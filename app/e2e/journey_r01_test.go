package e2e

import "testing"

// TestJourneyR01: somebody whose wages are taken objects, with evidence and with a means statement that he fills in on the way. The statement
// says what is left, line by line; the reviewer sees the same figures.
func TestJourneyR01(t *testing.T) {
	eachWay(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), "13812340081"}
		draft := j.answered(d)
		d.upload("statement", j.photo("流水.jpg"))
		d.open(draft + "/means")
		d.follow(j.word("means.attach_fill"))
		j.stateMeans(d, "5400")
		say := j.in("家里 1 口人每月剩 ¥3,750.00；现在每月扣 ¥2,800.00", "your household of 1 has ¥3,750.00 left a month; the order takes ¥2,800.00")
		d.says(say)
		d.open(draft + "/means")
		d.press("main button[name=attach]")
		d.at(draft + "/check")
		d.says(say)
		code := d.file()
		desk := j.signedIn("nanshan.lian")
		desk.take(code)
		desk.follow(j.in("家庭收支表，", "Means statement, added"))
		desk.says(say, "¥1,650.00")
	})
}

// stateMeans fills in the means statement from its first page to its result: one person, a wage, rent, and ¥2,800 taken a month.
func (j *journey) stateMeans(d *debtor, wage string) {
	d.t.Helper()
	d.at("/my/means")
	d.follow(j.word("means.part_household"))
	d.pick("household", "alone")
	d.press(mainForm + button)
	done := func(next string) {
		d.t.Helper()
		d.press("main button[name=done]")
		d.at(next)
	}
	d.at("/my/means/g/people")
	done("/my/means/g/income")
	d.follow(j.in("工资（到手的）", "Wages (what reaches you)"))
	d.press(mainForm + button) // nothing typed is never zero
	d.is(422)
	d.says(j.word("means.amount_missing"))
	d.fill("amount", wage)
	d.press(mainForm + button)
	d.at("/my/means/g/income")
	done("/my/means/g/costs")
	d.follow(j.in("房租", "Rent"))
	d.fill("amount", "1650")
	d.press(mainForm + button)
	done("/my/means/g/debts")
	done("/my/means/g/assets")
	done("/my/means/order")
	d.pick("how", "monthly")
	d.fill("amount", "2800")
	d.pick("every", "monthly")
	d.press(mainForm + button)
	d.at("/my/means")
	d.follow(j.word("means.see"))
	d.at("/my/means/result")
}
