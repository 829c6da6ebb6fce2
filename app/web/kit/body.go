package kit

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Limits of what a request may carry.
const (
	// textLimit is the most bytes of an ordinary form, and of all texts of an upload form together.
	textLimit = 1 << 20
	// fieldLimit is the most fields of one form.
	fieldLimit = 200
	// fileLimit is the most bytes kept of one file. It lies above what the portal accepts (20 MB), so that the rule about size is told by
	// the noun, in its own words, and this limit only protects the disk.
	fileLimit = 25 << 20
	// drainLimit is the most bytes read of an upload before the connection is given up. A browser shows the answer only when it could
	// send its whole body; so a file that is too large is read to its end and thrown away.
	drainLimit = 160 << 20
	// uploadPatience is how long an upload may stand still, and uploadTime how long it may take altogether (20 MB over a slow phone).
	uploadPatience = 20 * time.Second
	uploadTime     = 5 * time.Minute
)

// Mistakes of a body that no page can answer for.
var (
	errBodyTooLarge = errors.New("request body is too large")
	errBodyBroken   = errors.New("request body cannot be read")
	errBodyType     = errors.New("request body is not a form")
)

// readForm reads the body of a form. Files are taken only on upload rows.
func readForm(w http.ResponseWriter, r *http.Request, upload bool) (*Form, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, errBodyType
	}
	switch {
	case kind == "application/x-www-form-urlencoded":
		return readTexts(http.MaxBytesReader(w, r.Body, textLimit))
	case kind == "multipart/form-data" && upload && params["boundary"] != "":
		return readParts(multipart.NewReader(http.MaxBytesReader(w, patient(w, r.Body), drainLimit), params["boundary"]))
	}
	return nil, errBodyType
}

func readTexts(body io.Reader) (*Form, error) {
	raw, err := io.ReadAll(body)
	if err != nil {
		return nil, bodyError(err)
	}
	if strings.Count(string(raw), "&") >= fieldLimit {
		return nil, errBodyTooLarge
	}
	values, err := url.ParseQuery(string(raw))
	if err != nil {
		return nil, errBodyBroken
	}
	return &Form{values: values}, nil
}

// readParts reads an upload form part by part, so that memory does not follow the size of the files.
func readParts(parts *multipart.Reader) (*Form, error) {
	form := &Form{values: url.Values{}, files: map[string][]*File{}}
	room := int64(textLimit)
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return form, nil
		}
		if err == nil && n >= fieldLimit {
			err = errBodyTooLarge
		}
		if err == nil {
			room, err = form.take(part, room)
		}
		if err != nil {
			form.close()
			return nil, bodyError(err)
		}
	}
}

// take adds one part to the form and returns the room left for texts.
func (f *Form) take(part *multipart.Part, room int64) (int64, error) {
	if _, isFile := fileName(part); isFile {
		file, err := keepFile(part)
		if file != nil {
			f.files[part.FormName()] = append(f.files[part.FormName()], file)
		}
		return room, err
	}
	text, err := io.ReadAll(io.LimitReader(part, room+1))
	if err != nil {
		return room, err
	}
	if room -= int64(len(text)); room < 0 {
		return 0, errBodyTooLarge
	}
	f.values.Add(part.FormName(), string(text))
	return room, nil
}

// fileName says whether the part is a file field, chosen or not, and the name in it.
func fileName(part *multipart.Part) (string, bool) {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return "", false
	}
	name, ok := params["filename"]
	return name, ok
}

// keepFile spools one file to disk. A field without a chosen file gives nil. A disk that takes no more loses the file and not the form.
func keepFile(part *multipart.Part) (*File, error) {
	raw, _ := fileName(part)
	spool, problem := newSpool()
	if problem != nil {
		spool = &spooled{problem: problem}
	}
	size, err := io.Copy(spool, part)
	if err != nil || size == 0 && raw == "" {
		spool.remove()
		return nil, err
	}
	file := &File{Name: shownName(raw), Size: size, TooLarge: size > fileLimit, Problem: spool.problem, spool: spool}
	if file.TooLarge || file.Problem != nil {
		spool.remove()
		file.spool = nil
	}
	return file, nil
}

// shownName makes the visitor's file name fit to be shown: valid UTF-8 (old systems send GB18030), no folders, no control characters.
func shownName(raw string) string {
	if !utf8.ValidString(raw) {
		if text, err := simplifiedchinese.GB18030.NewDecoder().String(raw); err == nil {
			raw = text
		}
	}
	name := clean(path.Base(strings.ReplaceAll(raw, `\`, "/")))
	if name == "." || name == "/" {
		return ""
	}
	return name
}

// spooled is a temporary file that keeps at most fileLimit bytes and swallows the rest; once the disk takes no more it swallows everything.
type spooled struct {
	file    *os.File
	kept    int64
	problem error
}

// newSpool opens a nameless temporary file: it is unlinked at once, so that nothing of it stays even when the program is killed.
func newSpool() (*spooled, error) {
	file, err := os.CreateTemp("", "portal-upload-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &spooled{file: file}, nil
}

// Write keeps what fits and accepts the rest.
func (s *spooled) Write(b []byte) (int, error) {
	if s.problem != nil {
		return len(b), nil
	}
	keep := b[:min(int64(len(b)), fileLimit-s.kept)]
	n, err := s.file.Write(keep)
	s.kept += int64(n)
	s.problem = err
	return len(b), nil
}

func (s *spooled) remove() {
	if s.file != nil {
		_ = s.file.Close()
	}
}

// bodyError sorts the errors of reading into the few that the frame answers.
func bodyError(err error) error {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge), errors.Is(err, errBodyTooLarge), errors.Is(err, multipart.ErrMessageTooLarge):
		return errBodyTooLarge
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errBodyBroken
	}
	var onDisk *os.PathError
	if errors.As(err, &onDisk) {
		return err
	}
	return errBodyBroken
}
