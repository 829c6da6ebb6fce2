package debtor_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"reliefportal/app/filing"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestBadInput types what people, and worse, type. Each mistake has a sentence of its own, and everything typed is still there.
func TestBadInput(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		said := map[string]string{}
		for _, m := range []struct {
			name string
			make func(*testing.T, *webtest.Portal) string
		}{
			{"case number nonsense", nonsenseNumber},
			{"future service date", futureDate},
			{"name of 300 characters", longName},
			{"file of 0 bytes", upload(webtest.File{Name: "流水.pdf"})},
			{"file of 30 MB", upload(webtest.File{Name: "流水.pdf", Body: append(pdf(), make([]byte, 30<<20)...)})},
			{"program renamed to a paper", upload(webtest.File{Name: "裁定.pdf", Body: append([]byte("MZ\x90\x00"), make([]byte, 4096)...)})},
			{"picture of 40,000 by 40,000", upload(webtest.File{Name: "照片.png", Body: bomb()})},
			{"wrong code six times", wrongCode},
			{"unknown court", unknownCourt},
			{"missing declaration", noDeclaration},
			{"stale version", staleVersion},
			{"expired draft link", expiredDraft}, // last: it moves the clock on by sixty days
		} {
			t.Run(m.name, func(t *testing.T) { said[m.name] = m.make(t, p) })
		}
		distinct(t, said)
	})
}

// distinct ends the test when two mistakes are told by the same sentence.
func distinct(t *testing.T, said map[string]string) {
	t.Helper()
	seen := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(said)) {
		sentence := said[name]
		if sentence == "" {
			t.Errorf("%s: nothing is said", name)
		}
		if other, twice := seen[sentence]; twice {
			t.Errorf("%s and %s are both told by %q", name, other, sentence)
		}
		seen[sentence] = name
	}
}

// sentence is the one thing to change that the page names, at its top and at the field alike.
func sentence(t *testing.T, page *webtest.Page) string {
	t.Helper()
	if links := page.All(".govuk-error-summary__list a"); len(links) != 1 {
		t.Fatalf("the page names %d things to change, want 1:\n%s", len(links), page.Words())
	}
	if !strings.HasPrefix(page.Text("title"), "错误：") {
		t.Errorf("the title does not say that something is wrong: %s", page.Text("title"))
	}
	said, field := page.Text(".govuk-error-summary__list a"), page.Attr(".govuk-error-summary__list a", "href")
	if len(page.All(field)) != 1 {
		t.Errorf("the summary leads to %q, which is not on the page", field)
	}
	return said
}

// same ends the test unless a field still holds what was typed.
func same(t *testing.T, page *webtest.Page, selector, attr, typed string) {
	t.Helper()
	if got := page.Attr(selector, attr); got != typed {
		t.Errorf("%s holds %q, typed was %q", selector, got, typed)
	}
}

func nonsenseNumber(t *testing.T, p *webtest.Portal) string {
	c, _ := draft(t, p, "R01")
	const typed = " 我也不知道 12 "
	c.Submit(mainForm, webtest.Fields{"value": typed}).Is(422)
	same(t, c.Page, "[name=value]", "value", typed)
	return sentence(t, c.Page)
}

func futureDate(t *testing.T, p *webtest.Portal) string {
	c, id := draft(t, p, "R01")
	c.Get("/my/f/" + id + "/q/act_served_on").Is(200)
	c.Submit(mainForm, webtest.Fields{"year": "２０２６", "month": "11", "day": "24"}).Is(422)
	same(t, c.Page, "[name=year]", "value", "２０２６")
	same(t, c.Page, "[name=day]", "value", "24")
	future := sentence(t, c.Page)
	impossible := sentence(t, c.Submit(mainForm, webtest.Fields{"year": "2026", "month": "9", "day": "31"}).Is(422))
	if impossible == future {
		t.Errorf("a date that does not exist and one in the future are told alike: %q", future)
	}
	c.Submit(mainForm, webtest.Fields{"year": "2026", "month": "11", "day": "23"}).Is(200)
	return future
}

func longName(t *testing.T, p *webtest.Portal) string {
	c, id := draft(t, p, "R01")
	c.Get("/my/f/" + id + "/q/name").Is(200)
	typed := strings.Repeat("林", 300)
	c.Submit(mainForm, webtest.Fields{"value": typed}).Is(422)
	same(t, c.Page, "[name=value]", "value", typed)
	return sentence(t, c.Page)
}

