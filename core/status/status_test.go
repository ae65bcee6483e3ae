package status

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// registered is the IANA registry as http.server 3.14 knows it, typed by hand
// and on its own: code, SP, phrase.
const registered = `100 Continue
101 Switching Protocols
102 Processing
103 Early Hints
200 OK
201 Created
202 Accepted
203 Non-Authoritative Information
204 No Content
205 Reset Content
206 Partial Content
207 Multi-Status
208 Already Reported
226 IM Used
300 Multiple Choices
301 Moved Permanently
302 Found
303 See Other
304 Not Modified
305 Use Proxy
307 Temporary Redirect
308 Permanent Redirect
400 Bad Request
401 Unauthorized
402 Payment Required
403 Forbidden
404 Not Found
405 Method Not Allowed
406 Not Acceptable
407 Proxy Authentication Required
408 Request Timeout
409 Conflict
410 Gone
411 Length Required
412 Precondition Failed
413 Content Too Large
414 URI Too Long
415 Unsupported Media Type
416 Range Not Satisfiable
417 Expectation Failed
418 I'm a Teapot
421 Misdirected Request
422 Unprocessable Content
423 Locked
424 Failed Dependency
425 Too Early
426 Upgrade Required
428 Precondition Required
429 Too Many Requests
431 Request Header Fields Too Large
451 Unavailable For Legal Reasons
500 Internal Server Error
501 Not Implemented
502 Bad Gateway
503 Service Unavailable
504 Gateway Timeout
505 HTTP Version Not Supported
506 Variant Also Negotiates
507 Insufficient Storage
508 Loop Detected
510 Not Extended
511 Network Authentication Required
`

func parse(t *testing.T, table string) map[int]string {
	t.Helper()
	want := make(map[int]string)
	for line := range strings.Lines(table) {
		code, phrase, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.Atoi(code)
		if err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		want[n] = phrase
	}
	return want
}

// spec: S-7
func TestPhrases(t *testing.T) {
	want := parse(t, registered)
	if len(want) != 62 {
		t.Fatalf("the test's table has %d codes", len(want))
	}
	for code := -200; code < 1200; code++ {
		if got := Phrase(code); got != want[code] {
			t.Errorf("Phrase(%d) = %q, want %q", code, got, want[code])
		}
		_, in := want[code]
		if Known(code) != in {
			t.Errorf("Known(%d) = %v, want %v", code, !in, in)
		}
		if (Explain(code) != "") != in {
			t.Errorf("Explain(%d) = %q, known: %v", code, Explain(code), in)
		}
	}
}

func TestExplain(t *testing.T) {
	for code, want := range map[int]string{
		400: "Bad request syntax or unsupported method",
		403: "Request forbidden -- authorization will not help",
		404: "Nothing matches the given URI",
		414: "URI is too long",
		501: "Server does not support this operation",
		505: "Cannot fulfill request",
		999: "",
	} {
		if got := Explain(code); got != want {
			t.Errorf("Explain(%d) = %q, want %q", code, got, want)
		}
	}
	for code := range 1000 {
		// A full stop is added on the page (S-6's template).
		if s := Explain(code); strings.HasSuffix(s, ".") || strings.ContainsAny(s, "<>&\n") {
			t.Errorf("Explain(%d) = %q: full stop or markup", code, s)
		}
	}
}

// spec: S-3
func TestNoContent(t *testing.T) {
	for code := 100; code < 600; code++ {
		want := code < 200 || code == 204 || code == 205 || code == 304
		if NoContent(code) != want {
			t.Errorf("NoContent(%d) = %v", code, !want)
		}
	}
}

// spec: S-7
func TestPhrasesAgainstPython(t *testing.T) {
	out, ok := python(t, "import http\nfor s in http.HTTPStatus: print(s.value, s.phrase)")
	if !ok {
		t.Log("no Python 3.13 or newer here; compared with the typed table only")
		return
	}
	for code, want := range parse(t, out) {
		if got := Phrase(code); got != want {
			t.Errorf("Phrase(%d) = %q, http.HTTPStatus says %q", code, got, want)
		}
	}
}

// python runs script with a Python of 3.13 or newer, if there is one.
func python(t *testing.T, script string) (stdout string, ok bool) {
	t.Helper()
	names := []string{"python3.15", "python3.14", "python3.13", "python3"}
	if home, err := os.UserHomeDir(); err == nil {
		found, _ := filepath.Glob(filepath.Join(home, ".pyenv/versions/3.1[345]*/bin/python3"))
		names = append(found, names...)
	}
	for _, name := range names {
		out, err := exec.Command(name, "-c", "import sys; print(sys.version_info >= (3, 13))").Output()
		if err != nil || strings.TrimSpace(string(out)) != "True" {
			continue
		}
		out, err = exec.Command(name, "-c", script).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return string(out), true
	}
	return "", false
}

func BenchmarkPhrase(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Phrase(404)
	}
}
