package config

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// State is what only the opened program knows of itself.
type State struct {
	Pending int   // migrations the database has not had
	Demo    bool  // whether the database holds demo people
	Packs   error // why the rule packs cannot be used, nil when they can
}

// CheckProduction lists, in production, why the program must not serve: one sentence each, saying what to do. In
// development the list is empty.
func CheckProduction(c Config, s State) []string {
	if !c.IsProduction() {
		return nil
	}
	var out []string
	refuse := func(when bool, sentence string, args ...any) {
		if when {
			out = append(out, fmt.Sprintf(sentence, args...))
		}
	}
	refuse(!c.Key.Set(), "PORTAL_KEY is missing: make one with `openssl rand -base64 32`, keep it apart from the database, and set it.")
	refuse(c.Key == ExampleKey, "PORTAL_KEY is the one from the examples: make your own with `openssl rand -base64 32`.")
	refuse(!c.HTTPS(), "PORTAL_BASE_URL is not https: put the portal behind TLS and set the https address people use.")
	refuse(c.Instances > 1 && c.OnSQLite(), "PORTAL_INSTANCES is %d and the database is SQLite, which serves one: set PORTAL_DATABASE_URL to Postgres, or run one instance.", c.Instances)
	refuse(c.ClockOffset != 0, "PORTAL_CLOCK_OFFSET moves the clock by %s and dates would be wrong: remove it.", c.ClockOffset)
	refuse(!c.SMTPURL.Set() && !c.SMSURL.Set(), "No sign-in code can be sent: set PORTAL_SMTP_URL or PORTAL_SMS_URL.")
	refuse(c.ClamAVAddr == "", "No virus scanner is set up: set PORTAL_CLAMAV_ADDR to a ClamAV daemon, or to off if files are to reach the bodies unscanned.")
	refuse(openToOthers(c.DataDir), "The data folder %s can be read by other users of this machine: run `chmod 700 %s`.", c.DataDir, c.DataDir)
	refuse(s.Pending > 0, "The database is %d migrations behind: back it up and run `portal migrate`.", s.Pending)
	refuse(s.Demo, "The database holds demo people whose passwords are known: use a fresh database.")
	refuse(s.Packs != nil, "The rule packs cannot be used (%v): run `portal packs check` and put them right.", s.Packs)
	return out
}

// OnSQLite tells whether the database is SQLite.
func (c Config) OnSQLite() bool { return strings.HasPrefix(string(c.DatabaseURL), "sqlite:") }

// openToOthers is false for a folder that is not there yet: it is made private.
func openToOthers(dir string) bool {
	info, err := os.Stat(dir)
	return !errors.Is(err, os.ErrNotExist) && (err != nil || info.Mode().Perm()&0o007 != 0)
}
