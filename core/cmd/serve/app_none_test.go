//go:build unix && !app

package main

import (
	"strings"
	"testing"
)

func TestAppThatIsNotInTheBinary(t *testing.T) {
	code, stdout, stderr := finished(t, "-b", "127.0.0.1", "--app", "0")
	if code != 1 || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "built without the browser edition: build it with") {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}
