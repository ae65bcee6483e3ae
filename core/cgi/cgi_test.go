//go:build unix

package cgi_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"vitrine/core/cgi"
)

const hello = "#!/bin/sh\nprintf 'Content-type: text/plain\\n\\nhello\\n'\n"

// Responses of scripts, byte by byte.
//
// spec: G-5 G-12
func TestResponses(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/hello.sh":  hello,
		"!htbin/hello.sh":    hello,
		"!cgi-bin/crlf.sh":   "#!/bin/sh\nprintf 'Content-type: text/plain\\r\\nX: 1\\r\\n\\r\\nhello\\r\\n'\n",
		"!cgi-bin/status.sh": "#!/bin/sh\nprintf 'Status: 404 Not here\\nA: 1\\n\\ngone'\n",
		"!cgi-bin/goto.sh":   "#!/bin/sh\nprintf 'Location: http://a/b\\n\\n'\n",
		"!cgi-bin/length.sh": "#!/bin/sh\nprintf 'Content-Length: 5\\n\\nhello, world'\n",
		"!cgi-bin/empty.sh":  "#!/bin/sh\nprintf 'Status: 204\\nContent-Length: 5\\n\\nhello'\n",
		"!cgi-bin/reset.sh":  "#!/bin/sh\nprintf 'Status: 205\\n\\nhello'\n",
		"!cgi-bin/same.sh":   "#!/bin/sh\nprintf 'Status: 304\\nETag: \"1\"\\n\\nhello'\n",
		"!cgi-bin/hop.sh":    "#!/bin/sh\nprintf 'Connection: keep-alive\\nDate: mine\\nA: 1\\n\\n'\n",
		"plain.txt":          "plain",
	})
	for _, tc := range []struct{ method, target, want string }{
		{"GET", "/cgi-bin/hello.sh", head200 + "Content-type: text/plain\r\n\r\nhello\n"},
		{"POST", "/cgi-bin/hello.sh", head200 + "Content-type: text/plain\r\n\r\nhello\n"},
		{"GET", "/htbin/hello.sh", head200 + "Content-type: text/plain\r\n\r\nhello\n"},
		{"GET", "/cgi-bin/crlf.sh", head200 + "Content-type: text/plain\r\nX: 1\r\n\r\nhello\r\n"},
		{"GET", "/cgi-bin/status.sh", "HTTP/1.0 404 Not here\r\nServer: S\r\nDate: D\r\nA: 1\r\n\r\ngone"},
		{"GET", "/cgi-bin/goto.sh", "HTTP/1.0 302 Found\r\nServer: S\r\nDate: D\r\nLocation: http://a/b\r\n\r\n"},
		{"GET", "/cgi-bin/length.sh", head200 + "Content-Length: 5\r\n\r\nhello"},
		{"GET", "/cgi-bin/empty.sh", "HTTP/1.0 204 No Content\r\nServer: S\r\nDate: D\r\n\r\n"},
		{"GET", "/cgi-bin/reset.sh", "HTTP/1.0 205 Reset Content\r\nServer: S\r\nDate: D\r\nContent-Length: 0\r\n\r\n"},
		{"GET", "/cgi-bin/same.sh", "HTTP/1.0 304 Not Modified\r\nServer: S\r\nDate: D\r\nETag: \"1\"\r\n\r\n"},
		{"GET", "/cgi-bin/hop.sh", head200 + "A: 1\r\n\r\n"},
	} {
		if got := p.ask(tc.method + " " + tc.target + " HTTP/1.0\r\n\r\n"); got != tc.want {
			t.Errorf("%s %s: got\n%q, want\n%q", tc.method, tc.target, got, tc.want)
		}
	}
	if got := p.get("/plain.txt"); !strings.HasPrefix(got, "HTTP/1.0 200 OK\r\n") || !strings.HasSuffix(got, "\r\n\r\nplain") {
		t.Errorf("a file: got %q", got)
	}
	if got := p.ask("HEAD /plain.txt HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 200 OK\r\n") || strings.HasSuffix(got, "plain") {
		t.Errorf("HEAD of a file: got %q", got)
	}
}

