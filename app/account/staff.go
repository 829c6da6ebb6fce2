package account

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/store"
)

// staffTries limits sign-ins that fail, for one login name.
var staffTries = limit{most: 10, period: 15 * time.Minute}

// The second factor: RFC 6238 with six digits, thirty seconds, and one step of tolerance to either side.
const (
	totpPeriod = 30
	totpSkew   = 1
	totpIssuer = "Menjing"
)

// hashWait is how long a sign-in waits for its turn to hash.
const hashWait = 10 * time.Second

func staffWrong() error { return fail.Invalid(fail.F("login", "signin.staff_wrong")) }

// StaffSignIn checks login name, password and the code of the second factor. It does not say which of them was wrong,
// and takes as long for an unknown name. Errors: a field error signin.staff_wrong for "login", TooMany
// signin.too_many, Unavailable signin.busy.
func (s *Service) StaffSignIn(ctx context.Context, login, password, code string) (Person, error) {
	login = normalLogin(login)
	bucket := "staff " + fmt.Sprintf("%x", s.box.Index("login", login))
	if err := s.countStaffTry(ctx, bucket); err != nil {
		return Person{}, err
	}
	row, err := take[staffRow](s.db.Read(ctx), "a staff login", "login = ?", login)
	if fail.KindOf(err) == fail.KindNotFound {
		row, err = staffRow{PasswordHash: s.nobody}, nil
	}
	if err != nil {
		return Person{}, err
	}
	match, err := s.compare(ctx, password, row.PasswordHash)
	if err != nil {
		return Person{}, err
	}
	if !match || row.PersonID == "" {
		return Person{}, s.refuseStaff(ctx, row.PersonID, "password")
	}
	return s.secondFactor(ctx, row, digits(code), bucket)
}

// countStaffTry counts in a transaction of its own, before the password is looked at, so that tries at once count too.
func (s *Service) countStaffTry(ctx context.Context, bucket string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		ok, err := staffTries.take(tx, bucket, s.clock.Now())
		if err != nil {
			return err
		}
		if !ok {
			return fail.TooMany("signin.too_many", "Minutes", int(staffTries.period/time.Minute))
		}
		return nil
	})
}

func (s *Service) secondFactor(ctx context.Context, row staffRow, code, bucket string) (Person, error) {
	secret, err := s.box.OpenText(row.ad(), row.TotpSealed)
	if err != nil {
		return Person{}, fmt.Errorf("open a second factor: %w", err)
	}
	step, ok := stepOf(secret, code, s.clock.Now())
	if !ok {
		return Person{}, s.refuseStaff(ctx, row.PersonID, "second factor")
	}
	var p Person
	var refused bool
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		now := s.clock.Now()
		taken := tx.Model(&staffRow{}).Where("person_id = ? AND totp_step < ?", row.PersonID, step).
			Updates(map[string]any{"totp_step": step, "updated_at": now})
		if taken.Error != nil {
			return fmt.Errorf("use up a second factor: %w", taken.Error)
		}
		found, err := take[personRow](tx, "a person", "id = ?", row.PersonID)
		if err != nil {
			return err
		}
		if refused = taken.RowsAffected == 0 || found.Status != active; refused {
			return nil
		}
		p = found.person()
		return errors.Join(staffTries.giveBack(tx, bucket, now), s.record(tx, audit.Actor{ID: p.ID, Kind: string(Staff)}, p.ID, "signin.staff", nil))
	})
	if err == nil && refused {
		err = s.refuseStaff(ctx, row.PersonID, "second factor")
	}
	return p, err
}

// refuseStaff records a refusal against a person who exists.
func (s *Service) refuseStaff(ctx context.Context, personID, what string) error {
	if personID == "" {
		return staffWrong()
	}
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		return s.record(tx, audit.Actor{Kind: string(Anonymous)}, personID, "signin.refused", map[string]any{"wrong": what})
	})
	if err != nil {
		return err
	}
	return staffWrong()
}

// stepOf finds the step for which the code is right.
func stepOf(secret, code string, now time.Time) (int64, bool) {
	current := now.Unix() / totpPeriod
	found, ok := int64(0), 0
	for step := current - totpSkew; step <= current+totpSkew; step++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			found, ok = step, 1
		}
	}
	return found, ok == 1
}

func (s *Service) compare(ctx context.Context, password, hash string) (bool, error) {
	release, err := s.takeHashing(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	match, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("compare a password: %w", err)
	}
	return match, nil
}

