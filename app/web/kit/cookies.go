package kit

import (
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
)

// cookieNames are the names of the portal's cookies. With https they carry the __Host- prefix: browsers then refuse to take them from
// another host or from plain http.
type cookieNames struct{ session, form, lang, flash, kept, text, kiosk string }

func namesOfCookies(https bool) cookieNames {
	prefix := ""
	if https {
		prefix = "__Host-"
	}
	return cookieNames{session: prefix + "session", form: prefix + "form", lang: prefix + "lang", flash: prefix + "flash", kept: prefix + "kept",
		text: prefix + "text", kiosk: prefix + "kiosk"}
}

// languageAge is how long a browser remembers the chosen language.
const languageAge = 180 * 24 * time.Hour

func (c *Ctx) cookie(name string) string {
	ck, err := c.echo.Cookie(name)
	if err != nil {
		return ""
	}
	return ck.Value
}

// setCookie sends a cookie that scripts cannot read. age 0 keeps it as long as the browser is open; a negative age removes it.
func (c *Ctx) setCookie(name, value string, age time.Duration) {
	c.echo.SetCookie(&http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(age / time.Second), HttpOnly: true, Secure: c.kit.https,
		SameSite: http.SameSiteLaxMode})
}

// Browser returns a random token held by this browser alone. Sign-in codes are bound to it, and forms are.
func (c *Ctx) Browser() string {
	token := c.cookie(c.kit.cookies.form)
	if raw, err := decode64(token); err == nil && len(raw) == 32 {
		return token
	}
	if made, ok := c.echo.Get(formCookieKey).(string); ok {
		return made
	}
	token = randomToken()
	c.echo.Set(formCookieKey, token)
	c.setCookie(c.kit.cookies.form, token, 0)
	return token
}

const formCookieKey = "kit.form"

func (k *Kit) setSessionCookie() {
	if k.Sessions == nil {
		return
	}
	k.Sessions.Cookie = scs.SessionCookie{Name: k.cookies.session, Path: "/", HttpOnly: true, Secure: k.https, SameSite: http.SameSiteLaxMode, Persist: false}
}

// loadSession puts the session into the request's context and writes its cookie before the answer begins. scs's own middleware would send
// the cookie twice when a handler returns an error.
func (k *Kit) loadSession(c *Ctx) error {
	ctx, err := k.Sessions.Load(c.Context(), c.cookie(k.cookies.session))
	if err != nil {
		return err
	}
	c.echo.SetRequest(c.echo.Request().WithContext(ctx))
	c.echo.Response().Before(func() { k.keepSession(c) })
	return nil
}

func (k *Kit) keepSession(c *Ctx) {
	ctx, w := c.Context(), c.echo.Response()
	switch k.Sessions.Status(ctx) {
	case scs.Modified:
		token, expiry, err := k.Sessions.Commit(ctx)
		if err != nil {
			k.Log.Error("session not kept", "id", c.ID(), "error", err)
			return
		}
		k.Sessions.WriteSessionCookie(ctx, w, token, expiry)
	case scs.Unmodified: // the browser has it already
	case scs.Destroyed:
		k.Sessions.WriteSessionCookie(ctx, w, "", time.Time{})
	}
}
