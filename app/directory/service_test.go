package directory_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/casenumber"
	"reliefportal/app/directory"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

var _ rules.Courts = (*directory.Service)(nil)

const (
	nanshan  = "深圳市南山区人民法院"
	shenzhen = "广东省深圳市中级人民法院"
	desk     = "门径转办中心"
	all      = 3498 + 1 // courts and the routing centre
)

var (
	admin = audit.Actor{ID: "admin-1", Kind: "staff", Role: "admin"}
	today = calendar.NewDate(2026, 11, 22)
)

func open(t *testing.T, db *store.DB) *directory.Service {
	t.Helper()
	s, err := directory.New(t.Context(), db, calendar.NewFakeClock(today.StartUTC().Add(10*time.Hour)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func load(t *testing.T, db *store.DB) *directory.Service {
	t.Helper()
	s := open(t, db)
	if _, err := s.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// few opens a directory with three courts one above the other: most tests need no more, and loading all takes its time under -race.
func few(t *testing.T, db *store.DB) *directory.Service {
	t.Helper()
	s, parent := open(t, db), ""
	for _, name := range []string{"广东省高级人民法院", shenzhen, nanshan} {
		c, ok := directory.Default().ByName(name)
		if !ok {
			t.Fatal(name)
		}
		b, err := s.AddBody(t.Context(), audit.Actor{Kind: "system"}, directory.Body{
			Kind: directory.KindCourt, Name: c.Name, Level: c.Level, ParentID: parent, Province: c.Province, Sign: c.Sign,
		})
		if err != nil {
			t.Fatal(err)
		}
		parent = b.ID
	}
	return s
}

func TestLoad(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, s := t.Context(), open(t, db)
		if s.Tree().Len() != 0 || s.BodyID(ctx, nanshan) != "" {
			t.Error("courts before loading")
		}
		deskBefore := s.RoutingDesk()
		for i, want := range []int{all, 0} {
			if added, err := s.Load(ctx); err != nil || added != want {
				t.Fatalf("load %d added %d, %v, want %d", i+1, added, err, want)
			}
		}
		c, ok := s.Court(nanshan)
		if !ok || c.ID != directory.IDOf(nanshan) || c.ID != s.BodyID(ctx, nanshan) || s.BodyName(ctx, c.ID) != nanshan {
			t.Errorf("Court = %+v, BodyID %s", c, s.BodyID(ctx, nanshan))
		}
		if up, ok := s.Above(nanshan); !ok || up.Name != shenzhen || up.Uncertain {
			t.Errorf("Above = %+v", up)
		}
		if up, ok := s.Above("徐州铁路运输法院"); !ok || !up.Uncertain {
			t.Errorf("Above an uncertain court = %+v", up)
		}
		body, err := s.BodyByName(ctx, nanshan)
		if err != nil || body.Kind != directory.KindCourt || body.ParentID != directory.IDOf(shenzhen) || body.Level != directory.LevelBasic {
			t.Errorf("BodyByName = %+v, %v", body, err)
		}
		if s.RoutingDesk() != deskBefore || s.BodyName(ctx, deskBefore) != desk {
			t.Errorf("the desk is %q, before loading %q", s.BodyName(ctx, s.RoutingDesk()), deskBefore)
		}
		if desk, err := s.Body(ctx, s.RoutingDesk()); err != nil || desk.Kind != directory.KindOther || desk.Named("en") == desk.Named("zh-Hans") {
			t.Errorf("routing desk = %+v, %v", desk, err)
		}
		events, err := audit.List(ctx, db, audit.Subject{Type: "directory", ID: "bodies"})
		if err != nil || len(events) != 1 || events[0].Kind != "directory.loaded" {
			t.Errorf("audit = %+v, %v", events, err)
		}
		sameTree(t, s)
	})
}

// sameTree checks that the database gives back the very courts that were embedded.
func sameTree(t *testing.T, s *directory.Service) {
	t.Helper()
	courts, err := directory.Courts()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range courts {
		if got, ok := s.Tree().ByName(want.Name); !ok || got != want {
			t.Fatalf("%+v became %+v", want, got)
		}
	}
	if s.Tree().Len() != len(courts) {
		t.Errorf("%d courts, want %d", s.Tree().Len(), len(courts))
	}
}

func TestLoadByTwoAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		a, b := open(t, db), open(t, db)
		var wg sync.WaitGroup
		var added [2]int
		for i, s := range []*directory.Service{a, b} {
			wg.Go(func() {
				n, err := s.Load(context.WithoutCancel(t.Context()))
				if err != nil {
					t.Error(err)
				}
				added[i] = n
			})
		}
		wg.Wait()
		if added[0]+added[1] != all {
			t.Errorf("added %v, together want %d", added, all)
		}
		if a.Tree().Len() != b.Tree().Len() || a.Tree().Len() != all-1 {
			t.Errorf("the two see %d and %d courts", a.Tree().Len(), b.Tree().Len())
		}
	})
}

