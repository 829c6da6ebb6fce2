package kit

import (
	"maps"
	"net/http"
)

// contentPolicy allows what the portal serves itself and nothing else: no inline script or style, no frame, no foreign address.
const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"

// downloadPolicy is for evidence and other files: nothing in them may run, wherever the browser shows them.
const downloadPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// securityHeaders are sent with every answer, errors and static files included.
// Referrer-Policy is same-origin because no-referrer makes browsers send "Origin: null" with every form.
var securityHeaders = map[string]string{
	"Content-Security-Policy":      contentPolicy,
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy": "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), " +
		"gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), screen-wake-lock=(), xr-spatial-tracking=()",
	"X-Frame-Options": "DENY",
}

// transportSecurity keeps browsers on https for a year. It is sent only where the portal is reached by https.
const transportSecurity = "max-age=31536000; includeSubDomains"

// headerLines are the security headers as they stand in a header map, made once: they go out with every answer. Nobody appends to them,
// since every later change of one of these headers is a Set.
var headerLines = func() http.Header {
	h := http.Header{}
	for name, value := range securityHeaders {
		h.Set(name, value)
	}
	return h
}()

func setSecurityHeaders(h http.Header, https bool) {
	maps.Copy(h, headerLines)
	if https {
		h.Set("Strict-Transport-Security", transportSecurity)
	}
}
