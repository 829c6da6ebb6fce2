package document

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"io"
)

// ErrDamaged reports a stored file that was cut, reordered or changed, or sealed under another key.
var ErrDamaged = errors.New("the stored file is damaged")

const (
	chunkSize = 64 << 10 // plain bytes in every chunk but the last
	tagSize   = 16
	maxChunks = 1 << 31 // far above any allowed file; keeps the counter from wrapping
)

// stream is the sealing of one file, chunk by chunk, under a key used for this file only. The nonce carries the number of
// the chunk and whether it is the last, so that a file cut at a chunk's end, or put together in another order, does not open
// (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
type stream struct {
	aead  cipher.AEAD
	next  uint32
	nonce [12]byte
}

func newStream(key []byte) (*stream, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return &stream{aead: aead}, nil
}

// step moves on to the next chunk's nonce.
func (s *stream) step(last bool) error {
	if s.next >= maxChunks {
		return errors.New("the file has too many chunks")
	}
	binary.BigEndian.PutUint32(s.nonce[7:11], s.next)
	s.nonce[11] = 0
	if last {
		s.nonce[11] = 1
	}
	s.next++
	return nil
}

// sealer writes what it is given to w, sealed. Close writes the last chunk; without it the file does not open.
type sealer struct {
	*stream
	w   io.Writer
	buf []byte
	out []byte
}

func newSealer(w io.Writer, key []byte) (*sealer, error) {
	s, err := newStream(key)
	if err != nil {
		return nil, err
	}
	return &sealer{stream: s, w: w, buf: make([]byte, 0, chunkSize), out: make([]byte, 0, chunkSize+tagSize)}, nil
}

// Write seals full chunks as they fill up. A full chunk waits for the next byte, since it may be the last.
func (s *sealer) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		if len(s.buf) == chunkSize {
			if err := s.flush(false); err != nil {
				return 0, err
			}
		}
		room := min(chunkSize-len(s.buf), len(p))
		s.buf = append(s.buf, p[:room]...)
		p = p[room:]
	}
	return n, nil
}

// Close seals the last chunk, which may be empty.
func (s *sealer) Close() error { return s.flush(true) }

func (s *sealer) flush(last bool) error {
	if err := s.step(last); err != nil {
		return err
	}
	s.out = s.aead.Seal(s.out[:0], s.nonce[:], s.buf, nil)
	s.buf = s.buf[:0]
	_, err := s.w.Write(s.out)
	return err
}

// opener gives back what a sealer wrote. It returns io.EOF only after the chunk marked last, and ErrDamaged otherwise.
type opener struct {
	*stream
	r     io.Reader
	ahead [1]byte // first byte of the following chunk, read to learn whether one follows
	have  bool
	in    []byte
	plain []byte
	done  bool
}

func newOpener(r io.Reader, key []byte) (*opener, error) {
	s, err := newStream(key)
	if err != nil {
		return nil, err
	}
	return &opener{stream: s, r: r, in: make([]byte, chunkSize+tagSize)}, nil
}

// Read gives only bytes whose chunk was proved whole.
func (o *opener) Read(p []byte) (int, error) {
	for len(o.plain) == 0 {
		if o.done {
			return 0, io.EOF
		}
		if err := o.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, o.plain)
	o.plain = o.plain[n:]
	return n, nil
}

func (o *opener) fill() error {
	n, last, err := o.chunk()
	if err != nil {
		return err
	}
	if err := o.step(last); err != nil {
		return err
	}
	plain, err := o.aead.Open(o.in[:0], o.nonce[:], o.in[:n], nil)
	if err != nil {
		return ErrDamaged
	}
	o.plain, o.done = plain, last
	return nil
}

// chunk reads one sealed chunk into in and tells whether the file ends with it.
func (o *opener) chunk() (n int, last bool, err error) {
	if o.have {
		o.in[0], n = o.ahead[0], 1
	}
	m, err := io.ReadFull(o.r, o.in[n:])
	n += m
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return n, true, nil
	}
	if err != nil {
		return n, false, err
	}
	_, err = io.ReadFull(o.r, o.ahead[:])
	if errors.Is(err, io.EOF) {
		o.have = false
		return n, true, nil
	}
	o.have = err == nil
	return n, false, err
}
