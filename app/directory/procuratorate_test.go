package directory_test

import (
	"strings"
	"testing"

	"reliefportal/app/audit"
	"reliefportal/app/directory"
	"reliefportal/app/fail"
	"reliefportal/app/packs"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestProcuratorate derives the name until somebody confirms or corrects it; what was entered is what the rules are told from then on.
func TestProcuratorate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, s := t.Context(), few(t, db)
		court := s.BodyID(ctx, shenzhen)
		if _, ok := s.Procuratorate(shenzhen); ok {
			t.Error("the rules are told a name that nobody confirmed")
		}
		if name, sure := s.ProcuratorateOf(court); name != "广东省深圳市人民检察院" || sure {
			t.Fatalf("derived %s, confirmed %v", name, sure)
		}
		for _, name := range []string{"广东省深圳市人民检察院", "广东省深圳市人民检察院", " 广东省深圳市人民检察院第一分院 "} {
			b, err := s.SetProcuratorate(ctx, admin, court, name)
			if err != nil || b.Kind != directory.KindProcuratorate || b.Name != strings.TrimSpace(name) {
				t.Fatalf("set %s: %+v, %v", name, b, err)
			}
			if got, sure := s.ProcuratorateOf(court); got != b.Name || !sure {
				t.Errorf("now %s, confirmed %v", got, sure)
			}
		}
		if got, ok := s.Procuratorate(shenzhen); got != "广东省深圳市人民检察院第一分院" || !ok {
			t.Errorf("the rules are told %s, %v", got, ok)
		}
		events, err := audit.List(ctx, db, audit.Subject{Type: "body", ID: court})
		set := 0
		for _, e := range events {
			if e.Kind == "directory.procuratorate_set" {
				set++
			}
		}
		if err != nil || set != 2 { // the repetition is none
			t.Errorf("%d entries, %v", set, err)
		}
	})
}

// TestConfirmedProcuratorateIsNamed: the door of supervision names the organ that was entered, and the derived one until then.
func TestConfirmedProcuratorateIsNamed(t *testing.T) {
	s := few(t, storetest.SQLite(t))
	pack := newest(t)
	routed := func() string { return pack.Route("R38", rules.Facts{"exec_court": rules.Said(nanshan)}, s).Court }
	if got := routed(); got != "深圳市南山区人民检察院" {
		t.Fatalf("derived: %q", got)
	}
	if _, err := s.SetProcuratorate(t.Context(), admin, s.BodyID(t.Context(), nanshan), "深圳前海蛇口自贸区人民检察院"); err != nil {
		t.Fatal(err)
	}
	if got := routed(); got != "深圳前海蛇口自贸区人民检察院" {
		t.Errorf("confirmed: %q", got)
	}
}

func newest(t *testing.T) *rules.Pack {
	t.Helper()
	set, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	all := set.All()
	return all[len(all)-1]
}

func TestProcuratorateRefuses(t *testing.T) {
	s := few(t, storetest.SQLite(t))
	ctx, court := t.Context(), s.BodyID(t.Context(), nanshan)
	for name, want := range map[string]string{
		"": "directory.name_empty", strings.Repeat("检察院", 34): "directory.name_long", shenzhen: "directory.name_other_kind", "深圳市南山区司法局": "directory.no_procuratorate",
	} {
		_, err := s.SetProcuratorate(ctx, admin, court, name)
		if e, ok := fail.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Name != "name" || e.Fields[0].Key != want {
			t.Errorf("%q: %v, want %s", name, err, want)
		}
	}
	organ, err := s.SetProcuratorate(ctx, admin, court, "深圳市南山区人民检察院")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{store.NewID(), organ.ID} {
		if _, err := s.SetProcuratorate(ctx, admin, id, "深圳市南山区人民检察院"); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("something that is no court: %v", err)
		}
	}
	if name, sure := s.ProcuratorateOf(organ.ID); name != "" || sure {
		t.Errorf("a procuratorate is supervised by %s", name)
	}
}

// TestHistoryShowsEveryDivision: by kind, the newest first, those that ended and those to come among them.
func TestHistoryShowsEveryDivision(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, s := t.Context(), few(t, db)
		court := s.BodyID(ctx, nanshan)
		for _, d := range []directory.Division{
			{BodyID: court, Kind: "review", Name: "执行裁判庭", From: today.AddDays(-300)},
			{BodyID: court, Kind: "docketing", Name: "立案庭", From: today},
			{BodyID: court, Kind: "review", Name: "执行裁决庭", From: today.AddDays(30)},
		} {
			if _, err := s.SetDivision(ctx, admin, d); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		for _, d := range s.History(ctx, court) {
			got = append(got, d.Name+" "+d.To.String())
		}
		want := "立案庭 ,执行裁决庭 ,执行裁判庭 " + today.AddDays(29).String()
		if strings.Join(got, ",") != want {
			t.Errorf("history %q, want %q", strings.Join(got, ","), want)
		}
	})
}

// TestTreeFrom walks the courts in pages: every court once, none twice.
func TestTreeFrom(t *testing.T) {
	tree, after, seen := directory.Default(), "", map[string]bool{}
	for {
		page := tree.From(after, 200)
		if len(page) == 0 {
			break
		}
		for _, c := range page {
			if seen[c.Name] {
				t.Fatalf("%s comes twice", c.Name)
			}
			seen[c.Name] = true
		}
		after = page[len(page)-1].Name
	}
	if len(seen) != tree.Len() {
		t.Errorf("%d courts of %d", len(seen), tree.Len())
	}
	if got := tree.From("没有这个法院", 5); got != nil {
		t.Errorf("after a court nobody knows: %v", got)
	}
}
