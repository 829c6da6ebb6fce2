package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"reliefportal/app/i18n"
)

// DOCX writes a paper as an Office Open XML document (ECMA-376) that people can go on writing in. It holds every character: what the font of
// the PDF lacks, the reader's own fonts may have.
func DOCX(w io.Writer, d Doc) error {
	out := zip.NewWriter(w)
	for _, part := range []struct{ name, body string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"docProps/core.xml", coreOf(d)},
		{"word/_rels/document.xml.rels", documentRels},
		{"word/styles.xml", styles},
		{"word/footer1.xml", footerOf(d)},
		{"word/document.xml", documentOf(d)},
	} {
		f, err := out.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: d.At.UTC()})
		if err != nil {
			return fmt.Errorf("write the paper: %w", err)
		}
		if _, err := io.WriteString(f, xml.Header+part.body); err != nil {
			return fmt.Errorf("write the paper: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write the paper: %w", err)
	}
	return nil
}

const (
	contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	packageRels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	documentRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>`
	spaceW       = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

	// Sizes are half points; the Song face is what Chinese courts print in, and any other stands in where it is missing.
	styles = `<w:styles ` + spaceW + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/><w:sz w:val="24"/><w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="120" w:after="240"/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="40"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Small"><w:name w:val="Small"/><w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="18"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="Code"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>` +
		`</w:styles>`
	border = `<w:top w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:left w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:right w:val="single" w:sz="4" w:space="0" w:color="808080"/>`
	inside = `<w:insideH w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="808080"/>`
)

func coreOf(d Doc) string {
	at := d.At.UTC().Format(time.RFC3339)
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` +
		escaped(d.Title) + `</dc:title><dc:creator>门径 Menjing</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created></cp:coreProperties>`
}

// footerOf counts the pages as the paper itself does; the reader's program fills the numbers in.
func footerOf(d Doc) string {
	words := i18n.T(d.Lang, "paper.page", "N", "\x00", "Of", "\x01")
	before, rest, _ := strings.Cut(words, "\x00")
	between, after, _ := strings.Cut(rest, "\x01")
	return `<w:ftr ` + spaceW + `><w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr>` + run(d.Head+"　"+before) + field("PAGE") + run(between) + field("NUMPAGES") + run(after) + `</w:p></w:ftr>`
}

func field(name string) string {
	return `<w:fldSimple w:instr="` + name + `"><w:r><w:t>1</w:t></w:r></w:fldSimple>`
}

func documentOf(d Doc) string {
	var b strings.Builder
	b.WriteString(`<w:document ` + spaceW + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`)
	for _, block := range d.Blocks {
		b.WriteString(blockXML(block))
	}
	b.WriteString(`<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1588" w:right="1247" w:bottom="1361" w:left="1474" w:header="851" w:footer="794" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

func blockXML(b Block) string {
	switch b.Kind {
	case Title:
		return paragraph(`<w:pStyle w:val="Title"/>`, b.Text)
	case Heading:
		return paragraph(`<w:pStyle w:val="Heading1"/>`, b.Text)
	case Small:
		return paragraph(`<w:pStyle w:val="Small"/>`, b.Text)
	case Code:
		return paragraph(`<w:pStyle w:val="Code"/>`, b.Text)
	case Note:
		return paragraph(`<w:pBdr>`+border+`</w:pBdr>`, b.Text)
	case Right:
		return paragraph(`<w:jc w:val="right"/>`, b.Text)
	case Pairs:
		return tableXML(Block{Rows: b.Rows, Shares: []float64{1, 3}}, "")
	case Table:
		return tableXML(b, border+inside)
	case Blank:
		const line = `<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="808080"/></w:pBdr></w:pPr></w:p>`
		return paragraph("", b.Text) + strings.Repeat(line, b.Lines)
	case Break:
		return `<w:p><w:r><w:br w:type="page"/></w:r></w:p>`
	case Para:
	}
	return paragraph("", b.Text)
}

// paragraph keeps line ends as line ends within the paragraph.
func paragraph(style, text string) string {
	if style != "" {
		style = "<w:pPr>" + style + "</w:pPr>"
	}
	return "<w:p>" + style + run(text) + "</w:p>"
}

func run(text string) string {
	if text == "" {
		return ""
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = `<w:t xml:space="preserve">` + escaped(line) + `</w:t>`
	}
	return "<w:r>" + strings.Join(lines, "<w:br/>") + "</w:r>"
}

func tableXML(b Block, borders string) string {
	const page = 9185 // twentieths of a point between the margins
	var out strings.Builder
	out.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + strconv.Itoa(page) + `" w:type="dxa"/>`)
	if borders != "" {
		out.WriteString(`<w:tblBorders>` + borders + `</w:tblBorders>`)
	}
	out.WriteString(`<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	var widths []int
	for _, w := range columns(b) {
		widths = append(widths, int(w/textW*page))
		out.WriteString(`<w:gridCol w:w="` + strconv.Itoa(widths[len(widths)-1]) + `"/>`)
	}
	out.WriteString(`</w:tblGrid>`)
	if len(b.Head) > 0 {
		out.WriteString(rowXML(b.Head, widths, `<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`))
	}
	for _, row := range b.Rows {
		out.WriteString(rowXML(row, widths, ""))
	}
	out.WriteString(`</w:tbl><w:p/>`)
	return out.String()
}

func rowXML(cells []string, widths []int, properties string) string {
	var out strings.Builder
	out.WriteString("<w:tr>" + properties)
	for i, cell := range cells {
		out.WriteString(`<w:tc><w:tcPr><w:tcW w:w="` + strconv.Itoa(widths[i]) + `" w:type="dxa"/></w:tcPr>` + paragraph("", cell) + `</w:tc>`)
	}
	out.WriteString("</w:tr>")
	return out.String()
}

// escaped makes text fit for XML; characters that XML cannot hold at all (control signs) become U+FFFD.
func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer never fails
	return b.String()
}
