package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// scriptTree are the scripts that both servers run: name, content, mode.
var scriptTree = []struct {
	name, text string
	mode       os.FileMode
}{
	{"cgi-bin/env", envScript, 0o755},
	{"cgi-bin/args", "#!/bin/sh\necho 'Content-Type: text/plain'\necho\necho \"$#\"\nfor a in \"$@\"; do echo \"[$a]\"; done\n", 0o755},
	{"cgi-bin/echo", "#!/bin/sh\necho 'Content-Type: text/plain'\necho\nhead -c \"${CONTENT_LENGTH:-0}\"\n", 0o755},
	{"cgi-bin/hello.py", "#!/usr/bin/env python3\nprint('Content-Type: text/html')\nprint('X-Script: yes')\nprint()\nprint('<p>hello</p>')\n", 0o755},
	{"cgi-bin/crlf", "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\nX: y\\r\\n\\r\\nlines\\r\\n'\n", 0o755},
	{"cgi-bin/length", "#!/bin/sh\nprintf 'Content-Type: text/plain\\nContent-Length: 5\\n\\nhello'\n", 0o755},
	{"cgi-bin/big", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nhead -c 300000 /dev/zero\n", 0o755},
	{"cgi-bin/empty", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\n", 0o755},
	{"cgi-bin/id", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nid -u\n", 0o755},
	{"cgi-bin/groups", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nid -g\n", 0o755},
	{"cgi-bin/pwd", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\npwd\n", 0o755},
	{"cgi-bin/name", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\necho \"$SERVER_NAME\"\n", 0o755},
	{"cgi-bin/stale", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\necho \"${HTTP_X_STALE-none}\"\n", 0o755},
	{"cgi-bin/exit3", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nbye\\n'\nexit 3\n", 0o755},
	{"cgi-bin/killed", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nbye\\n'\nkill -9 $$\n", 0o755},
	{"cgi-bin/status", "#!/bin/sh\nprintf 'Status: 404 Not Here\\nContent-Type: text/plain\\n\\nnothing\\n'\n", 0o755},
	{"cgi-bin/location", "#!/bin/sh\nprintf 'Location: /docs/\\n\\n'\n", 0o755},
	{"cgi-bin/headless", "#!/bin/sh\necho hello\n", 0o755},
	{"cgi-bin/silent", "#!/bin/sh\n", 0o755},
	{"cgi-bin/noexec", "#!/bin/sh\necho secret\n", 0o644},
	{"cgi-bin/data.txt", "secret data\n", 0o644},
	{"cgi-bin/interpreter", "#!/no/such/interpreter\n", 0o755},
	{"cgi-bin/a space", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nspace\\n'\n", 0o755},
	{"cgi-bin/it's", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nquote\\n'\n", 0o755},
	{"cgi-bin/dir/inner", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\necho \"$SCRIPT_NAME|$PATH_INFO|$QUERY_STRING\"\n", 0o755},
	{"cgi-bin/dir/deeper/x", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\necho \"$SCRIPT_NAME|$PATH_INFO|$QUERY_STRING\"\n", 0o755},
	{"htbin/env", envScript, 0o755},
	{"sub/cgi-bin/plain", "#!/bin/sh\necho served as a file\n", 0o755},
	{"sub/prog", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nran outside\\n'\n", 0o755},
	{"CGI-BIN/file", "#!/bin/sh\necho served as a file\n", 0o755},
}

// envScript shows the variables of the specification that do not depend on
// which server it is, and some that must not be there.
const envScript = `#!/bin/sh
echo 'Content-Type: text/plain'
echo
for name in AUTH_TYPE REMOTE_USER CONTENT_TYPE CONTENT_LENGTH GATEWAY_INTERFACE HTTP_ACCEPT HTTP_COOKIE HTTP_REFERER HTTP_USER_AGENT PATH_INFO PATH_TRANSLATED QUERY_STRING REMOTE_ADDR REMOTE_HOST REQUEST_METHOD SCRIPT_NAME SERVER_PROTOCOL HTTP_HOST HTTP_PROXY HTTP_X HTTP_RANGE REQUEST_URI DOCUMENT_ROOT HTTPS; do
	eval "echo \"$name=[\${$name-unset}]\""
done
test -n "$SERVER_PORT" && test -n "$SERVER_SOFTWARE" && test -n "$SERVER_NAME" && echo named
`

func writeScripts(t *testing.T, dir string) {
	t.Helper()
	for _, s := range scriptTree {
		name := filepath.Join(dir, s.name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(s.text), s.mode); err != nil {
			t.Fatal(err)
		}
	}
}

// scripts asks for CGI. Where nothing else is asked for the client wants the
// end of the connection, because http.server does not tell where the output
// of a script ends otherwise (G-18).
//
// spec: G-1 G-2 G-3 G-5 G-6 G-8 G-9 G-10 G-12 G-13 G-14 G-15 G-19 L-3 M-2
// departs: G-4 G-5 G-7 G-10 G-13 G-23 G-11 G-12 G-15 G-16 G-18 G-20 C-9
func scripts(_ *testing.T, g *group) {
	g.name = "cgi"
	run := func(trait, method, target, content string, fields ...string) {
		head := request(method, target, "HTTP/1.1", append([]string{vhost, "Connection: close"}, fields...)...)
		g.half(head+content, method, trait)
	}
	get := func(targets ...string) {
		for _, target := range targets {
			run("", "GET", target, "")
		}
	}

	// The environment.
	get("/cgi-bin/env", "/cgi-bin/env?", "/cgi-bin/env?a=b&c=d", "/cgi-bin/env?a+b%20c", "/cgi-bin/env?a?b", "/cgi-bin/env/", "/cgi-bin/env/x/y", "/cgi-bin/env/x/y?z", "/cgi-bin/env/docs/../hello.txt?/../x", "/cgi-bin/env/a%20b", "/cgi-bin/env//x", "/htbin/env/x",
		"/cgi-bin/env?<b>\"'", "/cgi-bin/env/it's/%e6%97%a5")
	for _, fields := range [][]string{
		{"User-Agent: curl/8.0"}, {"Referer: http://localhost/x"}, {"Accept: text/html"}, {"Accept: text/html, */*;q=0.5"}, {"Accept: text/html", "Accept: */*"},
		{"Cookie: a=b"}, {"Cookie: a=b; c=d"}, {"Content-Type: text/html"}, {"User-Agent: a", "User-Agent: b"}, {"Referer: a", "Referer: b"},
		{"Authorization: Basic"}, {"Authorization: Basic a b"},
		{"Proxy: http://evil.test"}, {"X: y"}, {"Range: bytes=0-1"}, {"X-Forwarded-For: 1.2.3.4"}, {"If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"},
	} {
		run("", "GET", "/cgi-bin/env", "", fields...)
	}
	for _, credentials := range []string{"Basic dXNlcjpwYXNz", "basic dXNlcjpwYXNz", "Basic dXNlcjpwYTpzcw==", "Basic dXNlcg==", "Bearer x", "Basic !!!!"} {
		run("credentials", "GET", "/cgi-bin/env", "", "Authorization: "+credentials)
	}
	run("cookies", "GET", "/cgi-bin/env", "", "Cookie: a=b", "Cookie: c=d")
	run("server name", "GET", "/cgi-bin/name", "")
	run("stale", "GET", "/cgi-bin/stale", "")
	get("/cgi-bin/id", "/cgi-bin/pwd")
	run("group", "GET", "/cgi-bin/groups", "")

	// Arguments.
	get("/cgi-bin/args", "/cgi-bin/args?", "/cgi-bin/args?x", "/cgi-bin/args?x+y", "/cgi-bin/args?x+y+z", "/cgi-bin/args?a=b", "/cgi-bin/args?a%3db", "/cgi-bin/args?x%20y", "/cgi-bin/args?+", "/cgi-bin/args?;rm+-rf+x", "/cgi-bin/args?$(id)", "/cgi-bin/args?`id`", "/cgi-bin/args?*", "/cgi-bin/args?x+-y", "/cgi-bin/args?%2dx", "/cgi-bin/args?-x=y", "/cgi-bin/args?x&y", "/cgi-bin/args/x?y")

	for _, target := range []string{"/cgi-bin/args?-x", "/cgi-bin/args?-d+x", "/cgi-bin/args?--", "/cgi-bin/args?-", "/cgi-bin/args?+-x", "/cgi-bin/args/y?-x"} {
		run("option", "GET", target, "")
	}

	// Pages of other sites.
	const origin, navigation = "Origin: http://evil.test", "Sec-Fetch-Mode: navigate"
	for _, fields := range [][]string{
		{"Sec-Fetch-Site: none"}, {"Sec-Fetch-Site: same-origin"}, {"Sec-Fetch-Site: cross-site", navigation, "Sec-Fetch-Dest: document"}, {origin},
	} {
		run("", "GET", "/cgi-bin/crlf", "", fields...)
	}
	run("", "POST", "/cgi-bin/echo", "x", "Content-Length: 1", "Origin: http://localhost")
	run("", "GET", "/hello.txt", "", "Sec-Fetch-Site: cross-site")
	for _, fields := range [][]string{
		{"Sec-Fetch-Site: cross-site"}, {"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"}, {"Sec-Fetch-Site: cross-site", navigation, "Sec-Fetch-Dest: iframe"}, {"Sec-Fetch-Site: x"},
	} {
		run("cross-site", "GET", "/cgi-bin/crlf", "", fields...)
	}
	for _, field := range []string{origin, "Origin: null", "Sec-Fetch-Site: cross-site", "Origin: http://localhost:81"} {
		run("cross-site", "POST", "/cgi-bin/echo", "x", "Content-Length: 1", field)
	}

	// Content.
	for _, content := range []string{"", "x", "a=b&c=d", strings.Repeat("x", 5000), "\x00\r\n\xff"} {
		run("", "POST", "/cgi-bin/echo", content, "Content-Length: "+itoa(len(content)))
		run("", "POST", "/cgi-bin/env", content, "Content-Length: "+itoa(len(content)), "Content-Type: text/x-y")
	}
	run("", "POST", "/cgi-bin/echo", "")
	run("", "POST", "/htbin/env", "", "Content-Length: 0")
	run("", "GET", "/cgi-bin/echo", "hello", "Content-Length: 5")

	// Output.
	get("/cgi-bin/hello.py", "/cgi-bin/crlf", "/cgi-bin/length", "/cgi-bin/big", "/cgi-bin/empty", "/cgi-bin/exit3", "/cgi-bin/killed", "/cgi-bin/a%20space", "/cgi-bin/it's")
	run("HEAD of a script", "HEAD", "/cgi-bin/hello.py", "")
	run("HEAD of a script", "HEAD", "/cgi-bin/crlf", "")
	run("status of a script", "GET", "/cgi-bin/status", "")
	run("location of a script", "GET", "/cgi-bin/location", "")
	run("no head of a script", "GET", "/cgi-bin/headless", "")
	run("no head of a script", "GET", "/cgi-bin/silent", "")
	run("not a program", "GET", "/cgi-bin/interpreter", "")
	g.half(request("GET", "/cgi-bin/crlf", "HTTP/1.0"), "GET")
	g.half(request("GET", "/cgi-bin/crlf", "HTTP/1.1", vhost), "GET", "script in chunks")

	// Paths.
	get("/cgi-bin", "/cgi-bin?x", "/cgi-bin/", "/cgi-bin//", "/htbin", "/htbin/", "/cgi-bin/dir", "/cgi-bin/dir/", "/cgi-bin/dir/inner", "/cgi-bin/dir/inner/more/x?q", "/cgi-bin/dir/deeper/x/y", "/cgi-bin/dir/nothing", "/cgi-bin/dir/../env",
		"//cgi-bin//env", "/./cgi-bin/./env", "/docs/../cgi-bin/env", "/%63gi-bin/env", "/%63%67%69-bin/env?x", "/cgi-bin%2fenv", "/cgi-bin/%65nv", "/cgi-bin/../hello.txt", "/cgi-bin/x/..", "/CGI-BIN/file", "/sub/cgi-bin/plain", "/cgi-bin/..",
		"/cgi-bin/nothing", "/cgi-bin/nothing?x", "/cgi-bin/nothing/x", "/cgi-bin/<b>", "/cgi-bin/no'thing", "/cgi-bin/no%0d%0athing", "/cgi-bin/no%1b%5b31mthing", "/cgi-bin/r%c3%a9sum%c3%a9",
		"/cgi-bin/noexec", "/cgi-bin/data.txt", "/cgi-bin/data.txt/x")
	for _, target := range []string{"/cgi-bin/nothing", "/cgi-bin/noexec", "/cgi-bin/", "/cgi-bin", "/hello.txt", "/nothing.txt", "/docs", "/docs/"} {
		run("", "HEAD", target, "")
		run("", "POST", target, "", "Content-Length: 0")
	}
	for _, method := range []string{"PUT", "DELETE", "OPTIONS", "BREW"} {
		run("", method, "/cgi-bin/env", "")
	}
	for _, target := range []string{"cgi-bin/env", "cgi-bin/env/x?y"} {
		run("no slash", "GET", target, "")
	}

	// The holes of http.server.
	for _, target := range []string{"/cgi-bin/env#/../../y", "/cgi-bin/env#", "/cgi-bin/data.txt#/../../y", "/cgi-bin/hello.py#x/../../../y"} {
		run("script and fragment", "GET", target, "")
	}
	for _, target := range []string{"/cgi-bin/%252e%252e/sub/prog", "/cgi-bin/%252e%252e%252fsub%252fprog", "/cgi-bin/dir/%252e%252e/%252e%252e/sub/prog", "/cgi-bin/env%3fx", "/cgi-bin/env%3fx=y/z", "/cgi-bin/args%3Fx", "/cgi-bin/env/%252e", "/cgi-bin/nothing%23x"} {
		run("decoded twice", "GET", target, "")
	}
	for _, target := range []string{"/../cgi-bin/env", "/../../hello.txt", "/docs/../../cgi-bin/env", "/cgi-bin/../../cgi-bin/env"} {
		run("", "GET", target, "")
	}
	g.half("GET /cgi-bin/crlf\r\n", "GET", "HTTP/0.9", "script without version")
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// climbs reports whether a target has more ".." than parts before, somewhere,
// as http.server's test for CGI reads it: decoded, up to the first "?".
func climbs(target string) bool {
	path, _, _ := strings.Cut(target, "?")
	path = strings.NewReplacer("%2e", ".", "%2E", ".", "%2f", "/", "%2F", "/").Replace(path)
	depth := 0
	for part := range strings.SplitSeq(path, "/") {
		switch part {
		case "", ".":
		case "..":
			depth--
		default:
			depth++
		}
		if depth < 0 {
			return true
		}
	}
	return false
}
