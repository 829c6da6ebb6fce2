// Package chromium finds and sets up the browser that tests look at pages with. It is imported by tests only.
package chromium

import (
	"errors"
	"os/exec"

	"github.com/chromedp/chromedp"
)

// Find finds the browser of the tests: Debian's Chromium without a window, which needs half the work, or the whole one.
func Find() (path string, err error) {
	for _, name := range []string{"chromium-headless-shell", "chromium"} {
		if path, err = exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("chromium is not installed")
}

// Options start the browser at path with its files in the folder profile. It looks nothing up on its own.
func Options(path, profile string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true))
}
