package document

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

var streamKey = bytes.Repeat([]byte{1, 2}, 16)

func sealed(t interface{ Fatal(...any) }, plain []byte) []byte {
	var out bytes.Buffer
	s, err := newSealer(&out, streamKey)
	if err == nil {
		_, err = s.Write(plain)
	}
	if err == nil {
		err = s.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func opened(in []byte) ([]byte, error) {
	o, err := newOpener(bytes.NewReader(in), streamKey)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(o)
}

// sizes are lengths around every edge of a chunk.
var sizes = []int{0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 2*chunkSize - 1, 2 * chunkSize, 2*chunkSize + 1, 3*chunkSize + 7}

func TestStreamGivesBackWhatItTook(t *testing.T) {
	for _, n := range sizes {
		plain := bytes.Repeat([]byte("证据"), n/6+1)[:n]
		got, err := opened(sealed(t, plain))
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes: %d came back, %v", n, len(got), err)
		}
	}
}

func TestStreamInAnyPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 3*chunkSize).Draw(t, "plain")
		var out bytes.Buffer
		s, err := newSealer(&out, streamKey)
		if err != nil {
			t.Fatal(err)
		}
		for rest := plain; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			if _, err := s.Write(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		o, err := newOpener(iotest.HalfReader(&out), streamKey)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(o)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%d of %d bytes, %v", len(got), len(plain), err)
		}
	})
}

func TestStreamFindsTampering(t *testing.T) {
	const c = chunkSize + tagSize
	whole := sealed(t, bytes.Repeat([]byte{7}, 3*chunkSize+5))
	cut := func(n int) []byte { return append([]byte(nil), whole[:n]...) }
	swapped := append(append(append([]byte(nil), whole[c:2*c]...), whole[:c]...), whole[2*c:]...)
	doubled := append(append([]byte(nil), whole[:c]...), whole...)
	middleOut := append(append([]byte(nil), whole[:c]...), whole[2*c:]...)
	for name, in := range map[string][]byte{
		"nothing": nil, "half a tag": cut(8), "cut after a chunk": cut(c), "cut after two": cut(2 * c), "cut in a chunk": cut(c + 9),
		"last byte gone": cut(len(whole) - 1), "last chunk gone": cut(3 * c), "swapped": swapped, "doubled": doubled,
		"middle out": middleOut, "something behind": append(cut(len(whole)), 0),
	} {
		if got, err := opened(in); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %d bytes and %v, want ErrDamaged", name, len(got), err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		in := append([]byte(nil), whole...)
		in[rapid.IntRange(0, len(in)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		if _, err := opened(in); !errors.Is(err, ErrDamaged) {
			t.Fatalf("a changed byte was not found: %v", err)
		}
	})
}

func TestStreamKeepsReadErrors(t *testing.T) {
	broken := errors.New("disk")
	o, err := newOpener(iotest.ErrReader(broken), streamKey)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(o); !errors.Is(err, broken) {
		t.Errorf("got %v, want the disk's error", err)
	}
}
