//go:build !js

// Package core holds only this test: who may import whom, and why.
package core

import (
	"errors"
	"flag"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the imports into the README's table of folders")

// layers has one line for each package, lower layers first: a package imports
// packages of lines above its own only, exactly those named here.
var layers = []struct {
	pkg     string
	imports string // packages of this module that its files import, tests aside
	why     string
}{
	{"core", "", "tests of the whole tree"},
	{"core/internal/version", "", "a constant"},
	{"core/internal/percent", "", "text and bytes"},
	{"core/internal/winname", "", "names and a table"},
	{"core/status", "", "a table"},
	{"core/media", "", "a table"},
	{"core/httpdate", "", "dates as text"},
	{"core/osfs", "", "files of the host, nothing of HTTP"},
	{"core/embedfs", "", "embedded files with a time, nothing of HTTP"},
	{"core/http1", "", "bytes and events"},
	{"core/trace", "core/http1", "what passed over a connection, as values"},
	{"core/steps", "core/http1 core/trace", "what the parser makes of bytes, as values"},
	{"core/why", "core/trace", "reasons, read from steps, pure"},
	{"core/words", "core/trace core/why", "what a person reads, decided in one place"},
	{"core/terms", "core/httpdate", "a text and how it is read; a page fetches it"},
	{"core/terms/english", "core/terms", "the text, for programs that run natively"},
	{"core/lint", "core/http1 core/httpdate core/status core/trace core/words", "what there is to say about an exchange, pure; its sentences are another's"},
	{"core/lint/english", "core/lint", "so that a program need not carry them"},
	{"core/copyas", "core/http1 core/trace core/words", "requests for other tools, pure"},
	{"core/hostrule", "core/http1", "names and field lines, pure"},
	{"core/conditional", "core/http1 core/httpdate", "preconditions and ranges, pure"},
	{"core/handler", "core/http1 core/httpdate core/internal/version core/status core/trace", "the words to respond with"},
	{"core/handler/handlertest", "core/handler core/http1 core/trace", "a recorder for tests of handlers"},
	{"core/middleware/hostcheck", "core/handler core/hostrule core/trace", "what a handler is wrapped in, one package each"},
	{"core/site/listing", "core/handler core/internal/percent", "a page from names, pure"},
	{"core/site", "core/conditional core/handler core/http1 core/httpdate core/internal/percent core/internal/winname core/media core/site/listing core/trace", "files know nothing of connections"},
	{"core/middleware/fallback", "core/handler core/site core/trace", "what stands in for a file that a site has not"},
	{"core/middleware/live", "core/handler core/http1 core/internal/percent core/trace", "tells pages what changed; who watches the files is another's"},
	{"core/watch", "", "files of the host, nothing of HTTP"},
	{"core/session", "core/handler core/http1 core/trace", "runs a connection without knowing sockets"},
	{"core/session/sessiontest", "core/handler core/session", "a pipe for tests of sessions"},
	{"core/console", "core/embedfs core/handler core/session core/site core/steps core/trace", "connections whose bytes are typed"},
	{"core/nethttp", "core/handler core/http1 core/trace", "the only door to net/http"},
	{"core/cgi", "core/handler core/http1 core/site core/trace", "a site with scripts"},
	{"core/server", "core/handler core/http1 core/httpdate core/internal/version core/session core/trace", "sockets"},
	{"core/internal/conformance", "core/handler core/http1 core/internal/version core/site core/trace", "the corpus, for a socket and a browser alike"},
	{"core/internal/clients", "", "tests with real clients, over sockets only"},
	{"core/internal/servetest", "", "runs serve in a process, for tests"},
	{"core/internal/nativebench", "", "runs serve and its peers in processes, to measure them"},
	{"core/internal/skipped", "", "runs go test, for make test"},
	{"core/cmd/serve", "core/cgi core/conditional core/handler core/hostrule core/http1 core/internal/version core/lint core/lint/english core/media core/middleware/fallback core/middleware/hostcheck core/middleware/live core/osfs core/server core/site core/trace core/watch core/words", "the command: sets what the rest leaves open"},
	{"core/cmd/spec", "", "reads the source, runs none of it"},
	{"web", "", "the sample site as files"},
	{"wasm/contract", "", "what programs and scripts agree on"},
	{"wasm/contract/generate", "wasm/contract", "writes web/contract.js"},
	{"wasm/slim", "", "reads programs, runs none"},
	{"wasm/hosting", "core/http1", "how a site will be hosted, as values"},
	{"wasm/promise", "", "how Go waits for JavaScript"},
	{"wasm/decimal", "", "whole numbers"},
	{"wasm/browserfs", "wasm/promise", "files of the browser, nothing of HTTP"},
	{"wasm/zipfs", "wasm/browserfs wasm/promise", "an archive as one of them"},
	{"wasm/remotefs", "core/http1 core/trace wasm/browserfs wasm/contract wasm/decimal wasm/hosting", "a folder behind a port, and what page and worker say to each other"},
	{"wasm/internal/browsertest", "", "what tests of the browser's file systems share"},
	{"wasm/fetch", "core/handler core/http1 core/session core/trace wasm/browserfs wasm/promise", "a fetch is one more transport"},
	{"wasm/sw", "core/console core/handler core/http1 core/middleware/fallback core/session core/site core/steps core/trace wasm/browserfs wasm/contract wasm/fetch wasm/hosting wasm/promise wasm/remotefs", "the program of the workers: requests; a folder and typed connections in the one of the page"},
	{"wasm/sites", "wasm/contract wasm/hosting", "which sites there are and how far each is, nothing of a browser"},
	{"wasm/intake", "core/embedfs wasm/browserfs wasm/promise wasm/sites wasm/zipfs web", "what the person hands over becomes folders"},
	{"wasm/idb", "wasm/browserfs wasm/contract wasm/hosting wasm/promise wasm/sites", "what is kept of sites"},
	{"wasm/bridge", "core/trace wasm/contract wasm/hosting wasm/promise wasm/remotefs wasm/sites", "the way to workers, behind bounds"},
	{"wasm/words", "core/words", "what the page says, decided in one place"},
	{"wasm/served", "core/conditional core/trace wasm/decimal", "which files a preview shows, nothing of a browser"},
	{"wasm/host", "core/steps core/trace wasm/bridge wasm/browserfs wasm/contract wasm/hosting wasm/idb wasm/intake wasm/promise wasm/remotefs wasm/served wasm/sites wasm/words", "joins these for the page: folders, never requests"},
	{"wasm/page/fragment", "", "pieces of the page as values, with no form for markup"},
	{"wasm/page/fragment/fragmenttest", "", "reads these for tests"},
	{"wasm/page/loads", "core/trace", "which requests belong to one page, pure"},
	{"wasm/page/editor", "", "bytes that are typed, and how they are undone, pure"},
	{"wasm/page/view", "core/http1 core/lint core/steps core/terms core/trace core/why core/words wasm/page/editor wasm/page/fragment wasm/page/loads wasm/sites wasm/words", "records as such pieces, pure"},
	{"wasm/page/filter", "core/trace core/words wasm/decimal wasm/page/view wasm/words", "which records are shown, pure"},
	{"wasm/page/address", "core/http1 core/trace", "where a frame is, as far as records tell, pure"},
	{"wasm/page", "core/copyas core/http1 core/httpdate core/lint core/steps core/terms core/trace core/words wasm/decimal wasm/host wasm/hosting wasm/intake wasm/page/address wasm/page/editor wasm/page/filter wasm/page/fragment wasm/page/loads wasm/page/view wasm/promise wasm/remotefs wasm/sites wasm/words", "the page's program: what one sees"},
	{"worker/cloudflare", "core/embedfs core/handler core/nethttp core/site web", "net/http is what the edge speaks"},
}

// never are imports that a package must not reach, even through others.
var never = []struct {
	pkg, target, reach, why string
}{
	{"core/http1", "", "net os time io log syscall", "a state machine without I/O"},
	{"core/session", "js", "net os/exec net/http", "runs in a browser"},
	{"core/site", "core/httpdate js", "net net/http fmt", "paid for at each cold start of the worker"},
	{"wasm/sites", "js", "syscall/js", "tested without a browser"},
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

// imports returns, for each package of the module, the packages of the module
// that its files import, whatever they are built for. Tests do not count.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	graph := map[string]map[string]bool{}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() && name != "..":
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
				return fs.SkipDir // a module of its own
			}
			return nil
		case d.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(name)), "../")
		if graph[pkg] == nil {
			graph[pkg] = map[string]bool{}
		}
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		for _, i := range file.Imports {
			text, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if own, ok := strings.CutPrefix(text, "vitrine/"); ok {
				graph[pkg][own] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sorted := map[string][]string{}
	for pkg, set := range graph {
		sorted[pkg] = slices.Sorted(maps.Keys(set))
	}
	return sorted
}

// The lines above are the graph: each package has one, each import that is
// allowed is used, and none points to a line below.
func TestLayers(t *testing.T) {
	graph := imports(t)
	above := map[string]bool{}
	for _, l := range layers {
		used, ok := graph[l.pkg]
		if !ok || above[l.pkg] {
			t.Errorf("%s: no such package, or it has two lines", l.pkg)
		}
		if l.why == "" {
			t.Errorf("%s: no reason is given", l.pkg)
		}
		allowed := strings.Fields(l.imports)
		for _, i := range used {
			if !slices.Contains(allowed, i) {
				t.Errorf("%s imports %s; it may import %q: %s", l.pkg, i, l.imports, l.why)
			}
		}
		for _, i := range allowed {
			if !slices.Contains(used, i) {
				t.Errorf("%s may import %s, but no file does: remove it from the line", l.pkg, i)
			}
			if !above[i] {
				t.Errorf("%s may import %s, which has no line above its own", l.pkg, i)
			}
		}
		above[l.pkg] = true
	}
	for _, pkg := range slices.Sorted(maps.Keys(graph)) {
		if !above[pkg] {
			t.Errorf("%s has no line in layers; it imports %q", pkg, strings.Join(graph[pkg], " "))
		}
	}
}

var (
	tableRow   = regexp.MustCompile("(?m)^\\| `([a-z0-9/.]+)`.* \\| ([^|]*) \\| ([^|]*) \\|$")
	folderName = regexp.MustCompile(`\b(?:core|wasm|worker|web)(?:/[a-z0-9]+)+\b`)
)

// short is how the README's table writes packages: by the last word where
// that says which.
func short(pkg string, all map[string][]string) string {
	last := path.Base(pkg)
	for other := range all {
		if other != pkg && path.Base(other) == last {
			return pkg
		}
	}
	return last
}

// The README's table of folders has a row for each package with the imports
// it has, and its diagram names only folders that exist.
func TestREADME(t *testing.T) {
	const readme = "../README.md"
	text, err := os.ReadFile(readme)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no README above core")
	}
	if err != nil {
		t.Fatal(err)
	}
	graph := imports(t)
	before, rest, found := strings.Cut(string(text), "<!-- table: folders -->\n")
	table, after, ended := strings.Cut(rest, "<!-- end -->")
	if !found || !ended {
		t.Fatal("the README has no table of folders")
	}
	rows := map[string]bool{}
	mended := tableRow.ReplaceAllStringFunc(table, func(row string) string {
		m := tableRow.FindStringSubmatch(row)
		pkg, what := m[1], m[2]
		used, ok := graph[pkg]
		if !ok || rows[pkg] {
			t.Errorf("the table of folders has %s, which is no package or has two rows", pkg)
		}
		rows[pkg] = true
		names := "—"
		if len(used) > 0 {
			names = ""
			for _, i := range used {
				names += ", `" + short(i, graph) + "`"
			}
			names = names[2:]
		}
		want := "| `" + pkg + "` | " + what + " | " + names + " |"
		if row != want && !*update {
			t.Errorf("the table of folders has\n%s\nwant\n%s\ngo test ./core -run TestREADME -update writes it", row, want)
		}
		return want
	})
	for _, pkg := range slices.Sorted(maps.Keys(graph)) {
		if !rows[pkg] {
			t.Errorf("the table of folders has no row for %s", pkg)
		}
	}
	if *update {
		if err := os.WriteFile(readme, []byte(before+"<!-- table: folders -->\n"+mended+"<!-- end -->"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}

	_, built, _ := strings.Cut(before, "\n## How it is built\n")
	_, diagram, _ := strings.Cut(built, "```\n")
	diagram, _, ended = strings.Cut(diagram, "```\n")
	names := folderName.FindAllString(diagram, -1)
	if !ended || len(names) < 5 {
		t.Fatalf("got %q in the diagram, want the packages of a request's way", names)
	}
	for _, name := range names {
		if _, ok := graph[name]; !ok {
			t.Errorf("the diagram has %s, which is no package", name)
		}
	}
}

// namedPath is a file or folder of the tree in a document; it may have a *.
var namedPath = regexp.MustCompile("`((?:core|wasm|worker|web|\\.ci|\\.github)/[A-Za-z0-9_./*-]+)`")

// What documents name exists. The changelog is about names of the past, too.
func TestDocumentsNamePathsThatExist(t *testing.T) {
	for _, name := range []string{"../README.md", "../CONTRIBUTING.md", "../SECURITY.md", "README.md"} {
		text, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range namedPath.FindAllStringSubmatch(string(text), -1) {
			if found, err := filepath.Glob("../" + m[1]); err != nil || len(found) == 0 {
				t.Errorf("%s names %s, which does not exist", name, m[1])
			}
		}
	}
}

func TestNever(t *testing.T) {
	for _, n := range never {
		// What the rule is about is direct reach for the state machines, and
		// all that is linked for programs.
		format := `{{join .Deps "\n"}}`
		if n.pkg == "core/http1" || n.pkg == "wasm/sites" {
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

// errors.As brings the linker to keep most of internal/reflectlite, 11 kB of
// the worker after brotli; errors.AsType does not.
func TestWorkerDoesWithoutErrorsAs(t *testing.T) {
	for _, pkg := range goList(t, "js", `{{.ImportPath}} {{join .Deps "\n"}}`, "wasm/sw") {
		dir, own := strings.CutPrefix(pkg, "vitrine/")
		if !own {
			continue
		}
		files, err := filepath.Glob("../" + dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: got files %q, error %v", pkg, files, err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "_test.go") && strings.Contains(string(text), "errors.As(") {
				t.Errorf("%s calls errors.As: want errors.AsType", name)
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
