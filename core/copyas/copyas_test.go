package copyas

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/core/trace"
)

const base = "http://127.0.0.1:8000/"

// record is one of a request in the bytes of its wire.
func record(source trace.Provenance, in, out string) *trace.Record {
	r := &trace.Record{Source: source}
	r.AddBytes(trace.In, source, 0, trace.Header, in)
	if out != "" {
		r.AddBytes(trace.Out, source, 0, trace.Header, out)
	}
	return r
}

func parse(message string) *request {
	q, r := new(request), record(trace.Wire, message, "")
	q.read(r, r, trace.In)
	q.why = q.parse()
	return q
}

func copied(id string, r *trace.Record) string { return string(Append(nil, id, r, base)) }

// A plain request in each format.
func TestFormats(t *testing.T) {
	r := record(trace.Wire, "POST /a?b HTTP/1.1\r\nHost: a\r\nX-It's: \"100%\"\r\nContent-Length: 3\r\n\r\nhi\n", "HTTP/1.1 200 OK\r\n\r\n")
	for id, want := range map[string]string{
		Raw: `> POST /a?b HTTP/1.1\r\n
> Host: a\r\n
> X-It's: "100%"\r\n
> Content-Length: 3\r\n
> \r\n
> hi\n
< HTTP/1.1 200 OK\r\n
< \r\n
`,
		Curl: `printf 'hi\n' | curl --include --http1.1 -H 'User-Agent:' -H 'Accept:' -H 'Content-Type:' -H 'Host: a' -H 'X-It'\''s: "100%"' -H 'Content-Length: 3' --data-binary '@-' 'http://127.0.0.1:8000/a?b'
`,
		Fetch: `// fetch() sets method, target, fields and content. The browser writes the rest in its own way: field names in lower case, their order, and fields of its own such as User-Agent and Accept-Encoding.
// A script may not set these fields, so they are left out: Host, Content-Length.
const response = await fetch("http://127.0.0.1:8000/a?b", {
  method: "POST",
  redirect: "manual",
  headers: [
    ["X-It's", "\"100%\""],
  ],
  body: Uint8Array.from("hi\n", (c) => c.charCodeAt(0)),
});
console.log(response.status, response.statusText, [...response.headers], await response.text());
`,
		Python: `import socket
import sys

request = (
    b"POST /a?b HTTP/1.1\r\n"
    b"Host: a\r\n"
    b"X-It's: \"100%\"\r\n"
    b"Content-Length: 3\r\n"
    b"\r\n"
    b"hi\n"
)
with socket.create_connection(("127.0.0.1", 8000), timeout=10) as s:
    s.sendall(request)
    try:
        while data := s.recv(65536):
            sys.stdout.buffer.write(data)
    except TimeoutError:
        pass  # the server keeps the connection open
`,
		NC: `printf 'POST /a?b HTTP/1.1\r\nHost: a\r\nX-It\047s: "100%%"\r\nContent-Length: 3\r\n\r\nhi\n' | nc 127.0.0.1 8000
`,
		Markdown: "**Request**:\n\n```http\n" + `POST /a?b HTTP/1.1\r\n
Host: a\r\n
X-It's: "100%"\r\n
Content-Length: 3\r\n
\r\n
hi\n
` + "```\n\n**Response**:\n\n```http\n" + `HTTP/1.1 200 OK\r\n
\r\n
` + "```\n",
		"unknown": "",
	} {
		if got := copied(id, r); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", id, got, want)
		}
	}
}

