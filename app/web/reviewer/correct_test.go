package reviewer_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestCorrectService: the reviewer corrects the day of service from the filing's page; what cannot be is said at its field; the debtor reads both
// days on his own page. The docketing desk has no such link.
func TestCorrectService(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		f := docketed(t, p, "13800006071")
		zhou := staff(t, p, "nanshan.shen1")
		f, err := p.Reviews.Assign(t.Context(), zhou, f.ID, f.Version, zhou.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		f, err = p.Reviews.Decide(t.Context(), zhou, f.ID, f.Version, review.Ruling{Disposition: "rejected", Grounds: []string{"G01"}, Text: "裁定没有为申请人留出生活所必需的费用。"})
		if err != nil {
			t.Fatal(err)
		}
		today := calendar.Today(p.Clock)
		if f, err = p.Reviews.Serve(t.Context(), zhou, f.ID, f.Version, review.ServedPost, today); err != nil {
			t.Fatal(err)
		}
		p.Clock.Set(today.AddDays(2).StartUTC().Add(3 * time.Hour))
		desk := "/staff/f/" + f.ID
		p.SignInStaff(t, "nanshan.lian").Get(desk).Is(http.StatusOK).SaysNot(zh("admin.service_title"))
		c := p.SignInStaff(t, "nanshan.shen1")
		c.Get(desk).Is(http.StatusOK)
		c.Follow(zh("admin.service_title")).Is(http.StatusOK).At(desk + "/service")
		c.Submit("main form[method=post]", typed(today, "")).Is(http.StatusUnprocessableEntity).Says(zh("answer.choose"))
		c.Submit("main form[method=post]", typed(today.AddDays(3), review.ServedPost)).Is(http.StatusUnprocessableEntity).Says(zh("date.future"))
		c.Submit("main form[method=post]", typed(today, review.ServedPost)).Is(http.StatusUnprocessableEntity).Says(zh("serve.unchanged"))
		c.Submit("main form[method=post]", typed(today.AddDays(1), review.ServedPost)).Is(http.StatusOK).At(desk).Says(zh("admin.service_done"))
		var now filing.Filing
		if err := db.Read(t.Context()).Where("id = ?", f.ID).Take(&now).Error; err != nil || now.ServedOn != today.AddDays(1) {
			t.Errorf("served on %v, %v", now.ServedOn, err)
		}
		p.SignInDebtor(t, "13800006071").Get("/my/f/"+f.ID+"/progress").Is(http.StatusOK).Says(zh("event.service_corrected"), zh("event.recomputed"))
	})
}

// typed is what a person types into the form of service.
func typed(on calendar.Date, how string) webtest.Fields {
	y, m, d := on.Parts()
	out := webtest.Fields{"year": strconv.Itoa(y), "month": strconv.Itoa(int(m)), "day": strconv.Itoa(d)}
	if how != "" {
		out["kind"] = how
	}
	return out
}
