package dev

import (
	"strconv"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	"reliefportal/templates/dev"
	"reliefportal/templates/samples"
)

// gallery lists every page in every state it has a sample for.
func gallery(c *kit.Ctx) error {
	var groups []dev.GalleryGroup
	for n, s := range samples.All() {
		if len(groups) == 0 || groups[len(groups)-1].Name != s.Group {
			groups = append(groups, dev.GalleryGroup{Name: s.Group})
		}
		path := c.Path("dev.sample", strconv.Itoa(n))
		group := &groups[len(groups)-1]
		group.Items = append(group.Items, dev.GalleryItem{
			Name: s.Name, HrefZh: kit.WithQuery(path, "lang", i18n.Chinese), HrefEn: kit.WithQuery(path, "lang", i18n.English),
		})
	}
	return c.OK(dev.Gallery(c.Page(), dev.GalleryView{Groups: groups}))
}

// sample shows one of them.
func sample(c *kit.Ctx) error {
	n, err := strconv.Atoi(c.Param("number"))
	all := samples.All()
	if err != nil || n < 0 || n >= len(all) {
		return fail.NotFound()
	}
	p := samples.Page(c.Lang)
	p.Path, p.LangPath = c.Page().Path, c.Page().LangPath
	return c.OK(all[n].Make(p))
}
