package kit

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	tkit "reliefportal/templates/kit"
	"reliefportal/templates/public"
)

// errorPage is what an error looks like from outside: a status and the kind of message page that words it.
type errorPage struct {
	status int
	kind   string
}

// errorPages is the one place where kinds of failure become answers. A forbidden object looks exactly like a missing one.
var errorPages = map[fail.Kind]errorPage{
	fail.KindInvalid:     {http.StatusUnprocessableEntity, "invalid"},
	fail.KindNotFound:    {http.StatusNotFound, "notfound"},
	fail.KindForbidden:   {http.StatusNotFound, "notfound"},
	fail.KindConflict:    {http.StatusConflict, "conflict"},
	fail.KindTooMany:     {http.StatusTooManyRequests, "toomany"},
	fail.KindExpired:     {http.StatusGone, "expired"},
	fail.KindUnavailable: {http.StatusServiceUnavailable, "unavailable"},
	fail.KindInternal:    {http.StatusInternalServerError, "error"},
}

// pageOf finds the answer for an error, those of the frame and of the router included.
func pageOf(err error) errorPage {
	var routed *echo.HTTPError
	switch {
	case errors.Is(err, errForeignForm), errors.Is(err, errStaleForm):
		return errorPage{http.StatusForbidden, "csrf"}
	case errors.Is(err, errBodyTooLarge):
		return errorPage{http.StatusRequestEntityTooLarge, "toolarge"}
	case errors.Is(err, errBodyType):
		return errorPage{http.StatusUnsupportedMediaType, "csrf"}
	case errors.Is(err, errBodyBroken):
		return errorPage{http.StatusBadRequest, "csrf"}
	case errors.As(err, &routed) && routed.Code == http.StatusMethodNotAllowed:
		return errorPage{http.StatusMethodNotAllowed, "method"}
	case errors.As(err, &routed) && routed.Code < http.StatusInternalServerError:
		return errorPages[fail.KindNotFound]
	}
	return errorPages[fail.KindOf(err)]
}

// showError answers with the page of an error. Only the number of an internal error is shown; the error itself goes to the log.
func (k *Kit) showError(c *Ctx, err error) (failed error) {
	defer func() {
		if caught := recover(); caught != nil { // the last resort: one line of plain text with the number of the request
			k.Log.Error("error page panicked", "id", c.ID(), "error", panicked(caught))
			failed = c.Text(http.StatusInternalServerError, "E-"+c.ID())
		}
	}()
	if c.echo.Response().Committed {
		k.Log.Error("failed after the answer had begun", "id", c.ID(), "route", c.route.Name, "error", err)
		return nil
	}
	if k.visitorLeft(c, err) {
		return c.echo.NoContent(statusVisitorLeft)
	}
	page := pageOf(err)
	view := public.MessageView{Kind: page.kind, Text: c.sentence(err, page)}
	if page.status >= http.StatusInternalServerError && k.Failed != nil && unsafeMethod(c.Request().Method) {
		k.Failed(Failure{Route: *c.route, Params: c.echo.Param, Actor: c.Actor, Kind: fail.KindOf(err)})
	}
	if page.status >= http.StatusInternalServerError {
		view.ErrorID = errorID()
		k.Log.Error("request failed", "id", c.ID(), "error_id", view.ErrorID, "route", c.route.Name, "error", err)
	}
	if page.status == http.StatusRequestEntityTooLarge {
		c.Response().Header().Set("Connection", "close")
	}
	return c.Show(page.status, public.Message(c.framePage(), view))
}

// statusVisitorLeft is written to the log when the visitor closed the connection; nobody receives it.
const statusVisitorLeft = 499

func (k *Kit) visitorLeft(c *Ctx, err error) bool {
	return errors.Is(err, context.Canceled) && errors.Is(c.Context().Err(), context.Canceled)
}

// sentence words what a typed error says beyond its kind. "Not found" never says more, so that a missing object and another's look alike.
func (c *Ctx) sentence(err error, page errorPage) string {
	e, ok := fail.As(err)
	if !ok || page.kind == "notfound" || page.kind == "error" {
		return ""
	}
	var said []string
	if e.Key != "" {
		said = append(said, i18n.With(c.Lang, e.Key, e.Args))
	}
	for _, f := range e.Fields {
		said = append(said, i18n.With(c.Lang, f.Key, f.Args))
	}
	return strings.Join(said, " ")
}

// FieldErrors words the fields of an Invalid error for the page; ids are the field names. For any other error it returns false, and the
// handler returns that error instead of showing its form again.
func (c *Ctx) FieldErrors(err error) (fields []tkit.FieldError, invalid bool) {
	e, ok := fail.As(err)
	if !ok || e.Kind != fail.KindInvalid {
		return nil, false
	}
	for _, f := range e.Fields {
		fields = append(fields, tkit.FieldError{ID: f.Name, Text: i18n.With(c.Lang, f.Key, f.Args)})
	}
	if e.Key != "" {
		fields = append(fields, tkit.FieldError{ID: "main", Text: i18n.With(c.Lang, e.Key, e.Args)})
	}
	return fields, true
}

// Refused is the page of a form that was not taken, with the sentence at the field: a mistake in it, a limit, or a code whose time is over. Any
// other error is not ok, and the handler returns that.
func (c *Ctx) Refused(err error, field string) (page tkit.Page, status int, ok bool) {
	page = c.Page()
	if errs, invalid := c.FieldErrors(err); invalid {
		page.Errors = errs
		return page, http.StatusUnprocessableEntity, true
	}
	e, known := fail.As(err)
	if !known {
		return page, 0, false
	}
	page.Errors = []tkit.FieldError{{ID: field, Text: i18n.With(c.Lang, e.Key, e.Args)}}
	switch e.Kind {
	case fail.KindTooMany:
		return page, http.StatusTooManyRequests, true
	case fail.KindExpired:
		return page, http.StatusGone, true
	case fail.KindForbidden:
		return page, http.StatusUnprocessableEntity, true
	}
	return page, 0, false
}

// errorLetters leaves out what is misread over the telephone (0 O, 1 I L, U).
const errorLetters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

// errorID makes the number a person can quote, such as E-7F3K-92QD.
func errorID() string {
	var b [8]byte
	rand.Read(b[:])
	for i := range b {
		b[i] = errorLetters[int(b[i])%len(errorLetters)]
	}
	return "E-" + string(b[:4]) + "-" + string(b[4:])
}
