package review_test

import (
	"testing"
	"time"

	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestPortalServiceNeedsConsent: CPL 90. Silence is no consent, consent may be taken back, and neither may anybody but the applicant give it.
func TestPortalServiceNeedsConsent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		who, zhou := w.Debtor(t, "13800006071"), w.Staff(t, "nanshan.shen1")
		f := accepted(t, w, filed(t, w, who))
		f, err := w.Reviews.Assign(ctx, zhou, f.ID, f.Version, zhou.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		if f, err = w.Reviews.Decide(ctx, zhou, f.ID, f.Version, ruling("rejected")); err != nil {
			t.Fatal(err)
		}
		today := calendar.Today(w.Clock)
		refused := func(when string) {
			t.Helper()
			_, err := w.Reviews.Serve(ctx, zhou, f.ID, f.Version, review.ServedPortal, today)
			if e, ok := fail.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Key != "serve.no_consent" {
				t.Fatalf("%s: served through the portal: %v", when, err)
			}
		}
		refused("nothing was said")
		address := filing.ServiceAddress{Name: "林晓芸", Address: "深圳市南山区常兴路 1 号", Consent: rules.Yes}
		if _, err := w.Filings.ChangeAddress(ctx, w.Debtor(t, "13800006072"), f.ID, f.Version, address); fail.KindOf(err) != fail.KindNotFound {
			t.Fatalf("somebody else consented: %v", err)
		}
		if f, err = w.Filings.ChangeAddress(ctx, who, f.ID, f.Version, address); err != nil {
			t.Fatal(err)
		}
		address.Consent = rules.No
		w.Time.Add(time.Second)
		if f, err = w.Filings.ChangeAddress(ctx, who, f.ID, f.Version, address); err != nil {
			t.Fatal(err)
		}
		refused("it was taken back")
		address.Consent = rules.Yes
		w.Time.Add(time.Second)
		if f, err = w.Filings.ChangeAddress(ctx, who, f.ID, f.Version, address); err != nil {
			t.Fatal(err)
		}
		if f, err = w.Reviews.Serve(ctx, zhou, f.ID, f.Version, review.ServedPortal, today); err != nil || f.Status != filing.Closed {
			t.Fatalf("with consent: %s, %v", f.Status, err)
		}
		next, err := w.Filings.StartNext(ctx, who, f.ID, "R15", "zh-Hans", store.NewID())
		if err != nil {
			t.Fatal(err)
		}
		carried, err := w.Filings.Address(ctx, next)
		if address.Consent = ""; err != nil || carried != address {
			t.Errorf("the next filing starts with %+v, %v", carried, err)
		}
	})
}