// upload hands in a file that is refused: the kind chosen stays, nothing is stored.
func upload(file webtest.File) func(*testing.T, *webtest.Portal) string {
	return func(t *testing.T, p *webtest.Portal) string {
		c, id := draft(t, p, "R01")
		c.Get("/my/f/" + id + "/papers").Is(200)
		c.Submit(uploadForm, webtest.Fields{"kind": "evidence", "file": file}).Is(422)
		same(t, c.Page, "select[name=kind] option[selected]", "value", "evidence")
		said := sentence(t, c.Page)
		docs, err := p.Documents.List(t.Context(), id)
		if err != nil || len(docs) != 0 {
			t.Fatalf("%d files were kept, %v", len(docs), err)
		}
		return said
	}
}

// bomb is a picture of 40,000 by 40,000 points in a hundred bytes.
func bomb() []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		body := append([]byte(kind), data...)
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(data))))
		b.Write(body)
		b.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
	}
	head := binary.BigEndian.AppendUint32(nil, 40_000)
	head = binary.BigEndian.AppendUint32(head, 40_000)
	chunk("IHDR", append(head, 8, 2, 0, 0, 0))
	chunk("IDAT", []byte{0x78, 0x9c, 0x03, 0, 0, 0, 0, 1})
	chunk("IEND", nil)
	return b.Bytes()
}

func expiredDraft(t *testing.T, p *webtest.Portal) string {
	_, id := draft(t, p, "R01")
	for _, wait := range []time.Duration{filing.DraftLife - filing.DraftWarning, filing.DraftWarning} { // warned of, then gone
		p.Clock.Add(wait)
		if _, err := p.Filings.SweepDrafts(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	c := p.SignInDebtor(t, contactOf(t)) // sixty days end every session
	page := c.Get("/my/f/" + id + "/case").Is(410)
	return page.Text(".message .lead")
}

func wrongCode(t *testing.T, p *webtest.Portal) string {
	c := p.Browser(t)
	c.SubmitAt("/signin", mainForm, webtest.Fields{"contact": contactOf(t)}).Is(200)
	wrong := "00000000"
	if p.CodeFor(t, contactOf(t)) == wrong {
		wrong = "00000001"
	}
	seen := map[string]bool{}
	for n := 1; n <= 4; n++ {
		c.Submit(mainForm, webtest.Fields{"code": wrong})
		same(t, c.Page, "[name=code]", "value", wrong)
		seen[sentence(t, c.Page)] = true
	}
	if len(seen) < 4 {
		t.Errorf("the tries left are not counted down: %v", slices.Sorted(maps.Keys(seen)))
	}
	right := c.Page.Attr("main form [name=_csrf]", "value")
	c.Submit(mainForm, webtest.Fields{"code": wrong}).Is(410)
	if c.Page.Has("main input[name=code]") {
		t.Error("a code that is burnt is still asked for")
	}
	last := c.Page.Text("main p.measure")
	c.Post("/signin/code", url.Values{"_csrf": {right}, "code": {p.CodeFor(t, contactOf(t))}}).Is(410) // the right code comes too late
	p.Clock.Add(time.Second)
	c.Submit(mainForm, nil).Is(200).At("/signin/code") // one press, and nothing to type again
	c.Submit(mainForm, webtest.Fields{"code": p.CodeFor(t, contactOf(t))}).Is(200).At("/my")
	return last
}

func unknownCourt(t *testing.T, p *webtest.Portal) string {
	c, id := draft(t, p, "R01")
	page := c.Get("/my/f/" + id + "/court?q=" + url.QueryEscape("南山")).Is(200)
	r := page.Attr("form[method=post] [name=_csrf]", "value")
	version := page.Attr("form[method=post] [name=_version]", "value")
	got := c.Post("/my/f/"+id+"/court?q="+url.QueryEscape("南山"), url.Values{"_csrf": {r}, "_version": {version}, "court": {"no-such-court"}}).Is(422)
	same(t, got, "[name=q]", "value", "南山")
	return sentence(t, got)
}

func noDeclaration(t *testing.T, p *webtest.Portal) string {
	c, id := draft(t, p, "R01")
	checked(t, c, id)
	c.Submit(mainForm, nil).Is(422).Says("林晓芸", caseNumber)
	return sentence(t, c.Page)
}

func staleVersion(t *testing.T, p *webtest.Portal) string {
	c, id := draft(t, p, "R01")
	c.Get("/my/f/" + id + "/q/act").Is(200)
	shown := c.Page
	c.Submit(mainForm, webtest.Fields{"value": "划走了存款"}).Is(200)
	c.Page = shown // the other tab, with the version of before
	c.Submit(mainForm, webtest.Fields{"value": "冻结工资账户"}).Is(409).Says("划走了存款")
	same(t, c.Page, "[name=value]", "value", "冻结工资账户")
	said := sentence(t, c.Page)
	c.Submit(mainForm, webtest.Fields{}).Is(200) // pressed once more, what was typed counts
	c.Get("/my/f/" + id + "/q/act").Is(200)
	same(t, c.Page, "[name=value]", "value", "冻结工资账户")
	return said
}
