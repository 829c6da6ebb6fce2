package document_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reliefportal/app/document"
)

// eicar is the agreed harmless file that every scanner reports. It stands in two halves so that no scanner reports this source.
const eicar = `X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-` + `STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`

// clamd is a daemon that speaks the protocol of ClamAV. answer gets the whole file and says what goes back, byte for byte; limit is the most
// bytes it takes.
type clamd struct {
	limit  int
	answer func(file []byte) string
}

// serve listens at a place of network and gives its address in the portal's form.
func (d clamd) serve(t *testing.T, network string) string {
	t.Helper()
	place := "127.0.0.1:0"
	if network == "unix" {
		place = filepath.Join(t.TempDir(), "clamd.sock")
	}
	l, err := new(net.ListenConfig).Listen(t.Context(), network, place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go d.talk(conn)
		}
	}()
	if network == "unix" {
		return "unix:" + place
	}
	return "tcp://" + l.Addr().String()
}

func (d clamd) talk(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	command := make([]byte, 0, 16)
	for b := make([]byte, 1); !bytes.HasSuffix(command, []byte{0}); command = append(command, b[0]) {
		if _, err := conn.Read(b); err != nil {
			return
		}
	}
	if string(command) == "zPING\x00" {
		_, _ = io.WriteString(conn, "PONG\x00")
		return
	}
	var file []byte
	for {
		var n uint32
		if binary.Read(conn, binary.BigEndian, &n) != nil {
			return
		}
		if n == 0 {
			break
		}
		if d.limit > 0 && len(file)+int(n) > d.limit {
			_, _ = io.WriteString(conn, "INSTREAM size limit exceeded. ERROR\x00")
			_, _ = io.CopyN(io.Discard, conn, int64(n)) // as clamd does: what came is read, then it hangs up
			return
		}
		chunk := make([]byte, n)
		if _, err := io.ReadFull(conn, chunk); err != nil {
			return
		}
		file = append(file, chunk...)
	}
	_, _ = io.WriteString(conn, d.answer(file))
}

// honest reports eicar and nothing else.
func honest(file []byte) string {
	if bytes.Contains(file, []byte(eicar)) {
		return "stream: Eicar-Signature FOUND\x00"
	}
	return "stream: OK\x00"
}

func TestClamd(t *testing.T) {
	big := bytes.Repeat([]byte("0123456789abcdef"), 300<<10/16) // several chunks, the last one short
	for _, network := range []string{"tcp", "unix"} {
		var got []byte
		scanner := must(document.NewClamd(clamd{answer: func(f []byte) string { got = f; return honest(f) }}.serve(t, network)))(t)
		if err := scanner.Ping(t.Context()); err != nil {
			t.Errorf("%s: ping: %v", network, err)
		}
		for what, file := range map[string][]byte{"nothing": {}, "one byte": {1}, "one chunk": big[:64<<10], "many chunks": big[:len(big)-5]} {
			verdict, err := scanner.Scan(t.Context(), bytes.NewReader(file))
			if err != nil || !verdict.Clean || verdict.Found != "" || !bytes.Equal(got, file) {
				t.Errorf("%s: %s: %+v, %v, %d bytes came of %d", network, what, verdict, err, len(got), len(file))
			}
		}
		if verdict, err := scanner.Scan(t.Context(), strings.NewReader(eicar)); err != nil || verdict.Clean || verdict.Found != "Eicar-Signature" {
			t.Errorf("%s: a virus: %+v, %v", network, verdict, err)
		}
	}
}

// TestClamdUnsureIsAnError: whatever is not a whole and plain answer must never read as clean.
func TestClamdUnsureIsAnError(t *testing.T) {
	for what, answer := range map[string]string{
		"an error": "stream: Can't allocate memory ERROR\x00", "half an answer": "stream: O", "no end": "stream: OK", "nothing": "", "an empty line": "\x00",
		"another OK": "OK\x00", "a virus without a name": "stream:  FOUND\x00", "OK behind more": "stream: NOT OK\x00", "a long answer": strings.Repeat("x", 9000) + "\x00",
	} {
		scanner := must(document.NewClamd(clamd{answer: func([]byte) string { return answer }}.serve(t, "tcp")))(t)
		if verdict, err := scanner.Scan(t.Context(), strings.NewReader("a file")); err == nil || verdict.Clean {
			t.Errorf("%s: %+v, %v", what, verdict, err)
		}
	}
}

func TestClamdSizeLimit(t *testing.T) {
	scanner := must(document.NewClamd(clamd{limit: 100 << 10, answer: honest}.serve(t, "tcp")))(t)
	verdict, err := scanner.Scan(t.Context(), bytes.NewReader(make([]byte, 5<<20)))
	if err == nil || verdict.Clean {
		t.Errorf("over the limit of the daemon: %+v, %v", verdict, err)
	}
	if verdict, err := scanner.Scan(t.Context(), bytes.NewReader(make([]byte, 64<<10))); err != nil || !verdict.Clean {
		t.Errorf("under the limit: %+v, %v", verdict, err)
	}
}

func TestClamdThatIsDownOrSilent(t *testing.T) {
	down := must(document.NewClamd("unix:" + filepath.Join(t.TempDir(), "nobody.sock")))(t)
	if verdict, err := down.Scan(t.Context(), strings.NewReader("a file")); err == nil || verdict.Clean {
		t.Errorf("down: %+v, %v", verdict, err)
	}
	if err := down.Ping(t.Context()); err == nil {
		t.Error("a daemon that is down answers a ping")
	}
	held := make(chan struct{})
	defer close(held)
	silent := must(document.NewClamd(clamd{answer: func([]byte) string { <-held; return "" }}.serve(t, "tcp")))(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	if verdict, err := silent.Scan(ctx, strings.NewReader("a file")); err == nil || verdict.Clean {
		t.Errorf("silent: %+v, %v", verdict, err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it waited %v for a silent daemon", took)
	}
}

func TestClamdAddress(t *testing.T) {
	for _, good := range []string{"tcp://127.0.0.1:3310", "tcp://[::1]:3310", "tcp://clamav:3310", "unix:/run/clamav/clamd.ctl"} {
		if _, err := document.NewClamd(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "clamav:3310", "tcp://clamav", "tcp://:3310", "http://clamav:3310", "unix:relative", "unix://host/path", "tcp://a@b:1", "tcp://b:1/x", "%"} {
		if _, err := document.NewClamd(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
