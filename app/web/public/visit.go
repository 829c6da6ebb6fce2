package public

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"reliefportal/app/finder"
	"reliefportal/app/web/kit"
)

// visitCookie holds the token of the visitor's answers. With https it carries the __Host- prefix, like the cookies of the frame.
const visitCookie = "visit"

func secure(c *kit.Ctx) bool { return strings.HasPrefix(c.URL(kit.RouteStart), "https://") }

func cookieName(c *kit.Ctx, name string) string {
	if secure(c) {
		return "__Host-" + name
	}
	return name
}

func readCookie(c *kit.Ctx, name string) string {
	ck, err := c.Request().Cookie(cookieName(c, name))
	if err != nil {
		return ""
	}
	return ck.Value
}

// keepCookie sends a cookie that scripts cannot read; an age below zero removes it.
func keepCookie(c *kit.Ctx, name, value string, age time.Duration) {
	http.SetCookie(c.Response(), &http.Cookie{Name: cookieName(c, name), Value: value, Path: "/", MaxAge: int(age / time.Second),
		HttpOnly: true, Secure: secure(c), SameSite: http.SameSiteLaxMode})
}

func visitToken(c *kit.Ctx) string { return readCookie(c, visitCookie) }

func keepVisit(c *kit.Ctx, token string) { keepCookie(c, visitCookie, token, finder.Life) }

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func decode(s string) ([]byte, bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	return b, err == nil && len(b) > 0
}
