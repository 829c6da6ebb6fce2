package paper

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
)

var update = flag.Bool("update", false, "write the golden texts anew")

func sample(lang string) ReceiptData {
	r := ReceiptData{
		Lang: lang, Code: "7K4M-92QF", Applicant: "林晓芸", CaseNumber: "（2026）例0102执1234号",
		At:          time.Date(2026, 9, 28, 6, 6, 0, 0, time.UTC),
		Remedy:      "说执行做得不对（执行异议）",
		Rule:        "对执行行为的异议，由做出这个行为的法院审查。",
		Cites:       []string{"《民事诉讼法》第236条", "执行异议复议规定第4条"},
		Working:     []string{"送达的日子是 2026年9月23日（周三）。当天不算。", "顺延到之后第一个上班的日子：**2026年10月8日（周四）**。"},
		GoesOn:      true,
		PackName:    "2026-01-01",
		PackHash:    "9f2c41aa",
		Declaration: "以上是我知道的真实情况。",
		Chain: []Link{
			{Body: "江宜市临溪区人民法院立案庭", Text: "把您的申请和案卷报送上一级法院。", Due: calendar.NewDate(2026, 10, 8), Cites: []string{"执行程序解释第7条"}},
			{Body: "江宜市中级人民法院", Text: "收到后 30 天内裁定，并寄给您。当初采取措施的人不参与审查。"},
			{Body: "我们替您追问，您不用再跑", Text: "门径会把询问发给中级人民法院，并当天通知您。"},
		},
		Files: []File{
			{Name: "执行裁定书.jpg", Kind: "执行裁定书", Size: 1258292, SHA256: strings.Repeat("5b70e19d88c402fa", 4), At: time.Date(2026, 9, 28, 6, 1, 0, 0, time.UTC)},
			{Name: "䶮𬭎的工资流水 2026年3月—9月.pdf", Kind: "工资流水", Size: 317440, SHA256: strings.Repeat("c41e7a06d3f92b85", 4)},
		},
	}
	if lang == i18n.English {
		r.Remedy, r.Declaration = "Say that enforcement was done wrongly (objection)", "This is true as far as I know."
		r.Rule = "An objection to an act of enforcement is reviewed by the court that did the act."
		r.Cites = []string{"Civil Procedure Law, article 236"}
		r.Working = []string{"The day of service is Wednesday 23 September 2026. That day is not counted."}
		r.Chain[0].Body, r.Chain[0].Text = "Linxi District Court, filing division (江宜市临溪区人民法院立案庭)", "must send your application and the case file up."
		r.Chain[0].Cites = []string{"Enforcement Procedure Interpretation, article 7"}
		r.Chain[1].Body, r.Chain[1].Text = "Jiangyi Intermediate People’s Court", "rules within 30 days of receiving it and sends you the ruling."
		r.Chain[2].Body, r.Chain[2].Text = "We ask for you", "Menjing sends an inquiry to the Intermediate Court and tells you the same day."
	}
	return r
}

