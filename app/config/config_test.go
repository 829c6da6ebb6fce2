package config_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reliefportal/app/config"
)

const goodKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

func load(t *testing.T, environ ...string) config.Config {
	t.Helper()
	c, err := config.Load(environ)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDefaultsRunWithNothing(t *testing.T) {
	c := load(t, "HOME=/root", "PORTAL_BASE_URL=", "PORTAL_TEST_DATABASE_URL=postgres://x")
	if c.Env != config.Development || c.Addr != "127.0.0.1:8080" || c.BaseURL != "http://localhost:8080" ||
		c.DatabaseURL.Reveal() != "sqlite:var/portal.db" || !c.OnSQLite() || c.DataDir != "./var" || c.Instances != 1 || c.IsProduction() {
		t.Errorf("%+v", c)
	}
}

func TestEverySettingIsRead(t *testing.T) {
	c := load(t, "PORTAL_ENV=production", "PORTAL_ADDR=:80", "PORTAL_BASE_URL=https://m.cn", "PORTAL_DATABASE_URL=postgres://u:p@h/d",
		"PORTAL_DATA_DIR=/data", "PORTAL_PACKS_DIR=/packs", "PORTAL_KEY="+goodKey, "PORTAL_SMTP_URL=smtps://u:p@h", "PORTAL_MAIL_FROM=a@m.cn",
		"PORTAL_SMS_URL=https://s.cn", "PORTAL_CLAMAV_ADDR=unix:/run/clamd", "PORTAL_METRICS_ADDR=off", "PORTAL_TRUSTED_PROXIES=10.0.0.0/8,::1/128", "PORTAL_INSTANCES=2",
		"PORTAL_LOG_LEVEL=warn", "PORTAL_CLOCK_OFFSET=24h", "PORTAL_PREVIOUS_KEYS="+config.ExampleKey)
	want := config.Config{
		Env: config.Production, Addr: ":80", BaseURL: "https://m.cn", DatabaseURL: "postgres://u:p@h/d", DataDir: "/data", PacksDir: "/packs",
		Key: goodKey, SMTPURL: "smtps://u:p@h", MailFrom: "a@m.cn", SMSURL: "https://s.cn", ClamAVAddr: "unix:/run/clamd", MetricsAddr: config.Off,
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}, Instances: 2,
		LogLevel: slog.LevelWarn, ClockOffset: 24 * time.Hour, PreviousKeys: config.ExampleKey,
	}
	if fmt.Sprintf("%+v", c) != fmt.Sprintf("%+v", want) || c.DatabaseURL != want.DatabaseURL || c.Key != want.Key || c.PreviousKeys != want.PreviousKeys {
		t.Errorf("got %+v", c)
	}
	if keys, err := c.SealKeys(); err != nil || len(keys) != 2 || keys[0][1] != 1 {
		t.Errorf("keys %v, err %v", keys, err)
	}
}

func TestEverythingWrongIsSaidAtOnce(t *testing.T) {
	wrong := map[string]string{
		"PORTAL_ENV": "staging", "PORTAL_ADDR": "8080", "PORTAL_BASE_URL": "https://m.cn/portal", "PORTAL_DATABASE_URL": "mysql://u:hunter2@h/d",
		"PORTAL_KEY": "hunter2", "PORTAL_PREVIOUS_KEYS": "hunter2", "PORTAL_SMTP_URL": "hunter2", "PORTAL_SMS_URL": "ftp:hunter2", "PORTAL_CLAMAV_ADDR": "http://clamav", "PORTAL_MAIL_FROM": "nobody",
		"PORTAL_METRICS_ADDR": "on", "PORTAL_INSTANCES": "0", "PORTAL_CLOCK_OFFSET": "tomorrow", "PORTAL_TRUSTED_PROXIES": "all", "PORTAL_LOG_LEVEL": "loud",
		"PORTAL_DATABSE_URL": "x", "PORTAL_ADDR_FILE": "x",
	}
	for name, value := range wrong {
		_, err := config.Load([]string{name + "=" + value})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s=%s: err %v", name, value, err)
		}
		if err != nil && (strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "\n")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := config.Load([]string{"PORTAL_ENV=staging", "PORTAL_CLOCK_OFFSET=tomorrow", "PORTAL_NONSENSE=1"})
	if err == nil || strings.Count(err.Error(), "PORTAL_") != 3 {
		t.Errorf("three slips: %v", err)
	}
}

func TestSecretFromFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(goodKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c := load(t, "PORTAL_KEY_FILE="+path); c.Key != goodKey {
		t.Error("not read")
	}
	for name, environ := range map[string][]string{
		"both": {"PORTAL_KEY=" + goodKey, "PORTAL_KEY_FILE=" + path}, "missing": {"PORTAL_KEY_FILE=" + path + "x"}, "empty": {"PORTAL_KEY_FILE=/dev/null"},
	} {
		if _, err := config.Load(environ); err == nil || !strings.Contains(err.Error(), "PORTAL_KEY_FILE") {
			t.Errorf("%s: err %v", name, err)
		}
	}
}

