package reviewer_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/webtest"
)

// The case of the tests: a wage account frozen by the court of Nanshan.
const (
	caseNumber = "（2024）粤0305执1234号"
	execCourt  = "深圳市南山区人民法院"
	docket     = "（2026）粤0305执异56号"
	applicant  = "林晓芸"
	reasons    = "账户里全部是工资，裁定没有为申请人留出生活所必需的费用。"
	form       = "main form[method=post]"
)

// zh gives the Chinese words of a key, which the tests of the words look after.
func zh(key string, kv ...any) string { return i18n.T(i18n.Chinese, key, kv...) }

// debtor makes a person with this contact.
func debtor(t testing.TB, p *webtest.Portal, contact string) account.Actor {
	t.Helper()
	if err := p.Accounts.RequestCode(t.Context(), contact, "browser", "zh-Hans"); err != nil {
		t.Fatal(err)
	}
	person, err := p.Accounts.VerifyCode(t.Context(), contact, p.CodeFor(t, contact), "browser")
	if err != nil {
		t.Fatal(err)
	}
	actor, err := p.Accounts.ActorOf(t.Context(), person.ID)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// draft opens a draft of an objection with every answer it needs. court may be empty: then no rule can say whose it is.
func draft(t testing.TB, p *webtest.Portal, who account.Actor, court string) filing.Filing {
	t.Helper()
	facts := rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(court), filing.FactApplicant: rules.Said(applicant),
		"act": rules.Said("冻结工资卡"), "what_happened": rules.Said("全部冻结。"), "request": rules.Said("解除冻结。"), "moved": rules.Pick("no"),
	}
	if court == "" {
		facts[filing.FactExecCourt] = rules.Unsure()
	}
	f, err := p.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: facts})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func submitted(t testing.TB, p *webtest.Portal, who account.Actor, f filing.Filing) filing.Filing {
	t.Helper()
	f, _, err := p.Filings.Submit(t.Context(), who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// filed is a filing on the docketing desk of Nanshan.
func filed(t testing.TB, p *webtest.Portal, contact string) filing.Filing {
	t.Helper()
	who := debtor(t, p, contact)
	return submitted(t, p, who, draft(t, p, who, execCourt))
}

// docketed is a filing on the desk of the review division, given to nobody.
func docketed(t testing.TB, p *webtest.Portal, contact string) filing.Filing {
	t.Helper()
	f := filed(t, p, contact)
	f, err := p.Reviews.Accept(t.Context(), staff(t, p, "nanshan.lian"), f.ID, f.Version, docket)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// staff is a demo member of staff as an actor.
func staff(t testing.TB, p *webtest.Portal, login string) account.Actor {
	t.Helper()
	var id string
	if err := p.DB.Read(t.Context()).Table("staff_login").Where("login = ?", login).Pluck("person_id", &id).Error; err != nil || id == "" {
		t.Fatalf("no login %s: %v", login, err)
	}
	actor, err := p.Accounts.ActorOf(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// took notes that a member of staff took part in the measure of the case.
func took(t testing.TB, p *webtest.Portal, login string) {
	t.Helper()
	part := review.Participant{ID: store.NewID(), BodyID: p.Directory.BodyID(t.Context(), execCourt), CaseNumber: caseNumber,
		PersonID: staff(t, p, login).PersonID, Part: "took", CreatedAt: p.Clock.Now()}
	if err := p.DB.Tx(t.Context(), func(tx *gorm.DB) error { return p.Reviews.RecordParticipant(tx, part) }); err != nil {
		t.Fatal(err)
	}
}

// happened counts the entries of a kind in the record of a filing.
func happened(t testing.TB, p *webtest.Portal, id, kind string) int64 {
	t.Helper()
	var n int64
	err := p.DB.Read(t.Context()).Table("audit_event").Where("subject_type = 'filing' AND subject_id = ? AND kind = ?", id, kind).Count(&n).Error
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// picture is a small photograph.
func picture(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
