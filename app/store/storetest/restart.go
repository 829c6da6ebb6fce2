package storetest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"reliefportal/app/store"
)

// Server is a Postgres of one test alone, durable as one in production, which the test may crash and start again.
type Server struct {
	// URL is the address of its one database, migrated.
	URL string

	t        testing.TB
	bin, dir string
	who      *syscall.Credential
	program  *exec.Cmd
	ended    <-chan struct{}
}

// OwnServer starts one; the test is skipped without the programs of Postgres, or fails when CI is set. It ends with the test.
func OwnServer(t testing.TB) *Server {
	t.Helper()
	bin, who, dir, err := newCluster()
	if errors.Is(err, errNoPostgres) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatalf("make a Postgres: %v", err)
	}
	s := &Server{t: t, bin: bin, who: who, dir: dir}
	t.Cleanup(func() {
		s.crash()
		_ = os.RemoveAll(dir)
	})
	s.start()
	admin := addressIn(dir)
	name := "t_" + store.NewID()[:8]
	if err := clone(t.Context(), admin, name); err != nil {
		t.Fatalf("fill the Postgres: %v", err)
	}
	s.URL = withDatabase(admin, name)
	return s
}

// Restart ends the server as a crash does (pg_ctl stop -m immediate), with everything it was doing, and starts it again, which recovers from its
// log. It returns when the server answers.
func (s *Server) Restart() {
	s.crash()
	s.start()
}

func (s *Server) crash() {
	_ = s.program.Process.Signal(syscall.SIGQUIT)
	<-s.ended
}

func (s *Server) start() {
	s.program = exec.Command(filepath.Join(s.bin, "postgres"), "-D", filepath.Join(s.dir, "data"), "-k", filepath.Join(s.dir, "sock"),
		"-c", "listen_addresses=", "-c", "autovacuum=off", "-c", "timezone=UTC", "-c", "log_min_messages=panic")
	var err error
	if s.ended, err = startBound(s.program, s.dir, s.who); err == nil {
		err = waitUntilUp(addressIn(s.dir))
	}
	if err != nil {
		s.t.Errorf("start the Postgres: %v", err)
	}
}
