package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
)

// algorithm goes in front of every hash, so that another can follow without doubt about the old ones.
const algorithm = "sha256:"

// digest is the hash of the event's content and of the event before it. The number of the row is not in it; the
// checkpoint covers that.
func (e *Event) digest() string {
	return algorithm + hex.EncodeToString(sum("menjing audit event 1",
		e.PrevHash, e.Subject.Type, e.Subject.ID, strconv.FormatInt(e.Seq, 10), strconv.FormatInt(e.At.UnixMicro(), 10),
		e.Actor.ID, e.Actor.Kind, e.Actor.Role, e.Actor.BodyID, e.Kind, e.Data, strconv.FormatBool(e.Visible)))
}

// leaf is the event's part in the Merkle tree.
func (e *Event) leaf() []byte {
	return sum("menjing audit leaf 1", strconv.FormatInt(e.ID, 10), e.digest())
}

// root ties the Merkle tree of a checkpoint to the checkpoint before.
func (c *Checkpoint) root(tree []byte) string {
	return algorithm + hex.EncodeToString(sum("menjing audit checkpoint 1",
		c.PrevRoot, strconv.FormatInt(c.LastID, 10), strconv.FormatInt(c.Events, 10), string(tree)))
}

// sum hashes each part with its length, so that parts cannot run into each other.
func sum(parts ...string) []byte {
	h := sha256.New()
	var size [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		h.Write(size[:])
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

// tree computes the root of a Merkle tree, as RFC 6962 shapes it, while the leaves go by. It keeps one hash for each
// bit of their number.
type tree struct {
	n    int64
	full [][]byte // roots of the complete subtrees, largest first
}

func (t *tree) add(leaf []byte) {
	t.full = append(t.full, leaf)
	for n := t.n; n&1 == 1; n >>= 1 {
		last := len(t.full) - 1
		t.full = append(t.full[:last-1], node(t.full[last-1], t.full[last]))
	}
	t.n++
}

func (t *tree) root() []byte {
	if t.n == 0 {
		return sum("menjing audit empty 1")
	}
	out := t.full[len(t.full)-1]
	for i := len(t.full) - 2; i >= 0; i-- {
		out = node(t.full[i], out)
	}
	return out
}

func node(left, right []byte) []byte {
	return sum("menjing audit node 1", string(left), string(right))
}
