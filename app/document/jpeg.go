package document

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// pixels is the size of a picture in its header, in pixels; a hostile header may claim anything up to 2³¹ each way.
type pixels struct{ w, h int64 }

var errBroken = errors.New("the file ends early or its structure is broken")

// JPEG markers used below (ITU-T T.81, table B.1).
const (
	jpegSOI, jpegEOI, jpegSOS   = 0xd8, 0xd9, 0xda
	jpegTEM, jpegRST0, jpegRST7 = 0x01, 0xd0, 0xd7
	jpegSOF0, jpegSOF15         = 0xc0, 0xcf
	jpegDHT, jpegJPG, jpegDAC   = 0xc4, 0xc8, 0xcc
)

// jpegSize walks the segments of a JPEG to its end marker without decoding any picture data, so that a file cut on its way
// is found at once. What follows the end marker (phones append short films) is not looked at.
func jpegSize(r io.Reader) (pixels, error) {
	br := bufio.NewReaderSize(r, 32<<10)
	var size pixels
	if m, err := jpegMarker(br); err != nil || m != jpegSOI {
		return size, errBroken
	}
	for {
		m, err := jpegMarker(br)
		if err != nil {
			return size, broken(err)
		}
		switch {
		case m == jpegEOI:
			if size.w == 0 || size.h == 0 {
				return size, errBroken
			}
			return size, nil
		case m == jpegTEM || (m >= jpegRST0 && m <= jpegRST7):
			continue
		case isFrame(m):
			size, err = jpegFrame(br)
		default:
			err = jpegSkip(br)
		}
		if err == nil && m == jpegSOS {
			err = jpegScan(br)
		}
		if err != nil {
			return size, broken(err)
		}
	}
}

func isFrame(m byte) bool {
	return m >= jpegSOF0 && m <= jpegSOF15 && m != jpegDHT && m != jpegJPG && m != jpegDAC
}

// jpegMarker reads FF, any fill bytes, and the marker.
func jpegMarker(br *bufio.Reader) (byte, error) {
	b, err := br.ReadByte()
	if err != nil {
		return 0, err
	}
	if b != 0xff {
		return 0, errBroken
	}
	for b == 0xff {
		if b, err = br.ReadByte(); err != nil {
			return 0, err
		}
	}
	return b, nil
}

func jpegLength(br *bufio.Reader) (int, error) {
	var b [2]byte
	if _, err := io.ReadFull(br, b[:]); err != nil {
		return 0, err
	}
	n := int(binary.BigEndian.Uint16(b[:])) - 2
	if n < 0 {
		return 0, errBroken
	}
	return n, nil
}

func jpegSkip(br *bufio.Reader) error {
	n, err := jpegLength(br)
	if err != nil {
		return err
	}
	_, err = br.Discard(n)
	return err
}

// jpegFrame reads precision, height and width of a frame header.
func jpegFrame(br *bufio.Reader) (pixels, error) {
	n, err := jpegLength(br)
	if err != nil {
		return pixels{}, err
	}
	if n < 6 {
		return pixels{}, errBroken
	}
	var b [5]byte
	if _, err := io.ReadFull(br, b[:]); err != nil {
		return pixels{}, err
	}
	size := pixels{h: int64(binary.BigEndian.Uint16(b[1:])), w: int64(binary.BigEndian.Uint16(b[3:]))}
	_, err = br.Discard(n - len(b))
	return size, err
}

// jpegScan passes over entropy-coded data up to the next real marker and leaves that marker unread.
func jpegScan(br *bufio.Reader) error {
	for {
		b, err := br.Peek(2)
		if err != nil {
			return err
		}
		if b[0] == 0xff && b[1] != 0 && b[1] != 0xff && (b[1] < jpegRST0 || b[1] > jpegRST7) {
			return nil
		}
		if _, err := br.Discard(1); err != nil {
			return err
		}
	}
}

// broken makes an early end of the file errBroken and leaves a failure to read as it is.
func broken(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errBroken
	}
	return err
}
