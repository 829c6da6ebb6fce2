package document_test

import (
	"fmt"
	"os"
	"testing"

	"reliefportal/app/document"
)

// TestMain lets the test program be its own converter, as the portal is.
func TestMain(m *testing.M) {
	if done, err := document.RunConvert(os.Args); done {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}
