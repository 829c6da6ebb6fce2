package e2e

import "testing"

// TestJourneyAssets: savings and a car are sealed for a debt that the savings alone would pay. The page works out that too much is held, proposes
// what could go first by the person's wish, and the request to release the rest is filed with the sums in it.
func TestJourneyAssets(t *testing.T) {
	twoWays(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), j.in("13812341651", "assets@example.cn")}
		j.answered(d)
		d.open("/my/assets")
		d.says(j.word("assets.none"))
		j.owns(d, "savings", "200000")
		j.owns(d, "car", "80000")
		d.open("/my/assets")
		d.fill("claim", j.in("五万", "fifty thousand"))
		d.press("#debt" + button)
		d.is(422)
		d.says(j.word("error.one"))
		d.fill("claim", "50,000")
		d.fill("costs", "1000")
		d.do("the car may go first", clickOn("#debt .govuk-checkboxes__item:last-child label"))
		d.press("#debt" + button)
		d.is(200)
		d.says("¥51,000.00", "¥280,000.00", "¥229,000.00", j.word("assets.proposal"), j.word("assets.file_over"))
		d.press("#over" + button)
		draft := d.its()
		d.open(draft + "/q/what_happened")
		d.says("¥229,000.00")
		d.open(draft + "/check")
		d.says("¥280,000.00")
	})
}

// owns writes one thing into the list of assets: what it is worth, and that it is sealed.
func (j *journey) owns(d *debtor, kind, value string) {
	d.t.Helper()
	d.open("/my/means/g/assets/" + kind)
	d.fill("amount", value)
	d.pick("seized", "yes")
	d.press(mainForm + button)
	d.at("/my/means/g/assets")
}
