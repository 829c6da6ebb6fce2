// Package config reads the settings of the program from environment variables, once, at start.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// Config is every setting. The tags are the table in the README: name, default, meaning; a secret may also be given as a
// file, by the same name followed by _FILE.
type Config struct {
	Env            Env            `env:"PORTAL_ENV" envDefault:"development" about:"development or production; production refuses to start on anything unsafe"`
	Addr           string         `env:"PORTAL_ADDR" envDefault:"127.0.0.1:8080" about:"address to listen on"`
	BaseURL        string         `env:"PORTAL_BASE_URL" envDefault:"http://localhost:8080" about:"address people see, without a path; https in production"`
	DatabaseURL    Secret         `env:"PORTAL_DATABASE_URL" secret:"true" about:"sqlite:PATH or postgres://…; default a SQLite file in the data folder"`
	DataDir        string         `env:"PORTAL_DATA_DIR" envDefault:"./var" about:"folder for uploaded files, audit checkpoints and the default database"`
	PacksDir       string         `env:"PORTAL_PACKS_DIR" about:"folder with rule packs to use instead of those built in"`
	Key            Secret         `env:"PORTAL_KEY" secret:"true" about:"32 or more random bytes in base64 (openssl rand -base64 32); seals personal data; in development made on first run"`
	PreviousKeys   Secret         `env:"PORTAL_PREVIOUS_KEYS" secret:"true" about:"keys used before, separated by commas, while data sealed with them remain"`
	CallbackKey    Secret         `env:"PORTAL_CALLBACK_KEY" secret:"true" about:"32 or more random bytes in base64 that seal what people say in callbacks, and nothing else, so that whoever has PORTAL_KEY cannot read it; without it a key derived from PORTAL_KEY is used"`
	SMTPURL        Secret         `env:"PORTAL_SMTP_URL" secret:"true" about:"mail server, smtp://user:password@host:587 or smtps://…; without it e-mail stays in the outbox"`
	MailFrom       string         `env:"PORTAL_MAIL_FROM" envDefault:"portal@localhost" about:"sender of e-mail"`
	SMSURL         Secret         `env:"PORTAL_SMS_URL" secret:"true" about:"address of an HTTP text message gateway; without it text messages stay in the outbox"`
	DialURL        Secret         `env:"PORTAL_DIAL_URL" secret:"true" about:"address of a telephone system that connects callers; without it callers ring by hand"`
	ClamAVAddr     string         `env:"PORTAL_CLAMAV_ADDR" about:"virus scanner (clamd), tcp://host:port or unix:/path; files then reach a body only after it found them clean; off means none, and production wants one or the other said"`
	MetricsAddr    string         `env:"PORTAL_METRICS_ADDR" envDefault:"127.0.0.1:9464" about:"address of the metrics listener; keep it private; off turns it off"`
	TrustedProxies []netip.Prefix `env:"PORTAL_TRUSTED_PROXIES" about:"networks, such as 10.0.0.0/8, whose X-Forwarded-For is believed; none by default"`
	Instances      int            `env:"PORTAL_INSTANCES" envDefault:"1" about:"how many instances run on this database; more than one needs Postgres"`
	Kiosk          bool           `env:"PORTAL_KIOSK" envDefault:"false" about:"true where this instance serves shared computers: every browser then forgets everything, and a session left alone ends after five minutes"`
	LogLevel       slog.Level     `env:"PORTAL_LOG_LEVEL" envDefault:"info" about:"debug, info, warn or error"`
	ClockOffset    time.Duration  `env:"PORTAL_CLOCK_OFFSET" envDefault:"0s" about:"development only: moves the clock, to see tomorrow today, such as 24h"`
}

// Env is the kind of place the program runs in.
type Env string

// The kinds of places.
const (
	Development Env = "development"
	Production  Env = "production"
)

// Off is the value that turns an optional listener or scanner off.
const Off = "off"

// Secret is a setting that must not be printed; Reveal gives its text.
type Secret string

// Reveal gives the text of the secret, to be used and not to be shown.
func (s Secret) Reveal() string { return string(s) }

