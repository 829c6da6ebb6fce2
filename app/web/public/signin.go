package public

import (
	"net/http"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/i18n"
	"reliefportal/app/seal"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/public"
)

// contactCookie holds, sealed, the contact a code was sent to until the code is typed.
const contactCookie = "contact"

// contactAge is longer than a code lives, so that a late visitor is told about the code and not asked for the number again.
const contactAge = time.Hour

// knownCookie marks a browser in which somebody has signed in with a contact before: it has its own allowance of codes for it.
const knownCookie = "known"

// knownAge is how long a browser stays known (PROJECT).
const knownAge = 365 * 24 * time.Hour

func (p pages) signIn(c *kit.Ctx) error {
	if c.Actor.IsDebtor() {
		return c.ToAddress(c.SafeNext(kit.RouteDebtorHome))
	}
	return c.OK(views.SignIn(c.Page(), p.signInView(c)))
}

func (p pages) signInView(c *kit.Ctx) views.SignInView {
	view := views.SignInView{Contact: c.Form().Raw("contact"), Next: nextOf(c)}
	if p.Accounts.HasPasskeys() && !c.InKiosk() {
		view.PasskeyBegin, view.PasskeyAction = c.Path("public.passkeybegin"), c.Path("public.passkey")
	}
	if c.Has(kit.RouteStaffSignIn) {
		view.StaffHref = c.Path(kit.RouteStaffSignIn)
	}
	return view
}

// sendCode answers the same whether or not anybody is known by the contact.
func (p pages) sendCode(c *kit.Ctx) error {
	contact := c.Form().Value("contact")
	if err := p.Accounts.RequestCodeFrom(c.Context(), contact, c.Browser(), c.Lang, readCookie(c, knownCookie)); err != nil {
		page, status, ok := c.Refused(err, "contact")
		if !ok {
			return err
		}
		return c.Show(status, views.SignIn(page, p.signInView(c)))
	}
	sealed := p.Box.SealText(contactAD(c), contact)
	keepCookie(c, contactCookie, encode(sealed), contactAge)
	return c.ToAddress(kit.WithQuery(c.Path("public.code"), "next", nextOf(c)))
}

// nextOf is where the visitor was going; empty when he came to sign in and nothing else.
func nextOf(c *kit.Ctx) string {
	if c.Query("next") == "" && c.Form().Value("next") == "" {
		return ""
	}
	return c.SafeNext(kit.RouteDebtorHome)
}

func (p pages) code(c *kit.Ctx) error {
	contact := p.waiting(c)
	if contact == "" {
		return c.To(kit.RouteSignIn)
	}
	return c.OK(views.SignInCode(codePage(c), p.codeView(c, contact)))
}

func (p pages) checkCode(c *kit.Ctx) error {
	contact := p.waiting(c)
	if contact == "" {
		return c.To(kit.RouteSignIn)
	}
	person, err := p.Accounts.VerifyCode(c.Context(), contact, c.Form().Value("code"), c.Browser())
	if err != nil {
		page, status, ok := c.Refused(err, "code")
		if !ok {
			return err
		}
		page.Back = codePage(c).Back
		view := p.codeView(c, contact)
		if view.Spent = status == http.StatusGone; view.Spent {
			page.Errors = nil // there is no field to correct: one press gets a new code
		}
		return c.Show(status, views.SignInCode(page, view))
	}
	if err := p.Sessions.SignIn(c.Context(), person); err != nil {
		return err
	}
	p.signedIn(c, contact)
	if person.Lang != c.Lang {
		if err := p.Accounts.SetLang(c.Context(), account.Actor{PersonID: person.ID, Kind: person.Kind}, person.ID, c.Lang); err != nil {
			return err
		}
	}
	return p.enterAt(c, person)
}

// enterAt leads somebody who has signed in to where he was going; with nowhere named, and one draft waiting and nothing else, to that draft.
func (p pages) enterAt(c *kit.Ctx, person account.Person) error {
	next := c.SafeNext(kit.RouteDebtorHome)
	if nextOf(c) != "" {
		return c.ToAddress(next)
	}
	id, ok, err := p.Filings.OnlyDraft(c.Context(), account.Actor{PersonID: person.ID, Kind: person.Kind})
	switch {
	case err != nil:
		return err
	case ok:
		return c.To("debtor.filing", id)
	}
	return c.ToAddress(next)
}

// signedIn remembers what belongs to the browser: what it is, and that it was signed in with this contact before. A shared computer
// remembers nothing.
func (p pages) signedIn(c *kit.Ctx, contact string) {
	keepCookie(c, contactCookie, "", -1)
	p.Sessions.Describe(c.Context(), c.Request().UserAgent())
	if c.InKiosk() {
		p.Sessions.Shared(c.Context())
		return
	}
	keepCookie(c, knownCookie, p.Accounts.KnownBrowser(contact), knownAge)
}

// signOut leaves nothing on a borrowed telephone: the answers given before signing in go too. Drafts have their own copy.
func (p pages) signOut(c *kit.Ctx) error {
	if err := p.Sessions.SignOut(c.Context()); err != nil {
		return err
	}
	if err := p.forget(c); err != nil {
		return err
	}
	return c.To(kit.RouteStart)
}

// contactAD binds the sealed contact to the browser that asked for the code.
func contactAD(c *kit.Ctx) seal.AD {
	return seal.AD{Table: "cookie", Column: contactCookie, Row: c.Browser()}
}

// waiting is the contact whose code this browser waits for; empty when there is none.
func (p pages) waiting(c *kit.Ctx) string {
	sealed, ok := decode(readCookie(c, contactCookie))
	if !ok {
		return ""
	}
	contact, err := p.Box.OpenText(contactAD(c), sealed)
	if err != nil {
		return "" // from another browser, or sealed with a key that is no longer there: the number is asked again
	}
	return contact
}

func codePage(c *kit.Ctx) tkit.Page {
	page := c.Page()
	page.Back = kit.WithQuery(c.Path(kit.RouteSignIn), "next", nextOf(c))
	return page
}

func (p pages) codeView(c *kit.Ctx, contact string) views.SignInCodeView {
	view := views.SignInCodeView{Contact: i18n.Contact(contact), SentTo: contact, Next: nextOf(c), Code: c.Form().Raw("code"),
		Minutes: int(account.CodeLife / time.Minute), AgainAction: c.Path(kit.RouteSignIn), ChangeHref: c.Path(kit.RouteSignIn)}
	if p.Outbox != "" {
		view.OutboxHref = c.Path(p.Outbox)
	}
	return view
}
