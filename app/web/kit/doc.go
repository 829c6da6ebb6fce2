// Package kit is the frame every page hangs in: the route row, the guard, sessions, forms, tokens, paging, errors and rendering.
// It knows no noun of the domain; the pages under app/web do.
package kit
