package e2e

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"reliefportal/app/i18n"
	"reliefportal/app/store/storetest"
)

// TestJourneyDataExport: somebody asks for a copy of everything, confirms it by a code, is told when it is ready, and opens what he fetched.
func TestJourneyDataExport(t *testing.T) {
	twoWays(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), "13812340081"}
		j.answered(d)
		d.open("/my/account")
		d.follow(j.word("data.title"))
		d.at("/my/data")
		d.says(j.word("data.not"))
		j.world.Time.Add(time.Minute) // so that the code asked for here is the newest
		d.press("#ask" + button)
		d.at("/my/data/code")
		d.fill("code", "00000000")
		d.press("#code-form" + button)
		d.is(http.StatusUnprocessableEntity)
		d.fill("code", j.code(d.contact))
		d.press("#code-form" + button)
		d.at("/my/data")
		d.says(j.word("data.making"))
		j.world.Work(t)
		j.told(d.contact, j.in("您要的那一份信息做好了", "The copy of your data is ready"))
		d.follow(j.word("data.look"))
		d.says(j.word("data.ready"))
		d.opensCopy(j.word("export.page_name")+".html", "林晓芸", "账户里都是工资，没有留生活费。")
	})
}

// opensCopy fetches the newest copy as the button does, and wants the texts on a page in it.
func (d *debtor) opensCopy(name string, texts ...string) {
	d.t.Helper()
	form := "document.querySelector('form[action$=\"/file\"]')"
	body := strings.NewReader("_csrf=" + d.eval("encodeURIComponent("+form+"._csrf.value)"))
	req, err := http.NewRequestWithContext(d.t.Context(), http.MethodPost, d.j.base+d.eval(form+".getAttribute('action')"), body)
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range d.cookies() {
		req.AddCookie(c)
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		d.fail("fetching the copy answers %d, %v", answer.StatusCode, err)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		d.fail("the copy is no ZIP file: %v", err)
	}
	f, err := z.Open(name)
	if err != nil {
		d.fail("the copy has no page: %v", err)
	}
	page, err := io.ReadAll(f)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, text := range texts {
		if !strings.Contains(string(page), text) {
			d.fail("the page of the copy does not say %q", text)
		}
	}
}

// TestJourneyErasure: somebody has a draft and his account erased: the draft at once, the account by an administrator's answer. A page that
// names nothing to erase is told so.
func TestJourneyErasure(t *testing.T) {
	for _, way := range []int{0, 3} { // Chinese with scripts, English without
		t.Run(ways[way].name, func(t *testing.T) {
			t.Parallel()
			j := begin(t, ways[way].database(t), ways[way].lang, ways[way].scripts)
			d := &debtor{j.enter("debtor", phone), "13812340082"}
			draft := j.answered(d)
			d.open("/my/erase")
			d.says(j.word("erase.kept_files"), j.word("erase.law"))
			d.press("#erase-form" + button)
			d.is(http.StatusUnprocessableEntity)
			d.says(j.word("erase.choose"))
			d.pick("parts", "drafts")
			d.pick("parts", "account")
			d.press("#erase-form" + button)
			d.at("/my/erase/check")
			d.says(j.word("erase.drafts"), j.word("erase.check_account"), j.word("erase.no_way_back"))
			d.press(mainForm + button)
			d.at("/my/erase")
			j.world.Work(t)
			d.open("/my/erase")
			d.says(j.word("erase.erased"), j.word("erase.waiting"))
			d.visit(draft + "/check")
			d.is(http.StatusNotFound)
			admin := j.signedIn("guanli")
			admin.open("/staff/admin/erasures")
			admin.says(j.word("erase.account"))
			admin.saysNot("林晓芸", d.contact)
			admin.press("main button[value=grant]")
			admin.says(j.word("erasures.none"))
			j.told(d.contact, j.in("您的账户已经删", "your account has been erased"))
			d.visit("/my/account")
			d.at("/signin")
		})
	}
}

// TestJourneyPasskey: somebody adds a passkey, signs out, and comes back by it without a code; then he removes it, and it opens nothing any
// more. The key lives in a virtual device that has seen a finger.
func TestJourneyPasskey(t *testing.T) {
	for _, lang := range i18n.Languages {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			j := beginAt(t, "localhost", storetest.SQLite(t), lang, true)
			d := &debtor{j.enter("debtor", phone), "13812340083"}
			d.do("plug in a virtual device", webauthn.Enable(), chromedp.ActionFunc(plugIn))
			d.visit("/my/passkeys")
			d.signIn()
			d.at("/my/passkeys")
			d.press("#add-passkey" + button)
			d.says(j.word("passkey.name_empty"))
			mine := j.in("我的手机", "my phone")
			d.fill("name", mine)
			d.press("#add-passkey" + button)
			d.at("/my/passkeys")
			d.says(j.word("passkey.done"), mine)
			j.told(d.contact, j.in("加了一把通行密钥", "passkey was added"))
			sent := len(j.messages(d.contact))
			d.press("header form" + " button")
			d.visit("/my/account")
			d.at("/signin")
			d.press("#passkey" + button)
			d.at("/my/account")
			d.says(j.word("passkey.one"))
			if now := len(j.messages(d.contact)); now != sent {
				d.fail("%d messages went out to sign in by a passkey", now-sent)
			}
			d.open("/my/passkeys")
			d.press("main form[action$='/remove']" + button)
			d.says(j.word("passkey.removed"))
			d.press("header form" + " button")
			d.visit("/my/account")
			d.press("#passkey" + button)
			d.at("/signin/passkey")
			d.says(j.word("passkey.unknown"))
		})
	}
}

// plugIn gives the browser a device that keeps keys and has seen its owner.
func plugIn(ctx context.Context) error {
	_, err := webauthn.AddVirtualAuthenticator(&webauthn.VirtualAuthenticatorOptions{Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}).Do(ctx)
	return err
}
