package e2e

import (
	"testing"
	"time"
)

// TestJourneyRestriction: everything was paid on Wednesday 28 October, so the listing has to end by Monday 2 November, three working days on. The
// person writes it down, sees the countdown, looks again when the day has passed, and finds the request for a correction written.
func TestJourneyRestriction(t *testing.T) {
	twoWays(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), j.in("13812341652", "listed@example.cn")}
		d.visit("/my/restrictions")
		d.signIn()
		d.open("/my/restrictions")
		d.says(j.word("restriction.none"))
		d.follow(j.word("restriction.add"))
		d.reply(choose("list"))
		d.reply(choose("paid"))
		d.says(j.in("哪天还清的？", "On which day was it paid?"))
		d.reply(date(2026, 10, 28))
		d.says(j.day(2026, 11, 2), j.word("restriction.must"))
		one := d.path
		j.sees(d, "still")
		d.says(j.word("restriction.not_yet"))
		j.world.Time.Add(24 * time.Hour)
		d.back(one)
		j.sees(d, "still")
		d.says(j.word("restriction.drafted"))
		d.follow(j.word("restriction.open_draft"))
		draft := d.its()
		d.open(draft + "/q/what_happened")
		d.says(j.in("10月28日", "28 October"), j.in("11月2日", "2 November"))
		d.open(one)
		j.sees(d, "gone")
		d.says(j.word("restriction.ended_gone"))
	})
}

// sees answers whether a restriction is still there.
func (j *journey) sees(d *debtor, what string) {
	d.t.Helper()
	d.pick("seen", what)
	d.press("main form:has([name=seen])" + button)
	d.is(200)
}
