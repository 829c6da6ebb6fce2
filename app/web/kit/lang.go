package kit

import (
	"net/url"

	"golang.org/x/text/language"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
)

// spoken are the languages of the portal in the order of preference; the first is the default.
var spoken = []string{i18n.Chinese, i18n.English}

// languageOf takes the language from the cookie, else from the browser's wishes, else Chinese.
func (k *Kit) languageOf(c *Ctx) string {
	if lang := known(c.cookie(k.cookies.lang)); lang != "" {
		return lang
	}
	wishes, _, err := language.ParseAcceptLanguage(c.Request().Header.Get("Accept-Language"))
	if err != nil {
		return spoken[0]
	}
	for _, wish := range wishes {
		switch base, _ := wish.Base(); base.String() {
		case "zh":
			return i18n.Chinese
		case "en":
			return i18n.English
		}
	}
	return spoken[0]
}

// switchLanguage keeps the language asked for and shows the same page again.
func (k *Kit) switchLanguage(c *Ctx) error {
	lang := known(c.Query("lang"))
	if lang == "" {
		return fail.NotFound()
	}
	c.setCookie(k.cookies.lang, lang, languageAge)
	return c.redirect(withoutLang(c.Request().URL))
}

func withoutLang(u *url.URL) string {
	q := u.Query()
	q.Del("lang")
	return addressOf(u, q)
}

// otherLanguage is the address of the same page in the other language.
func (c *Ctx) otherLanguage() string {
	q := c.Request().URL.Query()
	q.Set("lang", spoken[0])
	if c.Lang == spoken[0] {
		q.Set("lang", spoken[1])
	}
	return addressOf(c.Request().URL, q)
}

// addressOf joins path and query. A path that begins with two slashes would be another host to a browser, so it becomes the root.
func addressOf(u *url.URL, q url.Values) string {
	path := u.EscapedPath()
	if len(path) > 1 && (path[1] == '/' || path[1] == '\\') {
		path = "/"
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func known(lang string) string {
	for _, l := range spoken {
		if l == lang {
			return l
		}
	}
	return ""
}