func TestDevelopmentKeyIsMadeOnceAndPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "var")
	c := load(t, "PORTAL_DATA_DIR="+dir, "PORTAL_PREVIOUS_KEYS="+goodKey)
	first, err := c.SealKeys()
	if err != nil || len(first) != 2 {
		t.Fatalf("%v, err %v", first, err)
	}
	again, err := c.SealKeys()
	if err != nil || !bytes.Equal(first[0], again[0]) {
		t.Errorf("another key on the second run, err %v", err)
	}
	if info, err := os.Stat(filepath.Join(dir, "development.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, err %v", info, err)
	}
	if _, err := load(t, "PORTAL_ENV=production", "PORTAL_DATA_DIR="+dir).SealKeys(); err == nil {
		t.Error("production took a made key")
	}
}

func TestProductionRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	good := load(t, "PORTAL_ENV=production", "PORTAL_BASE_URL=https://m.cn", "PORTAL_KEY="+goodKey, "PORTAL_SMTP_URL=smtps://h", "PORTAL_CLAMAV_ADDR=tcp://clamav:3310", "PORTAL_DATA_DIR="+dir)
	if got := config.CheckProduction(good, config.State{}); len(got) != 0 {
		t.Fatalf("a good configuration: %v", got)
	}
	open := filepath.Join(dir, "open")
	if err := os.Mkdir(open, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o755); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		spoil func(*config.Config, *config.State)
		says  string
	}{
		"no key":         {func(c *config.Config, _ *config.State) { c.Key = "" }, "PORTAL_KEY is missing"},
		"example key":    {func(c *config.Config, _ *config.State) { c.Key = config.ExampleKey }, "from the examples"},
		"http":           {func(c *config.Config, _ *config.State) { c.BaseURL = "http://m.cn" }, "not https"},
		"two on SQLite":  {func(c *config.Config, _ *config.State) { c.Instances = 2 }, "PORTAL_INSTANCES is 2"},
		"moved clock":    {func(c *config.Config, _ *config.State) { c.ClockOffset = time.Hour }, "PORTAL_CLOCK_OFFSET"},
		"no messages":    {func(c *config.Config, _ *config.State) { c.SMTPURL = "" }, "PORTAL_SMTP_URL or PORTAL_SMS_URL"},
		"no scanner":     {func(c *config.Config, _ *config.State) { c.ClamAVAddr = "" }, "PORTAL_CLAMAV_ADDR"},
		"open folder":    {func(c *config.Config, _ *config.State) { c.DataDir = open }, "chmod 700"},
		"behind":         {func(_ *config.Config, s *config.State) { s.Pending = 3 }, "portal migrate"},
		"demo people":    {func(_ *config.Config, s *config.State) { s.Demo = true }, "demo people"},
		"bad rule packs": {func(_ *config.Config, s *config.State) { s.Packs = errors.New("broken") }, "portal packs check"},
	}
	for name, c := range cases {
		conf, state := good, config.State{}
		c.spoil(&conf, &state)
		got := config.CheckProduction(conf, state)
		if len(got) != 1 || !strings.Contains(got[0], c.says) || strings.Count(got[0], ". ") != 0 || !strings.HasSuffix(got[0], ".") {
			t.Errorf("%s: %q", name, got)
		}
		conf.Env = config.Development
		if got := config.CheckProduction(conf, state); len(got) != 0 {
			t.Errorf("%s in development: %q", name, got)
		}
	}
	off := good
	if off.ClamAVAddr = config.Off; off.Scans() || len(config.CheckProduction(off, config.State{})) != 0 || !good.Scans() {
		t.Error("a scanner that was turned off on purpose")
	}
	pg := good
	pg.Instances, pg.DatabaseURL = 2, "postgres://h/d"
	if got := config.CheckProduction(pg, config.State{}); len(got) != 0 {
		t.Errorf("two instances on Postgres: %q", got)
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	c := load(t, "PORTAL_KEY="+goodKey, "PORTAL_DATABASE_URL=postgres://u:hunter2@h/d")
	var out strings.Builder
	slog.New(slog.NewJSONHandler(&out, nil)).Info("start", "url", c.DatabaseURL, "config", fmt.Sprintf("%v %+v %#v %s", c, c, c, c.Key))
	if strings.Contains(out.String(), "hunter2") || strings.Contains(out.String(), goodKey) || !strings.Contains(out.String(), "(set)") {
		t.Error(out.String())
	}
}

func TestTableSaysWhatEachSettingIs(t *testing.T) {
	for _, s := range config.Table() {
		if !strings.HasPrefix(s.Name, "PORTAL_") || s.About == "" || strings.Contains(s.About, "|") {
			t.Errorf("%+v", s)
		}
	}
	if md := config.Markdown(); strings.Count(md, "\n") != len(config.Table())+2 || !strings.Contains(md, "| `PORTAL_KEY` (or `…_FILE`) |  |") {
		t.Error(md)
	}
}
