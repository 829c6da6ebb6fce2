package packs_test

import (
	"testing"
	"time"

	"reliefportal/app/packs"
	"reliefportal/app/rules"
)

// TestPapers: every paper asked for says why and where in both languages, can be said to be out of reach, and beside them a file may be one of the
// general kinds.
func TestPapers(t *testing.T) {
	set, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range set.All() {
		cannot, ok := pack.Fact(rules.PapersCannot)
		if !ok || !cannot.Personal {
			t.Fatalf("%s: nobody can say that a paper is out of reach: %+v", pack.ID, cannot)
		}
		if pack.PapersLate < time.Hour || pack.PapersLate > 48*time.Hour {
			t.Errorf("%s: a file may wait for %s", pack.ID, pack.PapersLate)
		}
		for _, r := range pack.Remedies {
			for _, paper := range r.Papers {
				for _, text := range []rules.Text{paper.Label, paper.Why, paper.Where} {
					if text.Zh == "" || text.En == "" {
						t.Errorf("%s: paper %s of %s leaves something out: %+v", pack.ID, paper.ID, r.ID, paper)
					}
				}
				if _, ok := cannot.Option(paper.ID); !ok {
					t.Errorf("%s: paper %s of %s cannot be said to be out of reach", pack.ID, paper.ID, r.ID)
				}
			}
		}
		checkKinds(t, pack)
	}
}

func checkKinds(t *testing.T, pack *rules.Pack) {
	t.Helper()
	r, _ := pack.Remedy("R11")
	kinds, seen := pack.KindsFor(r, rules.Facts{}), map[string]bool{}
	for _, k := range kinds {
		if seen[k.ID] {
			t.Errorf("kind %s is offered twice", k.ID)
		}
		seen[k.ID] = true
		if got, ok := pack.Paper(r, k.ID); !ok || got.Label != k.Label {
			t.Errorf("kind %s is not found again", k.ID)
		}
	}
	for _, want := range []string{"statement", "payslip", "ruling_copy", "medical", "identity", "photo"} {
		if !seen[want] {
			t.Errorf("a file cannot be called %s", want)
		}
	}
	if _, ok := pack.Paper(r, "nonsense"); ok {
		t.Error("a kind that is not there was found")
	}
}
