package callback

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"reliefportal/app/rules"
)

// TestNothingPersonalInLogs logs every value that carries words, a name or a number, and looks for them.
func TestNothingPersonalInLogs(t *testing.T) {
	const canary = "canary"
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("all",
		"row", Row{ID: "c1", Person: canary},
		"view", View{ID: "c2", Phone: canary, Numbers: []Number{{Number: canary}}, Person: canary, Answers: rules.Facts{"P14": rules.Said(canary)}},
		"reply", Reply{Item: "P14", Words: canary, Value: canary},
		"report", Report{Code: "40", Note: canary},
		"past", Past{Note: canary, Outcome: rules.OutcomeCode{Code: "41"}},
		"finding", FindingView{Finding: Finding{ID: "f1"}, Answer: canary},
		"number", Number{ID: "n1", Number: canary},
		"referral", Referral{ID: "r1", Person: canary, Attempts: []Past{{Note: canary}}},
		"check", Check{CaseID: "k1", Person: canary, Phone: canary},
		"personal", PersonalFinding{FilingID: "f2", Answer: canary},
	)
	if strings.Contains(out.String(), canary) {
		t.Errorf("logged: %s", &out)
	}
	for _, id := range []string{"c1", "c2", "P14", "40", "41", "n1", "r1", "k1", "f1", "f2"} {
		if !strings.Contains(out.String(), id) {
			t.Errorf("%s is missing in: %s", id, &out)
		}
	}
}
