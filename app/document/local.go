package document

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"reliefportal/app/seal"
)

// fileMagic begins every stored file: the format and its version.
const fileMagic = "MJF1"

// halfEnding marks a file still being written; one that stays behind after a crash is swept like any orphan.
const halfEnding = ".part"

// maxWrapped bounds the sealed data key in a file's head.
const maxWrapped = 1024

// Local keeps files in one directory of this machine, each sealed under a key of its own, which is sealed by the box.
// A stored file is: magic, length of the sealed key (two bytes), sealed key, chunks.
type Local struct {
	root *os.Root
	box  *seal.Box
}

// OpenLocal opens (and on first use creates, for this user only) the directory dir.
func OpenLocal(dir string, box *seal.Box) (*Local, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create the directory for files: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the directory for files: %w", err)
	}
	return &Local{root: root, box: box}, nil
}

// Close gives up the directory.
func (l *Local) Close() error { return l.root.Close() }

// Put writes to a temporary name, makes sure the bytes are on disk, and only then gives the file its name.
func (l *Local) Put(ctx context.Context, r io.Reader) (blob Blob, err error) {
	key := newKey()
	if err := l.mkdir(key); err != nil {
		return Blob{}, err
	}
	half := place(key) + halfEnding
	f, err := l.root.OpenFile(half, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return Blob{}, fmt.Errorf("create a file: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, l.root.Remove(half))
		}
	}()
	blob, err = l.write(f, key, bound{ctx, r})
	if err != nil {
		return Blob{}, errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return Blob{}, fmt.Errorf("write a file: %w", err)
	}
	if err := l.root.Rename(half, place(key)); err != nil {
		return Blob{}, fmt.Errorf("name a file: %w", err)
	}
	if err := l.sync(shelf(key)); err != nil {
		return Blob{}, errors.Join(err, l.root.Remove(place(key)))
	}
	return blob, nil
}

func (l *Local) write(w io.Writer, key string, r io.Reader) (Blob, error) {
	dataKey := make([]byte, 32)
	rand.Read(dataKey)
	wrapped := l.box.Seal(keyAD(key), dataKey)
	head := binary.BigEndian.AppendUint16([]byte(fileMagic), uint16(len(wrapped)))
	if _, err := w.Write(append(head, wrapped...)); err != nil {
		return Blob{}, fmt.Errorf("write a file: %w", err)
	}
	s, err := newSealer(w, dataKey)
	if err != nil {
		return Blob{}, err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(sum, s), r)
	if err != nil {
		return Blob{}, err
	}
	if err := s.Close(); err != nil {
		return Blob{}, fmt.Errorf("write a file: %w", err)
	}
	return Blob{Key: key, Size: n, SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

// Open reads the head and gives a reader of the plain bytes.
func (l *Local) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	if !validKey(key) {
		return nil, ErrNoBlob
	}
	f, err := l.root.Open(place(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoBlob
	}
	if err != nil {
		return nil, fmt.Errorf("open a file: %w", err)
	}
	plain, err := l.unseal(f, key)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{bound{ctx, plain}, f}, nil
}

func (l *Local) unseal(r io.Reader, key string) (io.Reader, error) {
	head := make([]byte, len(fileMagic)+2)
	if _, err := io.ReadFull(r, head); err != nil || string(head[:len(fileMagic)]) != fileMagic {
		return nil, ErrDamaged
	}
	n := binary.BigEndian.Uint16(head[len(fileMagic):])
	if n > maxWrapped {
		return nil, ErrDamaged
	}
	wrapped := make([]byte, n)
	if _, err := io.ReadFull(r, wrapped); err != nil {
		return nil, ErrDamaged
	}
	dataKey, err := l.box.Open(keyAD(key), wrapped)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return newOpener(r, dataKey)
}

// Delete removes the file.
func (l *Local) Delete(_ context.Context, key string) error {
	name := strings.TrimSuffix(key, halfEnding)
	if !validKey(name) {
		return nil
	}
	err := l.root.Remove(shelf(name) + "/" + key)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete a file: %w", err)
	}
	return nil
}

// Each walks the shelves.
func (l *Local) Each(ctx context.Context, fn func(Stored) error) error {
	return fs.WalkDir(l.root.FS(), ".", func(_ string, d fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed meanwhile
		}
		if err != nil {
			return err
		}
		return fn(Stored{Key: d.Name(), Written: info.ModTime().UTC()})
	})
}

// newKey gives 128 random bits as 32 hexadecimal letters.
func newKey() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func validKey(key string) bool {
	b, err := hex.DecodeString(key)
	return err == nil && len(b) == 16 && strings.ToLower(key) == key
}

// shelf is the directory of a key: 256 of them keep directories short.
func shelf(key string) string { return key[:2] }

func place(key string) string { return shelf(key) + "/" + key }

func keyAD(key string) seal.AD { return seal.AD{Table: "blob", Column: "data_key", Row: key} }

func (l *Local) mkdir(key string) error {
	err := l.root.Mkdir(shelf(key), 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("create a shelf for files: %w", err)
	}
	return l.sync(".")
}

// sync makes the names in a directory last through a power cut.
func (l *Local) sync(dir string) error {
	d, err := l.root.Open(dir)
	if err != nil {
		return fmt.Errorf("open a shelf: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("write a shelf: %w", err)
	}
	return nil
}