// What must be said is said in every format.
func TestMarks(t *testing.T) {
	secret := "GET / HTTP/1.1\r\nHost: a\r\nCookie: sid=0123456789abcdef\r\nX: 1\r\n\r\n"
	cut := record(trace.Wire, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n", "")
	cut.Steps = append(cut.Steps, trace.Step{Kind: trace.In, Off: 44, Len: 9, Code: trace.Content, Bytes: "1234"})
	for _, tc := range []struct {
		what string
		r    *trace.Record
		says string
	}{
		{"a rebuilt request", record(trace.Rebuilt, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n"), "ebuilt from a Request object, not bytes that passed"},
		{"a rebuilt request that only nc sends", record(trace.Rebuilt, "GET / HTTP/1.1\r\nHost: a\r\nX: \xe9\x01\r\n\r\n", ""), "ebuilt from a Request object, not bytes that passed"},
		{"a simulated one", record(trace.Simulated, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", ""), "imulated"},
		{"credentials", record(trace.Wire, secret, ""), "redentials"},
		{"content that was not kept", cut, "5 bytes of"},
		{"a connection without a request", &trace.Record{Conn: 1}, "no"},
	} {
		for _, f := range Formats() {
			got := copied(f.ID, tc.r)
			if !strings.Contains(got, tc.says) {
				t.Errorf("%s as %s: %q is not in\n%s", tc.what, f.ID, tc.says, got)
			}
			if strings.Contains(got, "0123456789abcdef") {
				t.Errorf("%s as %s has the credentials:\n%s", tc.what, f.ID, got)
			}
		}
	}
	for _, f := range Formats() {
		got := string(AppendWithCredentials(nil, f.ID, record(trace.Wire, secret, ""), base))
		if strings.Contains(got, "redacted") || strings.Contains(got, "Credentials") || f.ID != Fetch && !strings.Contains(got, "sid=0123456789abcdef") {
			t.Errorf("%s with credentials:\n%s", f.ID, got)
		}
		if got := copied(f.ID, record(trace.Wire, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "")); strings.Contains(got, "ebuilt") || strings.Contains(got, "redentials") {
			t.Errorf("%s of plain bytes has a mark:\n%s", f.ID, got)
		}
	}
}

// What a tool cannot express is given for another, with the reason.
func TestCannot(t *testing.T) {
	const host = "Host: a\r\n"
	for _, tc := range []struct{ in, curl, fetch string }{
		{"GET / HTTP/1.1\r\n" + host + "\r\n", "", ""},
		{"GET / HTTP/1.0\r\n\r\n", "", "version"},
		{"GET /\r\n", "cut", "cut"},
		{"GET / HTTP/1.1\n" + host + "\r\n", "line-ends", "line-ends"},
		{"GET  / HTTP/1.1\r\n" + host + "\r\n", "request-line", "request-line"},
		{"GET / HTTP/2.0\r\n" + host + "\r\n", "request-line", "request-line"},
		{"GET / HTTP/1.1\r\n" + host + "A : b\r\n\r\n", "field-line", "field-line"},
		{"GET / HTTP/1.1\r\n" + host + " folded\r\n\r\n", "field-line", "field-line"},
		{"GET / HTTP/1.1\r\n" + host + "\r\nGET / HTTP/1.1\r\n" + host + "\r\n", "more", "more"},
		{"POST / HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\n1", "length", "length"},
		{"POST / HTTP/1.1\r\n" + host + "Content-Length: +1\r\n\r\n1", "length", "length"},
		{"POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n1", "length", "length"},
		{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "codings", "codings"},
		{"GET /caf\xe9 HTTP/1.1\r\n" + host + "\r\n", "bytes", "target"},
		{"GET / HTTP/1.1\r\n" + host + "X: caf\xe9\r\n\r\n", "bytes", ""},
		{"GET / HTTP/1.1\r\n" + host + "X: \x1b\r\n\r\n", "bytes", "control"},
		{"GET / HTTP/1.1\r\nA: b\r\n" + host + "\r\n", "host-first", ""},
		{"GET / HTTP/1.1\r\nhost: a\r\n\r\n", "host-first", ""},
		{"HEAD / HTTP/1.1\r\n" + host + "Content-Length: 1\r\n\r\n1", "head-content", "get-content"},
		{"GET / HTTP/1.1\r\n" + host + "X: \r\n\r\n", "blank-value", ""},
		{"GET / HTTP/1.1\r\n" + host + "X:\r\n\r\n", "", ""},
		{"get / HTTP/1.1\r\n" + host + "\r\n", "", "method"},
		{"patch / HTTP/1.1\r\n" + host + "\r\n", "", ""},
		{"TRACE / HTTP/1.1\r\n" + host + "\r\n", "", "method"},
		{"GET /a/../b HTTP/1.1\r\n" + host + "\r\n", "", "target"},
		{"GET /a/%2E./b HTTP/1.1\r\n" + host + "\r\n", "", "target"},
		{"GET /a#b HTTP/1.1\r\n" + host + "\r\n", "", "target"},
		{"GET http://a/ HTTP/1.1\r\n" + host + "\r\n", "", "target"},
	} {
		q := parse(tc.in)
		if got := q.curlCannot(); got != tc.curl {
			t.Errorf("%q: got %q for curl, want %q", tc.in, got, tc.curl)
		}
		if got := q.fetchCannot(); got != tc.fetch {
			t.Errorf("%q: got %q for fetch(), want %q", tc.in, got, tc.fetch)
		}
		for id, why := range map[string]string{Curl: tc.curl, Fetch: tc.fetch} {
			if why == "" {
				continue
			}
			got, reason := copied(id, record(trace.Wire, tc.in, "")), say("why."+why)
			if reason == "" || !strings.Contains(got, "cannot send") || !strings.Contains(got, reason) || !strings.Contains(got, "printf '") {
				t.Errorf("%q as %s: got %s", tc.in, id, got)
			}
		}
	}
}

func TestServer(t *testing.T) {
	for _, tc := range []struct{ base, authority, host, port string }{
		{"", here, "localhost", "8000"},
		{"http://a.b:81/x/y", "a.b:81", "a.b", "81"},
		{"http://a", "a", "a", "80"},
		{"https://a/", "a", "a", "443"},
		{"http://[::1]:8000/", "[::1]:8000", "::1", "8000"},
		{"http://[::1]/", "[::1]", "::1", "80"},
		{"http://a;touch x/", here, "localhost", "8000"},
		{"http://-oProxy/", here, "localhost", "8000"},
		{"http://a\n/", here, "localhost", "8000"},
		{"http://`id`/", here, "localhost", "8000"},
		{"file:///etc", here, "localhost", "8000"},
	} {
		if s := parseServer(tc.base); s.authority != tc.authority || s.host != tc.host || s.port != tc.port {
			t.Errorf("%q: got %+v", tc.base, s)
		}
	}
	q := record(trace.Wire, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "")
	for _, id := range []string{Curl, Fetch, Python, NC} {
		if got := string(Append(nil, id, q, "")); !strings.Contains(got, " Sent to localhost:8000: run serve in the same folder.\n") {
			t.Errorf("%s: got %s", id, got)
		}
	}
	for id, want := range map[string]string{
		NC: "| openssl s_client -quiet -connect a:443 -servername a\n", Python: `server_hostname="a")`, Curl: "'https://a/'\n",
	} {
		if got := string(Append(nil, id, q, "https://a/")); !strings.Contains(got, want) {
			t.Errorf("%s: got %s", id, got)
		}
	}
}

// The sentences are printable ASCII, as all that is copied, and each is said
// somewhere.
func TestWords(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	source := ""
	for _, name := range names {
		if text, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, "_test.go") {
			source += string(text)
		}
	}
	for line := range strings.Lines(englishText) {
		code, sentence, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch literal := strings.TrimPrefix(code, "why."); {
		case code == "" || code == "#":
		case !printable(sentence) || sentence == "":
			t.Errorf("%q is no sentence", line)
		case !strings.Contains(source, `"`+literal+`"`) && literal != "curl.not" && literal != "fetch.not":
			t.Errorf("%s is not said", code)
		}
	}
}