// A script runs for HEAD as for GET, and its content goes nowhere.
//
// spec: G-5
// departs: G-16
func TestHead(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/x.sh": "#!/bin/sh\nprintf \"Content-Length: 5\\nMethod: $REQUEST_METHOD\\n\\nhello\"\n",
	})
	want := head200 + "Content-Length: 5\r\nMethod: HEAD\r\n\r\n"
	if got := p.ask("HEAD /cgi-bin/x.sh HTTP/1.0\r\n\r\n"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What a target names decides what is run, refused or served.
//
// spec: G-2 G-3 G-5 G-6 G-8
// departs: G-4
func TestWhatIsRun(t *testing.T) {
	say := "#!/bin/sh\nprintf '\\n%s|%s|%s' \"$SCRIPT_NAME\" \"$PATH_INFO\" \"$QUERY_STRING\"\n"
	p := newPlace(t, map[string]string{
		"!cgi-bin/x.sh":          say,
		"!cgi-bin/sub/y.sh":      say,
		"!cgi-bin/a b?%#é.sh":    say,
		"!sub/dir/cgi-bin/z.sh":  say,
		"cgi-bin/plain.txt":      "secret",
		"cgi-bin/sub/index.html": "secret",
		"sub/f.txt":              "file",
		"sub/cgi-bin/f.txt":      "file",
		"CGI-BIN/f.txt":          "file",
	})
	p.h.Directories = append(p.h.Directories, "/sub/dir/cgi-bin")
	if err := syscall.Mkfifo(filepath.Join(p.root, "cgi-bin/fifo"), 0o755); err != nil {
		t.Fatal(err)
	}
	os.Symlink("x.sh", filepath.Join(p.root, "cgi-bin/link.sh"))
	const (
		missing = "HTTP/1.0 404 No such CGI script ('%s')"
		notFile = "HTTP/1.0 403 CGI script is not a plain file ('%s')"
		notExec = "HTTP/1.0 403 CGI script is not executable ('%s')"
	)
	for _, tc := range []struct{ target, want string }{
		{"/cgi-bin/x.sh", "/cgi-bin/x.sh||"},
		{"/cgi-bin/link.sh", "/cgi-bin/link.sh||"},
		{"/cgi-bin/x.sh?a=b+c%20d?e", "/cgi-bin/x.sh||a=b+c%20d?e"},
		{"/cgi-bin/x.sh/a/b?c", "/cgi-bin/x.sh|/a/b|c"},
		{"/cgi-bin/x.sh/a%2Fb%20c//d/./e/../", "/cgi-bin/x.sh|/a/b c/d/|"},
		{"/cgi-bin/x.sh/", "/cgi-bin/x.sh|/|"},
		{"/cgi-bin/x.sh/.", "/cgi-bin/x.sh|/|"},
		{"/cgi-bin/x.sh/a/..", "/cgi-bin/x.sh|/|"},
		{"/cgi-bin/sub/y.sh/a", "/cgi-bin/sub/y.sh|/a|"},
		{"/cgi-bin/a%20b%3f%25%23%c3%a9.sh/i?q", "/cgi-bin/a b?%#é.sh|/i|q"},
		{"/sub/dir/cgi-bin/z.sh", "/sub/dir/cgi-bin/z.sh||"},
		{"cgi-bin/x.sh", "/cgi-bin/x.sh||"},
		{"//cgi-bin//x.sh", "/cgi-bin/x.sh||"},
		{"/./cgi-bin/./x.sh", "/cgi-bin/x.sh||"},
		{"/sub/../cgi-bin/x.sh", "/cgi-bin/x.sh||"},
		{"/%63gi-bin/x.sh", "/cgi-bin/x.sh||"},
		{"/cgi-bin%2fx.sh", "/cgi-bin/x.sh||"},
		{"/../cgi-bin/x.sh", "/cgi-bin/x.sh||"},
		{"/../../sub/../../cgi-bin/x.sh", "/cgi-bin/x.sh||"},
		{"http://other/cgi-bin/x.sh?q", "/cgi-bin/x.sh||q"},
		{"/cgi-bin/../sub/f.txt", "file"},
		{"/../sub/f.txt", "file"},
		{"/sub/cgi-bin/f.txt", "file"},
		{"/CGI-BIN/f.txt", "file"},

		{"/cgi-bin", "HTTP/1.0 301 Moved Permanently"},
		{"/cgi-bin/", fmt.Sprintf(notFile, "/cgi-bin/")},
		{"/cgi-bin/.", fmt.Sprintf(notFile, "/cgi-bin/")},
		{"/cgi-bin/x.sh/..", fmt.Sprintf(notFile, "/cgi-bin/")},
		{"/cgi-bin/sub", fmt.Sprintf(notFile, "/cgi-bin/sub")},
		{"/cgi-bin/sub/", fmt.Sprintf(notFile, "/cgi-bin/sub/")},
		{"/cgi-bin/fifo", fmt.Sprintf(notFile, "/cgi-bin/fifo")},
		{"/cgi-bin/no.sh/a", fmt.Sprintf(missing, "/cgi-bin/no.sh")},
		{"/cgi-bin/no'\"%0d%0a%5c.sh", `HTTP/1.0 404 No such CGI script ('/cgi-bin/no\'"\r\n\\.sh')`},
		{"/cgi-bin/plain.txt", fmt.Sprintf(notExec, "/cgi-bin/plain.txt")},
		{"/cgi-bin/sub/index.html", fmt.Sprintf(notExec, "/cgi-bin/sub/index.html")},
		{"/cgi-bin/%2e%2e%252fx", fmt.Sprintf(missing, "/..%2fx")[:len("HTTP/1.0 404")]},
	} {
		got := p.get(tc.target)
		head, content, _ := strings.Cut(got, "\r\n\r\n")
		if strings.HasPrefix(tc.want, "HTTP/1.0 ") {
			if statusLine, _, _ := strings.Cut(head, "\r\n"); statusLine != tc.want && !(len(tc.want) == 12 && strings.HasPrefix(statusLine, tc.want)) {
				t.Errorf("%s: got %q, want %q", tc.target, statusLine, tc.want)
			}
		} else if content != tc.want || !strings.HasPrefix(head, "HTTP/1.0 200 ") {
			t.Errorf("%s: got %q %q, want %q", tc.target, head, content, tc.want)
		}
		if strings.Contains(got, "secret") {
			t.Errorf("%s: what is below a CGI directory was sent: %q", tc.target, got)
		}
	}

	// POST knows scripts and nothing else.
	for target, want := range map[string]string{
		"/cgi-bin/x.sh":   "HTTP/1.0 200 Script output follows",
		"/cgi-bin/no.sh":  fmt.Sprintf(missing, "/cgi-bin/no.sh"),
		"/sub/f.txt":      "HTTP/1.0 501 Can only POST to CGI scripts",
		"/nothere":        "HTTP/1.0 501 Can only POST to CGI scripts",
		"/cgi-bin":        "HTTP/1.0 501 Can only POST to CGI scripts",
		"/cgi-bin/x%00sh": "HTTP/1.0 404 File not found",
	} {
		if got, _, _ := strings.Cut(p.ask("POST "+target+" HTTP/1.0\r\nContent-Length: 0\r\n\r\n"), "\r\n"); got != want {
			t.Errorf("POST %s: got %q, want %q", target, got, want)
		}
	}
	if got := p.ask("PUT /cgi-bin/x.sh HTTP/1.0\r\n\r\n"); !isError(got, "HTTP/1.0 501 Unsupported method ('PUT')") {
		t.Errorf("PUT: got %q", got)
	}
}

// Everything that http.server gives a script reaches a compiled one, and
// nothing else does.
//
// spec: G-10 G-13
// departs: G-11
func TestProbe(t *testing.T) {
	p := newPlace(t, nil)
	program, err := os.ReadFile(probe)
	if err != nil {
		t.Fatal(err)
	}
	p.file("!cgi-bin/probe", string(program))
	t.Setenv("HTTP_COOKIE", "stale")
	t.Setenv("REMOTE_USER", "stale")
	t.Setenv("SECRET", "stale")
	t.Setenv("PATH", "/usr/bin:/bin")
	for _, name := range []string{"LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
	p.h.Environ = []string{"EXTRA=1", "REQUEST_METHOD=stale"}
	got := p.ask("POST /cgi-bin/probe/in%20fo/?one+two%20three HTTP/1.0\r\n" +
		"Host: h\r\nContent-Length: 7\r\nContent-Type: t/t\r\nAccept: a\r\nAccept: b\r\nUser-Agent: u\r\n\r\nabc\x00\r\nd")
	want := head200 + "Content-Type: text/plain\r\n\r\n" + strings.Join([]string{
		`env "CONTENT_LENGTH=7"`,
		`env "CONTENT_TYPE=t/t"`,
		`env "EXTRA=1"`,
		`env "GATEWAY_INTERFACE=CGI/1.1"`,
		`env "HTTP_ACCEPT=a,b"`,
		`env "HTTP_COOKIE="`,
		`env "HTTP_REFERER="`,
		`env "HTTP_USER_AGENT=u"`,
		`env "PATH=/usr/bin:/bin"`,
		`env "PATH_INFO=/in fo/"`,
		fmt.Sprintf("env %q", "PATH_TRANSLATED="+p.root+"/in fo/"),
		`env "QUERY_STRING=one+two%20three"`,
		`env "REMOTE_ADDR=10.0.0.9"`,
		`env "REMOTE_HOST="`,
		`env "REQUEST_METHOD=POST"`,
		`env "SCRIPT_NAME=/cgi-bin/probe"`,
		`env "SERVER_NAME=here"`,
		`env "SERVER_PORT=8000"`,
		`env "SERVER_PROTOCOL=HTTP/1.0"`,
		`env "SERVER_SOFTWARE=S"`,
		`args ["probe" "one two%20three"]`,
		`stdin "abc\x00\r\nd" <nil>`,
	}, "\n") + "\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got = p.get("/cgi-bin/probe?a=b")
	if !strings.Contains(got, "\nargs [\"probe\"]\n") || !strings.Contains(got, "\"PATH_TRANSLATED="+p.root+"\"\n") || !strings.Contains(got, "\"PATH_INFO=\"\n") {
		t.Errorf("with \"=\" in the query: got\n%s", got)
	}
	if got := p.get("/cgi-bin/probe"); !strings.Contains(got, "\nargs [\"probe\" \"\"]\nstdin \"\" <nil>\n") {
		t.Errorf("without query: got\n%s", got)
	}
}

// Scripts in Python, run by themselves and by an interpreter.
//
// spec: G-8
func TestPython(t *testing.T) {
	python := findPython(t)
	p := newPlace(t, map[string]string{
		"!cgi-bin/own.py":   "#!" + python + "\nimport os, sys\nprint('Content-Type: text/plain\\n')\nprint(sys.argv[1:], os.environ['PATH_INFO'], sys.stdin.read())\n",
		"cgi-bin/by.py":     "import sys\nprint('X: 1\\n')\nprint(sys.argv[1:], sys.flags.unbuffered if hasattr(sys.flags, 'unbuffered') else 1)\n",
		"cgi-bin/broken.py": "import sys\nprint('X: 1\\n\\npart', flush=True)\nraise SystemExit(7)\n",
	})
	if got := p.ask("POST /cgi-bin/own.py/info?a+b HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi"); !strings.HasSuffix(got, "\r\n\r\n['a b'] /info hi\n") {
		t.Errorf("got %q\n%s", got, &p.log)
	}
	if got := p.get("/cgi-bin/by.py"); !isError(got, "HTTP/1.0 403 CGI script is not executable ('/cgi-bin/by.py')") {
		t.Errorf("without interpreter: got %q", got)
	}
	p.h.Interpreter = python
	if got := p.get("/cgi-bin/by.py?a=b"); !strings.HasPrefix(got, head200+"X: 1\r\n\r\n[] ") {
		t.Errorf("by interpreter: got %q\n%s", got, &p.log)
	}
	if got := p.get("/cgi-bin/by.py?a"); !strings.HasPrefix(got, head200+"X: 1\r\n\r\n['a'] ") {
		t.Errorf("by interpreter: got %q", got)
	}
	if got := p.get("/cgi-bin/broken.py"); !strings.HasSuffix(got, "\r\n\r\npart\n") || !strings.Contains(p.log.String(), "] CGI script exit code 7\n") {
		t.Errorf("exit code: got %q\n%s", got, &p.log)
	}
}

// findPython returns a Python 3 that any user may run.
func findPython(t *testing.T) string {
	for _, path := range []string{"/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"} {
		if exec.Command(path, "-c", "").Run() == nil {
			return path
		}
	}
	t.Skip("no python3 that every user may run: scripts in Python were not tested")
	return ""
}

// The log tells of the response and of every end but a good one.
//
// spec: G-19
// departs: G-9
// departs: G-20
func TestEnds(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/ok.sh":      hello,
		"!cgi-bin/three.sh":   "#!/bin/sh\nprintf '\\nx'\nexit 3\n",
		"!cgi-bin/kill.sh":    "#!/bin/sh\nprintf '\\nx'\nkill -9 $$\n",
		"!cgi-bin/silent.sh":  "#!/bin/sh\nexit 4\n",
		"!cgi-bin/killed.sh":  "#!/bin/sh\nkill -15 $$\n",
		"!cgi-bin/endless.sh": "#!/bin/sh\nprintf 'A: 1\\nB: 2\\n'\n",
		"!cgi-bin/nph.sh":     "#!/bin/sh\nprintf 'HTTP/1.0 200 OK\\n\\nx'\n",
		"!cgi-bin/huge.sh":    "#!/bin/sh\nhead -c 70000 /dev/zero | tr '\\0' a\nprintf '\\n\\n'\n",
		"!cgi-bin/short.sh":   "#!/bin/sh\nprintf 'Content-Length: 9\\n\\nabc'\n",
		"!cgi-bin/nothing.sh": "#!/no/such/interpreter\n",
		"!cgi-bin/noise":      "\x00\x01\x02",
	})
	const line = `10.0.0.9 - - [now] `
	request := func(name, status string) string {
		return line + `"GET /cgi-bin/` + name + ` HTTP/1.0" ` + status + " -\n"
	}
	const code502 = line + "code 502, message "
	for _, tc := range []struct{ name, status, content, log string }{
		{"ok.sh", "200 Script output follows", "hello\n", request("ok.sh", "200")},
		{"three.sh", "200 Script output follows", "x", request("three.sh", "200") + line + "CGI script exit code 3\n"},
		{"kill.sh", "200 Script output follows", "x", request("kill.sh", "200") + line + "CGI script exit code -9\n"},
		{"silent.sh", "502 Bad Gateway", "", line + "CGI script gave no response: it ended before the empty line that ends the field lines\n" +
			code502 + "Bad Gateway\n" + request("silent.sh", "502") + line + "CGI script exit code 4\n"},
		{"killed.sh", "502 Bad Gateway", "", line + "CGI script gave no response: it ended before the empty line that ends the field lines\n" +
			code502 + "Bad Gateway\n" + request("killed.sh", "502") + line + "CGI script exit code -15\n"},
		{"endless.sh", "502 Bad Gateway", "", line + "CGI script gave no response: it ended before the empty line that ends the field lines\n" +
			code502 + "Bad Gateway\n" + request("endless.sh", "502")},
		{"nph.sh", "502 Bad Gateway", "", line + "CGI script gave no response: a line without colon: 'HTTP/1.0 200 OK'\n" +
			code502 + "Bad Gateway\n" + request("nph.sh", "502")},
		{"huge.sh", "502 Bad Gateway", "", line + "CGI script gave no response: the field lines are longer than 65536 bytes\n" +
			code502 + "Bad Gateway\n" + request("huge.sh", "502")},
		{"short.sh", "200 Script output follows", "abc", request("short.sh", "200") + line + "CGI script response cut: cgi: the script wrote less than its Content-Length\n"},
		{"nothing.sh", "502 CGI script cannot be started ('/cgi-bin/nothing.sh')", "", "*" + code502 + "CGI script cannot be started ('/cgi-bin/nothing.sh')\n" + request("nothing.sh", "502")},
		{"noise", "502 CGI script cannot be started ('/cgi-bin/noise')", "", "*" + code502 + "CGI script cannot be started ('/cgi-bin/noise')\n" + request("noise", "502")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			before := len(p.log.String())
			head, content, _ := strings.Cut(p.get("/cgi-bin/"+tc.name), "\r\n\r\n")
			if !strings.HasPrefix(head, "HTTP/1.0 "+tc.status+"\r\n") {
				t.Errorf("got %q, want %q", head, tc.status)
			}
			if tc.content != "" && content != tc.content {
				t.Errorf("content: got %q, want %q", content, tc.content)
			}
			log := p.log.String()[before:]
			if end, any := strings.CutPrefix(tc.log, "*"); log != tc.log && !(any && strings.HasSuffix(log, end) && strings.Contains(log, "cannot be started: ")) {
				t.Errorf("log: got\n%swant\n%s", log, tc.log)
			}
		})
	}
}

