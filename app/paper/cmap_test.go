package paper

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"reliefportal/app/i18n"
)

func TestMendedPlaces(t *testing.T) {
	for _, rare := range []string{"", "𬭎", strings.Repeat("𬭎𬬻𬬭𬭊𬭳𬭶𬭼", 3)} {
		r := sample(i18n.Chinese)
		r.Applicant = "林" + rare
		pdf := draw(t, r)
		at, err := strconv.Atoi(string(startOfXref.FindSubmatch(append(pdf, '\n'))[1]))
		if err != nil || !bytes.HasPrefix(pdf[at:], []byte("xref\n")) {
			t.Fatalf("the table is not at %d: %v", at, err)
		}
		for i, m := range xrefEntry.FindAllSubmatch(pdf[at:], -1) {
			place, _ := strconv.Atoi(string(m[1]))
			if want := fmt.Sprintf("%d 0 obj\n", i+1); !bytes.HasPrefix(pdf[place:], []byte(want)) {
				t.Errorf("object %d is not at %d", i+1, place)
			}
		}
		if got := textOf(t, pdf); !strings.Contains(got, "林"+rare) {
			t.Errorf("no 林%s in the text", rare)
		}
	}
}

func TestMendRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, in := range []string{"", "%PDF-1.7", cmapStart + "<2CB4E>endstream", "/Length 9\n" + cmapStart + "<2CB4E>endstream\n"} {
		if _, err := mendCharacters([]byte(in)); err == nil {
			t.Errorf("%q was taken", in)
		}
	}
}
