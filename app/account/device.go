package account

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// KioskIdle is how long a session at a shared computer lasts without a request (PROJECT): time to read a page aloud, too short for the next
// in the queue to find it open.
const KioskIdle = 5 * time.Minute

// Shared marks the session in ctx as one at a shared computer: it ends sooner when left alone.
func (s *Sessions) Shared(ctx context.Context) { s.Manager.Put(ctx, keyShared, int64(1)) }

// Describe keeps by what kind of browser the person signed in, so that he knows it again in the list. The full header is not kept.
func (s *Sessions) Describe(ctx context.Context, userAgent string) {
	s.Manager.Put(ctx, keyDevice, deviceOf(userAgent))
}

// DescribeKey is Describe after signing in by a passkey, which the list says too.
func (s *Sessions) DescribeKey(ctx context.Context, userAgent string) {
	s.Describe(ctx, userAgent)
	s.Manager.Put(ctx, keyByKey, int64(1))
}

// The names a browser gives itself and its system, the more telling first: many claim to be several.
var (
	browserMarks = [][2]string{{"MicroMessenger", "WeChat"}, {"HuaweiBrowser", "Huawei Browser"}, {"MiuiBrowser", "Mi Browser"}, {"UCBrowser", "UC"},
		{"Edg", "Edge"}, {"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}}
	systemMarks = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"OpenHarmony", "HarmonyOS"}, {"Windows", "Windows"},
		{"Mac OS", "Mac"}, {"Linux", "Linux"}}
)

// deviceOf is browser and system in two words; empty when neither is known.
func deviceOf(userAgent string) string {
	var words []string
	for _, marks := range [][][2]string{browserMarks, systemMarks} {
		for _, m := range marks {
			if strings.Contains(userAgent, m[0]) {
				words = append(words, m[1])
				break
			}
		}
	}
	return strings.Join(words, " · ")
}

// Device is one browser in which a person is signed in.
type Device struct {
	Name    string // browser and system, empty when unknown
	Since   time.Time
	Seen    time.Time // to the minute
	Current bool      // the browser that asks
	ByKey   bool      // signed in by a passkey
}

// Devices lists where a person is signed in now, the one seen last first; the browser of the session in ctx is marked.
func (s *Sessions) Devices(ctx context.Context, personID string) ([]Device, error) {
	var rows []sessionRow
	err := s.service.db.Read(ctx).Where("person_id = ? AND expiry > ? AND length(data) > 0", personID, machineNow()).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	p, err := take[personRow](s.service.db.Read(ctx), "a person", "id = ?", personID)
	if err != nil {
		return nil, err
	}
	mine, now := s.Manager.GetInt64(ctx, keyStarted), s.clock.Now()
	var out []Device
	for _, r := range rows {
		_, values, err := s.Manager.Codec.Decode(r.Data)
		if err != nil {
			continue // written by another version of the program: it is no session any more
		}
		d, ok := deviceIn(values, p, now)
		if !ok {
			continue
		}
		d.Current = d.Since.Unix() == mine && d.Name == s.Manager.GetString(ctx, keyDevice)
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b Device) int { return cmp.Compare(b.Seen.Unix(), a.Seen.Unix()) })
	return out, nil
}

// deviceIn reads a session; ok is false for one that has ended although its row is there.
func deviceIn(values map[string]any, p personRow, now time.Time) (Device, bool) {
	started, _ := values[keyStarted].(int64)
	seen, _ := values[keySeen].(int64)
	epoch, _ := values[keyEpoch].(int64)
	shared, _ := values[keyShared].(int64)
	name, _ := values[keyDevice].(string)
	byKey, _ := values[keyByKey].(int64)
	life := LifeOf(p.Kind)
	if shared == 1 {
		life.Idle = KioskIdle
	}
	d := Device{Name: name, Since: time.Unix(started, 0).UTC(), Seen: time.Unix(seen, 0).UTC(), ByKey: byKey == 1}
	return d, epoch == p.Epoch && now.Sub(d.Seen) < life.Idle && now.Sub(d.Since) < life.Most
}
