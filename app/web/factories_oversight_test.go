package web_test

import (
	"errors"
	"slices"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/enforcement"
	"reliefportal/app/oversight"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
)

func init() {
	factories[kit.Remark], factories[kit.Recusal] = makeRemark, makeRecusal
	factories[kit.Import] = makeImport
	// Administrators hand in tables together.
	sees[kit.Import] = func(_ *world, p *person, _ kit.Route, _ relation) bool { return p.name == "admin" }
	factories[kit.Draw], factories[kit.DrawItem] = makeDraw, makeDrawItem
	// A remark is read by the procuratorate that made it, and by the head and the desk of the body it is addressed to.
	sees[kit.Remark] = only(map[relation][]string{own: {"procurator", "head", "docketing"},
		other: {"procurator of the other seat", "supervisor", "docketing of the other body"}})
	// That somebody steps aside is for the head of his body; the share that was drawn is for whoever drew it.
	sees[kit.Recusal] = only(map[relation][]string{own: {"head"}, other: {"supervisor"}})
	sees[kit.Draw] = sees[kit.Recusal]
	sees[kit.DrawItem] = sees[kit.Recusal]
	for state, by := range readers {
		if state != "unrouted" {
			by[own], by[other] = append(by[own], officers[own].procurator), append(by[other], officers[other].procurator)
		}
	}
	for _, name := range []string{"debtor.recusal", "debtor.recusalagain"} {
		states[name] = "assigned"
	}
}

// only says that an object is seen by these people and nobody else.
func only(names map[relation][]string) func(*world, *person, kit.Route, relation) bool {
	return func(_ *world, p *person, _ kit.Route, rel relation) bool { return slices.Contains(names[rel], p.name) }
}

// officers are the procuratorate and the head of the body of a side.
var officers = map[relation]struct{ procurator, head string }{
	own:   {"procurator", "head"},
	other: {"procurator of the other seat", "supervisor"},
}

func makeRemark(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	if rel == nobodys {
		return map[string]string{"id": store.NewID()}
	}
	s := sides[rel]
	f := w.filing(t, s, "submitted")
	r, err := w.Oversight.Remark(t.Context(), w.person(officers[rel].procurator).actor, f.ID, oversight.NewRemark{Kind: oversight.Suggestion,
		BodyID: w.Directory.BodyID(t.Context(), s.body), Text: "请说明这项措施的依据和送达情况。"})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"id": r.ID}
}

func makeRecusal(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	if rel == nobodys {
		return map[string]string{"id": store.NewID()}
	}
	f := w.filing(t, sides[rel], "assigned")
	r, err := w.Oversight.AskRecusal(t.Context(), w.person(sides[rel].debtor).actor, f.ID, oversight.ReasonOther, "承办人和对方的律师一起吃饭。")
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"id": r.ID}
}

// makeDraw has the head of the body of a side draw one decided filing of it. A period is drawn once, so the draw before it is taken away.
func makeDraw(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	if rel == nobodys {
		return map[string]string{"id": store.NewID()}
	}
	w.filing(t, sides[rel], "decided")
	body := w.Directory.BodyID(t.Context(), sides[rel].body)
	err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return errors.Join(tx.Exec("DELETE FROM quality_item WHERE draw_id IN (SELECT id FROM quality_draw WHERE body_id = ?)", body).Error,
			tx.Exec("DELETE FROM quality_draw WHERE body_id = ?", body).Error)
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.Oversight.DrawFor(t.Context(), w.person(officers[rel].head).actor, body, w.today(), w.today())
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"id": d.ID}
}

func makeDrawItem(t *testing.T, w *world, route kit.Route, rel relation) map[string]string {
	t.Helper()
	params := makeDraw(t, w, route, rel)
	if rel == nobodys {
		return params
	}
	_, items, err := w.Oversight.DrawOf(t.Context(), w.person(officers[rel].head).actor, params["id"])
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"id": items[0].ID}
}

// makeImport hands in a table with one case.
func makeImport(t *testing.T, w *world, _ kit.Route, rel relation) map[string]string {
	t.Helper()
	if rel == nobodys {
		return map[string]string{"id": store.NewID()}
	}
	in, _, err := w.Imports.Check(t.Context(), w.person("admin").actor, enforcement.Cases, []byte("case_number,court,record,role,name,login,kind,on,until,note\n"+
		sides[rel].caseNumber+","+sides[rel].body+",case,,,,,2024-03-01,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"id": in.ID}
}
