package kit

import (
	"io"
	"net/http"
	"time"

	"reliefportal/app/calendar"
)

// patientBody moves the read deadline of the connection ahead with every read, within one limit for the whole body. The server's own
// deadline is made for small forms and would cut off a large file on a slow phone.
type patientBody struct {
	io.ReadCloser
	control *http.ResponseController
	until   time.Time
}

// patient wraps the body of an upload.
func patient(w http.ResponseWriter, body io.ReadCloser) io.ReadCloser {
	return &patientBody{ReadCloser: body, control: http.NewResponseController(w), until: socketNow().Add(uploadTime)}
}

// Read implements io.Reader.
func (b *patientBody) Read(p []byte) (int, error) {
	deadline := socketNow().Add(uploadPatience)
	if deadline.After(b.until) {
		deadline = b.until
	}
	// In-process tests have no connection and so no deadlines; a real one without deadlines is caught by the server's limits.
	// The deadline for the answer moves along, else a long upload would be read to its end and never answered.
	_ = b.control.SetReadDeadline(deadline)
	_ = b.control.SetWriteDeadline(deadline.Add(requestTime))
	return b.ReadCloser.Read(p)
}

// slowWriter moves the write deadline of the connection ahead with every piece, within one limit for the whole file: the server's own
// deadline would cut off a file on a slow phone.
type slowWriter struct {
	io.Writer
	control *http.ResponseController
	until   time.Time
}

// patientWriter wraps the answer of a download.
func patientWriter(w http.ResponseWriter) io.Writer {
	return &slowWriter{Writer: w, control: http.NewResponseController(w), until: socketNow().Add(uploadTime)}
}

// Write implements io.Writer.
func (w *slowWriter) Write(p []byte) (int, error) {
	deadline := socketNow().Add(uploadPatience)
	if deadline.After(w.until) {
		deadline = w.until
	}
	_ = w.control.SetWriteDeadline(deadline) // as above: in-process tests have no connection
	return w.Writer.Write(p)
}

// socketNow is the time of the machine, which is what connections go by, whatever the portal's clock is set to.
func socketNow() time.Time { return calendar.SystemClock{}.Now() }
