package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts run this test binary as the program whowon.
func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"whowon": main}) }

// TestScripts runs the whole program: testdata/script/*.txtar.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: false, RequireUniqueNames: true})
}
