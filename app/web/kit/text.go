package kit

import (
	"slices"

	"reliefportal/app/fail"
	tkit "reliefportal/templates/kit"
)

// textSizes are the sizes a visitor may read the portal in, in percent of the usual one, which comes first. Lines grow with the letters.
var textSizes = []string{"100", "125", "150"}

// switchText keeps the size asked for and shows the same page again.
func (k *Kit) switchText(c *Ctx) error {
	size := c.Query("text")
	if !slices.Contains(textSizes, size) {
		return fail.NotFound()
	}
	c.setCookie(k.cookies.text, size, languageAge)
	u := c.Request().URL
	q := u.Query()
	q.Del("text")
	return c.redirect(addressOf(u, q))
}

// textSize is the size this browser reads in; empty for the usual one.
func (c *Ctx) textSize() string {
	size := c.cookie(c.kit.cookies.text)
	if size == textSizes[0] || !slices.Contains(textSizes, size) {
		return ""
	}
	return size
}

// textPaths are the addresses of the same page in each size.
func (c *Ctx) textPaths() []tkit.Link {
	u := c.Request().URL
	var out []tkit.Link
	for _, size := range textSizes {
		q := u.Query()
		q.Set("text", size)
		out = append(out, tkit.Link{Text: size, Href: addressOf(u, q)})
	}
	return out
}
