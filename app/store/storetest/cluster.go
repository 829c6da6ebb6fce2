package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

var errNoPostgres = errors.New("no Postgres binaries under /usr/lib/postgresql and no PORTAL_TEST_DATABASE_URL")

// watch runs the server and removes its folder when the server or the test binary ends, however that happens.
const watch = `trap 'kill -QUIT $pid; wait $pid; rm -rf "$1"; exit' QUIT TERM INT
"$2" -D "$1/data" -k "$1/sock" -c listen_addresses= -c fsync="$3" -c synchronous_commit="$3" -c full_page_writes="$3" \
  -c max_connections=200 -c shared_buffers=64MB -c autovacuum=off -c timezone=UTC >"$1/log" 2>&1 &
pid=$!
wait $pid
rm -rf "$1"`

// durability is what the server is told about syncing its writes. Tests need none; measurements do.
var durability = "off"

// Durable makes the server of this test binary keep what it acknowledges through a power cut, as one in production does. It has an effect
// before the first database is asked for only.
func Durable() { durability = "on" }

// startCluster starts a Postgres of our own, reachable through a socket only, and gives the address of its
// maintenance database. It is not durable unless Durable was called.
func startCluster() (string, error) {
	bin, who, dir, err := newCluster()
	if err != nil {
		return "", err
	}
	serve := exec.Command("/bin/sh", "-c", watch, "sh", dir, filepath.Join(bin, "postgres"), durability)
	if _, err := startBound(serve, dir, who); err != nil {
		return "", err
	}
	return addressIn(dir), waitUntilUp(addressIn(dir))
}

// addressIn is the maintenance database of the cluster in dir.
func addressIn(dir string) string {
	return "postgres://postgres@/postgres?host=" + filepath.Join(dir, "sock") + "&sslmode=disable"
}

// newCluster makes the folder of a server that is yet to be started, with the programs and the user to start it.
func newCluster() (bin string, who *syscall.Credential, dir string, err error) {
	if bin, err = binaries(); err != nil {
		return "", nil, "", err
	}
	if who, err = serverUser(); err != nil {
		return "", nil, "", err
	}
	if dir, err = clusterFolder(who); err != nil { // a socket path is at most 107 bytes long, so not under a long TMPDIR
		return "", nil, "", err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	if out, err := run(initdb, dir, who); err != nil {
		return "", nil, "", fmt.Errorf("initdb: %w: %s", err, out)
	}
	return bin, who, dir, nil
}

func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(found) == 0 {
		return "", errNoPostgres
	}
	newest, best := "", -1
	for _, dir := range found {
		if v, err := strconv.Atoi(filepath.Base(filepath.Dir(dir))); err == nil && v > best {
			newest, best = dir, v
		}
	}
	if newest == "" {
		return "", errNoPostgres
	}
	return newest, nil
}

// serverUser is nil for an ordinary user; Postgres refuses to run as root, so root steps down.
func serverUser() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("running as root, and there is no user postgres or nobody to run Postgres as")
}

func clusterFolder(who *syscall.Credential) (string, error) {
	dir, err := os.MkdirTemp("/tmp", "portal-pg-")
	if err != nil {
		return "", err
	}
	for _, path := range []string{dir, filepath.Join(dir, "data"), filepath.Join(dir, "sock")} {
		if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
			return "", err
		}
		if who == nil {
			continue
		}
		if err := os.Chown(path, int(who.Uid), int(who.Gid)); err != nil {
			return "", err
		}
	}
	return dir, nil
}

func run(cmd *exec.Cmd, dir string, who *syscall.Credential) ([]byte, error) {
	var out bytes.Buffer
	prepare(cmd, dir, who)
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.Bytes(), err
}

func prepare(cmd *exec.Cmd, dir string, who *syscall.Credential) {
	cmd.Dir = dir
	cmd.Env = []string{"LC_ALL=C.UTF-8", "HOME=" + dir, "TZ=UTC", "PATH=/usr/bin:/bin"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT, Setpgid: true, Credential: who}
}

// startBound ties the life of cmd to this process. The signal at a parent's death is bound to the parent's thread, so
// the thread that starts it is kept for good. ended is closed when cmd has ended.
func startBound(cmd *exec.Cmd, dir string, who *syscall.Credential) (ended <-chan struct{}, err error) {
	prepare(cmd, dir, who)
	started, over := make(chan error), make(chan struct{})
	go func() {
		defer close(over)
		runtime.LockOSThread()
		started <- cmd.Start()
		_ = cmd.Wait()
	}()
	return over, <-started
}

func waitUntilUp(address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for {
		err := db.PingContext(ctx)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("postgres did not come up: %w", err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
