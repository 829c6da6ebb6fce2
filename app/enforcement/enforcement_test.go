package enforcement_test

import (
	"strings"
	"testing"

	"reliefportal/app/apptest"
	"reliefportal/app/enforcement"
	"reliefportal/app/fail"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

const heading = "案号,法院,记录,身份,姓名或名称,登录名,措施,日期,截止,说明\n"

const good = heading +
	"（2024）粤0305执1234号,深圳市南山区人民法院,案件,,,,,2024-03-01,,\n" +
	"（2024）粤0305执1234号,深圳市南山区人民法院,当事人,被执行人,林晓芸,,,,,\n" +
	"（2024）粤0305执1234号,深圳市南山区人民法院,承办人员,,,nanshan.zhixing,,,,\n" +
	"（2024）粤0305执1234号,深圳市南山区人民法院,措施,,,,冻结,2026-10-20,,工资卡\n"

func counts(t *testing.T, db *store.DB) (n [4]int64) {
	t.Helper()
	for i, table := range []string{"enforcement_case", "enforcement_party", "enforcement_measure", "measure_participant"} {
		if err := db.Read(t.Context()).Table(table).Count(&n[i]).Error; err != nil {
			t.Fatal(err)
		}
	}
	return n
}

func fates(rows []enforcement.Row) string {
	var out []string
	for _, r := range rows {
		s := string(r.Fate)
		if r.Key != "" {
			s += " " + r.Key
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

// TestImportCases: a check writes nothing; an import writes everything, once; whoever took the measure can then never review it.
func TestImportCases(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		admin := w.Staff(t, "guanli")
		in, rows, err := w.Imports.Check(t.Context(), admin, enforcement.Cases, []byte("\uFEFF"+good))
		if err != nil || fates(rows) != "new, new, new, new" || counts(t, db) != [4]int64{} {
			t.Fatalf("checked: %s, %v, %v", fates(rows), counts(t, db), err)
		}
		if err := w.Imports.Apply(t.Context(), w.Staff(t, "nanshan.lian"), in.ID, in.Version); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("the desk imports: %v", err)
		}
		if err := w.Imports.Apply(t.Context(), admin, in.ID, in.Version); err != nil {
			t.Fatal(err)
		}
		if got := counts(t, db); got != [4]int64{1, 1, 1, 1} {
			t.Errorf("imported %v", got)
		}
		if err := w.Imports.Apply(t.Context(), admin, in.ID, in.Version+1); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("imported twice: %v", err)
		}
		var kept []int64
		if err := db.Read(t.Context()).Table("import").Pluck("length(data_sealed)", &kept).Error; err != nil || len(kept) != 1 || kept[0] != 0 {
			t.Errorf("of the table is kept after its import: %v, %v", kept, err)
		}
		// The same table again changes nothing; a measure that was lifted changes one row.
		_, rows, err = w.Imports.Check(t.Context(), admin, enforcement.Cases, []byte(strings.Replace(good, "2026-10-20,,", "2026-10-20,2026-11-01,", 1)))
		if err != nil || fates(rows) != "same, same, same, changed" {
			t.Errorf("again: %s, %v", fates(rows), err)
		}
	})
}

// TestNothingHalfImported: one bad row keeps the whole table out, also one that became bad after the check.
func TestNothingHalfImported(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		admin := w.Staff(t, "guanli")
		in, rows, err := w.Imports.Check(t.Context(), admin, enforcement.Cases, []byte(good+"（2024）粤0305执1234号,深圳市南山区人民法院,措施,,,,没收,2026-10-20,,\n"))
		if err != nil || fates(rows) != "new, new, new, new, bad import.bad_measure" || in.RowsBad != 1 {
			t.Fatalf("checked: %s, %v", fates(rows), err)
		}
		if err := w.Imports.Apply(t.Context(), admin, in.ID, in.Version); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("applied with a bad row: %v", err)
		}
		if got := counts(t, db); got != [4]int64{} {
			t.Errorf("half imported: %v", got)
		}
		later, _, err := w.Imports.ImportOf(t.Context(), admin, in.ID)
		if err != nil || later.Status != enforcement.Checked {
			t.Errorf("after the refusal: %+v, %v", later.Status, err)
		}
		if err := w.Imports.Drop(t.Context(), admin, in.ID, in.Version); err != nil {
			t.Error(err)
		}
	})
}

