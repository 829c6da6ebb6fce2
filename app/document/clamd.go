package document

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"time"
)

// Limits of one conversation with clamd.
const (
	clamdWait  = 90 * time.Second // for 20 MB; the job that asks has four minutes
	clamdDial  = 5 * time.Second
	clamdReply = 4 << 10 // bytes of an answer; a real one is a line
)

// Clamd asks a ClamAV daemon by its INSTREAM command. Its StreamMaxLength must be at least 20 MB, as its own default is.
type Clamd struct{ network, address string }

// NewClamd reads an address: tcp://host:port or unix:/path.
func NewClamd(address string) (*Clamd, error) {
	u, err := url.Parse(address)
	if err == nil && u.Scheme == "tcp" && u.Path == "" && u.User == nil {
		if host, port, err := net.SplitHostPort(u.Host); err == nil && host != "" && port != "" {
			return &Clamd{"tcp", u.Host}, nil
		}
	}
	if err == nil && u.Scheme == "unix" && u.Host == "" && strings.HasPrefix(u.Path, "/") {
		return &Clamd{"unix", u.Path}, nil
	}
	return nil, errors.New("a ClamAV address is tcp://host:port or unix:/path")
}

// Ping says whether the daemon answers.
func (c *Clamd) Ping(ctx context.Context) error {
	reply, err := c.ask(ctx, clamdDial, func(w io.Writer) error { _, err := io.WriteString(w, "zPING\x00"); return err })
	if err == nil && reply != "PONG" {
		err = fmt.Errorf("clamd answered %q to a ping", reply)
	}
	return err
}

// Scan sends the bytes of r. Anything but a plain "OK" or "FOUND" is an error.
func (c *Clamd) Scan(ctx context.Context, r io.Reader) (Verdict, error) {
	reply, err := c.ask(ctx, clamdWait, func(w io.Writer) error { return instream(w, r) })
	if err != nil {
		return Verdict{}, err
	}
	answer, ok := strings.CutPrefix(reply, "stream: ")
	if ok && answer == "OK" {
		return Verdict{Clean: true}, nil
	}
	if found, virus := strings.CutSuffix(answer, " FOUND"); ok && virus && found != "" {
		return Verdict{Found: found}, nil
	}
	return Verdict{}, fmt.Errorf("clamd answered %q", reply)
}

// instream writes the command, the file in chunks with their lengths before them, and the empty chunk that ends it.
func instream(w io.Writer, r io.Reader) error {
	if _, err := io.WriteString(w, "zINSTREAM\x00"); err != nil {
		return err
	}
	buf := make([]byte, 4+chunkSize)
	for {
		n, err := io.ReadFull(r, buf[4:])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		binary.BigEndian.PutUint32(buf, uint32(n))
		if _, err := w.Write(buf[:4+n]); err != nil || n == 0 {
			return err
		}
	}
}

// ask holds one conversation on a connection of its own. When the daemon breaks off while the file is being sent, what it said before is
// more telling than the broken connection: it refuses a file over its limit that way.
func (c *Clamd) ask(ctx context.Context, wait time.Duration, send func(io.Writer) error) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	conn, err := (&net.Dialer{Timeout: clamdDial}).DialContext(ctx, c.network, c.address)
	if err != nil {
		return "", err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	sending := send(conn)
	reply, err := bufio.NewReader(io.LimitReader(conn, clamdReply)).ReadString(0)
	_ = conn.Close() // the conversation is over whatever closing says
	if err != nil {
		return "", errors.Join(errors.New("clamd gave no whole answer"), sending, err, ctx.Err())
	}
	reply = strings.TrimSpace(strings.TrimSuffix(reply, "\x00"))
	if sending != nil {
		return "", fmt.Errorf("clamd broke off with %q: %w", reply, sending)
	}
	return reply, nil
}
