package debtor_test

import (
	"bytes"
	"testing"

	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestAddressForService: proposed but not consented to beforehand; nothing typed is lost on an error; what was handed over stays when the consent
// is taken back.
func TestAddressForService(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	checked(t, c, id)
	c.Page.Says("还没有填")
	address := "/my/f/" + id + "/address"
	c.Get(address).Is(200).Says("《民事诉讼法》第90条")
	if c.Page.Attr("#name", "value") != "林晓芸" || c.Page.Attr("#email", "value") != contactOf(t) || c.Page.Has("input[name=consent][checked]") {
		t.Errorf("not proposed, or consented to beforehand: %s", c.Page.Body)
	}
	c.Submit(mainForm, webtest.Fields{"address": "深圳市南山区常兴路 1 号", "phone": "打 12345", "email": "lin.example.cn", "consent": "yes"}).Is(422).
		Says("电话里只写数字", "邮箱的样子")
	if c.Page.Text("#address") != "深圳市南山区常兴路 1 号" || c.Page.Attr("#phone", "value") != "打 12345" || !c.Page.Has("input[value=yes][checked]") {
		t.Errorf("what was typed is lost: %s", c.Page.Body)
	}
	c.Submit(mainForm, webtest.Fields{"phone": "0755-12345678", "email": "lin@example.cn"}).Is(200).At("/my/f/"+id+"/check").Says("深圳市南山区常兴路 1 号", "0755-12345678", "同意")
	c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/" + id + "/receipt")
	c.Get("/my/f/" + id + "/progress").Is(200)
	c.Follow("改送达地址").Is(200).At(address)
	if !c.Page.Has("input[value=yes][checked]") {
		t.Error("the consent is not shown")
	}
	c.Submit(mainForm, webtest.Fields{"consent": "no"}).Is(200).At("/my/f/"+id+"/progress").Says("送达地址改好了", "文书寄纸质的")

	var f filing.Filing
	if err := p.DB.Read(t.Context()).Where("id = ?", id).Take(&f).Error; err != nil {
		t.Fatal(err)
	}
	facts, err := p.Filings.Facts(f)
	if err != nil {
		t.Fatal(err)
	}
	now, err := p.Filings.Address(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if filed := filing.AddressIn(facts); filed.Consent != rules.Yes || now.Consent != rules.No || now.Address != filed.Address {
		t.Errorf("handed over %+v, now %+v", filed, now)
	}
	var sealed [][]byte
	if err := p.DB.Read(t.Context()).Table("service_address").Pluck("sealed", &sealed).Error; err != nil || len(sealed) != 1 {
		t.Fatalf("%d changes are kept: %v", len(sealed), err)
	}
	if bytes.Contains(sealed[0], []byte("常兴路")) {
		t.Error("the address is stored in the open")
	}
}

// TestIdentityIsDoubtedOnce: a number that does not hold together is asked about, never refused, and shown masked ever after.
func TestIdentityIsDoubtedOnce(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	giveCase(c)
	at := "/my/f/" + id + "/q/id_number"
	c.Get(at).Is(200)
	c.Submit(mainForm, webtest.Fields{"value": "110105194912310021"}).Is(200).At(at).Says("核对不了")
	c.Submit(mainForm, webtest.Fields{"value": "110105194912310029"}).Is(200).At(at).Says("核对不了") // another one is looked at anew
	c.Submit(mainForm, nil).Is(200)
	if c.Page.Path() == at {
		t.Fatal("the number is not taken when it is sent once more")
	}
	c.Get("/my/f/" + id + "/check").Is(200).Says("1101**********0029").SaysNot("110105194912310029")
	c.Get(at).Is(200)
	c.Submit(mainForm, webtest.Fields{"value": "11010519491231002X"}).Is(200)
	if c.Page.Path() == at {
		t.Fatal("a good number is doubted")
	}
}
