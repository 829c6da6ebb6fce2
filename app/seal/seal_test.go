package seal_test

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/seal"
)

func testKey(seed byte) []byte {
	k := make([]byte, seal.KeySize)
	for i := range k {
		k[i] = seed + byte(i)
	}
	return k
}

func newBox(t interface{ Fatal(...any) }, keys ...[]byte) *seal.Box {
	b, err := seal.New(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var place = seal.AD{Table: "contact", Column: "value_sealed", Row: "r1"}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBox(t, testKey(1))
		at := seal.AD{Table: rapid.String().Draw(t, "table"), Column: rapid.String().Draw(t, "column"), Row: rapid.String().Draw(t, "row")}
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		sealed := b.Seal(at, plain)
		got, err := b.Open(at, sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("got %x, err %v", got, err)
		}
		if len(plain) > 3 && bytes.Contains(sealed, plain) {
			t.Fatal("the plain value is in the sealed one")
		}
	})
}

func TestEveryFlippedBitIsRefused(t *testing.T) {
	b := newBox(t, testKey(1), testKey(2))
	sealed := b.SealText(place, "13800138000")
	for i := range len(sealed) * 8 {
		changed := bytes.Clone(sealed)
		changed[i/8] ^= 1 << (i % 8)
		if plain, err := b.Open(place, changed); !errors.Is(err, seal.ErrOpen) || plain != nil {
			t.Errorf("bit %d flipped: %q, err %v", i, plain, err)
		}
	}
	for n := range len(sealed) {
		if _, err := b.Open(place, sealed[:n]); !errors.Is(err, seal.ErrOpen) {
			t.Errorf("cut to %d bytes: err %v", n, err)
		}
	}
}

func TestMovedValueIsRefused(t *testing.T) {
	b := newBox(t, testKey(1))
	sealed := b.SealText(place, "x")
	for _, at := range []seal.AD{
		{"person", place.Column, place.Row}, {place.Table, "name_sealed", place.Row}, {place.Table, place.Column, "r2"},
		{"contactvalue_sealed", "", place.Row}, {"contact", "value_sealedr1", ""}, {},
	} {
		if _, err := b.Open(at, sealed); !errors.Is(err, seal.ErrOpen) {
			t.Errorf("opened at %v", at)
		}
	}
}

func TestSealNeverRepeats(t *testing.T) {
	b := newBox(t, testKey(1))
	seen := map[string]bool{}
	for range 10_000 {
		s := string(b.SealText(place, "x"))
		if seen[s] {
			t.Fatal("two seals of one value are equal")
		}
		seen[s] = true
	}
}

func TestRotation(t *testing.T) {
	old, now := newBox(t, testKey(1)), newBox(t, testKey(2), testKey(1))
	sealed := old.SealText(place, "x")
	if got, err := now.OpenText(place, sealed); got != "x" || err != nil {
		t.Fatalf("previous key: %q, err %v", got, err)
	}
	again := now.SealText(place, "x")
	if !now.Stale(sealed) || now.Stale(again) || old.Stale(sealed) || !now.Stale(nil) {
		t.Error("stale is wrong")
	}
	if _, err := old.Open(place, again); !errors.Is(err, seal.ErrOpen) {
		t.Error("the old box opened a value of the new key")
	}
	if got, err := newBox(t, testKey(2)).OpenText(place, again); got != "x" || err != nil {
		t.Errorf("without the previous key: %q, err %v", got, err)
	}
	indexes := now.Indexes("email", "a@b.cn")
	if len(indexes) != 2 || !bytes.Equal(indexes[0], now.Index("email", "a@b.cn")) || !bytes.Equal(indexes[1], old.Index("email", "a@b.cn")) {
		t.Error("a row indexed under the previous key would not be found")
	}
	if mac := old.MAC("csrf", []byte("x")); !now.CheckMAC(mac, "csrf", []byte("x")) {
		t.Error("a token of the previous key is refused")
	}
}

func TestDerivedBoxIsApart(t *testing.T) {
	b := newBox(t, testKey(2), testKey(1))
	sub := b.Derive("callback")
	sealed := sub.SealText(place, "x")
	for name, other := range map[string]*seal.Box{"parent": b, "sibling": b.Derive("finder")} {
		if _, err := other.Open(place, sealed); !errors.Is(err, seal.ErrOpen) {
			t.Errorf("%s opened it", name)
		}
		if bytes.Equal(other.Index("a", "b"), sub.Index("a", "b")) || other.CheckMAC(sub.MAC("a"), "a") {
			t.Errorf("%s has the same hashes", name)
		}
	}
	if got, err := b.Derive("callback").OpenText(place, sealed); got != "x" || err != nil {
		t.Errorf("derived again: %q, err %v", got, err)
	}
	if got, err := b.Derive("callback").OpenText(place, newBox(t, testKey(1)).Derive("callback").SealText(place, "y")); got != "y" || err != nil {
		t.Errorf("derived from the previous key: %q, err %v", got, err)
	}
}

func TestHashesDoNotMix(t *testing.T) {
	b := newBox(t, testKey(1))
	all := map[string]string{
		"index email": string(b.Index("email", "ab")), "index mobile": string(b.Index("mobile", "ab")),
		"index shifted": string(b.Index("emaila", "b")), "mac": string(b.MAC("email", []byte("ab"))),
		"mac split": string(b.MAC("email", []byte("a"), []byte("b"))), "mac shifted": string(b.MAC("emaila", []byte("b"))),
	}
	seen := map[string]string{}
	for name, h := range all {
		if other, there := seen[h]; there {
			t.Errorf("%s and %s are equal", name, other)
		}
		seen[h] = name
	}
	if !bytes.Equal(b.Index("email", "ab"), newBox(t, testKey(1)).Index("email", "ab")) {
		t.Error("the index is not stable")
	}
	if b.CheckMAC(b.MAC("a", []byte("x")), "a", []byte("y")) || b.CheckMAC(nil, "a") {
		t.Error("a wrong MAC passed")
	}
}

func TestEmptyColumnOpensAsEmptyText(t *testing.T) {
	if got, err := newBox(t, testKey(1)).OpenText(place, nil); got != "" || err != nil {
		t.Errorf("%q, err %v", got, err)
	}
}

func TestNewRefusesWeakKeys(t *testing.T) {
	for name, keys := range map[string][][]byte{
		"none": {}, "short": {testKey(1)[:31]}, "zeros": {make([]byte, 32)}, "one byte": {bytes.Repeat([]byte("a"), 64)},
		"twice": {testKey(1), testKey(1)}, "weak previous": {testKey(1), make([]byte, 32)},
	} {
		if _, err := seal.New(keys...); !errors.Is(err, seal.ErrKey) {
			t.Errorf("%s: err %v", name, err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	box, plain := newBox(b, testKey(1)), bytes.Repeat([]byte("x"), 64)
	for b.Loop() {
		box.Seal(place, plain)
	}
}
