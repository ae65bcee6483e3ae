//go:build unix

package server_test

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if name := os.Getenv("VITRINE_BENCH_SERVER"); name != "" {
		benchChild(name)
		return
	}
	os.Exit(m.Run())
}
