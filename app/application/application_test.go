package application_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/application"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/money"
	"reliefportal/app/paper"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

const (
	caseNumber = "（2024）粤0305执1234号"
	nanshan    = "深圳市南山区人民法院"
	rare       = "林䶮𬭎"
)

var longWord = strings.Repeat("Https://example.cn/very-long-address/", 12)

// squeezed is text without any space or line end: where a line ends is the paper's business, what it says is not.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// pagesOf reads a PDF as a reader does who copies its text: page by page, in the order it is written.
func pagesOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("pdftotext (poppler-utils) is needed")
		}
		t.Skip("pdftotext (poppler-utils) is not installed")
	}
	cmd := exec.CommandContext(t.Context(), tool, "-raw", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	for i := range pages {
		pages[i] = squeezed(pages[i])
	}
	return pages
}

// spoken is what a paper says without the heads and feet of its pages and the heads of tables that are repeated.
func spoken(t *testing.T, pdf []byte, d paper.Doc) string {
	t.Helper()
	pages, out := pagesOf(t, pdf), ""
	for i, page := range pages {
		edge := squeezed(i18n.T(d.Lang, "paper.mark") + d.Head + d.Foot + i18n.T(d.Lang, "paper.page", "N", i+1, "Of", len(pages)))
		text, ok := strings.CutSuffix(page, edge)
		if !ok {
			t.Fatalf("page %d does not end with %q: %s", i+1, edge, page)
		}
		for _, b := range d.Blocks {
			if head := squeezed(strings.Join(b.Head, "")); head != "" && strings.Contains(out, head) {
				text = strings.TrimPrefix(text, head)
			}
		}
		out += text
	}
	return out
}

// differ shows the first place where two texts part.
func differ(t *testing.T, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := []rune(got), []rune(want)
	i := 0
	for i < len(g) && i < len(w) && g[i] == w[i] {
		i++
	}
	around := func(r []rune) string { return string(r[max(0, i-20):min(len(r), i+40)]) }
	t.Errorf("the paper says\n…%s…\ninstead of\n…%s…", around(g), around(w))
}

// worked are answers to every page of a remedy, and the finder's answers that stand in the paper too.
func worked(t *testing.T, p *rules.Pack, r *rules.Remedy) rules.Facts {
	t.Helper()
	facts := rules.Facts{"topic": rules.Pick("account"), "case_state": rules.Unsure(), filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(nanshan),
		rules.FactServiceName: rules.Said(rare), rules.FactServiceAddress: rules.Said("深圳市南山区常兴路 1 号"), rules.FactServicePhone: rules.Said("0755-12345678"),
		rules.FactServiceEmail: rules.Said("lin@example.cn"), rules.FactServiceConsent: rules.Pick(rules.Yes)}
	for range len(p.Questions) {
		i := slices.IndexFunc(p.FilingQuestions(r, facts), func(q *rules.Question) bool { return !facts.Asked(q.Fact) })
		if i < 0 {
			return facts
		}
		q := p.FilingQuestions(r, facts)[i]
		fact, _ := p.Fact(q.Fact)
		facts[q.Fact] = workedAnswer(fact)
	}
	t.Fatal("the pages of the remedy do not end")
	return nil
}

// withCannot adds papers of the remedy that cannot be had, one with its reason.
func withCannot(r *rules.Remedy, facts rules.Facts) rules.Facts {
	reasons := map[string]string{}
	for i, p := range r.Papers {
		reasons[p.ID] = []string{"单位不给开", ""}[i%2]
	}
	facts[rules.PapersCannot] = rules.WithReasons(reasons)
	return facts
}

func workedAnswer(fact rules.Fact) rules.Value {
	switch fact.Kind {
	case rules.FactChoice, rules.FactYesNo:
		return rules.Pick(fact.Options[len(fact.Options)-1].ID)
	case rules.FactChoices:
		return rules.Picks(fact.Options[0].ID, fact.Options[len(fact.Options)-1].ID)
	case rules.FactDate:
		return rules.On(calendar.NewDate(2026, 10, 29))
	case rules.FactMoney:
		return rules.Amount(money.Fen(320_050))
	case rules.FactNumber:
		return rules.Count(2)
	case rules.FactCourt:
		return rules.Said("广东省深圳市中级人民法院")
	case rules.FactCaseNumber:
		return rules.Said("（2026）粤0305执异56号")
	case rules.FactLongText:
		return rules.Said(fmt.Sprintf("第一段：%s 说“这是我的话”（%s）。\n第二段：%s\n\n第三段 2026年10月29日。", rare, fact.ID, longWord))
	case rules.FactText:
	}
	switch fact.ID {
	case filing.FactApplicant:
		return rules.Said(rare)
	case filing.FactIdentity:
		return rules.Said("11010519491231002X")
	}
	return rules.Said("说明：" + string(fact.ID))
}

