//go:build !js

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const run1 = `{"Action":"run","Package":"vitrine/a","Test":"TestOne"}
{"Action":"output","Package":"vitrine/a","Test":"TestOne","Output":"=== RUN   TestOne\n"}
{"Action":"output","Package":"vitrine/a","Test":"TestOne","Output":"    a_test.go:9: a note\n"}
{"Action":"output","Package":"vitrine/a","Test":"TestOne","Output":"    a_test.go:10: python3 not found: nothing was compared\n"}
{"Action":"output","Package":"vitrine/a","Test":"TestOne","Output":"--- SKIP: TestOne (0.00s)\n"}
{"Action":"skip","Package":"vitrine/a","Test":"TestOne","Elapsed":0}
{"Action":"output","Package":"vitrine/a","Test":"TestTwo","Output":"    --- SKIP: TestTwo (0.00s)\n"}
{"Action":"skip","Package":"vitrine/a","Test":"TestTwo"}
{"Action":"output","Package":"vitrine/a","Test":"TestThree","Output":"    a_test.go:30: VITRINE_CLIENTS is not set; see make test-clients\n"}
{"Action":"skip","Package":"vitrine/a","Test":"TestThree"}
{"Action":"output","Package":"vitrine/a","Output":"PASS\n"}
{"Action":"output","Package":"vitrine/a","Output":"a table at the end\n"}
{"Action":"output","Package":"vitrine/a","Output":"ok  \tvitrine/a\t0.1s\n"}
{"Action":"pass","Package":"vitrine/a"}
{"Action":"output","Package":"vitrine/b","Test":"TestBad","Output":"=== RUN   TestBad\n"}
{"Action":"output","Package":"vitrine/b","Test":"TestBad","Output":"    b_test.go:3: got 1, want 2\n"}
{"Action":"output","Package":"vitrine/b","Test":"TestBad","Output":"--- FAIL: TestBad (0.00s)\n"}
{"Action":"fail","Package":"vitrine/b","Test":"TestBad"}
{"Action":"output","Package":"vitrine/b","Test":"TestHung","Output":"panic: here\n"}
{"Action":"output","Package":"vitrine/b","Output":"FAIL\tvitrine/b\t0.1s\n"}
{"Action":"fail","Package":"vitrine/b"}
{"ImportPath":"vitrine/c","Action":"build-output","Output":"c.go:1: no such thing\n"}
`

func TestRead(t *testing.T) {
	var out strings.Builder
	skipped, err := read(strings.NewReader(run1), &out)
	if err != nil {
		t.Fatal(err)
	}
	const wantSkipped = "a TestOne: python3 not found: nothing was compared\na TestTwo: no reason given\n"
	if got := strings.Join(skipped, ""); got != wantSkipped {
		t.Errorf("skipped: got %q, want %q", got, wantSkipped)
	}
	const want = "a table at the end\nok  \tvitrine/a\t0.1s\n" +
		"    b_test.go:3: got 1, want 2\n--- FAIL: TestBad (0.00s)\nFAIL\tvitrine/b\t0.1s\npanic: here\nc.go:1: no such thing\n"
	if out.String() != want {
		t.Errorf("output: got %q, want %q", out.String(), want)
	}
}

// The last line has each reason once.
func TestReport(t *testing.T) {
	list := filepath.Join(t.TempDir(), "list")
	for _, tc := range []struct{ list, want string }{
		{"", "All tests passed, none was skipped."},
		{"a TestOne: no python3\na TestTwo: no python3\nb TestThree: not root\n", "All tests passed; 3 skipped: no python3; not root."},
	} {
		if err := os.WriteFile(list, []byte(tc.list), 0o644); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := report(&out, []string{list, list + ".none"}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if got := lines[len(lines)-1]; got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}

// The exit code of go test is that of the program, also where go test fails
// before any test.
func TestExitCode(t *testing.T) {
	list := filepath.Join(t.TempDir(), "list")
	for _, tc := range []struct {
		args string
		want bool // success
	}{
		{"-run=^TestReport$ .", true},
		{"./none", false},
	} {
		code, err := run(list, append([]string{"go", "test"}, strings.Fields(tc.args)...))
		if err != nil || (code == 0) != tc.want {
			t.Errorf("%s: got %d, %v; want success %v", tc.args, code, err, tc.want)
		}
	}
}
