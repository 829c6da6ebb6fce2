package e2e

import (
	"strings"
	"testing"
	"time"
)

// TestJourneyR21: somebody under consumption limits has to travel to an operation on 9 November. The way is found, the request filed a week before, and
// as others see this telephone, messages and calendar are made neutral before anything is handed in.
func TestJourneyR21(t *testing.T) {
	eachWay(t, func(j *journey) {
		d := &debtor{j.enter("traveller", phone), "13812342121"}
		d.follow(j.word("start.go"))
		d.find(map[string]answer{"topic": choose("restriction"), "restriction": choose("consumption"), "restriction_reason": choose("trip"),
			"trip_on": date(2026, 11, 9), "trip_reason": choose("illness")})
		d.press("#door-R21 a.govuk-button")
		d.at("/doors/R21")
		d.follow(j.word("door.act"))
		d.signIn()
		draft := d.start()
		d.giveCase(caseNumber)
		story := j.in("11月9日要到广州住院手术，坐普通火车要一整天，医生说不行。", "I am to be operated on in Guangzhou on 9 November, and cannot sit in a slow train all day.")
		d.write(map[string]answer{"name": write("何远"), "id_number": {}, "trip_on": date(2026, 11, 9), "trip_reason": choose("illness"), "what_happened": write(story),
			"request": write(j.in("请允许11月8日至9日坐一次高铁。", "Please allow one journey by fast train on 8 and 9 November."))})
		d.visit("/my/contact/neutral")
		d.pick("value", "yes")
		d.press(mainForm + button)
		d.at("/my/contact")
		d.says(j.word("contact.neutral.yes"))
		d.visit(draft + "/check")
		d.says("何远", story, execCourt)
		j.world.Time.Add(time.Minute) // so that the receipt is the newest message
		code := d.file()
		j.world.Work(j.t)
		j.told(d.contact, j.word("notice.neutral.news"))
		for _, m := range j.messages(d.contact)[:1] {
			if spaceless(m) == "" || strings.Contains(m, code) || strings.Contains(m, j.in("门径", "Menjing")) {
				j.t.Fatalf("the message gives away what it is about: %s", m)
			}
		}
		d.visit(draft + "/progress")
		d.says(j.word("meanwhile.title"), j.in("只放开这一次，别的执行照常。", "Only this journey is allowed"))
		d.calendarSays(draft+"/dates.ics", "BEGIN:VCALENDAR", "SUMMARY:"+j.word("dates.neutral"), "DTSTART;VALUE=DATE:20261103")
	})
}