// TestFates reads like policy: what becomes of a row, and why.
func TestFates(t *testing.T) {
	const number, court = "（2024）粤0305执1234号", "深圳市南山区人民法院"
	opened := number + "," + court + ",case,,,,,2024-03-01,,\n"
	cases := []struct{ name, rows, want string }{
		{"a number nobody can read", "1234," + court + ",case,,,,,2024-03-01,,\n", "bad import.bad_number"},
		{"a court nobody knows", number + ",某某法院,case,,,,,2024-03-01,,\n", "bad import.no_body"},
		{"a party without a case", number + "," + court + ",party,debtor,林晓芸,,,,,\n", "bad import.no_case"},
		{"a side nobody knows", opened + number + "," + court + ",party,朋友,林晓芸,,,,,\n", "new, bad import.bad_part"},
		{"an officer nobody knows", opened + number + "," + court + ",officer,,,nobody,,,,\n", "new, bad import.no_login"},
		{"tomorrow", number + "," + court + ",case,,,,,2026-11-03,,\n", "bad import.bad_day"},
		{"today", number + "," + court + ",case,,,,,2026-11-02,,\n", "new"},
		{"closed before it was opened", number + "," + court + ",case,,,,,2024-03-01,2024-02-29,\n", "bad import.bad_day"},
		{"twice in the table", opened + opened, "new, bad import.twice"},
		{"another record", number + "," + court + ",banana,,,,,,,\n", "bad import.bad_record"},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		for _, c := range cases {
			_, rows, err := w.Imports.Check(t.Context(), w.Staff(t, "guanli"), enforcement.Cases, []byte(heading+c.rows))
			if err != nil || fates(rows) != c.want {
				t.Errorf("%s: %s, %v, want %s", c.name, fates(rows), err, c.want)
			}
		}
		for key, raw := range map[string]string{"import.empty": heading, "import.no_column": "案号,法院\n1,2\n", "import.not_utf8": heading + "\xff\xfe\n", "import.not_csv": heading + "\"a\n"} {
			_, _, err := w.Imports.Check(t.Context(), w.Staff(t, "guanli"), enforcement.Cases, []byte(raw))
			if e, ok := fail.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Key != key {
				t.Errorf("%q: %v, want %s", raw, err, key)
			}
		}
	})
}

// TestImportBodies: a body may stand below one of the same table; one that is there and differs is not changed by a table.
func TestImportBodies(t *testing.T) {
	const heading = "name,kind,level,above,province,sign,name_en\n"
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		admin := w.Staff(t, "guanli")
		in, rows, err := w.Imports.Check(t.Context(), admin, enforcement.Bodies, []byte(heading+
			"新城市中级人民法院,court,3,广东省高级人民法院,广东省,粤99,\n新城市东区人民法院,court,4,新城市中级人民法院,广东省,粤9901,\n深圳市南山区人民法院,court,4,广东省深圳市中级人民法院,广东省,,\n"))
		if err != nil || fates(rows) != "new, new, same" {
			t.Fatalf("checked: %s, %v", fates(rows), err)
		}
		if err := w.Imports.Apply(t.Context(), admin, in.ID, in.Version); err != nil {
			t.Fatal(err)
		}
		east, err := w.Directory.BodyByName(t.Context(), "新城市东区人民法院")
		if err != nil || w.Directory.BodyName(t.Context(), east.ParentID) != "新城市中级人民法院" {
			t.Errorf("imported %+v, %v", east, err)
		}
		_, rows, err = w.Imports.Check(t.Context(), admin, enforcement.Bodies, []byte(heading+
			"深圳市南山区人民法院,court,3,广东省深圳市中级人民法院,广东省,,\n别的法院,court,4,新城市中级人民法院,广东省,粤0305,\n没有上级法院,court,4,某某法院,,,\n"))
		if err != nil || fates(rows) != "bad import.body_differs, bad import.sign_taken, bad import.no_body" {
			t.Errorf("checked: %s, %v", fates(rows), err)
		}
	})
}
