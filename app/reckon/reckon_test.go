package reckon

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reliefportal/app/money"
)

// lawTexts is where the full texts of the instruments stand when they are at hand; they are not part of the repository.
const lawTexts = "../../../shared/law"

// TestRulesAreInTheTexts looks the words of every rule up in its article.
func TestRulesAreInTheTexts(t *testing.T) {
	if _, err := os.Stat(lawTexts); err != nil {
		t.Skip("the texts are not at hand")
	}
	files := map[string]string{"LI": "late-interest-2014.md", "CPL": "civil-procedure-law-2023.md", "SF": "sealing-seizure-freezing-2020.md"}
	starts := map[string]string{"1": "第一条", "2": "第二条", "3": "第三条", "4": "第四条", "5": "第五条", "7": "第七条", "19": "第十九条", "85": "第八十五条",
		"254": "第二百五十四条", "264": "第二百六十四条"}
	for _, r := range []Rule{RuleDuty, RuleFormula, RuleStart, RuleNextDay, RuleEnd, RuleTaken, RuleSold, RuleTurned, RuleStay, RuleOrder, RuleOld, RuleForeign,
		RuleIncome, RuleStandard, RuleLimit, RuleLift, RuleWhole} {
		text, err := os.ReadFile(filepath.Join(lawTexts, files[r.Source]))
		if err != nil {
			t.Fatal(err)
		}
		article, _, _ := strings.Cut(r.Article, "(")
		if !strings.Contains(articleOf(string(text), starts[article]), r.Phrase) {
			t.Errorf("%s %s does not say %q", r.Source, r.Article, r.Phrase)
		}
	}
}

// articleOf is the text from the line that begins with the heading to the next article.
func articleOf(text, heading string) string {
	_, from, _ := strings.Cut(text, "\n"+heading+" ")
	if from == "" {
		_, from, _ = strings.Cut(text, "\n"+heading+"\u3000")
	}
	if i := strings.Index(from, "\n第"); i >= 0 {
		from = from[:i]
	}
	return from
}

// FuzzLate feeds days, sums and choices of every kind: no panic, and an accepted account never goes below zero.
func FuzzLate(f *testing.F) {
	f.Add(int64(10_000_000), "2025-12-31", "2026-04-10", int64(4_000_000), "2026-02-19", "2026-01-01", "2026-01-30", "paid", "retrial", "principal")
	f.Add(int64(-1), "", "0000-00-00", int64(money.Max), "1900-01-01", "2199-12-31", "1900-01-01", "x", "", "doubled")
	f.Fuzz(func(t *testing.T, sum int64, due, until string, paid int64, paidOn, from, to, kind, stay, order string) {
		in := LateInput{Debts: []Debt{{Sum: money.Fen(sum)}, {Sum: money.Fen(sum)}}, Interest: money.Fen(paid), PerMillion: 175, Order: Order(order),
			Payments: []Payment{{Sum: money.Fen(paid), Kind: PaymentKind(kind)}}, Stays: []Stay{{Kind: StayKind(stay)}}}
		// An unreadable day stays none, as the form leaves it.
		_ = in.Debts[0].Due.UnmarshalText([]byte(due))
		_ = in.Debts[1].Due.UnmarshalText([]byte(from))
		_ = in.Until.UnmarshalText([]byte(until))
		_ = in.Payments[0].On.UnmarshalText([]byte(paidOn))
		_ = in.Stays[0].From.UnmarshalText([]byte(from))
		_ = in.Stays[0].To.UnmarshalText([]byte(to))
		r, err := LateInterest(in)
		if err == nil && (r.Balance < 0 || r.Doubled < 0 || r.Balance != r.Principal+r.Interest+r.DoubledLeft) {
			t.Fatalf("%+v gives %+v", in, r)
		}
	})
}