// Lines of standard error are lines of the log: harmless for a terminal, and
// not without end.
//
// departs: G-14
func TestStderr(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/x.sh": "#!/bin/sh\nprintf '\\033[31mred\\nsecond\\r\\nno end' >&2\nprintf '\\nx'\n",
		"!cgi-bin/y.sh": "#!/bin/sh\nprintf '\\nx'\nhead -c 1000000 /dev/zero | tr '\\0' a >&2\n",
	})
	p.get("/cgi-bin/x.sh")
	for _, want := range []string{"[now] \\x1b[31mred\n", "[now] second\n", "[now] no end\n"} {
		if !strings.Contains(p.log.String(), want) {
			t.Errorf("%q is not in the log:\n%s", want, &p.log)
		}
	}
	p.get("/cgi-bin/y.sh")
	if n := len(p.log.String()); n > 100_000 || !strings.Contains(p.log.String(), "bytes more to its standard error\n") {
		t.Errorf("the log has %d bytes", n)
	}
}

// A script's content is that of its own request, whatever follows, and with
// HTTP/1.1 the connection goes on after it.
//
// departs: G-14
// departs: G-17
// departs: G-18
func TestPipelinedRequests(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/cat.sh":  "#!/bin/sh\nprintf '\\n'\ncat\n",
		"!cgi-bin/two.sh":  "#!/bin/sh\nprintf '\\n'\nhead -c 2\n",
		"!cgi-bin/deaf.sh": hello,
		"f.txt":            "file",
	})
	p.h.ProtocolVersion = "HTTP/1.1"
	const head = "HTTP/1.1 200 Script output follows\r\nServer: S\r\nDate: D\r\n"
	got := p.ask("POST /cgi-bin/cat.sh HTTP/1.1\r\nHost: h\r\nContent-Length: 19\r\n\r\nGET /x HTTP/1.1\r\n\r\n" +
		"POST /cgi-bin/cat.sh HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" +
		"GET /cgi-bin/cat.sh HTTP/1.1\r\nHost: h\r\n\r\n" +
		"POST /cgi-bin/two.sh HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabcde" +
		"POST /cgi-bin/deaf.sh HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabcde" +
		"GET /f.txt HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
	if n := strings.Count(got, "HTTP/1.1 200 "); n != 6 {
		t.Fatalf("got %d responses, want 6: %q", n, got)
	}
	for i, want := range []string{"GET /x HTTP/1.1\r\n\r\n", "abcde", "", "ab", "hello\n", "file"} {
		at := strings.Index(got, "HTTP/1.1 200 ")
		end := strings.Index(got[at+1:], "HTTP/1.1 200 ") + at + 1
		if end == at {
			end = len(got)
		}
		response := got[at:end]
		got = got[end:]
		headText, content, _ := strings.Cut(response, "\r\n\r\n")
		if i < 5 {
			if headText != strings.TrimSuffix(head, "\r\n")+"\r\nTransfer-Encoding: chunked" &&
				headText != strings.TrimSuffix(head, "\r\n")+"\r\nContent-type: text/plain\r\nTransfer-Encoding: chunked" {
				t.Errorf("response %d: head %q", i+1, headText)
			}
			content = unchunk(t, content)
		}
		if content != want {
			t.Errorf("response %d: got %q, want %q", i+1, content, want)
		}
	}
}

