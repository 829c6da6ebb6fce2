package kit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"reliefportal/app/fail"
)

func readBody(t *testing.T, kind string, upload bool, body io.Reader) (*Form, error) {
	t.Helper()
	r := httptest.NewRequest("POST", "/", body)
	r.Header.Set("Content-Type", kind)
	form, err := readForm(httptest.NewRecorder(), r, upload)
	if err == nil {
		t.Cleanup(form.close)
	}
	return form, err
}

const urlencoded = "application/x-www-form-urlencoded"

func TestTextLimits(t *testing.T) {
	cases := []struct {
		name string
		body string
		want error
	}{
		{"at the limit of bytes", "a=" + strings.Repeat("x", textLimit-2), nil},
		{"one byte more", "a=" + strings.Repeat("x", textLimit-1), errBodyTooLarge},
		{"at the limit of fields", strings.Repeat("a=1&", fieldLimit-1) + "a=1", nil},
		{"one field more", strings.Repeat("a=1&", fieldLimit) + "a=1", errBodyTooLarge},
		{"broken escapes", "a=%zz", errBodyBroken},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := readBody(t, urlencoded, false, strings.NewReader(c.body)); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestFormText(t *testing.T) {
	form, err := readBody(t, urlencoded, false, strings.NewReader(url.Values{
		"name": {"  林\u0000某\r\n芸 "}, "nfd": {"e\u0301"}, "full": {"１２３"}, "many": {"a", "", " b "}, "bad": {"\xff"},
	}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"name": "林某\n芸", "nfd": "é", "bad": "\uFFFD", "none": ""} {
		if got := form.Value(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if n, ok := form.Int("full"); n != 123 || !ok {
		t.Errorf("full-width number is %d %v", n, ok)
	}
	if got := form.All("many"); len(got) != 2 || got[1] != "b" {
		t.Errorf("many is %q", got)
	}
	if form.Raw("name") != "  林\u0000某\r\n芸 " {
		t.Error("what was typed is not kept")
	}
}

func TestValuesLeaveOutTheFrame(t *testing.T) {
	form := &Form{values: url.Values{"_csrf": {"t"}, "a": {"1"}}}
	if got := form.Values(); got.Has("_csrf") || got.Get("a") != "1" {
		t.Errorf("got %v", got)
	}
}

// upload builds a multipart body with one text and files of the given sizes.
func upload(t *testing.T, sizes ...int64) (string, io.Reader) {
	t.Helper()
	var head bytes.Buffer
	m := multipart.NewWriter(&head)
	if err := m.WriteField("kind", "ruling"); err != nil {
		t.Fatal(err)
	}
	var parts []io.Reader
	for i, size := range sizes {
		if _, err := m.CreateFormFile("file", fmt.Sprintf("证据%d.pdf", i)); err != nil {
			t.Fatal(err)
		}
		parts = append(parts, bytes.NewReader(bytes.Clone(head.Bytes())), io.LimitReader(endless{}, size))
		head.Reset()
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return m.FormDataContentType(), io.MultiReader(append(parts, &head)...)
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestFileLimits(t *testing.T) {
	for _, size := range []int64{0, 1, fileLimit, fileLimit + 1, 30 << 20} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			kind, body := upload(t, size)
			form, err := readBody(t, kind, true, body)
			if err != nil {
				t.Fatal(err)
			}
			file, ok := form.File("file")
			if !ok || file.Size != size || file.Name != "证据0.pdf" || file.TooLarge != (size > fileLimit) || form.Value("kind") != "ruling" {
				t.Fatalf("got %+v %v, kind %q", file, ok, form.Value("kind"))
			}
			for range 2 {
				n, err := io.Copy(io.Discard, file.Open())
				if want := size; err != nil || !file.TooLarge && n != want || file.TooLarge && n != 0 {
					t.Errorf("read %d bytes, %v", n, err)
				}
			}
		})
	}
}

// TestUploadWithoutRoom: a temporary folder that takes nothing loses the file, says so, and keeps everything else of the form.
func TestUploadWithoutRoom(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()+"/gone")
	kind, body := upload(t, 300<<10)
	form, err := readBody(t, kind, true, body)
	if err != nil {
		t.Fatal(err)
	}
	file, ok := form.File("file")
	if !ok || file.Problem == nil || file.Size != 300<<10 || form.Value("kind") != "ruling" || len(form.Files("file")) != 1 {
		t.Fatalf("got %+v %v, kind %q", file, ok, form.Value("kind"))
	}
	if n, err := io.Copy(io.Discard, file.Open()); n != 0 || err != nil {
		t.Errorf("read %d bytes of what was lost, %v", n, err)
	}
}

func TestUploadIsRefusedBeyondTheDrain(t *testing.T) {
	kind, body := upload(t, fileLimit+1, drainLimit)
	if _, err := readBody(t, kind, true, body); !errors.Is(err, errBodyTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestUploadOnlyWhereTheRowTakesFiles(t *testing.T) {
	kind, body := upload(t, 1)
	if _, err := readBody(t, kind, false, body); !errors.Is(err, errBodyType) {
		t.Errorf("got %v", err)
	}
}

func TestBrokenUpload(t *testing.T) {
	kind, body := upload(t, 1000)
	if _, err := readBody(t, kind, true, io.LimitReader(body, 500)); !errors.Is(err, errBodyBroken) {
		t.Errorf("cut short: %v", err)
	}
	if _, err := readBody(t, "multipart/form-data", true, strings.NewReader("")); !errors.Is(err, errBodyType) {
		t.Errorf("no boundary: %v", err)
	}
}

func TestManyParts(t *testing.T) {
	for _, n := range []int{fieldLimit, fieldLimit + 1} {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for range n {
			if err := m.WriteField("a", "1"); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := readBody(t, m.FormDataContentType(), true, &b); (err == nil) != (n <= fieldLimit) {
			t.Errorf("%d parts: %v", n, err)
		}
	}
}

func TestShownName(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("裁定书.jpg")
	if err != nil {
		t.Fatal(err)
	}
	for raw, want := range map[string]string{
		"a.pdf": "a.pdf", "../../etc/passwd": "passwd", `C:\Users\林\裁定.pdf`: "裁定.pdf", gbk: "裁定书.jpg", "a\r\nb.pdf": "a\nb.pdf", "..": "..", "": "", "/": "",
		"x\x00.pdf": "x.pdf",
	} {
		if got := shownName(raw); got != want {
			t.Errorf("%q gives %q, want %q", raw, got, want)
		}
	}
}

// TestOversizedUploadIsAnswered sends 30 MB over a real connection: the browser must see the page, not a broken connection.
func TestOversizedUploadIsAnswered(t *testing.T) {
	b := newBench(t, Route{Method: "POST", Path: "/upload", Name: "upload", Who: Anyone, Upload: true, Handler: func(c *Ctx) error {
		file, ok := c.Form().File("file")
		return c.Again(text(c.Page(), fmt.Sprint(ok, file.TooLarge, file.Size, c.Form().Value("kind"))))
	}})
	server := httptest.NewTLSServer(b)
	defer server.Close()
	client := server.Client()
	client.Jar, _ = cookiejar.New(nil)
	page, err := client.Get(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := io.ReadAll(page.Body)
	kind, body := upload(t, 30<<20)
	boundary := strings.TrimPrefix(kind, "multipart/form-data; boundary=")
	token := fmt.Sprintf("--%s\r\nContent-Disposition: form-data; name=%q\r\n\r\n%s\r\n", boundary, CSRFField, strings.Split(string(raw), "|")[1])
	req, _ := http.NewRequestWithContext(context.Background(), "POST", server.URL+"/upload", io.MultiReader(strings.NewReader(token), body))
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	said, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != 422 || !strings.Contains(string(said), fmt.Sprint(true, true, 30<<20, "ruling")) {
		t.Errorf("got %d %s", answer.StatusCode, said)
	}
}

func TestRead(t *testing.T) {
	type shapeOf struct {
		Name  string   `form:"name" validate:"required,max=5" say:"required=signin.contact_empty"`
		Kind  string   `form:"kind" validate:"omitempty,oneof=a b"`
		Sure  bool     `form:"sure"`
		Year  int64    `form:"year"`
		Picks []string `form:"picks" validate:"max=2"`
	}
	cases := []struct {
		name  string
		form  url.Values
		wrong map[string]string
	}{
		{"good", url.Values{"name": {"林某芸先生"}, "kind": {"a"}, "year": {"２０２６"}, "picks": {"x", "y"}}, nil},
		{"nothing", url.Values{}, map[string]string{"name": "signin.contact_empty"}},
		{"spaces are nothing", url.Values{"name": {"  "}}, map[string]string{"name": "signin.contact_empty"}},
		{"one character too long", url.Values{"name": {"林某芸先生们"}}, map[string]string{"name": "field.too_long"}},
		{"all at once", url.Values{"kind": {"c"}, "year": {"x"}, "picks": {"1", "2", "3"}},
			map[string]string{"name": "signin.contact_empty", "kind": "field.choose", "year": "field.number", "picks": "field.too_long"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got shapeOf
			err := (&Form{values: c.form}).Read(&got)
			wrong := map[string]string{}
			if e, ok := fail.As(err); ok {
				for _, f := range e.Fields {
					wrong[f.Name] = f.Key
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(wrong) != fmt.Sprint(c.wrong) && len(wrong)+len(c.wrong) > 0 {
				t.Errorf("got %v, want %v", wrong, c.wrong)
			}
			if got.Name != strings.TrimSpace(c.form.Get("name")) {
				t.Errorf("typed text is lost: %q", got.Name)
			}
		})
	}
}

func FuzzReadParts(f *testing.F) {
	f.Add("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n")
	f.Add("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"..\\\\x\"\r\n\r\n1\r\n--b--\r\n")
	f.Fuzz(func(t *testing.T, body string) {
		form, err := readParts(multipart.NewReader(strings.NewReader(body), "b"))
		if err == nil {
			form.close()
		}
	})
}