func (s *Service) takeHashing(ctx context.Context) (release func(), err error) {
	timer := time.NewTimer(hashWait)
	defer timer.Stop()
	select {
	case s.hashing <- struct{}{}:
		return func() { <-s.hashing }, nil
	case <-timer.C:
		return nil, fail.Unavailable("signin.busy", nil)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// NewStaff is a member of staff to be made.
type NewStaff struct {
	Login      string // letters and digits; upper case does not matter
	Password   string // 10 characters or more, not a common one
	TOTPSecret string // in base32; empty for a new random one
	Name       string
	Lang       string // zh-Hans when empty
	Email      string // where work is told of; may be empty
	Grants     []NewGrant
}

// NewGrant is a role to be held from a day until another, both included; a zero To is without end.
type NewGrant struct {
	Grant
	From, To calendar.Date
}

// CreateStaff makes a member of staff and gives the secret of the second factor, for the person to keep. Errors: field
// errors, or Conflict staff.login_taken.
func (s *Service) CreateStaff(ctx context.Context, actor Actor, n NewStaff) (p Person, totpSecret string, err error) {
	n.Login, n.Name = normalLogin(n.Login), strings.TrimSpace(n.Name)
	if n.Lang == "" {
		n.Lang = "zh-Hans"
	}
	if err := n.check(); err != nil {
		return Person{}, "", err
	}
	if n.TOTPSecret == "" {
		if n.TOTPSecret, err = newTOTPSecret(n.Login); err != nil {
			return Person{}, "", err
		}
	}
	hash, err := s.hash(ctx, n.Password)
	if err != nil {
		return Person{}, "", err
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		p, err = s.insertStaff(tx, actor, n, hash)
		return err
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		err = fail.Conflict("staff.login_taken", "Login", n.Login)
	}
	return p, n.TOTPSecret, err
}

func (s *Service) insertStaff(tx *gorm.DB, actor Actor, n NewStaff, hash string) (Person, error) {
	now, id := s.clock.Now(), store.NewID()
	p := personRow{ID: id, Kind: Staff, NameSealed: s.box.SealText(nameAD(id), n.Name), Lang: n.Lang, Status: active, CreatedAt: now, UpdatedAt: now}
	login := staffRow{PersonID: id, Login: n.Login, PasswordHash: hash, CreatedAt: now, UpdatedAt: now}
	login.TotpSealed = s.box.SealText(login.ad(), n.TOTPSecret)
	if n.Email != "" {
		login.EmailSealed = s.box.SealText(login.emailAD(), n.Email)
	}
	for _, row := range []any{&p, &login} {
		if err := tx.Create(row).Error; err != nil {
			return Person{}, fmt.Errorf("make a member of staff: %w", err)
		}
	}
	if err := s.record(tx, actor.Audit("", ""), id, "staff.created", nil); err != nil {
		return Person{}, err
	}
	for _, g := range n.Grants {
		if err := s.insertGrant(tx, actor, id, g); err != nil {
			return Person{}, err
		}
	}
	return p.person(), nil
}

func (s *Service) hash(ctx context.Context, password string) (string, error) {
	release, err := s.takeHashing(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	hash, err := argon2id.CreateHash(password, s.argon)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

func newTOTPSecret(login string) (string, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: totpIssuer, AccountName: login, Period: totpPeriod})
	if err != nil {
		return "", fmt.Errorf("make a second factor: %w", err)
	}
	return key.Secret(), nil
}

// TOTPCode is the code of the second factor at an instant, for demo pages and tests.
func TOTPCode(secret string, at time.Time) (string, error) {
	return totp.GenerateCode(secret, at)
}

const (
	shortestPassword = 10 // characters
	longestPassword  = 200
	longestLogin     = 60 // characters
	loginCharacters  = "abcdefghijklmnopqrstuvwxyz0123456789._-@"
)

func normalLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

func (n NewStaff) check() error {
	var fields []fail.Field
	if n.Login == "" || len(n.Login) > longestLogin || strings.Trim(n.Login, loginCharacters) != "" {
		fields = append(fields, fail.F("login", "staff.login_bad", "Max", longestLogin))
	}
	if key := passwordProblem(n.Password, n.Login); key != "" {
		fields = append(fields, fail.F("password", key, "Min", shortestPassword, "Max", longestPassword))
	}
	if n.Name == "" || utf8.RuneCountInString(n.Name) > longestName {
		fields = append(fields, fail.F("name", "staff.name_bad", "Max", longestName))
	}
	if n.Email != "" {
		if to, err := ParseContact(n.Email); err != nil || to.Kind != Email || to.Value != n.Email {
			fields = append(fields, fail.F("email", "signin.contact_bad"))
		}
	}
	if n.TOTPSecret != "" {
		if _, err := TOTPCode(n.TOTPSecret, time.Unix(0, 0)); err != nil {
			fields = append(fields, fail.F("totp", "staff.totp_bad"))
		}
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}

// passwordProblem asks for length and refuses what is guessed first; no mix of characters is asked for (NIST 800-63B).
func passwordProblem(password, login string) string {
	n := utf8.RuneCountInString(password)
	lower := strings.ToLower(password)
	switch {
	case n < shortestPassword || n > longestPassword:
		return "staff.password_length"
	case login != "" && strings.Contains(lower, login), common(lower):
		return "staff.password_common"
	}
	return ""
}

// common tells whether a password is one of the usual ones, or one of them with digits and marks put after it.
func common(lower string) bool {
	stem := strings.TrimRight(lower, "0123456789!@#$%^&*.?_- ")
	for _, usual := range []string{
		"", "password", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abc", "abcd", "admin", "administrator",
		"root", "welcome", "letmein", "iloveyou", "woaini", "test", "changeme", "secret", "menjing", "court", "fayuan", "a", "aa", "q1w2e3r4t5y6",
		"1q2w3e4r5t6y", "1qaz2wsx3edc", "qazwsxedc", "monkey", "dragon",
	} {
		if stem == usual {
			return true
		}
	}
	return strings.Count(lower, lower[:1]) == len(lower)
}