// unchunk undoes the chunked coding.
func unchunk(t *testing.T, s string) string {
	var content string
	for {
		size, rest, ok := strings.Cut(s, "\r\n")
		var n int
		if _, err := fmt.Sscanf(size, "%x", &n); err != nil || !ok || len(rest) < n+2 {
			t.Fatalf("chunk %q of %q", size, s)
		}
		if n == 0 {
			if rest != "\r\n" {
				t.Errorf("after the last chunk: %q", rest)
			}
			return content
		}
		content += rest[:n]
		s = rest[n+2:]
	}
}

// A request of HTTP/0.9 gets the bare content.
//
// departs: G-23
func TestBareRequest(t *testing.T) {
	p := newPlace(t, map[string]string{"!cgi-bin/x.sh": hello})
	if got := p.ask("GET /cgi-bin/x.sh\r\n"); got != "hello\n" {
		t.Errorf("got %q, want the content", got)
	}
}

// Much goes in and comes out at once; neither side waits for ever.
func TestBothWaysAtOnce(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/cat.sh":   "#!/bin/sh\nprintf '\\n'\ncat\n",
		"!cgi-bin/early.sh": "#!/bin/sh\nprintf '\\n'\nhead -c 300000 /dev/zero | tr '\\0' a\ncat >/dev/null\n",
	})
	const size = 3 << 20
	content := strings.Repeat("0123456789abcdef", size/16)
	request := fmt.Sprintf("HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s", size, content)
	if got := p.ask("POST /cgi-bin/cat.sh " + request); got != head200+"\r\n"+content {
		t.Errorf("echo: got %d bytes", len(got))
	}
	if got := p.ask("POST /cgi-bin/early.sh " + request); got != head200+"\r\n"+strings.Repeat("a", 300000) {
		t.Errorf("early: got %d bytes", len(got))
	}
}

