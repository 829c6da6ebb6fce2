package e2e

import "testing"

// TestJourneyReminder: somebody wishes to be asked every three months whether life has changed, is told the day, and takes the wish back.
func TestJourneyReminder(t *testing.T) {
	twoWays(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), j.in("13812341654", "later@example.cn")}
		d.visit("/my/changed")
		d.signIn()
		d.open("/my/changed")
		d.follow(j.word("remind.title"))
		d.pick("months", "3")
		d.press(mainForm + button)
		d.says(j.word("remind.saved"), j.word("remind.next", "Date", j.day(2027, 2, 2)))
		d.pick("months", "0")
		d.press(mainForm + button)
		d.says(j.word("remind.saved"))
		d.saysNot(j.day(2027, 2, 2))
	})
}
