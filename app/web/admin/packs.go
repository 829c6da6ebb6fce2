package admin

import (
	"reliefportal/app/fail"
	"reliefportal/app/packs"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/admin"
	tkit "reliefportal/templates/kit"
)

// packs lists the editions of the law, those to come among them.
func (p pages) packs(c *kit.Ctx) error {
	view := views.PacksView{Tabs: tabs(c, "admin.packs")}
	for _, pack := range p.Packs.All() {
		head, err := p.head(c, pack)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, head)
	}
	return c.OK(views.Packs(c.Page(), view))
}

func (p pages) head(c *kit.Ctx, pack *rules.Pack) (views.PackHead, error) {
	cases, err := p.Packs.Cases(pack)
	if err != nil {
		return views.PackHead{}, err
	}
	exits := 0
	for _, r := range pack.Remedies {
		if r.Kind == rules.KindExit {
			exits++
		}
	}
	return views.PackHead{Href: c.Path("admin.pack", pack.Hash), Name: pack.Title.In(c.Lang), ID: pack.ID, Hash: pack.Hash, From: pack.From,
		InForce: p.Packs.On(c.Today()) == pack,
		Counts: c.T("admin.counts", "Remedies", len(pack.Remedies)-exits, "Exits", exits, "Routes", len(pack.Rows), "Clocks", len(pack.Clocks),
			"Questions", len(pack.Questions), "Cases", len(cases))}, nil
}

// parts are the parts of a pack in the order of their tabs.
var parts = []string{"remedies", "routes", "clocks", "questions", "sources"}

// pack shows one part of a pack, or whatever says the words that were searched for.
func (p pages) pack(c *kit.Ctx) error {
	v, err := p.law(c)
	if err != nil {
		return err
	}
	head, err := p.head(c, v.Pack)
	if err != nil {
		return err
	}
	view := views.PackView{Tabs: tabs(c, "admin.packs"), Head: head, Q: c.Query("q"), SearchAction: head.Href}
	for _, problem := range packs.Check(v.Pack) {
		view.Problems = append(view.Problems, problem.String())
	}
	part := parts[0]
	for _, name := range parts {
		if name == c.Query("part") {
			part = name
		}
	}
	for _, name := range parts {
		view.Parts = append(view.Parts, tkit.Tab{Text: partName(c, name), Href: kit.WithQuery(head.Href, "part", name), Count: -1,
			Selected: view.Q == "" && name == part})
	}
	view.Section = views.Section{ID: part, Title: partName(c, part), Items: items(c, v, part)}
	if view.Q != "" {
		found := search(c, v, view.Q)
		view.Section = views.Section{ID: "found", Title: c.T("admin.found", "Q", view.Q, "N", len(found)), Items: found}
	}
	return c.OK(views.Pack(c.Page(), view))
}

// law is the pack of the address, in the language of the page.
func (p pages) law(c *kit.Ctx) (law.View, error) {
	pack, ok := p.Packs.ByHash(c.Param("hash"))
	if !ok {
		return law.View{}, fail.NotFound()
	}
	return law.For(c, pack, p.Bodies), nil
}

func partName(c *kit.Ctx, part string) string {
	switch part {
	case "routes":
		return c.T("admin.part_routes")
	case "clocks":
		return c.T("admin.part_clocks")
	case "questions":
		return c.T("admin.part_questions")
	case "sources":
		return c.T("admin.part_sources")
	}
	return c.T("admin.part_remedies")
}