// What a script writes leaves at once.
func TestStreams(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/x.sh": "#!/bin/sh\nprintf '\\none'\nread line\nprintf \"$line\"\n",
	})
	client, over := p.dial()
	fmt.Fprint(client, "POST /cgi-bin/x.sh HTTP/1.0\r\nContent-Length: 4\r\n\r\n")
	// The script waits for content, and its output is not here yet: content
	// first. A piece of it is enough.
	fmt.Fprint(client, "tw")
	go fmt.Fprint(client, "o\n")
	got, err := io.ReadAll(client)
	<-over
	if err != nil || string(got) != head200+"\r\nonetwo" {
		t.Errorf("got %q (%v)", got, err)
	}
}

// A limit of time, of content, of output.
//
// departs: G-21
// departs: G-22
func TestLimits(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/sleep.sh": "#!/bin/sh\nsleep 1000\n",
		"!cgi-bin/stall.sh": "#!/bin/sh\nprintf '\\nx'\nsleep 1000\n",
		"!cgi-bin/yes.sh":   "#!/bin/sh\nprintf '\\n'\nyes\n",
		"!cgi-bin/cat.sh":   "#!/bin/sh\nprintf '\\n'\ncat\n",
		"!cgi-bin/wc.sh":    "#!/bin/sh\nn=$(wc -c)\nprintf \"\\n$n\"\n",
	})
	p.h.Timeout = 50 * time.Millisecond
	if got := p.get("/cgi-bin/sleep.sh"); !isError(got, "HTTP/1.0 504 Gateway Timeout") {
		t.Errorf("silent script: got %q", got)
	}
	if got := p.get("/cgi-bin/stall.sh"); got != head200+"\r\nx" {
		t.Errorf("stalled script: got %q", got)
	}
	if n := strings.Count(p.log.String(), "] CGI script timed out after 50ms\n"); n != 2 {
		t.Errorf("the log tells of %d time-outs, want 2:\n%s", n, &p.log)
	}
	p.h.Timeout = time.Minute
	p.h.MaxOutput = 100_000
	if got := p.get("/cgi-bin/yes.sh"); len(got) > 100_000+len(head200)+2 || !strings.HasPrefix(got, head200+"\r\ny\ny\n") {
		t.Errorf("endless output: got %d bytes", len(got))
	}
	if got := p.ask("HEAD /cgi-bin/yes.sh HTTP/1.0\r\n\r\n"); got != head200+"\r\n" {
		t.Errorf("endless output, HEAD: got %q", got)
	}
	p.h.MaxContent = 10
	for request, want := range map[string]string{
		"POST /cgi-bin/cat.sh HTTP/1.1\r\nContent-Length: 11\r\n\r\n01234567890":                                       "HTTP/1.0 413 Content Too Large",
		"POST /cgi-bin/wc.sh HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n":              "HTTP/1.0 413 Content Too Large",
		"POST /cgi-bin/cat.sh HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n":                                    "HTTP/1.0 400 ",
		"POST /cgi-bin/cat.sh?" + strings.Repeat("a", 60_000) + " HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123456789":    "HTTP/1.0 200 ",
		"GET /cgi-bin/cat.sh HTTP/1.1\r\n" + strings.Repeat("Accept: "+strings.Repeat("a", 65_000)+"\r\n", 3) + "\r\n": "HTTP/1.0 431 ",
	} {
		if got := p.ask(request); !strings.HasPrefix(got, want) || strings.Count(got, "HTTP/1.0 ") != 1 {
			t.Errorf("%.60q: got %q, want %q", request, got, want)
		}
	}
}

