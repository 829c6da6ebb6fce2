package document

import (
	"context"
	"errors"
	"io"
	"time"
)

// Blobs keeps the bytes of files under random keys. What it gives back is what it was given, or an error.
type Blobs interface {
	// Put stores everything r gives. When r or the storage fails nothing is left behind.
	Put(ctx context.Context, r io.Reader) (Blob, error)
	// Open gives the bytes of a stored file, ErrNoBlob when there is none, ErrDamaged while reading when it was tampered with.
	Open(ctx context.Context, key string) (io.ReadCloser, error)
	// Delete removes a stored file for good; one that is not there is no error.
	Delete(ctx context.Context, key string) error
	// Each calls fn for every stored or half-stored file, in no order, until fn fails.
	Each(ctx context.Context, fn func(Stored) error) error
}

// Blob is what is known of a file once it is stored. Size is in plain bytes, SHA256 in lower-case hexadecimal over them.
type Blob struct {
	Key    string
	Size   int64
	SHA256 string
}

// Stored is a file found in the storage: its key and the instant it was last written.
type Stored struct {
	Key     string
	Written time.Time
}

// ErrNoBlob reports a key under which nothing is stored.
var ErrNoBlob = errors.New("no file is stored under this key")

// bound makes a copy stop when ctx ends.
type bound struct {
	ctx context.Context
	r   io.Reader
}

// Read reads on while the context lives.
func (b bound) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.r.Read(p)
}

// errTooLarge reports that more bytes came than are allowed.
var errTooLarge = errors.New("the file is larger than allowed")

// capped fails with errTooLarge once more than left bytes came, so that the length a browser claims is never trusted.
// failed is the error of r itself, to tell a sender that broke off from a storage that took no more.
type capped struct {
	r      io.Reader
	left   int64
	failed error
}

// Read reads on while bytes are left.
func (c *capped) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		c.failed = err
	}
	if int64(n) > c.left {
		return 0, errTooLarge
	}
	c.left -= int64(n)
	return n, err
}
