package app

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/directory"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/store"
	"reliefportal/app/web/dev"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/dev"
)

// errDemoInProduction protects real people from accounts whose passwords are printed.
var errDemoInProduction = errors.New("demo people are for development: their passwords are known to everybody")

// demoPassword is the password of every demo member of staff.
const demoPassword = "menjing-demo-2026"

// demoMail is where the demo's staff are told of their work. The domain is kept for examples (RFC 2606), so no letter ever leaves.
const demoMail = "@menjing.example.com"

// Names of the bodies of the demo.
const (
	demoBasic        = "深圳市南山区人民法院"
	demoIntermediate = "广东省深圳市中级人民法院"
	demoCentre       = "深圳执行回访中心"
	demoHelpDesk     = "深圳法律援助热线"
	demoOrgan        = "深圳市南山区人民检察院"
	demoOrganAbove   = "广东省深圳市人民检察院"
)

// demoPerson is a member of staff of the demo.
type demoPerson struct {
	login, name string
	role        account.Role
	body        string // name; empty for a role that is not bound to a body
	division    string // kind
}

// demoPeople are the demo's staff: enough to take a filing through both courts, to call back, and to see that a caller who belongs to the
// body asked about sees nothing.
var demoPeople = []demoPerson{
	{"nanshan.lian", "陈立", account.RoleDocketing, demoBasic, "docketing"},
	{"nanshan.shen1", "周敏", account.RoleReviewer, demoBasic, "review"},
	{"nanshan.shen2", "吴越", account.RoleReviewer, demoBasic, "review"},
	{"nanshan.zhixing", "郑航", account.RoleImplementer, demoBasic, "implementing"},
	{"shenzhen.lian", "孙宁", account.RoleDocketing, demoIntermediate, "docketing"},
	{"shenzhen.shen1", "李青", account.RoleReviewer, demoIntermediate, "review"},
	{"shenzhen.shen2", "王舒", account.RoleReviewer, demoIntermediate, "review"},
	{"huifang.1", "何晴", account.RoleCaller, demoCentre, "callback"},
	{"nanshan.huifang", "马远", account.RoleCaller, demoBasic, ""},
	{"bangzhu.1", "方琳", account.RoleHelper, demoHelpDesk, ""},
	{"nanshan.yuanzhang", "许平", account.RoleSupervisor, demoBasic, ""},
	{"nanshan.jiancha", "沈岩", account.RoleProcurator, demoOrgan, ""},
	{"shenzhen.jiancha", "韩越", account.RoleProcurator, demoOrganAbove, ""},
	{"duban", "林峰", account.RoleSupervisor, demoIntermediate, "supervision"},
	{"zhuanban", "高原", account.RoleArbiter, "", ""},
	{"guanli", "徐进", account.RoleAdmin, "", ""},
	{"shenji", "梁正", account.RoleAuditor, "", ""},
}

// demoDivisions are the divisions the demo's courts are given; the rest of the directory has the usual ones.
var demoDivisions = map[string][]directory.Division{
	demoBasic: {
		{Kind: "docketing", Name: "立案庭", NameEn: "Docketing division"}, {Kind: "review", Name: "执行裁判庭", NameEn: "Enforcement review division"},
		{Kind: "implementing", Name: "执行局", NameEn: "Enforcement bureau"},
	},
	demoIntermediate: {
		{Kind: "docketing", Name: "立案庭", NameEn: "Docketing division"}, {Kind: "review", Name: "执行裁判庭", NameEn: "Enforcement review division"},
		{Kind: "supervision", Name: "督察处", NameEn: "Inspection office"},
	},
	demoCentre: {{Kind: "callback", Name: "回访组", NameEn: "Callback team"}},
}

// demoActor is who loads the demo, as the audit record names it.
var demoActor = audit.Actor{Kind: string(account.SystemJob)}