// A NUL cannot be handed to a program.
//
// departs: P-11
func TestNUL(t *testing.T) {
	p := newPlace(t, map[string]string{"!cgi-bin/x.sh": hello})
	for _, target := range []string{"/cgi-bin/x.sh?\x00", "/cgi-bin/x.sh%00", "/cgi-bin/x.sh/a%00b"} {
		if got := p.get(target); !strings.HasPrefix(got, "HTTP/1.0 40") {
			t.Errorf("%q: got %q", target, got)
		}
	}
}

// A client that goes away takes its script along, and all it has started.
func TestClientGone(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/x.sh": "#!/bin/sh\nsleep 1000 &\nprintf \"\\n$$ $!\\n\"\nyes\n",
	})
	client, over := p.dial()
	fmt.Fprint(client, "GET /cgi-bin/x.sh HTTP/1.0\r\n\r\n")
	var text string
	for buf := make([]byte, 1); !strings.Contains(text, "\ny"); {
		if _, err := client.Read(buf); err != nil {
			t.Fatal(err)
		}
		text += string(buf)
	}
	client.Close()
	<-over
	_, ids, _ := strings.Cut(text, "\r\n\r\n")
	var script, child int
	if _, err := fmt.Sscanf(ids, "%d %d", &script, &child); err != nil {
		t.Fatalf("%q: %v", ids, err)
	}
	if err := syscall.Kill(script, 0); err != syscall.ESRCH {
		t.Errorf("the script still runs (%v)", err)
	}
	waitGone(t, child)
}

