package debtor

import (
	"github.com/a-h/templ"

	"reliefportal/app/i18n"
	"reliefportal/templates/kit"
)

// number marks a Chinese case number on an English page.
func number(p kit.Page) templ.Attributes {
	if p.English() {
		return templ.Attributes{"lang": i18n.Chinese}
	}
	return nil
}

func when(ok bool, s string) string {
	if ok {
		return s
	}
	return ""
}
