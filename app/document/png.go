package document

import (
	"bufio"
	"encoding/binary"
	"io"
)

const pngMagic = "\x89PNG\r\n\x1a\n"

// pngSize walks the chunks of a PNG to IEND without inflating anything.
func pngSize(r io.Reader) (pixels, error) {
	br := bufio.NewReaderSize(r, 32<<10)
	var head [len(pngMagic)]byte
	if _, err := io.ReadFull(br, head[:]); err != nil || string(head[:]) != pngMagic {
		return pixels{}, errBroken
	}
	var size pixels
	for first := true; ; first = false {
		n, kind, err := pngChunk(br)
		if err != nil {
			return size, broken(err)
		}
		if first != (kind == "IHDR") || n > 1<<31-1 {
			return size, errBroken
		}
		if first {
			if size, err = pngHeader(br, n); err != nil {
				return size, broken(err)
			}
			n = 0
		}
		if err := discard(br, int64(n)+4); err != nil { // data and checksum
			return size, broken(err)
		}
		if kind == "IEND" {
			return size, nil
		}
	}
}

func pngChunk(br *bufio.Reader) (length uint32, kind string, err error) {
	var b [8]byte
	if _, err := io.ReadFull(br, b[:]); err != nil {
		return 0, "", err
	}
	return binary.BigEndian.Uint32(b[:]), string(b[4:]), nil
}

func pngHeader(br *bufio.Reader, n uint32) (pixels, error) {
	var b [13]byte
	if n != uint32(len(b)) {
		return pixels{}, errBroken
	}
	if _, err := io.ReadFull(br, b[:]); err != nil {
		return pixels{}, err
	}
	size := pixels{w: int64(binary.BigEndian.Uint32(b[:])), h: int64(binary.BigEndian.Uint32(b[4:]))}
	if size.w == 0 || size.h == 0 {
		return size, errBroken
	}
	return size, nil
}

// discard passes over n bytes and fails when there are fewer.
func discard(r io.Reader, n int64) error {
	_, err := io.CopyN(io.Discard, r, n)
	return err
}