// words are what a person must find of each of his answers, written here anew and not by the paper.
func words(p *rules.Pack, facts rules.Facts) map[rules.FactID][]string {
	out := map[rules.FactID][]string{}
	for id, v := range facts {
		fact, _ := p.Fact(id)
		switch {
		case id == rules.PapersCannot:
			out[id] = []string{"暂时拿不到的材料", "：单位不给开"}
		case v.Unsure:
			out[id] = []string{fact.Label.Zh, "不清楚"}
		case v.Choice != "":
			o, _ := fact.Option(v.Choice)
			out[id] = []string{o.Label.Zh}
		case len(v.Choices) > 0:
			for _, c := range v.Choices {
				o, _ := fact.Option(c)
				out[id] = append(out[id], o.Label.Zh)
			}
		case !v.Date.IsZero():
			out[id] = []string{"2026年10月29日"}
		case v.Money != 0:
			out[id] = []string{"3,200.50"}
		case v.Text != "":
			out[id] = []string{v.Text}
		}
	}
	return out
}

func filed(t *testing.T, w *apptest.World, who account.Actor, remedy string, facts rules.Facts, files ...string) filing.Filing {
	t.Helper()
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: remedy, Facts: facts, Lang: i18n.English, Token: store.NewID()})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if _, err := w.Documents.Upload(t.Context(), who, f.ID, "evidence", name, bytes.NewReader(smallPDF()), -1); err != nil {
			t.Fatal(err)
		}
	}
	if f, _, err = w.Filings.Get(t.Context(), who, f.ID); err != nil {
		t.Fatal(err)
	}
	f, _, err = w.Filings.Submit(t.Context(), who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	if err != nil {
		t.Fatalf("submit %s: %v", remedy, err)
	}
	return f
}

// kept is the application the portal keeps of a filing.
func kept(t *testing.T, w *apptest.World, id string) (document.Document, []byte) {
	t.Helper()
	d, ok, err := w.Documents.Application(t.Context(), id)
	if err != nil || !ok {
		t.Fatalf("no application is kept: %v", err)
	}
	f, err := w.Documents.OpenOriginal(t.Context(), d.ID, func(q *gorm.DB) *gorm.DB { return q })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Body.Close() }()
	body, err := io.ReadAll(f.Body)
	if err != nil {
		t.Fatal(err)
	}
	return d, body
}

// TestApplicationPDF files every remedy of the catalogue through the portal, lets the job keep its application, and reads that with pdftotext: it
// says what was filed, word for word, and nothing else.
func TestApplicationPDF(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	p := w.Packs.On(calendar.Today(w.Clock))
	var remedies []*rules.Remedy
	for _, r := range p.Remedies {
		if r.Kind == rules.KindFiling {
			remedies = append(remedies, r)
		}
	}
	if len(remedies) < 45 {
		t.Fatalf("only %d remedies are filed here", len(remedies))
	}
	filings := map[string]filing.Filing{}
	for _, r := range remedies {
		filings[r.ID] = filed(t, w, who, r.ID, withCannot(r, worked(t, p, r)), rare+"的流水.pdf", "裁定书.pdf")
	}
	w.Work(t)
	for _, r := range remedies {
		t.Run(r.ID, func(t *testing.T) { same(t, w, who, p, r, filings[r.ID]) })
	}
}

func same(t *testing.T, w *apptest.World, who account.Actor, p *rules.Pack, r *rules.Remedy, f filing.Filing) {
	t.Helper()
	_, pdf := kept(t, w, f.ID)
	d, err := w.Papers.Read(t.Context(), who, f.ID, i18n.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	got := spoken(t, pdf, d)
	differ(t, got, squeezed(d.Text()))
	facts, err := w.Filings.Facts(f)
	if err != nil {
		t.Fatal(err)
	}
	for id, texts := range words(p, facts) {
		for _, text := range texts {
			if !strings.Contains(got, squeezed(text)) {
				t.Errorf("the answer to %s is missing: %q", id, text)
			}
		}
	}
	docs, err := w.Documents.List(t.Context(), f.ID)
	if err != nil || len(docs) != 2 {
		t.Fatalf("%d files: %v", len(docs), err)
	}
	for _, doc := range docs {
		if !strings.Contains(got, squeezed(doc.Name)) || !strings.Contains(got, doc.SHA256) {
			t.Errorf("the file %s or its fingerprint is missing", doc.Name)
		}
	}
	for _, text := range []string{r.Paper.Zh, f.Code(), "此致", "签名或者捺印", "送达地址确认书", "■同意"} {
		if !strings.Contains(got, squeezed(text)) {
			t.Errorf("%q is missing", text)
		}
	}
	var again bytes.Buffer
	if err := paper.PDF(&again, d); err != nil || !bytes.Equal(again.Bytes(), pdf) {
		t.Errorf("drawn again it is another paper: %v", err)
	}
}

// TestFrozenOnce: the application is kept once, whoever runs the job, does not count as evidence, and does not follow what comes later.
func TestFrozenOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		p := w.Packs.On(calendar.Today(w.Clock))
		r, _ := p.Remedy("R05")
		f := filed(t, w, who, "R05", worked(t, p, r), "裁定书.pdf")
		failed := make(chan error, 4)
		for range cap(failed) {
			go func() { failed <- w.Papers.Freeze(t.Context(), f.ID) }()
		}
		for range cap(failed) {
			if err := <-failed; err != nil {
				t.Error(err)
			}
		}
		first, body := kept(t, w, f.ID)
		if _, err := w.Filings.ChangeAddress(t.Context(), who, f.ID, f.Version, filing.ServiceAddress{Address: "别处"}); err != nil {
			t.Fatal(err)
		}
		if err := w.Papers.Freeze(t.Context(), f.ID); err != nil {
			t.Fatal(err)
		}
		if d, now := kept(t, w, f.ID); d.ID != first.ID || d.SHA256 != first.SHA256 || !bytes.Equal(now, body) || d.Name != "案外人异议申请书 "+f.Code()+".pdf" {
			t.Errorf("kept %+v, then %+v", first, d)
		}
		if docs, err := w.Documents.List(t.Context(), f.ID); err != nil || len(docs) != 1 {
			t.Errorf("%d files, %v", len(docs), err)
		}
		var rows int64
		if err := db.Read(t.Context()).Table("document").Where("filing_id = ? AND paper = 'application'", f.ID).Count(&rows).Error; err != nil || rows != 1 {
			t.Errorf("%d applications: %v", rows, err)
		}
	})
}