// What an administrator corrected stays when the list is loaded again; another instance sees it after a refresh.
func TestCorrectionSurvivesLoading(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, s := t.Context(), load(t, db)
		other := open(t, db)
		err := db.Tx(ctx, func(tx *gorm.DB) error {
			return tx.Exec("UPDATE body SET parent_id = ?, uncertain = ? WHERE name = ?",
				directory.IDOf("江苏省徐州市中级人民法院"), false, "徐州铁路运输法院").Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if up, _ := other.Above("徐州铁路运输法院"); !up.Uncertain {
			t.Error("the other instance sees it before its refresh")
		}
		if err := other.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		if added, err := s.Load(ctx); err != nil || added != 0 {
			t.Fatalf("loading again added %d, %v", added, err)
		}
		for _, svc := range []*directory.Service{s, other} {
			if up, ok := svc.Above("徐州铁路运输法院"); !ok || up.Name != "江苏省徐州市中级人民法院" || up.Uncertain {
				t.Errorf("Above = %+v", up)
			}
		}
	})
}

func TestKeepRefreshesUntilTheEnd(t *testing.T) {
	db := storetest.SQLite(t)
	s := open(t, db)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { s.Keep(ctx, 5*time.Millisecond); close(done) }()
	few(t, db)
	for start := time.Now(); s.Tree().Len() == 0; time.Sleep(5 * time.Millisecond) {
		if time.Since(start) > 10*time.Second {
			t.Fatal("never refreshed")
		}
	}
	stop()
	<-done
}

func TestPropose(t *testing.T) {
	s := few(t, storetest.SQLite(t))
	n, err := casenumber.Parse("（2024）粤0305执1234号")
	if err != nil {
		t.Fatal(err)
	}
	if c, ok := s.Propose(n); !ok || c.Name != nanshan {
		t.Errorf("Propose = %+v", c)
	}
	if old, err := casenumber.Parse("（2012）泰姜执字0491号"); err != nil {
		t.Fatal(err)
	} else if c, ok := s.Propose(old); ok {
		t.Errorf("an old number proposes %s", c.Name)
	}
	if got := s.Search("深圳南山", 3); len(got) == 0 || got[0].Name != nanshan {
		t.Errorf("Search = %+v", got)
	}
}

func TestUnknownBody(t *testing.T) {
	s := open(t, storetest.SQLite(t))
	if _, err := s.Body(t.Context(), "nobody"); fail.KindOf(err) != fail.KindNotFound {
		t.Errorf("Body = %v", err)
	}
	if _, err := s.BodyByName(t.Context(), "没有这个法院"); fail.KindOf(err) != fail.KindNotFound {
		t.Errorf("BodyByName = %v", err)
	}
	if s.BodyName(t.Context(), "nobody") != "" || s.BodyID(t.Context(), "没有这个法院") != "" {
		t.Error("an unknown body has a name or an id")
	}
}

func TestAddBody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, s := t.Context(), few(t, db)
		centre := directory.Body{Kind: directory.KindCallback, Name: "广东回访中心", NameEn: "Guangdong Callback Centre"}
		first, err := s.AddBody(ctx, admin, centre)
		if err != nil || first.ID != directory.IDOf(centre.Name) {
			t.Fatalf("AddBody = %+v, %v", first, err)
		}
		centre.NameEn = "Something else"
		if again, err := s.AddBody(ctx, admin, centre); err != nil || again != first {
			t.Errorf("adding again = %+v, %v", again, err)
		}
		events, err := audit.List(ctx, db, audit.Subject{Type: "body", ID: first.ID})
		if err != nil || len(events) != 1 || events[0].Actor != admin {
			t.Errorf("audit = %+v, %v", events, err)
		}
		court := directory.Body{Kind: directory.KindCourt, Name: "深圳互联网法院", Level: 4, ParentID: s.BodyID(ctx, shenzhen), Province: "广东省", Sign: "粤0192"}
		if _, err := s.AddBody(ctx, admin, court); err != nil {
			t.Fatal(err)
		}
		if up, ok := s.Above(court.Name); !ok || up.Name != shenzhen {
			t.Errorf("Above the new court = %+v", up)
		}
	})
}