// Set tells whether the secret is given.
func (s Secret) Set() bool { return s != "" }

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(set)"
}

// GoString hides the secret.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the secret.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// IsProduction tells whether real people use this portal.
func (c Config) IsProduction() bool { return c.Env == Production }

// Scans tells whether a virus scanner is set up.
func (c Config) Scans() bool { return c.ClamAVAddr != "" && c.ClamAVAddr != Off }

// HTTPS tells whether people reach the portal over https.
func (c Config) HTTPS() bool { return strings.HasPrefix(c.BaseURL, "https://") }

// Load reads the settings from environ, in the form of os.Environ. It reports everything wrong at once, one line each,
// and never the value of a secret.
func Load(environ []string) (Config, error) {
	vars, errs := variables(environ)
	c, err := env.ParseAsWithOptions[Config](env.Options{Environment: vars})
	errs = append(errs, plain(err)...)
	if c.DatabaseURL == "" {
		c.DatabaseURL = Secret("sqlite:" + filepath.Join(c.DataDir, "portal.db"))
	}
	errs = append(errs, c.check()...)
	if len(errs) > 0 {
		return Config{}, errors.Join(errs...)
	}
	return c, nil
}

// plain names the settings that could not be read. The library's own text is left out, as it quotes the value.
func plain(err error) []error {
	var all env.AggregateError
	if err == nil || !errors.As(err, &all) {
		return nil
	}
	var out []error
	for _, e := range all.Errors {
		var parse env.ParseError
		if errors.As(e, &parse) {
			out = append(out, fmt.Errorf("%s cannot be read: %s is expected", nameOf(parse.Name), parse.Type))
			continue
		}
		out = append(out, e)
	}
	return out
}

func (c Config) check() []error {
	var errs []error
	require := func(ok bool, sentence string) {
		if !ok {
			errs = append(errs, errors.New(sentence))
		}
	}
	require(c.Env == Development || c.Env == Production, "PORTAL_ENV must be development or production")
	require(isAddr(c.Addr), "PORTAL_ADDR must be host:port, such as 127.0.0.1:8080 or :8080")
	require(c.MetricsAddr == Off || isAddr(c.MetricsAddr), "PORTAL_METRICS_ADDR must be host:port or off")
	require(isBase(c.BaseURL), "PORTAL_BASE_URL must be http(s)://host without a path, such as https://menjing.example.cn")
	require(hasScheme(string(c.DatabaseURL), "sqlite", "postgres", "postgresql"), "PORTAL_DATABASE_URL must be sqlite:PATH or postgres://…")
	require(c.SMTPURL == "" || hasScheme(string(c.SMTPURL), "smtp", "smtps"), "PORTAL_SMTP_URL must be smtp://… or smtps://…")
	require(c.DialURL == "" || hasScheme(string(c.DialURL), "http", "https"), "PORTAL_DIAL_URL must be http(s)://…")
	require(c.SMSURL == "" || hasScheme(string(c.SMSURL), "http", "https"), "PORTAL_SMS_URL must be http(s)://…")
	require(c.ClamAVAddr == "" || c.ClamAVAddr == Off || hasScheme(c.ClamAVAddr, "tcp", "unix"), "PORTAL_CLAMAV_ADDR must be tcp://host:port, unix:/path or off")
	require(c.Instances >= 1, "PORTAL_INSTANCES must be 1 or more")
	require(c.DataDir != "", "PORTAL_DATA_DIR must name a folder")
	_, err := mail.ParseAddress(c.MailFrom)
	require(err == nil, "PORTAL_MAIL_FROM must be an e-mail address")
	if _, err := c.keys(); err != nil {
		errs = append(errs, err)
	}
	return errs
}

func isAddr(s string) bool {
	_, port, err := net.SplitHostPort(s)
	return err == nil && port != ""
}

func isBase(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.Path == "" && u.RawQuery == "" && u.User == nil
}

func hasScheme(s string, schemes ...string) bool {
	for _, scheme := range schemes {
		if rest, ok := strings.CutPrefix(s, scheme+":"); ok && rest != "" && rest != "//" {
			return true
		}
	}
	return false
}
