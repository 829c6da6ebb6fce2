package document

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// maxMeta bounds the "meta" box of a HEIC that is held in memory; those of phones are a few kilobytes.
const maxMeta = 1 << 20

// heicSize walks the top boxes of a HEIC (ISO/IEC 14496-12, 23008-12) and returns the largest picture any "ispe" property
// names. Every box must end inside the file, and there must be picture data.
func heicSize(r io.Reader) (pixels, error) {
	var size pixels
	meta, data := false, false
	for first := true; ; first = false {
		n, kind, err := heicBox(r)
		if errors.Is(err, io.EOF) && !first {
			break
		}
		if err != nil {
			return size, broken(err)
		}
		if first && kind != "ftyp" {
			return size, errBroken
		}
		switch kind {
		case "meta":
			if meta {
				return size, errBroken
			}
			meta = true
			size, err = heicMeta(r, n)
		case "mdat", "idat":
			data = true
			err = heicSkip(r, n)
		default:
			err = heicSkip(r, n)
		}
		if err != nil {
			return size, broken(err)
		}
		if n == toEnd {
			break
		}
	}
	if !meta || !data || size.w == 0 || size.h == 0 {
		return size, errBroken
	}
	return size, nil
}

const toEnd = -1 // length of a box that runs to the end of the file

// heicBox reads a box header and returns the length of its content.
func heicBox(r io.Reader) (n int64, kind string, err error) {
	var b [8]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return 0, "", err
	}
	kind = string(b[4:])
	switch n := int64(binary.BigEndian.Uint32(b[:])); {
	case n == 0:
		return toEnd, kind, nil
	case n == 1:
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return 0, "", io.ErrUnexpectedEOF
		}
		long := binary.BigEndian.Uint64(b[:])
		if long < 16 || long > 1<<40 {
			return 0, "", errBroken
		}
		return int64(long) - 16, kind, nil
	case n < 8:
		return 0, "", errBroken
	default:
		return n - 8, kind, nil
	}
}

func heicSkip(r io.Reader, n int64) error {
	if n == toEnd {
		_, err := io.Copy(io.Discard, r)
		return err
	}
	return discard(r, n)
}

// heicMeta looks for ispe inside meta → iprp → ipco. "meta" itself starts with four bytes of version and flags.
func heicMeta(r io.Reader, n int64) (pixels, error) {
	if n < 4 || n > maxMeta {
		return pixels{}, errBroken
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return pixels{}, err
	}
	return largestIspe(b[4:])
}

func largestIspe(b []byte) (pixels, error) {
	var best pixels
	for len(b) > 0 {
		r := bytes.NewReader(b)
		n, kind, err := heicBox(r)
		if err != nil {
			return best, err
		}
		body := b[len(b)-r.Len():]
		if n != toEnd {
			if n > int64(len(body)) {
				return best, errBroken
			}
			body = body[:n]
		}
		got, err := ispeOf(kind, body)
		if err != nil {
			return best, err
		}
		if got.w*got.h > best.w*best.h {
			best = got
		}
		if n == toEnd {
			break
		}
		b = b[int64(len(b)-r.Len())+n:]
	}
	return best, nil
}

func ispeOf(kind string, body []byte) (pixels, error) {
	switch kind {
	case "iprp", "ipco":
		return largestIspe(body)
	case "ispe":
		if len(body) < 12 {
			return pixels{}, errBroken
		}
		w, h := binary.BigEndian.Uint32(body[4:]), binary.BigEndian.Uint32(body[8:])
		return pixels{w: int64(min(w, 1<<31-1)), h: int64(min(h, 1<<31-1))}, nil
	}
	return pixels{}, nil
}
