package account

import (
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"pgregory.net/rapid"
)

func TestSessionCodecKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "texts")
		numbers := rapid.MapOf(rapid.StringMatching(`n\.[a-z]*`), rapid.Int64()).Draw(t, "numbers")
		values := map[string]any{}
		for k, v := range texts {
			values[k] = v
		}
		for k, v := range numbers {
			values[k] = v
		}
		deadline := time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "deadline"), 0).UTC()
		data, err := plainCodec{}.Encode(deadline, values)
		if err != nil {
			t.Fatal(err)
		}
		gotDeadline, got, err := plainCodec{}.Decode(data)
		if err != nil || !gotDeadline.Equal(deadline) || len(got) != len(values) {
			t.Fatalf("%v %v %v", gotDeadline, got, err)
		}
		for k, v := range values {
			if got[k] != v {
				t.Fatalf("%q is %v, was %v", k, got[k], v)
			}
		}
	})
	if _, err := (plainCodec{}).Encode(time.Time{}, map[string]any{"a": 1.5}); err == nil {
		t.Error("a fraction is taken")
	}
	if _, _, err := (plainCodec{}).Decode([]byte("rubbish")); err == nil {
		t.Error("rubbish is read")
	}
}

// BenchmarkSessionCodec compares reading a session with the codec scs brings.
func BenchmarkSessionCodec(b *testing.B) {
	values := map[string]any{keyPerson: "9b2c3f0e-6f0a-4a38-9d2e-0a1b2c3d4e5f", keyKind: "staff", keyEpoch: int64(0), keyStarted: int64(1), keySeen: int64(2)}
	for name, codec := range map[string]scs.Codec{"plain": plainCodec{}, "gob": scs.GobCodec{}} {
		data, err := codec.Encode(time.Unix(1, 0), values)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := codec.Decode(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
