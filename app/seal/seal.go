// Package seal encrypts single fields before they reach the database, and makes keyed hashes of them to search by. The
// key is kept outside the database and its backups.
package seal

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

// KeySize is the least length of a key in bytes.
const KeySize = 32

// ErrKey reports a key that cannot protect anything: too short, of one repeated byte, or given twice.
var ErrKey = errors.New("a sealing key must be 32 random bytes, and each key given once")

// ErrOpen reports sealed bytes that were changed, moved to another place, or sealed with a key that is not at hand. It
// does not say which.
var ErrOpen = errors.New("sealed value cannot be opened")

// AD is the place a sealed value belongs to. A value copied to another table, column or row does not open there.
type AD struct{ Table, Column, Row string }

// Box seals with its current key and opens with any of its keys. It is safe for concurrent use.
type Box struct {
	ring []key // current first
}

type key struct {
	master []byte
	id     [idSize]byte
	index  []byte
	mac    []byte
	aeads  map[byte]cipher.AEAD
}

// The header of a sealed value: algorithm, key id; then nonce and ciphertext as the algorithm lays them out.
const (
	idSize     = 4
	headerSize = 1 + idSize
)

// New makes a box from the current key and, after it, the previous ones that may still be needed to open.
func New(keys ...[]byte) (*Box, error) {
	b := &Box{}
	seen := map[[idSize]byte]bool{}
	for _, master := range keys {
		if weak(master) {
			return nil, ErrKey
		}
		k, err := newKey(master)
		if err != nil {
			return nil, err
		}
		if seen[k.id] {
			return nil, ErrKey
		}
		seen[k.id] = true
		b.ring = append(b.ring, k)
	}
	if len(b.ring) == 0 {
		return nil, ErrKey
	}
	return b, nil
}

func weak(master []byte) bool {
	if len(master) < KeySize {
		return true
	}
	for _, c := range master {
		if c != master[0] {
			return false
		}
	}
	return true
}

func newKey(master []byte) (key, error) {
	k := key{master: master, aeads: map[byte]cipher.AEAD{}}
	var errs []error
	derive := func(use string, size int) []byte {
		out, err := hkdf.Key(sha256.New, master, nil, "menjing 1 "+use, size)
		errs = append(errs, err)
		return out
	}
	copy(k.id[:], derive("id", idSize))
	k.index, k.mac = derive("index", 32), derive("mac", 32)
	for id, algorithm := range algorithms {
		aead, err := algorithm(derive(fmt.Sprintf("seal %d", id), 32))
		errs = append(errs, err)
		k.aeads[id] = aead
	}
	return k, errors.Join(errs...)
}

// Derive gives a box with keys of its own for name: what one seals the other cannot open, and their indexes differ.
func (b *Box) Derive(name string) *Box {
	out := &Box{}
	for _, k := range b.ring {
		master, err := hkdf.Key(sha256.New, k.master, nil, "menjing 1 derive "+name, 32)
		if err == nil {
			k, err = newKey(master)
		}
		if err != nil {
			panic("seal: " + err.Error()) // HKDF fails only for a length beyond its limit, and 32 is not
		}
		out.ring = append(out.ring, k)
	}
	return out
}

// Behind gives a box that seals with its own key and opens what another box sealed before, too: for data that got a key of their own later.
func (b *Box) Behind(before *Box) *Box {
	return &Box{ring: append(append([]key{}, b.ring...), before.ring...)}
}

// Seal encrypts plain for the place at. Sealing the same value twice gives different bytes.
func (b *Box) Seal(at AD, plain []byte) []byte {
	k := b.ring[0]
	out := make([]byte, headerSize, headerSize+overhead+len(plain))
	out[0] = currentAlgorithm
	copy(out[1:], k.id[:])
	return k.aeads[currentAlgorithm].Seal(out, nil, plain, at.bytes(out[:headerSize]))
}

// Open decrypts what Seal made for the same place. Its only error is ErrOpen.
func (b *Box) Open(at AD, sealed []byte) ([]byte, error) {
	k, ok := b.keyOf(sealed)
	if !ok {
		return nil, ErrOpen
	}
	aead, ok := k.aeads[sealed[0]]
	if !ok {
		return nil, ErrOpen
	}
	plain, err := aead.Open(nil, nil, sealed[headerSize:], at.bytes(sealed[:headerSize]))
	if err != nil {
		return nil, ErrOpen
	}
	return plain, nil
}

// SealText is Seal for text.
func (b *Box) SealText(at AD, plain string) []byte { return b.Seal(at, []byte(plain)) }

// OpenText is Open for text; no bytes at all, as in an empty column, give an empty text.
func (b *Box) OpenText(at AD, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	plain, err := b.Open(at, sealed)
	return string(plain), err
}

// Stale tells whether a sealed value should be sealed again: it was made with a previous key or algorithm.
func (b *Box) Stale(sealed []byte) bool {
	return len(sealed) < headerSize || sealed[0] != currentAlgorithm || [idSize]byte(sealed[1:headerSize]) != b.ring[0].id
}

func (b *Box) keyOf(sealed []byte) (key, bool) {
	if len(sealed) < headerSize {
		return key{}, false
	}
	for _, k := range b.ring {
		if k.id == [idSize]byte(sealed[1:headerSize]) {
			return k, true
		}
	}
	return key{}, false
}

// Index is a keyed hash to find a value by, once it is brought to its one normal form. Kinds do not mix: the same text
// as an e-mail address and as a name has different indexes.
func (b *Box) Index(kind, normalised string) []byte {
	return hash(b.ring[0].index, []byte(kind), []byte(normalised))
}

// Indexes are the index under the current and every previous key, to find rows not yet indexed anew.
func (b *Box) Indexes(kind, normalised string) [][]byte {
	out := make([][]byte, len(b.ring))
	for i, k := range b.ring {
		out[i] = hash(k.index, []byte(kind), []byte(normalised))
	}
	return out
}

// MAC is a keyed hash of data for one purpose, such as a token given to a browser.
func (b *Box) MAC(purpose string, data ...[]byte) []byte {
	return hash(b.ring[0].mac, append([][]byte{[]byte(purpose)}, data...)...)
}

// CheckMAC tells, in time that does not depend on where they differ, whether mac is the MAC of data under any key.
func (b *Box) CheckMAC(mac []byte, purpose string, data ...[]byte) bool {
	for _, k := range b.ring {
		if hmac.Equal(mac, hash(k.mac, append([][]byte{[]byte(purpose)}, data...)...)) {
			return true
		}
	}
	return false
}

// hash writes each part with its length, so that parts cannot run into each other.
func hash(secret []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, secret)
	for _, p := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p))))
		h.Write(p)
	}
	return h.Sum(nil)
}

func (a AD) bytes(header []byte) []byte {
	out := append([]byte(nil), header...)
	for _, s := range []string{a.Table, a.Column, a.Row} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(s)))
		out = append(out, s...)
	}
	return out
}