// LoadDemo makes the bodies and people of the demo. It may be run again: what is there stays. Production refuses.
func (a *App) LoadDemo(ctx context.Context) error {
	if a.Config.IsProduction() {
		return errDemoInProduction
	}
	if _, err := a.Directory.AddBody(ctx, demoActor, directory.Body{Kind: directory.KindCallback, Name: demoCentre, NameEn: "Shenzhen callback centre"}); err != nil {
		return err
	}
	if _, err := a.Directory.AddBody(ctx, demoActor, directory.Body{Kind: directory.KindOther, Name: demoHelpDesk, NameEn: "Shenzhen legal aid line"}); err != nil {
		return err
	}
	for court, organ := range map[string]string{demoBasic: demoOrgan, demoIntermediate: demoOrganAbove} {
		if _, err := a.Directory.SetProcuratorate(ctx, demoActor, a.Directory.BodyID(ctx, court), organ); err != nil {
			return fmt.Errorf("demo procuratorates: %w", err)
		}
	}
	from := calendar.NewDate(2026, 1, 1)
	var divisions []directory.Division
	for body, own := range demoDivisions {
		for _, d := range own {
			d.BodyID, d.From = a.Directory.BodyID(ctx, body), from
			divisions = append(divisions, d)
		}
	}
	if _, err := a.Directory.SetDivisions(ctx, demoActor, divisions...); err != nil {
		return fmt.Errorf("demo divisions: %w", err)
	}
	for _, p := range demoPeople {
		if err := a.loadDemoPerson(ctx, p, from); err != nil {
			return fmt.Errorf("demo person %s: %w", p.login, err)
		}
	}
	return nil
}

func (a *App) loadDemoPerson(ctx context.Context, p demoPerson, from calendar.Date) error {
	grant := account.Grant{Role: p.role}
	switch {
	case p.body != "":
		grant.BodyID = a.Directory.BodyID(ctx, p.body)
	case p.role == account.RoleArbiter:
		grant.BodyID = a.Directory.RoutingDesk()
	}
	if d, ok := a.Directory.DivisionOf(ctx, grant.BodyID, p.division, a.today()); ok {
		grant.DivisionID = d.ID
	}
	made, _, err := a.Accounts.CreateStaff(ctx, account.System(), account.NewStaff{
		Login: p.login, Password: demoPassword, TOTPSecret: demoSecret(p.login), Name: p.name, Email: p.login + demoMail, Grants: []account.NewGrant{{Grant: grant, From: from}},
	})
	if e, ok := fail.As(err); ok && e.Kind == fail.KindConflict {
		return nil // made by an earlier run
	}
	if err != nil || p.role != account.RoleCaller {
		return err
	}
	caller := account.Actor{PersonID: made.ID, Kind: account.Staff, Grants: []account.Grant{grant}}
	return a.Callbacks.SetLanguages(ctx, caller, i18n.Languages)
}

// demoSecret is the TOTP secret of a demo login. It follows from the name, so that a telephone set up once works with every fresh database.
func demoSecret(login string) string {
	sum := sha256.Sum256([]byte("demo " + login))
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:20])
}

// hasDemo says whether the database holds demo people.
func hasDemo(ctx context.Context, db *store.DB) (bool, error) {
	logins := make([]string, len(demoPeople))
	for i, p := range demoPeople {
		logins[i] = p.login
	}
	var n int64
	err := db.Read(ctx).Table("staff_login").Where("login IN ?", logins).Count(&n).Error
	return n > 0, err
}

// People lists the demo's staff with the code of this half minute, for the sign-in table of development.
func (a *App) People(ctx context.Context) ([]views.Person, error) {
	people := make([]views.Person, 0, len(demoPeople))
	for _, p := range demoPeople {
		code, err := account.TOTPCode(demoSecret(p.login), a.Clock.Now())
		if err != nil {
			return nil, err
		}
		people = append(people, views.Person{Role: string(p.role), Place: p.body, Name: p.name, Login: p.login, Password: demoPassword, Code: code})
	}
	return people, ctx.Err()
}

// PrintPeople writes how to sign in as each kind of person.
func (a *App) PrintPeople(ctx context.Context, w io.Writer) error {
	people, err := a.People(ctx)
	if err != nil {
		return err
	}
	base := a.Config.BaseURL
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(t, "\nDebtor: any e-mail address or mobile number at %s; the code is on %s\n", base+a.Web.Path(kit.RouteSignIn), base+a.Web.Path(dev.RouteOutbox))
	_, _ = fmt.Fprintf(t, "Staff: at %s, password %s; codes change every half minute, the present ones are on %s\n\n",
		base+a.Web.Path(kit.RouteStaffSignIn), demoPassword, base+a.Web.Path(dev.RoutePeople))
	_, _ = fmt.Fprintln(t, "LOGIN\tROLE\tNAME\tBODY\tCODE NOW\tTOTP SECRET")
	for _, p := range people {
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", p.Login, p.Role, p.Name, p.Place, p.Code, demoSecret(p.Login))
	}
	return t.Flush()
}

func (a *App) today() calendar.Date { return calendar.Today(a.Clock) }
