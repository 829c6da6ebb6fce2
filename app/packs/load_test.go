package packs

import "testing"

func TestDefaultLoads(t *testing.T) {
	set, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(set.All()) == 0 {
		t.Fatal("no pack")
	}
}