func TestAddBodyRefuses(t *testing.T) {
	s := few(t, storetest.SQLite(t))
	cases := []struct {
		name  string
		body  directory.Body
		field string
		key   string
	}{
		{"no name", directory.Body{Kind: directory.KindOther, Name: " "}, "name", "directory.name_empty"},
		{"name of 101 characters", directory.Body{Kind: directory.KindOther, Name: strings.Repeat("名", 101)}, "name", "directory.name_long"},
		{"unknown kind", directory.Body{Kind: "club", Name: "甲"}, "kind", "directory.kind_unknown"},
		{"court without level", directory.Body{Kind: directory.KindCourt, Name: "甲"}, "level", "directory.level_unknown"},
		{"unknown parent", directory.Body{Kind: directory.KindOther, Name: "甲", ParentID: "x"}, "parent_id", "directory.parent_unknown"},
		{"sign of another", directory.Body{Kind: directory.KindCourt, Level: 4, Name: "甲", Sign: "粤0305"}, "sign", "directory.sign_taken"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := s.AddBody(t.Context(), admin, c.body)
			wantField(t, err, c.field, c.key)
		})
	}
	if _, err := s.AddBody(t.Context(), admin, directory.Body{Kind: directory.KindOther, Name: strings.Repeat("名", 100)}); err != nil {
		t.Errorf("a name of 100 characters: %v", err)
	}
}

func TestDivisions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, s := t.Context(), few(t, db)
		id := s.BodyID(ctx, nanshan)
		assumed := s.DivisionOrDefault(ctx, id, rules.DivReview, today)
		if !assumed.Assumed || assumed.Name != "执行裁判庭" || assumed.BodyID != id || assumed.Named("en") != "Enforcement review division" {
			t.Errorf("before any is entered = %+v", assumed)
		}
		first := set(t, s, directory.Division{BodyID: id, Kind: rules.DivReview, Name: "执行裁判庭", From: calendar.NewDate(2026, 1, 1)})
		second := set(t, s, directory.Division{BodyID: id, Kind: rules.DivReview, Name: "审判监督庭", NameEn: "Supervision division", From: calendar.NewDate(2026, 7, 1)})
		set(t, s, directory.Division{BodyID: id, Kind: rules.DivDocketing, Name: "立案庭", From: calendar.NewDate(2026, 1, 1), To: calendar.NewDate(2026, 3, 31)})

		for day, want := range map[calendar.Date]string{
			calendar.NewDate(2025, 12, 31): "",
			calendar.NewDate(2026, 1, 1):   first.ID,
			calendar.NewDate(2026, 6, 30):  first.ID,
			calendar.NewDate(2026, 7, 1):   second.ID,
			calendar.NewDate(2036, 7, 1):   second.ID,
		} {
			if got, ok := s.DivisionOf(ctx, id, rules.DivReview, day); got.ID != want || ok != (want != "") {
				t.Errorf("on %v: %+v", day, got)
			}
		}
		if d := s.DivisionOrDefault(ctx, id, rules.DivReview, today); d.Assumed || d.ID != second.ID {
			t.Errorf("today = %+v", d)
		}
		if n := len(s.Divisions(ctx, id, calendar.NewDate(2026, 3, 31))); n != 2 {
			t.Errorf("%d divisions on the last day of one, want 2", n)
		}
		if got := s.Divisions(ctx, id, calendar.NewDate(2026, 4, 1)); len(got) != 1 || got[0].ID != first.ID {
			t.Errorf("the day after = %+v", got)
		}
		if _, ok := s.DivisionOf(ctx, s.BodyID(ctx, shenzhen), rules.DivReview, today); ok {
			t.Error("another court has the division too")
		}
	})
}

func TestSetDivisionTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, s := t.Context(), few(t, db)
		d := directory.Division{BodyID: s.BodyID(ctx, nanshan), Kind: rules.DivReview, Name: "执行裁判庭", From: today}
		first := set(t, s, d)
		if again := set(t, s, d); again != first {
			t.Errorf("the same again = %+v", again)
		}
		for _, from := range []calendar.Date{today, today.AddDays(-1)} {
			d.Name, d.From = "审判监督庭", from
			if _, err := s.SetDivision(ctx, admin, d); fail.KindOf(err) != fail.KindConflict {
				t.Errorf("another from %v: %v", from, err)
			}
		}
		events, err := audit.List(ctx, db, audit.Subject{Type: "body", ID: d.BodyID})
		set := slices.DeleteFunc(events, func(e audit.Event) bool { return e.Kind != "directory.division_set" })
		if err != nil || len(set) != 1 || set[0].Actor != admin {
			t.Errorf("audit = %+v, %v", set, err)
		}
	})
}

// Two administrators at once: one division is entered, the other is told.
func TestSetDivisionAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, s := t.Context(), few(t, db)
		id := s.BodyID(ctx, nanshan)
		var wg sync.WaitGroup
		errs := make(chan error, 8)
		for i := range cap(errs) {
			wg.Go(func() {
				d := directory.Division{BodyID: id, Kind: rules.DivReview, Name: "第" + string(rune('一'+i)) + "庭", From: today}
				_, err := s.SetDivision(context.WithoutCancel(ctx), admin, d)
				errs <- err
			})
		}
		wg.Wait()
		close(errs)
		entered := 0
		for err := range errs {
			switch {
			case err == nil:
				entered++
			case fail.KindOf(err) != fail.KindConflict:
				t.Error(err)
			}
		}
		if entered != 1 || len(s.Divisions(ctx, id, today)) != 1 {
			t.Errorf("%d entered, %d stand", entered, len(s.Divisions(ctx, id, today)))
		}
	})
}

func TestSetDivisionRefuses(t *testing.T) {
	s := few(t, storetest.SQLite(t))
	good := directory.Division{BodyID: s.BodyID(t.Context(), nanshan), Kind: rules.DivReview, Name: "执行裁判庭", From: today}
	cases := []struct {
		name       string
		change     func(*directory.Division)
		field, key string
	}{
		{"unknown body", func(d *directory.Division) { d.BodyID = "x" }, "body_id", "directory.body_unknown"},
		{"unknown kind", func(d *directory.Division) { d.Kind = "canteen" }, "kind", "directory.kind_unknown"},
		{"no name", func(d *directory.Division) { d.Name = "" }, "name", "directory.name_empty"},
		{"long English name", func(d *directory.Division) { d.NameEn = strings.Repeat("x", 101) }, "name_en", "directory.name_long"},
		{"no first day", func(d *directory.Division) { d.From = calendar.Date{} }, "from", "date.empty"},
		{"ends before it begins", func(d *directory.Division) { d.To = today.AddDays(-1) }, "to", "directory.to_before_from"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := good
			c.change(&d)
			_, err := s.SetDivision(t.Context(), admin, d)
			wantField(t, err, c.field, c.key)
		})
	}
	good.To = today
	if _, err := s.SetDivision(t.Context(), admin, good); err != nil {
		t.Errorf("a division of one day: %v", err)
	}
}

// Every division the rules can name has a usual name in both languages.
func TestUsualDivisions(t *testing.T) {
	s := open(t, storetest.SQLite(t))
	for _, kind := range []string{
		rules.DivDocketing, rules.DivReview, rules.DivImplementing, rules.DivCivil, rules.DivSupervision,
		rules.DivCriminal, rules.DivBankruptcy, rules.DivCompensation, "callback", "routing",
	} {
		if d := s.DivisionOrDefault(t.Context(), "x", kind, today); !d.Assumed || d.Name == "" || d.NameEn == "" || d.Kind != kind {
			t.Errorf("%s = %+v", kind, d)
		}
	}
}

func set(t *testing.T, s *directory.Service, d directory.Division) directory.Division {
	t.Helper()
	got, err := s.SetDivision(t.Context(), admin, d)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func wantField(t *testing.T, err error, field, key string) {
	t.Helper()
	e, ok := fail.As(err)
	if !ok || e.Kind != fail.KindInvalid {
		t.Fatalf("error = %v", err)
	}
	for _, f := range e.Fields {
		if f.Name == field && f.Key == key {
			return
		}
	}
	t.Errorf("fields = %+v, want %s %s", e.Fields, field, key)
}