// waitGone waits until a process that is not our child has ended: it was
// killed, but whoever inherits it has yet to take note.
func waitGone(t *testing.T, pid int) {
	t.Helper()
	for range 1000 {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if errors.Is(err, os.ErrNotExist) && syscall.Kill(pid, 0) == syscall.ESRCH || strings.Contains(string(status), ") Z ") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d still runs", pid)
}

// What a script leaves in the background does not hold up the response, not
// even when it has left the group and kept the pipe.
func TestLeftovers(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/x.sh": "#!/bin/sh\nsleep 1000 &\nprintf \"\\n$!\"\n",
		// Ends when the other has a session of its own and this one's output.
		"!cgi-bin/y.sh": "#!/bin/sh\nexec 3>&1\nid=$(setsid sh -c 'echo $$; exec sleep 1000 >&3' &)\nprintf '\\n%s' \"$id\"\n",
	})
	var child int
	got := p.get("/cgi-bin/x.sh")
	if _, err := fmt.Sscanf(got, head200+"\r\n%d", &child); err != nil {
		t.Fatalf("%q: %v", got, err)
	}
	waitGone(t, child)
	if _, err := exec.LookPath("setsid"); err != nil {
		t.Skip("no setsid to leave a script's process group with")
	}
	got = p.get("/cgi-bin/y.sh")
	if _, err := fmt.Sscanf(got, head200+"\r\n%d", &child); err != nil {
		t.Fatalf("%q: %v", got, err)
	}
	if err := syscall.Kill(child, syscall.SIGKILL); err != nil {
		t.Errorf("what has left the group should still run: %v", err)
	}
}

