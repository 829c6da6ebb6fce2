package paper

import (
	"bytes"
	"testing"
	"time"

	"reliefportal/app/calendar"
)

// TestInvitation: the sheet is one page of PDF, and a longer address than the portal makes still fits its code.
func TestInvitation(t *testing.T) {
	for _, address := range []string{"https://portal.test/s/" + string(bytes.Repeat([]byte("aB3_"), 11)), "https://a-long-name.example.gov.cn/s/" + string(bytes.Repeat([]byte("x"), 120))} {
		var out bytes.Buffer
		err := Invitation(&out, InvitationData{Address: address, At: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC), Until: calendar.NewDate(2026, 12, 8)})
		if err != nil {
			t.Fatal(err)
		}
		if pages := bytes.Count(out.Bytes(), []byte("/Type /Page\n")); !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) || pages != 1 {
			t.Errorf("%d pages of %q", pages, out.Bytes()[:8])
		}
	}
}
