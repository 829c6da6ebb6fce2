package e2e

import (
	"net/http/httptest"
	"net/url"
	"regexp"
	"sync"
	"testing"
	"time"

	"reliefportal/app/apptest"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// parallelPosts is how many of the same submit come at once.
const parallelPosts = 50

var receiptCode = regexp.MustCompile(`class="code[^>]*>([^<]+)<`)

// TestSubmitOnce sends the same submit again and again: every answer leads to the one receipt, and one filing is there.
func TestSubmitOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		server := httptest.NewServer(w.Handler())
		t.Cleanup(server.Close)
		who := w.Debtor(t, "13812346071")
		w.Time.Add(time.Minute)
		v := newVisitor(t, server.URL)
		v.signIn(t, "13812346071")
		for name, posts := range map[string]func(t *testing.T, draft string) []url.Values{
			"two clicks": func(t *testing.T, draft string) []url.Values {
				form := v.declaration(t, draft)
				return []url.Values{form, form}
			},
			"two tabs": func(t *testing.T, draft string) []url.Values {
				return []url.Values{v.declaration(t, draft), v.declaration(t, draft)}
			},
			"fifty at once": func(t *testing.T, draft string) []url.Values {
				all, form := make([]url.Values, parallelPosts), v.declaration(t, draft)
				for i := range all {
					all[i] = form
				}
				return all
			},
		} {
			t.Run(name, func(t *testing.T) {
				f := complete(t, w, who)
				draft := "/my/f/" + f.ID
				v.allReachReceipt(t, draft, posts(t, draft))
				oneOfEach(t, db, f.ID)
			})
		}
	})
}

// allReachReceipt sends the forms at once and wants every answer to lead to the receipt, which shows one code.
func (v *visitor) allReachReceipt(t *testing.T, draft string, forms []url.Values) {
	t.Helper()
	var wg sync.WaitGroup
	start := make(chan struct{})
	for _, form := range forms {
		wg.Go(func() {
			<-start
			if r, err := v.post(draft+"/check", form); err != nil || r.status != 303 || r.to != draft+"/receipt" {
				t.Errorf("answered %d, leads to %q (%v)", r.status, r.to, err)
			}
		})
	}
	close(start)
	wg.Wait()
	codes := map[string]bool{}
	for range 2 {
		page := v.must(t, 200)(v.get(draft + "/receipt"))
		found := receiptCode.FindStringSubmatch(page.body)
		if found == nil {
			t.Fatalf("the receipt shows no code:\n%s", page.body)
		}
		codes[found[1]] = true
	}
	if len(codes) != 1 {
		t.Errorf("the receipt shows %d codes", len(codes))
	}
}

// oneOfEach wants what one submit writes, once.
func oneOfEach(t *testing.T, db *store.DB, id string) {
	t.Helper()
	for what, query := range map[string]string{
		"filing":     "SELECT count(*) FROM filing WHERE id = ? AND status = 'submitted' AND ref IS NOT NULL",
		"submission": "SELECT count(*) FROM submission WHERE filing_id = ?",
		"clock":      "SELECT count(*) FROM clock WHERE filing_id = ?",
		"notice":     "SELECT count(*) FROM notice WHERE filing_id = ?",
		"record":     "SELECT count(*) FROM audit_event WHERE subject_id = ? AND kind = 'filing.submit'",
	} {
		var n int64
		if err := db.Read(t.Context()).Raw(query, id).Scan(&n).Error; err != nil || n != 1 {
			t.Errorf("%d of %s, want 1 (%v)", n, what, err)
		}
	}
}