// A script does not run as root, nor in any of root's groups.
//
// departs: G-15
func TestNobody(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("the server does not run as root, so there is nothing to drop")
	}
	p := newPlace(t, map[string]string{
		"!cgi-bin/id.sh":   "#!/bin/sh\nprintf '\\n'\nid -un; id -u; id -ru; id -G\n",
		"!cgi-bin/mine.sh": hello,
	})
	nobody, err := exec.Command("id", "-u", "nobody").Output()
	if err != nil {
		t.Fatal(err)
	}
	groups, err := exec.Command("id", "-g", "nobody").Output()
	if err != nil {
		t.Fatal(err)
	}
	want := head200 + "\r\nnobody\n" + string(nobody) + string(nobody) + string(groups)
	if got := p.get("/cgi-bin/id.sh"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	os.Chmod(filepath.Join(p.root, "cgi-bin/mine.sh"), 0o700)
	if got := p.get("/cgi-bin/mine.sh"); !isError(got, "HTTP/1.0 502 CGI script cannot be started ('/cgi-bin/mine.sh')") {
		t.Errorf("a script of root alone: got %q", got)
	}
}

// The working directory is the server's, or the one that was set.
//
// spec: G-14
func TestWorkingDirectory(t *testing.T) {
	p := newPlace(t, map[string]string{"!cgi-bin/pwd.sh": "#!/bin/sh\nprintf '\\n'\n/bin/pwd -P\n"})
	dir, err := filepath.EvalSymlinks(filepath.Dir(p.root))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	if got := p.get("/cgi-bin/pwd.sh"); got != head200+"\r\n"+dir+"\n" {
		t.Errorf("got %q, want %s", got, dir)
	}
	p.h.Dir = p.root
	real, _ := filepath.EvalSymlinks(p.root)
	if got := p.get("/cgi-bin/pwd.sh"); got != head200+"\r\n"+real+"\n" {
		t.Errorf("got %q, want %s", got, real)
	}
}

// Stop ends what runs.
func TestStop(t *testing.T) {
	p := newPlace(t, map[string]string{"!cgi-bin/x.sh": "#!/bin/sh\nprintf '\\nx'\nsleep 1000\n"})
	client, over := p.dial()
	fmt.Fprint(client, "GET /cgi-bin/x.sh HTTP/1.0\r\n\r\n")
	got := make([]byte, len(head200)+3)
	if _, err := io.ReadFull(client, got); err != nil || string(got) != head200+"\r\nx" {
		t.Fatalf("got %q (%v)", got, err)
	}
	p.h.Stop()
	if rest, err := io.ReadAll(client); err != nil || len(rest) > 0 {
		t.Errorf("got %q (%v)", rest, err)
	}
	<-over
}

// unsupported is a Runner of a host that runs nothing.
type unsupported struct{}

func (unsupported) Start(*cgi.Command) (cgi.Process, error) { return nil, errors.ErrUnsupported }

func TestNoProcesses(t *testing.T) {
	p := newPlace(t, map[string]string{"!cgi-bin/x.sh": hello})
	p.h.Runner = unsupported{}
	if got := p.get("/cgi-bin/x.sh"); !isError(got, "HTTP/1.0 501 CGI scripts cannot be run here") {
		t.Errorf("got %q", got)
	}
}
