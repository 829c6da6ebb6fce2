package application_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"reliefportal/app/application"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/rules"
)

// docxText opens a DOCX as a reader would, wants every part to be well-formed, and gives the text of the document.
func docxText(t *testing.T, body []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		parts[f.Name] = characters(t, f)
	}
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml", "word/footer1.xml", "docProps/core.xml"} {
		if _, ok := parts[name]; !ok {
			t.Errorf("the part %s is missing", name)
		}
	}
	return parts["word/document.xml"]
}

// characters reads one part with an XML reader and gives its text; a line break is a line end.
func characters(t *testing.T, f *zip.File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	var b strings.Builder
	for dec := xml.NewDecoder(r); ; {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			b.Write(tok)
		case xml.EndElement:
			if tok.Name.Local == "p" || tok.Name.Local == "br" {
				b.WriteByte('\n')
			}
		}
	}
}

// TestDOCXSaysTheSame: the editable form holds the words of the PDF, signs of XML included, and is the same on every day.
func TestDOCXSaysTheSame(t *testing.T) {
	in := sample(t)
	in.Facts["request"] = rules.Said("请求 <解除> & “冻结” 😀")
	d := application.Compose(in)
	var one, two bytes.Buffer
	if err := errors.Join(paper.DOCX(&one, d), paper.DOCX(&two, d)); err != nil {
		t.Fatal(err)
	}
	differ(t, squeezed(docxText(t, one.Bytes())), squeezed(d.Text()))
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("written twice it differs")
	}
}

// TestReadingCopy: the English copy says that it is one and keeps the person's own words as they are.
func TestReadingCopy(t *testing.T) {
	in := sample(t)
	in.Lang = i18n.English
	text := application.Compose(in).Text()
	for _, want := range []string{"This is a reading copy", "Objection to Enforcement Conduct", in.Facts["what_happened"].Text, in.Facts["request"].Text, "Thursday 29 October 2026", "Civil Procedure Law, article 236"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

// TestDraftAndBlanks: a draft says that it is one; the booklet has its code, and room for each answer that is missing, but no room twice.
func TestDraftAndBlanks(t *testing.T) {
	in := sample(t)
	in.Code, in.At, in.Route = "", time.Time{}, filing.Route{}
	if text := application.Compose(in).Text(); !strings.Contains(text, "草稿，还没有提交") || strings.Contains(text, "回执码") {
		t.Error("a draft does not say that it is one")
	}
	for _, id := range []rules.FactID{"what_happened", "act_served_on", filing.FactIdentity, rules.FactServiceConsent} {
		delete(in.Facts, id)
	}
	in.Blanks = true
	d := application.Bind(in, "ABCDE-FGHJK", calendar.NewDate(2027, 1, 1))
	text := d.Text()
	for _, want := range []string{"ABCDE-FGHJK", "2027年1月1日", "证件号码\n____", "知道这件事的日子\n____", "□ 同意    □ 不同意", "12368", nanshan, "□ 身份证"} {
		if !strings.Contains(text, want) {
			t.Errorf("the booklet has no %q", want)
		}
	}
	lines := 0
	for _, b := range d.Blocks {
		lines += b.Lines
	}
	if lines < 8 || lines > 12 {
		t.Errorf("%d lines to write the story on", lines)
	}
	var pdf bytes.Buffer
	if err := paper.PDF(&pdf, d); err != nil {
		t.Fatal(err)
	}
	if all := strings.Join(pagesOf(t, pdf.Bytes()), ""); !strings.Contains(all, "ABCDE-FGHJK") {
		t.Error("the code cannot be read")
	}
}

// TestHiddenAnswersStayOut: an answer to a page that does not apply any more is not said in the person's name.
func TestHiddenAnswersStayOut(t *testing.T) {
	in := sample(t)
	in.Facts["moved"], in.Facts["complain_of"] = rules.Pick("designated"), rules.Pick("old")
	if !strings.Contains(application.Compose(in).Text(), "原来的法院") {
		t.Fatal("the answer is missing while it applies")
	}
	in.Facts["moved"] = rules.Pick("no")
	if strings.Contains(application.Compose(in).Text(), "原来的法院") {
		t.Error("an answer that does not apply is said")
	}
}