// textOf gives what a reader would find by searching or copying, line ends and runs of spaces evened out.
func textOf(t *testing.T, pdf []byte) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("pdftotext (poppler-utils) is needed")
		}
		t.Skip("pdftotext (poppler-utils) is not installed")
	}
	cmd := exec.CommandContext(t.Context(), tool, "-layout", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	var lines []string
	for line := range strings.SplitSeq(string(out), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

func draw(t *testing.T, r ReceiptData) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Receipt(&out, r); err != nil {
		t.Fatalf("receipt: %v", err)
	}
	return out.Bytes()
}

func TestReceiptGolden(t *testing.T) {
	for _, lang := range i18n.Languages {
		t.Run(lang, func(t *testing.T) {
			got := textOf(t, draw(t, sample(lang)))
			path := filepath.Join("testdata", "receipt."+lang+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("text differs from %s (run with -update and review)\n%s", path, got)
			}
		})
	}
}

func TestReceiptSaysEverything(t *testing.T) {
	r := sample(i18n.Chinese)
	got := strings.ReplaceAll(textOf(t, draw(t, r)), "\n", "")
	for _, want := range []string{
		"7K4M-92QF", "2026年10月8日（周四）", "现在由它办", "如果 10月8日还没有动静", "䶮𬭎", "（2026）例0102执1234号",
		"5b70 e19d 88c4 02fa 5b70", "第 1 页，共", "1.2 MB",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if n := strings.Count(got, "5b70 e19d 88c4 02fa"); n != 4 {
		t.Errorf("%d of 4 parts of the fingerprint", n)
	}
}

// TestAdditionSaysEverything: the receipt of papers added later has its own title and number, every file with its fingerprint and how far it has
// come, and what the person wrote, rare characters included.
func TestAdditionSaysEverything(t *testing.T) {
	for _, lang := range i18n.Languages {
		r := sample(lang)
		r.Files[0].Lines = []string{"已收到，正在检查", "查完就交给**江宜市中级人民法院**"}
		a := AdditionData{Lang: lang, Code: "7K4M-92QF +1", Remedy: r.Remedy, CaseNumber: r.CaseNumber, Applicant: "䶮𬭎", At: r.At, Body: "江宜市中级人民法院",
			Said: "新的诊断，请一起看。", Files: r.Files}
		var out bytes.Buffer
		if err := Addition(&out, a); err != nil {
			t.Fatal(err)
		}
		got := strings.ReplaceAll(textOf(t, out.Bytes()), "\n", "")
		for _, want := range []string{i18n.T(lang, "paper.added.title"), "7K4M-92QF +1", "江宜市中级人民法院", "䶮𬭎", "（2026）例0102执1234号",
			"5b70 e19d 88c4 02fa 5b70", "已收到，正在检查", "查完就交给江宜市中级人民法院", "新的诊断，请一起看。"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in %s", lang, want, got)
			}
		}
	}
}

// TestReceiptNamesWhatIsMissing: papers that could not be had stand on the receipt with their reasons.
func TestReceiptNamesWhatIsMissing(t *testing.T) {
	r := sample(i18n.Chinese)
	r.Cannot = []string{"出生证明：在老家，䶮家村"}
	if got := strings.ReplaceAll(textOf(t, draw(t, r)), "\n", ""); !strings.Contains(got, "拿不到的材料和原因") || !strings.Contains(got, r.Cannot[0]) {
		t.Errorf("%s", got)
	}
}

func TestReceiptBreaksPages(t *testing.T) {
	for _, n := range []int{0, 1, 20, 60} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			r := sample(i18n.Chinese)
			r.Files = nil
			for i := range n {
				r.Files = append(r.Files, File{Name: fmt.Sprintf("第%03d份材料.pdf", i), Size: 1, SHA256: fmt.Sprintf("%064x", i)})
			}
			got := textOf(t, draw(t, r))
			for i := range n {
				if !strings.Contains(got, fmt.Sprintf("第%03d份材料.pdf", i)) || !strings.Contains(got, i18n.Hash(fmt.Sprintf("%032x", i))) {
					t.Errorf("file %d is not on the paper", i)
				}
			}
			pages := strings.Count(got, "页，共")
			if last := fmt.Sprintf("第 %d 页，共 %d 页", pages, pages); !strings.Contains(got, last) {
				t.Errorf("no %q", last)
			}
			if n == 60 && pages < 4 {
				t.Errorf("60 files on %d pages", pages)
			}
		})
	}
}

func TestReceiptMissingGlyph(t *testing.T) {
	r := sample(i18n.Chinese)
	r.Rule = "一个字库里没有的字：𠀀"
	if err := Receipt(&bytes.Buffer{}, r); !errors.Is(err, ErrGlyph) {
		t.Errorf("in our own words: got %v, want ErrGlyph", err)
	}
	r = sample(i18n.Chinese)
	r.Files[0].Name = "借条☑🧾.jpg"
	got := textOf(t, draw(t, r))
	if !strings.Contains(got, "借条〓〓.jpg") || !strings.Contains(got, "“〓”表示") {
		t.Errorf("the name is not shown with marks and their meaning: %s", got)
	}
}

func TestReceiptAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	failed := make(chan error, 8)
	for range cap(failed) {
		go func() { failed <- Receipt(&bytes.Buffer{}, sample(i18n.English)) }()
	}
	for range cap(failed) {
		select {
		case err := <-failed:
			if err != nil {
				t.Error(err)
			}
		case <-ctx.Done():
			t.Fatal(ctx.Err())
		}
	}
}
