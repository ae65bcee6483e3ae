package conformance

import (
	"encoding/json"
	"flag"
	"html"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"vitrine/core/internal/servetest"
)

var pythonFlag = flag.String("python", "", "the Python to compare with (default: the newest found)")

// python is an interpreter with its version: 314 is 3.14.
type python struct {
	path    string
	version int
	types   map[string]string // its built-in table, extension to type
}

// findPython returns the newest Python 3 on this machine. Without one the
// test is skipped, which make test says in its last line, and where CI is set
// it fails.
func findPython(t *testing.T) *python {
	t.Helper()
	var candidates []string
	if *pythonFlag != "" {
		candidates = []string{*pythonFlag}
	} else {
		home, _ := os.UserHomeDir()
		candidates = []string{"python3.15", "python3.14"}
		for _, minor := range []string{"15", "14", "13"} {
			found, _ := filepath.Glob(filepath.Join(home, ".pyenv/versions/3."+minor+"*/bin/python3"))
			candidates = append(candidates, found...)
		}
		candidates = append(candidates, "python3.13", "python3.12", "python3")
	}
	for _, c := range candidates {
		out, err := exec.Command(c, "-c", askPython).Output()
		if err != nil {
			continue
		}
		var response struct {
			Version []int
			Types   map[string]string
		}
		if err := json.Unmarshal(out, &response); err != nil {
			t.Fatalf("%s said %q: %v", c, out, err)
		}
		p := &python{path: c, version: response.Version[0]*100 + response.Version[1], types: response.Types}
		t.Logf("comparing with %s, Python %v", c, response.Version)
		return p
	}
	t.Logf("looked for %s", strings.Join(candidates, ", "))
	const why = "python3 not found: NOTHING was compared with http.server"
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
	return nil
}

const askPython = `
import sys, json, mimetypes
print(json.dumps({"Version": sys.version_info[:3], "Types": mimetypes.MimeTypes(filenames=()).types_map[1]}))
`

// startPython starts http.server on a folder and a free port of the loopback.
// The tables of media types that this machine may have are kept from it:
// Vitrine has one table everywhere (T-4).
func startPython(t *testing.T, p *python, dir string, flags ...string) *servetest.Process {
	t.Helper()
	custom := t.TempDir()
	const ownTypes = "import mimetypes\nmimetypes.knownfiles = []\n"
	if err := os.WriteFile(filepath.Join(custom, "sitecustomize.py"), []byte(ownTypes), 0o644); err != nil {
		t.Fatal(err)
	}
	env := []string{"PYTHONUNBUFFERED=1", "PYTHONWARNINGS=ignore", "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH=" + custom}
	args := append([]string{"-m", "http.server", "--bind", "127.0.0.1", "--directory", dir, "0"}, flags...)
	return startProgram(t, exec.Command(p.path, args...), env...)
}

// A revision is one difference between the reference, Python 3.14, and the
// versions before it: it makes an old response what 3.14 would have given.
type revision struct {
	name   string
	before int // versions it applies to: those before this one
	revise func(p *python, c *exchange, a *response)
}

// revisions are section 18 of the behaviour, as far as a response can be
// revised. What is left, another decision, is in departures.
var revisions = []*revision{
	{"style block of error pages", 314, func(_ *python, c *exchange, a *response) {
		const title = "        <title>Error response</title>\n"
		const style = "        <style type=\"text/css\">\n            :root {\n                color-scheme: light dark;\n            }\n        </style>\n"
		if a.page != "" {
			a.setPage(strings.Replace(a.page, title, style+title, 1))
		} else if a.code() >= 400 {
			a.lengthen(len(style))
		}
	}},
	{"style block of listings", 314, func(_ *python, c *exchange, a *response) {
		const title = "<title>Directory listing for "
		const style = "<style type=\"text/css\">\n:root {\ncolor-scheme: light dark;\n}\n</style>\n"
		if a.page != "" {
			a.setPage(strings.Replace(a.page, title, style+title, 1))
		} else if a.isListing() {
			a.lengthen(len(style))
		}
	}},
	{"query and fragment in the title of a listing", 314, func(_ *python, c *exchange, a *response) {
		i := strings.IndexAny(c.target(), "?#")
		switch {
		case i < 0 || !a.isListing():
		case a.page != "":
			a.setPage(titleQuery.ReplaceAllString(a.page, "$1$3"))
		default:
			a.lengthen(-2 * len(html.EscapeString(c.target()[i:])))
		}
	}},
	{"phrase of 414", 313, func(_ *python, _ *exchange, a *response) {
		a.status = strings.Replace(a.status, "414 Request-URI Too Long", "414 URI Too Long", 1)
		a.setPage(strings.Replace(a.page, "Message: Request-URI Too Long.", "Message: URI Too Long.", 1))
	}},
	{"built-in types", 314, func(p *python, c *exchange, a *response) {
		was, ok := a.field("Content-type")
		key := typeKey(c.target())
		want := table[key]
		if old := p.types[key]; ok && want != "" && want != old && a.code() == 200 && (was == old || old == "" && was == "application/octet-stream") {
			a.setField("Content-type", want)
		}
	}},
}

// revised is a reply as 3.14 would have given it. The log differs only in the
// phrase of 414.
func (p *python) revised(c *exchange, r *reply, used map[string]bool) *reply {
	for i := range r.responses {
		for j, f := range r.responses[i].fields {
			// The output of a script reaches the client as it is (G-12).
			r.responses[i].fields[j] = strings.TrimSuffix(f, bareLF)
		}
	}
	for _, v := range revisions {
		if p.version >= v.before {
			continue
		}
		for i := range r.responses {
			before := r.String()
			v.revise(p, c, &r.responses[i])
			if r.String() != before {
				used[v.name] = true
			}
		}
	}
	if p.version < 313 {
		for i := range r.log {
			r.log[i] = strings.Replace(r.log[i], "message Request-URI Too Long", "message URI Too Long", 1)
		}
	}
	return r
}

// table is the built-in table of 3.14, from the specification.
var table = tableOf(typeTable)

// typeKey is the extension of a target under which its type is looked for.
func typeKey(target string) string {
	target, _, _ = strings.Cut(target, "?")
	if name, err := url.PathUnescape(target); err == nil {
		target = name
	}
	name := strings.TrimSuffix(path.Base(target), ".br")
	if ext := path.Ext(name); strings.Trim(strings.TrimSuffix(name, ext), ".") != "" {
		return strings.ToLower(ext)
	}
	return ""
}

// titleQuery finds what older versions show behind the path of a listing.
var titleQuery = regexp.MustCompile(`(?m)^(<(?:title|h1)>Directory listing for [^?#<]*)([?#][^<]*)(</(?:title|h1)>)$`)

func (a *response) isListing() bool {
	value, _ := a.field("Content-type")
	return a.code() == 200 && value == "text/html; charset=utf-8"
}

// setPage changes a page and, if it is there, the length in its head.
func (a *response) setPage(page string) {
	a.lengthen(len(page) - len(a.page))
	a.page = page
}

func (a *response) lengthen(by int) {
	if was, ok := a.field("Content-Length"); ok && by != 0 {
		n, _ := strconv.Atoi(was)
		a.setField("Content-Length", strconv.Itoa(n+by))
	}
}
