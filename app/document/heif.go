package document

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// The converter runs as a child of its own with hard limits, because decoders of this format have a history of faults.
const (
	heifMemory  = "--as=1073741824"   // bytes of address space
	heifSeconds = "--cpu=40"          // seconds of processor time
	heifOutput  = "--fsize=134217728" // bytes of any file it writes
	heifFiles   = "--nofile=64"
	heifWait    = time.Minute
)

// ConvertCommand is the word by which the program is started to convert one file; it is no command for people.
const ConvertCommand = "convert-heic"

// RunConvert does what a process started with ConvertCommand is there for, when args are those of one; done is false when they are not.
func RunConvert(args []string) (done bool, err error) {
	if len(args) != 4 || args[1] != ConvertCommand {
		return false, nil
	}
	return true, convertSelf(args[2], args[3])
}

// heicToJPEG converts by a process of its own: this program once more where it is built for that, else heif-convert (Debian: libheif-examples)
// under prlimit (util-linux). Where neither can be had no copy is made. The plain bytes lie in a directory only this user can enter, in memory
// where the system allows it, and only while the child runs.
func heicToJPEG(ctx context.Context, data []byte) (out []byte, err error) {
	words, err := converter()
	if err != nil {
		return nil, err
	}
	dir, err := privateDir()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	in := filepath.Join(dir, "in.heic")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return nil, fmt.Errorf("hand a picture to the converter: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, heifWait)
	defer cancel()
	words = append(words, in, filepath.Join(dir, "out.jpg"))
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = dir, []string{"PATH=/usr/bin:/bin", "LC_ALL=C"}, time.Second
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w: the converter: %w", errNoCopy, err)
	}
	return converted(dir)
}

// converter is the command that converts, without the two files at its end.
func converter() ([]string, error) {
	if selfConvert {
		self, err := os.Executable()
		return []string{self, ConvertCommand}, err
	}
	limit, err1 := exec.LookPath("prlimit")
	convert, err2 := exec.LookPath("heif-convert")
	if err := errors.Join(err1, err2); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoCopy, err)
	}
	return []string{limit, heifMemory, heifSeconds, heifOutput, heifFiles, "--core=0", "--", convert, "--quiet", "-q", "92"}, nil
}

// converted reads the result; a file with several pictures gives numbered results, the first being the main one.
func converted(dir string) ([]byte, error) {
	for _, name := range []string{"out.jpg", "out-1.jpg"} {
		out, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			return out, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("read the converted picture: %w", err)
		}
	}
	return nil, fmt.Errorf("%w: the converter wrote nothing", errNoCopy)
}

// workDirs are where the converter may work, the better place first: what lies in memory is gone when the machine stops.
func workDirs() []string { return []string{"/dev/shm", os.TempDir()} }

const workPrefix = "portal-heic-"

// privateDir makes a directory of mode 0700.
func privateDir() (dir string, err error) {
	for _, base := range workDirs() {
		if dir, err = os.MkdirTemp(base, workPrefix); err == nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("make a directory for the converter: %w", err)
}

// clearWork removes what a killed process left behind: plain pictures must not lie about.
func clearWork(before time.Time) error {
	var problems []error
	for _, base := range workDirs() {
		left, err := filepath.Glob(filepath.Join(base, workPrefix+"*"))
		problems = append(problems, err)
		for _, dir := range left {
			if info, err := os.Stat(dir); err == nil && info.ModTime().Before(before) {
				problems = append(problems, os.RemoveAll(dir))
			}
		}
	}
	return errors.Join(problems...)
}
