package supervisor_test

import (
	"net/http"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/callback"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

const (
	asked = "深圳市南山区人民法院"
	owner = "广东省深圳市中级人民法院"
	reply = "我们查了当天的通话记录，已经要求改正，并向您说明结果。"
	form  = "main form[method=post]"
)

// zh gives the Chinese words of a key, which the tests of the words look after.
func zh(key string, kv ...any) string { return i18n.T(i18n.Chinese, key, kv...) }

// found opens a finding about Nanshan, owned by the court above it.
func found(t *testing.T, p *webtest.Portal) string {
	t.Helper()
	now, pack := p.Clock.Now(), p.Packs.All()[0]
	body, above := p.Directory.BodyID(t.Context(), asked), p.Directory.BodyID(t.Context(), owner)
	person, filing, called, id := store.NewID(), store.NewID(), store.NewID(), store.NewID()
	err := p.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		for _, step := range []func() error{
			func() error {
				return tx.Exec("INSERT INTO person (id, kind, created_at, updated_at) VALUES (?, 'debtor', ?, ?)", person, now, now).Error
			},
			func() error {
				return tx.Exec(`INSERT INTO filing (id, status, version, remedy, pack_id, pack_hash, person_id, lang, facts_sealed, submit_key, created_at, updated_at)
VALUES (?, 'draft', 1, 'R01', ?, ?, ?, 'zh-Hans', ?, ?, ?, ?)`, filing, pack.ID, pack.Hash, person, []byte{1}, filing, now, now).Error
			},
			func() error {
				return tx.Create(&callback.Case{ID: called, FilingID: filing, PersonID: person, BodyID: body, Reason: "decided",
					Instrument: pack.Surveys[0].ID, PackHash: pack.Hash, Lang: "zh-Hans", Kind: rules.Treatment, Party: rules.Respondent, ByPhone: true, Status: callback.Open, Version: 1, DueAt: now, CloseBy: now,
					CreatedAt: now, UpdatedAt: now}).Error
			},
			func() error {
				return tx.Create(&callback.Finding{ID: id, CaseID: called, Kind: "improper_contact", BodyID: body, OwnerBodyID: above,
					Status: callback.FindingOpen, Version: 1, TakeBy: now.AddDate(0, 0, 1), AnswerBy: now.AddDate(0, 0, 7), CreatedAt: now}).Error
			},
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestFinding takes a finding on and answers the person; nobody answers what he has not taken.
func TestFinding(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		id := found(t, p)
		here := "/staff/findings/" + id
		c := p.SignInStaff(t, "duban")
		c.Page.At("/staff/findings").Says(callback.Short(id), asked, owner, zh("ring.finding_open"))
		c.Get(here).Is(200).Says(asked, zh("ring.do_take"))
		c.Submit(form, webtest.Fields{}).Is(422).Says(zh("answer.choose"))
		c.Submit(form, webtest.Fields{"disposition": "take"}).Is(200).At(here).Says("林峰", zh("ring.do_answer"))
		c.Submit(form, webtest.Fields{"disposition": "answer", "result": "confirmed", "text": ""}).Is(422).Says(zh("finding.answer_missing"))
		c.Submit(form, webtest.Fields{"disposition": "answer", "result": "confirmed", "text": "您是老赖，我们查过了。"}).Is(422).Says(zh("answer.wording", "Words", "老赖"))
		c.Submit(form, webtest.Fields{"disposition": "answer", "result": "confirmed", "text": reply}).Is(200).At(here).Says(zh("ring.finding_answered"), reply)
		if c.Page.Has(form) {
			t.Error("an answered finding can be answered again")
		}
		c.Get("/staff/findings").SaysNot(here)
	})
}

// TestStaleAnswer keeps what was written when the finding has changed meanwhile.
func TestStaleAnswer(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	id := found(t, p)
	c := p.SignInStaff(t, "duban")
	c.SubmitAt("/staff/findings/"+id, form, webtest.Fields{"disposition": "take"}).Is(200)
	err := p.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return tx.Exec("UPDATE finding SET version = version + 1 WHERE id = ?", id).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	page := c.Submit(form, webtest.Fields{"disposition": "answer", "result": "confirmed", "text": reply}).Is(http.StatusConflict)
	if got := page.Text("textarea[name=text]"); got != reply {
		t.Errorf("of the words typed %q are left", got)
	}
	c.Submit(form, nil).Is(200).Says(zh("ring.finding_answered"))
}

// TestFindingIsolation: only supervisors of the owner see a finding.
func TestFindingIsolation(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	id := found(t, p)
	for _, login := range []string{"nanshan.shen1", "nanshan.lian", "huifang.1", "shenzhen.shen1", "guanli", "shenji"} {
		c := p.SignInStaff(t, login)
		c.GetRaw("/staff/findings/" + id).Is(http.StatusNotFound)
		c.GetRaw("/staff/findings").Is(http.StatusNotFound)
	}
}
