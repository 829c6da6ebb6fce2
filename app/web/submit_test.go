package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestSubmitOnce submits one draft in every way a person does it twice: two clicks, two tabs, and fifty posts at the same moment. There is
// one filing, one statement of truth, one running clock, one message, and everybody sees the same receipt.
func TestSubmitOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		cases := map[string]func(t *testing.T, id string) []*webtest.Page{
			"two clicks":             w.twoClicks,
			"two tabs":               w.twoTabs,
			"fifty at once":          w.fiftyAtOnce,
			"back button, then send": w.backButton,
		}
		for name, submit := range cases {
			t.Run(name, func(t *testing.T) {
				f := w.draft(t, sides[own], answers(sides[own]))
				for _, answer := range submit(t, f.ID) {
					if to := answer.Header.Get("Location"); answer.Status != http.StatusSeeOther || to != w.Web.Path("debtor.receipt", f.ID) {
						t.Errorf("answered %d %s: %s", answer.Status, to, answer.Words())
					}
				}
				w.filedOnce(t, f.ID)
			})
		}
	})
}

// TestSubmitShowsTheNewerState changes the draft in one tab and submits the older page in the other: nothing is filed.
func TestSubmitShowsTheNewerState(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		f := w.draft(t, sides[own], answers(sides[own]))
		old, other := w.checking(t, f.ID), w.browser(t, w.person("debtor"))
		other.SubmitAt(w.Web.Path("debtor.question", f.ID, "request"), "main form", webtest.Fields{"value": "请解除全部冻结。"}).Is(200)
		old.SubmitRaw("main form", declared).Is(http.StatusConflict).Says("请解除全部冻结。")
		w.count(t, 0, "SELECT count(*) FROM submission WHERE filing_id = ?", f.ID)
	})
}

var declared = webtest.Fields{"declare": "1"}

// checking is a browser of the debtor that shows the check page of a draft.
func (w *world) checking(t *testing.T, id string) *webtest.Client {
	t.Helper()
	c := w.browser(t, w.person("debtor"))
	c.Get(w.Web.Path("debtor.check", id)).Is(http.StatusOK)
	return c
}

func (w *world) twoClicks(t *testing.T, id string) []*webtest.Page {
	c := w.checking(t, id)
	return []*webtest.Page{c.SubmitRaw("main form", declared), c.SubmitRaw("main form", declared)}
}

func (w *world) twoTabs(t *testing.T, id string) []*webtest.Page {
	first, second := w.checking(t, id), w.checking(t, id)
	return []*webtest.Page{first.SubmitRaw("main form", declared), second.SubmitRaw("main form", declared)}
}

func (w *world) backButton(t *testing.T, id string) []*webtest.Page {
	c := w.checking(t, id)
	page := c.Page
	first := c.Submit("main form", declared).Is(http.StatusOK).At(w.Web.Path("debtor.receipt", id))
	if !strings.Contains(first.Words(), "已收到") {
		t.Errorf("no receipt: %s", first.Words())
	}
	c.Page = page
	return []*webtest.Page{c.SubmitRaw("main form", declared)}
}

func (w *world) fiftyAtOnce(t *testing.T, id string) []*webtest.Page {
	const many = 50
	c := w.checking(t, id)
	values := url.Values{"declare": {"1"}}
	for _, field := range []string{"_csrf", "_version", "_submit"} {
		values.Set(field, c.Page.Attr("main form [name="+field+"]", "value"))
	}
	answers := make([]*webtest.Page, many)
	var start, done sync.WaitGroup
	start.Add(1)
	for i := range many {
		same := w.browser(t, w.person("debtor"))
		same.SetCookie(&http.Cookie{Name: "__Host-form", Value: c.Cookie("__Host-form"), Path: "/", Secure: true})
		done.Go(func() {
			start.Wait()
			answers[i] = same.Post(w.Web.Path("debtor.check", id), values)
		})
	}
	start.Done()
	done.Wait()
	return answers
}

// filedOnce counts what one submit leaves behind.
func (w *world) filedOnce(t *testing.T, id string) {
	t.Helper()
	w.count(t, 1, "SELECT count(*) FROM submission WHERE filing_id = ?", id)
	w.count(t, 1, "SELECT count(*) FROM filing WHERE id = ? AND status = 'submitted' AND ref IS NOT NULL", id)
	w.count(t, 1, "SELECT count(*) FROM clock WHERE filing_id = ? AND state = 'running'", id)
	w.count(t, 1, "SELECT count(*) FROM notice WHERE filing_id = ? AND kind = 'submitted'", id)
	w.count(t, 1, "SELECT count(*) FROM audit_event WHERE subject_type = 'filing' AND subject_id = ? AND kind = 'filing.submit'", id)
}

func (w *world) count(t *testing.T, want int64, query, id string) {
	t.Helper()
	var n int64
	if err := w.DB.Read(t.Context()).Raw(query, id).Scan(&n).Error; err != nil || n != want {
		t.Errorf("%s: %d, want %d (%v)", query, n, want, err)
	}
}
