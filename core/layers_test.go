//go:build !js

// Package core holds nothing but this test: who may import whom, and why.
package core

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers is the order of the house: a package may import packages of lower
// layers only, and of its own layer where the entry says so.
var layers = []struct {
	pkg     string
	imports string // packages of this house it may import
	why     string
}{
	{"core/internal/version", "", "a constant"},
	{"core/status", "", "a table"},
	{"core/media", "", "a table"},
	{"core/httpdate", "", "dates as text"},
	{"core/osfs", "", "files of the host, nothing of HTTP"},
	{"core/http1", "core/status", "bytes and events"},
	{"core/trace", "core/http1", "what passed, as values"},
	{"core/hostrule", "core/http1", "names and field lines, pure"},
	{"core/handler", "core/httpdate core/http1 core/status core/internal/version", "the words to answer with"},
	{"core/site", "core/httpdate core/handler core/http1 core/media core/status", "files know nothing of connections"},
	{"core/session", "core/handler core/http1 core/trace", "runs a connection without knowing sockets"},
	{"core/nethttp", "core/handler core/http1 core/status", "the only door to net/http"},
	{"core/cgi", "core/site core/handler core/http1 core/media core/status", "a site with scripts"},
	{"core/server", "core/httpdate core/session core/handler core/http1 core/trace core/internal/version", "sockets"},
	{"core/internal/conformance", "core/session core/server core/site core/handler core/http1 core/trace core/internal/version", "whole-server tests"},
	{"core/internal/clients", "", "tests with programs of others, over sockets only"},
	{"wasm/promise", "", "how Go waits for JavaScript"},
	{"wasm/message", "core/trace", "what page and worker say to each other"},
	{"wasm/filefs", "wasm/message wasm/promise", "files of the browser, nothing of HTTP"},
	{"wasm/fetch", "core/session core/handler core/http1 core/trace wasm/filefs wasm/promise", "a fetch is one more transport"},
	{"wasm/host", "core/trace wasm/filefs wasm/message wasm/promise web", "the page's half: folders, never requests"},
	{"wasm/page/words", "", "every text of the page in one table"},
	{"wasm/page/markup", "", "the one escaper"},
	{"wasm/page/view", "core/trace wasm/page/markup wasm/page/words", "records as text, pure"},
	{"wasm/page/filter", "core/trace wasm/page/view", "which records are shown, pure"},
}

// never are imports that a package must not reach, even through others.
var never = []struct {
	pkg, target, reach, why string
}{
	{"core/http1", "", "net os time io log syscall", "a state machine without I/O"},
	{"core/session", "js", "net os/exec net/http", "runs in a browser"},
	{"core/site", "core/httpdate js", "net net/http fmt", "paid for at each cold start of the worker"},
	{"wasm/sw", "js", "net/http", "adds about 1.9 MB to the worker"},
	{"wasm/sw", "js", "fmt encoding/json regexp text/template", "paid for at each cold start of the worker"},
	{"wasm/page", "js", "net/http", "1.5 MB gzip for nothing a page needs"},
	{"core/cmd/serve", "", "net/http", "one HTTP implementation in one binary"},
}

func goList(t *testing.T, target, format, pkg string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-f", format, "vitrine/"+pkg)
	if target == "js" {
		cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go list %s: %v\n%s", pkg, err, out)
	}
	return strings.Fields(string(out))
}

func TestLayers(t *testing.T) {
	for _, l := range layers {
		target := ""
		if strings.HasPrefix(l.pkg, "wasm/") {
			target = "js"
		}
		allowed := strings.Fields(l.imports)
		for _, imported := range goList(t, target, `{{join .Imports "\n"}}`, l.pkg) {
			own, ok := strings.CutPrefix(imported, "vitrine/")
			if ok && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s; it may import %q: %s", l.pkg, own, l.imports, l.why)
			}
		}
	}
}

func TestNever(t *testing.T) {
	for _, n := range never {
		// What the rule is about is direct reach for the state machine, and
		// all that is linked for programs.
		format := `{{join .Deps "\n"}}`
		if n.pkg == "core/http1" {
			format = `{{join .Imports "\n"}}`
		}
		deps := goList(t, n.target, format, n.pkg)
		for _, bad := range strings.Fields(n.reach) {
			if slices.Contains(deps, bad) {
				t.Errorf("%s reaches %s: %s", n.pkg, bad, n.why)
			}
		}
	}
}

// Only mains, tests and core/nethttp may import net/http.
func TestOnlyOneDoorToNetHTTP(t *testing.T) {
	for _, line := range strings.Split(strings.Join(goList(t, "", `{{.ImportPath}}:{{.Name}}:{{join .Imports ","}}`, "..."), "\n"), "\n") {
		parts := strings.SplitN(line, ":", 3)
		if len(parts) < 3 || parts[0] == "vitrine/core/nethttp" || parts[1] == "main" {
			continue
		}
		if slices.Contains(strings.Split(parts[2], ","), "net/http") {
			t.Errorf("%s imports net/http", parts[0])
		}
	}
}