// TestMissingGlyphIsLoud: a sign the font lacks is named, and what was filed is kept whole in the other form.
func TestMissingGlyphIsLoud(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	p := w.Packs.On(calendar.Today(w.Clock))
	r, _ := p.Remedy("R05")
	facts := worked(t, p, r)
	facts["what_happened"] = rules.Said("他笑😀，姓𠀀。")
	f := filed(t, w, who, "R05", facts)
	d, err := w.Papers.Read(t.Context(), who, f.ID, i18n.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	err = paper.PDF(io.Discard, d)
	if !errors.Is(err, paper.ErrGlyph) || !slices.Equal(paper.Missing(err), []string{"😀", "𠀀"}) {
		t.Fatalf("drawn with %v", err)
	}
	w.Work(t)
	doc, body := kept(t, w, f.ID)
	if doc.Mime != document.DOCX || !strings.HasSuffix(doc.Name, ".docx") || !strings.Contains(docxText(t, body), "他笑😀，姓𠀀。") {
		t.Errorf("kept %s %s without the words", doc.Name, doc.Mime)
	}
}

// TestLongTable: two hundred rows and a cell taller than a page break over pages; each page has the head, and no cell is lost.
func TestLongTable(t *testing.T) {
	in := sample(t)
	a := application.Annex{Title: "每月收支", Head: []string{"项目", "金额", "说明"}, Shares: []float64{2, 1, 3}}
	for i := range 200 {
		a.Rows = append(a.Rows, []string{fmt.Sprintf("第%03d项", i), fmt.Sprintf("¥%d.00", i), strings.Repeat("说明", i%30)})
	}
	in.Annexes = []application.Annex{a}
	d := application.Compose(in)
	var pdf bytes.Buffer
	if err := paper.PDF(&pdf, d); err != nil {
		t.Fatal(err)
	}
	differ(t, spoken(t, pdf.Bytes(), d), squeezed(d.Text()))
	pages := pagesOf(t, pdf.Bytes())
	with := slices.DeleteFunc(slices.Clone(pages), func(page string) bool { return !strings.Contains(page, "项目金额说明") })
	if len(with) < 5 {
		t.Errorf("%d of %d pages have the head of the table", len(with), len(pages))
	}

	in.Annexes[0].Rows = [][]string{{"甲", "乙", strings.Repeat("很高的一格。", 900) + "到底"}, {"最后", "一行", "在这里"}}
	pdf.Reset()
	if err := paper.PDF(&pdf, application.Compose(in)); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(pagesOf(t, pdf.Bytes()), "")
	if n := strings.Count(all, "很高的一格"); n < 880 || !strings.Contains(all, "到底") || !strings.Contains(all, "最后一行在这里") {
		t.Errorf("%d of 900 sentences whole on the paper", n)
	}
}

// sample is a filing of R01 with worked answers, without a portal round it.
func sample(t *testing.T) application.Input {
	t.Helper()
	w := apptest.New(t, storetest.SQLite(t))
	p := w.Packs.On(calendar.Today(w.Clock))
	r, _ := p.Remedy("R01")
	return application.Input{Lang: i18n.Chinese, Pack: p, Remedy: r, Facts: worked(t, p, r), Bodies: w.Directory, Code: "7K4M-92QF", At: apptest.Start}
}

func smallPDF() []byte {
	return []byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \ntrailer\n<</Size 3/Root 1 0 R>>\nstartxref\n102\n%%EOF\n")
}
