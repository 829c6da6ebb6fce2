// Package samples holds every page in its states with made-up values, for the gallery in development and for the render test.
// Names of places, courts, people and figures are invented.
package samples

import (
	"time"

	"github.com/a-h/templ"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
	"reliefportal/templates/kit"
)

// Sample is one page in one state.
type Sample struct {
	// Group is the audience, Name the page and the state; together they are unique.
	Group, Name string
	// Make draws the page in the language of p.
	Make func(p kit.Page) templ.Component
}

// All are all samples, group by group.
func All() []Sample {
	var all []Sample
	for _, group := range [][]Sample{
		publicSamples(),
		debtorSamples(),
		meansSamples(),
		contactSamples(),
		afterSamples(),
		staffSamples(),
		callerSamples(),
		callsSamples(),
		surveySamples(),
		figureSamples(),
		helperSamples(),
		representSamples(),
		adminSamples(),
		appraisalSamples(),
		privacySamples(),
		bodySamples(),
		handoverSamples(),
	} {
		all = append(all, group...)
	}
	return all
}

// Page is the page value samples are drawn with.
func Page(lang string) kit.Page {
	return kit.Page{Lang: lang, Path: "/sample", LangPath: "/sample?lang=en", CSRF: "sample", Today: day(10, 20)}
}

// day is a day of 2026.
func day(month time.Month, d int) calendar.Date { return calendar.NewDate(2026, month, d) }

func at(month time.Month, d, hour, minute int) time.Time {
	return time.Date(2026, month, d, hour, minute, 0, 0, calendar.Zone).UTC()
}

// say picks the words of a sample.
func say(p kit.Page, zh, en string) string {
	if p.Lang == i18n.English {
		return en
	}
	return zh
}

func withErrors(p kit.Page, errs ...kit.FieldError) kit.Page {
	p.Errors = errs
	return p
}

func debtorPage(p kit.Page) kit.Page {
	p.User = &kit.User{Name: "林晓芸", SignOut: "/signout", Home: "/my"}
	p.Back = "/my"
	return p
}

func staffPage(p kit.Page) kit.Page {
	p.User = &kit.User{Name: "周敏", Place: "江宜市中级人民法院 · 执行裁判庭", Staff: true, SignOut: "/signout", Home: "/desk"}
	return p
}
