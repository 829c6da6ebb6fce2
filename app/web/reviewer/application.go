package reviewer

import (
	"reliefportal/app/document"
	"reliefportal/app/web/kit"
)

// withApplication puts the written application, as it was kept when the filing was handed over, before the papers of the person.
func (p pages) withApplication(c *kit.Ctx, d desk, docs []document.Document) ([]document.Document, error) {
	kept, ok, err := p.Files.Application(c.Context(), d.ID)
	if err != nil || !ok {
		return docs, err
	}
	return append([]document.Document{kept}, docs...), nil
}
