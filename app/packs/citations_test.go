package packs

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reliefportal/app/rules"
)

// lawTexts is where the full texts of the instruments stand when they are at hand; they are not part of the repository.
const lawTexts = "../../../shared/law"

// cites lists every citation of a pack with the place it stands at.
func cites(p *rules.Pack) map[string][]rules.Cite {
	out := map[string][]rules.Cite{"application": append(append([]rules.Cite{}, p.Application.Service.Cites...), p.Application.Service.Rests...)}
	out["handover"] = append(append([]rules.Cite{}, p.Handover.Cites...), p.Handover.EscalationCites...)
	for _, g := range append(append([]rules.Ground{}, p.Handover.Reasons...), p.Handover.Declines...) {
		out["handover "+g.Code] = g.Cites
	}
	for _, c := range p.Clocks {
		out["clock "+c.ID] = []rules.Cite{c.Cite}
	}
	for _, k := range p.Means.Kinds {
		out["means "+k.ID] = k.Cites
	}
	for id, r := range p.Means.Rules {
		out["means rule "+id] = r.Cites
	}
	for _, u := range p.Work.Urgencies {
		out["urgency "+u.Code] = u.Cites
	}
	for _, pl := range p.Work.Panels {
		out["panel "+pl.Remedies[0]] = pl.Cites
	}
	for _, row := range p.Rows {
		out["route "+row.ID] = row.Cites
	}
	for _, r := range p.Remedies {
		all := append([]rules.Cite{}, r.Cites...)
		all = append(all, r.Stay.Cites...)
		for _, s := range r.Shut {
			all = append(all, s.Cites...)
		}
		for _, g := range append(append([]rules.Ground{}, r.Grounds...), r.RefuseGrounds...) {
			all = append(all, g.Cites...)
		}
		out["remedy "+r.ID] = all
	}
	return out
}

func TestCitations(t *testing.T) {
	s := set(t)
	for _, p := range s.All() {
		files := map[string]string{}
		for where, list := range cites(p) {
			for _, c := range list {
				src, ok := p.Source(c.Source)
				if !ok {
					t.Errorf("%s: source %q is unknown", where, c.Source)
					continue
				}
				if c.Standing != rules.Checked {
					continue
				}
				if src.File == "" {
					t.Errorf("%s: %s %s is said to be checked, but its source has no text", where, c.Source, c.Article)
					continue
				}
				if len([]rune(c.Phrase)) < 2 {
					t.Errorf("%s: %s %s keeps no phrase", where, c.Source, c.Article)
				}
				files[c.Source] = src.File
			}
		}
		checkTexts(t, p, files)
	}
}

// checkTexts looks the phrases up in the texts, when they are there.
func checkTexts(t *testing.T, p *rules.Pack, files map[string]string) {
	if _, err := os.Stat(lawTexts); err != nil {
		t.Log("the texts are not at hand; phrases were not looked up")
		return
	}
	articles := map[string]map[string]string{}
	for id, file := range files {
		b, err := os.ReadFile(filepath.Join(lawTexts, file))
		if err != nil {
			t.Fatal(err)
		}
		src, _ := p.Source(id)
		if sum := sha256.Sum256(b); src.SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("source %s: the text is not the one its citations were checked against: %x", id, sum)
		}
		articles[id] = split(string(b))
	}
	for where, list := range cites(p) {
		for _, c := range list {
			if c.Standing != rules.Checked {
				continue
			}
			found := false
			for one := range strings.SplitSeq(c.Article, ",") {
				number, _, _ := strings.Cut(strings.TrimSpace(one), "(")
				found = found || strings.Contains(articles[c.Source][number], c.Phrase)
			}
			if !found {
				t.Errorf("%s: %s article %s does not say %q", where, c.Source, c.Article, c.Phrase)
			}
		}
	}
}

// split cuts a text into articles by their numbers: "第二百三十六条 …", or "46. …" in the older style.
func split(text string) map[string]string {
	out := map[string]string{}
	number := ""
	for line := range strings.SplitSeq(text, "\n") {
		if n, ok := heading(line); ok {
			number = n
		}
		out[number] += line
	}
	return out
}

func heading(line string) (string, bool) {
	if rest, ok := strings.CutPrefix(line, "第"); ok {
		word, _, ok := strings.Cut(rest, "条")
		if n := chinese(word); ok && n != "" {
			return n, true
		}
	}
	if n, _, ok := strings.Cut(line, "."); ok && n != "" && strings.Trim(n, "0123456789") == "" {
		return n, true
	}
	return "", false
}

// chinese reads a number of up to three figures such as 二百三十六 or 十五; anything else gives "".
func chinese(word string) string {
	value, part := 0, 0
	for _, r := range word {
		switch i := strings.IndexRune("零一二三四五六七八九", r); {
		case i >= 0:
			part = i / len("零")
		case r == '百':
			value += part * 100
			part = 0
		case r == '十':
			value += max(part, 1) * 10
			part = 0
		default:
			return ""
		}
	}
	if value+part == 0 {
		return ""
	}
	var digits []byte
	for n := value + part; n > 0; n /= 10 {
		digits = append([]byte{byte('0' + n%10)}, digits...)
	}
	return string(digits)
}
