package e2e

import (
	"testing"

	"reliefportal/app/i18n"
)

// TestJourneyR05: the wife of somebody who owes, herself no party to the case, asks the court to leave her half alone. She reads the application as the
// court will, hands it in, and takes the PDF home; it says what she typed, her rare name included.
func TestJourneyR05(t *testing.T) {
	eachWay(t, func(j *journey) {
		d := &debtor{j.enter("spouse", phone), j.in("13912346072", "gong@example.cn")}
		name, story := "龚䶮𬭎", j.in("房子是我们结婚以后买的，首付里有我父母的十万元。\n债是他一个人借的，我没有签过字。", "We bought the home after we married; my parents paid part of it.\nThe debt is his alone, and I never signed.")
		request := j.in("请中止对我那一半的执行。", "Please suspend enforcement on my half.")
		others := j.in("申请执行人：某某小额贷款公司", "Applicant for enforcement: a lending company")
		d.follow(j.word("start.go"))
		d.find(map[string]answer{"topic": choose("outsider"), "role": choose("outsider"), "third_claim": choose("spouse"), "prior": choose("none"), "title_kind": choose("judgment"), "sale_stage": choose("sealed")})
		d.press("#door-R05 a.govuk-button")
		d.at("/doors/R05")
		d.follow(j.word("door.act"))
		d.signIn()
		draft := d.start()
		d.giveCase(caseNumber)
		d.write(map[string]answer{"name": write(name), "id_number": write("11010519491231002X"), "other_parties": write(others),
			"act":           write(j.in("查封南山区的一套住房", "Sealing of a home in Nanshan")),
			"what_happened": write(story), "request": write(request), "moved": choose("no")})
		d.upload("rights_proof", j.paper("结婚证和购房合同.pdf"))
		d.follow(j.word("button.continue"))
		d.giveAddress("深圳市南山区常兴路 1 号 2 栋", "no")
		d.at(draft + "/check")
		d.says("1101**********002X", "深圳市南山区常兴路 1 号 2 栋")
		d.saysNot("11010519491231002X")
		d.follow(j.word("check.application"))
		d.at(draft + "/application")
		d.says("案外人异议申请书", name, request, others, "1101**********002X")
		d.visit(draft + "/application/print")
		d.says("11010519491231002X")
		d.visit(draft + "/check")
		code := d.file()
		j.world.Work(j.t)
		d.visit(draft + "/receipt")
		d.follow(j.word("receipt.application"))
		d.at(draft + "/application")
		d.paperSays(draft+"/application.pdf", "案外人异议申请书", "异议人（案外人）", name, "11010519491231002X", others, story, request, "结婚证和购房合同.pdf",
			"《民事诉讼法》第238条", "此致", execCourt, code, "送达地址确认书", "■ 不同意")
		if j.lang == i18n.English {
			d.paperSays(draft+"/application.pdf?copy=en", "This is a reading copy", "Third-Party Objection", name, story, request)
		}
	})
}
