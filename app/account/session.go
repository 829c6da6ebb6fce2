package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/store"
)

// Life is how long a session lasts without a request, and at most.
type Life struct{ Idle, Most time.Duration }

// LifeOf is the life of sessions of a kind of person (quality line S-B3).
func LifeOf(kind ActorKind) Life {
	if kind == Staff {
		return Life{Idle: 15 * time.Minute, Most: 10 * time.Hour}
	}
	return Life{Idle: 30 * time.Minute, Most: 12 * time.Hour}
}

// touchEvery spares a write on most requests: the time of the last one is kept to the minute.
const touchEvery = time.Minute

// The values a session holds besides those the web frame puts there.
const (
	keyPerson  = "account:person"
	keyKind    = "account:kind"
	keyEpoch   = "account:epoch"
	keyStarted = "account:started" // Unix seconds
	keySeen    = "account:seen"
	keyDevice  = "account:device"
	keyShared  = "account:shared" // 1 on a shared computer
	keyByKey   = "account:bykey"  // 1 after signing in by a passkey
)

// Sessions knows who is signed in where. Manager loads and commits them; the web frame sets its cookie.
type Sessions struct {
	Manager *scs.SessionManager
	service *Service
	clock   calendar.Clock
}

// NewSessions keeps sessions in the database. Tokens are kept as hashes only.
func NewSessions(db *store.DB, service *Service) *Sessions {
	m := scs.New()
	m.Codec = plainCodec{}
	m.Store = &sessionStore{db: db, codec: m.Codec}
	m.HashTokenInStore = true
	m.Lifetime = LifeOf(Debtor).Most
	m.IdleTimeout = 0 // it would write on every request; touch does it once a minute
	return &Sessions{Manager: m, service: service, clock: service.clock}
}

// SignIn makes p the person of the session in ctx, under a new token; the old one is dead.
func (s *Sessions) SignIn(ctx context.Context, p Person) error {
	if err := s.Manager.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew the session: %w", err)
	}
	now := s.clock.Now().Unix()
	s.Manager.Put(ctx, keyPerson, p.ID)
	s.Manager.Put(ctx, keyKind, string(p.Kind))
	s.Manager.Put(ctx, keyEpoch, p.epoch)
	s.Manager.Put(ctx, keyStarted, now)
	s.Manager.Put(ctx, keySeen, now)
	s.Manager.Remove(ctx, keyByKey)
	return nil
}

// SignOut ends the session in ctx.
func (s *Sessions) SignOut(ctx context.Context) error {
	if err := s.Manager.Destroy(ctx); err != nil {
		return fmt.Errorf("end the session: %w", err)
	}
	return nil
}

// Actor gives who is signed in, with the grants of today, or Nobody. A session too old or too long idle, of somebody
// disabled, or from before a sign-out everywhere, is ended.
func (s *Sessions) Actor(ctx context.Context) (Actor, error) {
	id := s.Manager.GetString(ctx, keyPerson)
	if id == "" {
		return Nobody(""), nil
	}
	if s.over(ctx) {
		return Nobody(""), s.SignOut(ctx)
	}
	actor, person, err := s.service.actor(ctx, id)
	if fail.KindOf(err) == fail.KindNotFound && err != nil || err == nil && person.epoch != s.Manager.GetInt64(ctx, keyEpoch) {
		return Nobody(""), s.SignOut(ctx)
	}
	if err != nil {
		return Actor{}, err
	}
	s.touch(ctx)
	actor.SessionID = s.id(ctx)
	return actor, nil
}

func (s *Sessions) over(ctx context.Context) bool {
	now, life := s.clock.Now(), LifeOf(ActorKind(s.Manager.GetString(ctx, keyKind)))
	if s.Manager.GetInt64(ctx, keyShared) == 1 {
		life.Idle = KioskIdle
	}
	started, seen := time.Unix(s.Manager.GetInt64(ctx, keyStarted), 0), time.Unix(s.Manager.GetInt64(ctx, keySeen), 0)
	return now.Sub(seen) >= life.Idle || now.Sub(started) >= life.Most
}

func (s *Sessions) touch(ctx context.Context) {
	now := s.clock.Now()
	if now.Sub(time.Unix(s.Manager.GetInt64(ctx, keySeen), 0)) >= touchEvery {
		s.Manager.Put(ctx, keySeen, now.Unix())
	}
}

// id names the session in records without being of use to anybody.
func (s *Sessions) id(ctx context.Context) string {
	sum := sha256.Sum256([]byte("session id " + s.Manager.Token(ctx)))
	return hex.EncodeToString(sum[:8])
}

// sessionRow is a row of session. One with empty data has ended: it stays until its expiry, so that a request that still
// runs cannot bring it back.
type sessionRow struct {
	Token    string `gorm:"primaryKey"` // a hash of the token in the cookie
	Data     []byte
	Expiry   time.Time
	PersonID *string
}

// TableName is the table of sessionRow.
func (sessionRow) TableName() string { return "session" }

// machineNow is the clock scs takes expiry from, which is never moved.
func machineNow() time.Time { return calendar.SystemClock{}.Now() }

// sessionStore keeps scs's sessions.
type sessionStore struct {
	db    *store.DB
	codec scs.Codec
}

// FindCtx gives the data of a session that goes on.
func (s *sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var rows []sessionRow
	if err := s.db.Read(ctx).Where("token = ? AND expiry > ?", token, machineNow()).Limit(1).Find(&rows).Error; err != nil {
		return nil, false, fmt.Errorf("find a session: %w", err)
	}
	// What an older or newer program wrote, and this one cannot read, is no session: the person signs in again.
	if len(rows) == 0 || !json.Valid(rows[0].Data) {
		return nil, false, nil
	}
	return rows[0].Data, true, nil
}

// CommitCtx keeps the data of a session, unless it has ended.
func (s *sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	row := sessionRow{Token: token, Data: data, Expiry: expiry, PersonID: s.personIn(data)}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		err := tx.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "token"}},
			DoUpdates: clause.AssignmentColumns([]string{"data", "expiry", "person_id"}),
			Where:     clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "length(session.data) > 0"}}},
		}).Create(&row).Error
		if err != nil {
			return fmt.Errorf("keep a session: %w", err)
		}
		return nil
	})
}

func (s *sessionStore) personIn(data []byte) *string {
	_, values, err := s.codec.Decode(data)
	if err != nil {
		return nil
	}
	id, _ := values[keyPerson].(string)
	return optional(id)
}

// DeleteCtx ends a session.
func (s *sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		err := tx.Model(&sessionRow{}).Where("token = ?", token).Updates(map[string]any{"data": []byte{}, "person_id": nil}).Error
		if err != nil {
			return fmt.Errorf("end a session: %w", err)
		}
		return nil
	})
}

var errNoContext = errors.New("sessions are used with a context only")

// Find is part of scs's interface; scs calls FindCtx instead.
func (s *sessionStore) Find(string) ([]byte, bool, error) { return nil, false, errNoContext }

// Commit is part of scs's interface; scs calls CommitCtx instead.
func (s *sessionStore) Commit(string, []byte, time.Time) error { return errNoContext }

// Delete is part of scs's interface; scs calls DeleteCtx instead.
func (s *sessionStore) Delete(string) error { return errNoContext }
