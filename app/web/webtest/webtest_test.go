package webtest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const sample = `<html><body><main id="m"><form method="post" action="/save" class="a b">
<input type="hidden" name="_csrf" value="t"><input name="text" value="old"><input type="radio" name="pick" value="x" checked>
<input type="radio" name="pick" value="y"><input type="checkbox" name="many" value="1"><input type="checkbox" name="many" value="2">
<select name="s"><option value="1">one<option value="2" selected>two</select><textarea name="long">a
b</textarea><input name="off" value="1" disabled><button name="do" value="go">Go</button></form>
<p class="b">Two  words <b>and</b> more</p><a href="/next">Next page</a></main></body></html>`

func client(t *testing.T) *Client {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		http.SetCookie(w, &http.Cookie{Name: "c", Value: "1", Secure: true})
		_, _ = fmt.Fprint(w, sample)
	})
	mux.HandleFunc("POST /save", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		ck, _ := r.Cookie("c")
		_, _ = fmt.Fprint(w, r.PostForm.Encode(), " ", ck)
	})
	mux.HandleFunc("GET /away", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/next", http.StatusSeeOther) })
	return New(t, mux, "https://portal.test")
}

func TestSubmitLikeABrowser(t *testing.T) {
	c := client(t)
	got := string(c.SubmitAt("/", "form.a", Fields{"text": "new", "many": []string{"1", "2"}, "do": "go"}).Body)
	want := "_csrf=t&do=go&long=a%0Ab&many=1&many=2&pick=x&s=2&text=new c=1"
	if got != want {
		t.Errorf("sent %s\nwant %s", got, want)
	}
}

func TestFollow(t *testing.T) {
	c := client(t)
	c.Get("/away").At("/next").Says("Two words and more")
	c.Follow("Next").Is(200).At("/next")
	c.GetRaw("/away").Is(303)
}

func TestSelectors(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	for selector, want := range map[string]int{
		"input": 7, "#m form": 1, ".b": 2, "p.b": 1, "form.a.b": 1, "[disabled]": 1, "[name=pick]": 2, "[name='pick'][checked]": 1,
		"p input": 0, "body #m a[href=/next]": 1,
	} {
		if got := len(find(doc, selector)); got != want {
			t.Errorf("%s finds %d, want %d", selector, got, want)
		}
	}
}
