//go:build unix

package main

import (
	"encoding/json"
	"io"
	"net"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/core/trace"
)

// logged waits for n lines of a log and returns them.
func logged(t *testing.T, log interface{ String() string }, n int) []string {
	t.Helper()
	eventually(t, "lines of the log", func() bool { return strings.Count(log.String(), "\n") >= n })
	return strings.Split(strings.TrimSuffix(log.String(), "\n"), "\n")
}

type logFile string

func (f logFile) String() string {
	b, _ := os.ReadFile(string(f))
	return string(b)
}

// spec: L-1 L-2 L-3 L-4 L-5
func TestDefaultLog(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a": "text"}), "0")
	asked := []struct {
		request string
		want    []string // behind the date
	}{
		{"GET  /a   HTTP/1.0\r\n\r\n", []string{`"GET  /a   HTTP/1.0" 200 -`}},
		{"GET /none HTTP/1.0\r\n\r\n", []string{`code 404, message File not found`, `"GET /none HTTP/1.0" 404 -`}},
		{"GET /\x1b[31m\x07\\\"\x9b\xe9 HTTP/1.0\r\n\r\n", []string{`code 404, message File not found`, `"GET /\x1b[31m\x07\\"\x9bé HTTP/1.0" 404 -`}},
		{"\x1b]0;t\x07\r\n\r\n", []string{`code 400, message Bad request syntax ('\\x1b]0;t\\x07')`, `"\x1b]0;t\x07" 400 -`}},
	}
	var want []string
	for _, a := range asked {
		p.ask(a.request)
		want = append(want, a.want...)
	}
	line := regexp.MustCompile(`^127\.0\.0\.1 - - \[\d\d/(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/\d{4} \d\d:\d\d:\d\d\] (.*)$`)
	for i, got := range logged(t, p.stderr, len(want)) {
		m := line.FindStringSubmatch(got)
		if i >= len(want) || m == nil || m[2] != want[i] {
			t.Errorf("line %d: got %q, want %q", i, got, want[min(i, len(want)-1)])
		}
	}
}

func TestCombinedLog(t *testing.T) {
	file := t.TempDir() + "/log"
	if err := os.WriteFile(file, []byte("before\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a": "text"}), "--log-format", "combined", "--log-file", file, "0")
	p.ask("GET /a HTTP/1.0\r\nReferer: http://x/\r\nUser-Agent: \"curl\"\x1b\r\n\r\n")
	p.ask("HEAD /none HTTP/1.0\r\n\r\n")
	p.ask("a\"b\r\n\r\n")
	lines := logged(t, logFile(file), 4)
	wants := []string{
		`^before$`,
		`^127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "GET /a HTTP/1\.0" 200 4 "http://x/" "\\"curl\\"\\x1b"$`,
		`"HEAD /none HTTP/1\.0" 404 - "-" "-"$`,
		`"a\\"b" 400 \d+ "-" "-"$`,
	}
	if len(lines) != len(wants) {
		t.Errorf("%d lines, want %d", len(lines), len(wants))
	}
	for i, want := range wants {
		if !regexp.MustCompile(want).MatchString(lines[i]) {
			t.Errorf("got %q, want %s", lines[i], want)
		}
	}
	if p.stderr.String() != "" {
		t.Errorf("stderr is %q", p.stderr)
	}
}

func TestJSONLog(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a": "text"}), "--log-format=json", "0")
	p.ask("GET /a?\xe9\"\\ HTTP/1.0\r\nUser-Agent: x\x1b\r\n\r\n")
	p.ask("GET /none HTTP/1.0\r\n\r\n")
	wants := []accessRecord{
		{Client: "127.0.0.1", Method: "GET", Target: "/a?é\"\\", Protocol: "HTTP/1.0", Status: 200, Size: 4, UserAgent: "x\x1b"},
		{Client: "127.0.0.1", Method: "GET", Target: "/none", Protocol: "HTTP/1.0", Status: 404, Size: 460},
	}
	for i, line := range logged(t, p.stderr, len(wants)) {
		var got accessRecord
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if _, err := time.Parse(time.RFC3339Nano, got.Time); err != nil || got.Seconds < 0 {
			t.Errorf("time %q, %v seconds", got.Time, got.Seconds)
		}
		if strings.ContainsAny(line, "\x1b") {
			t.Errorf("a control character is in %q", line)
		}
		got.Time, got.Seconds = "", 0
		if got != wants[i] {
			t.Errorf("got %+v, want %+v", got, wants[i])
		}
	}
}

func TestNoLog(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, nil), "--log-format", "off", "0")
	p.ask("GET / HTTP/1.0\r\n\r\n")
	p.signal(15)
	p.wait()
	if p.stderr.String() != "" {
		t.Errorf("stderr is %q", p.stderr)
	}
}

// A reader of the log that stopped does not stop the server, and learns how
// much it missed.
func TestStalledLog(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := command("-b", "127.0.0.1", "-d", tree(t, map[string]string{"a": "text"}), "-p", "HTTP/1.1", "0")
	cmd.Stderr = w
	p := startedAs(t, cmd)
	w.Close()
	const requests = 400 // of 8 KiB in the log: more than queue and pipe hold
	c := p.dial()
	long := "GET /a?" + strings.Repeat("x", 8000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"
	responses := make(chan int)
	go func() {
		b, _ := io.ReadAll(c)
		responses <- strings.Count(string(b), "HTTP/1.1 200 OK\r\n")
	}()
	for range requests {
		io.WriteString(c, long)
	}
	io.WriteString(c, strings.Replace(long, "Host: localhost", "Host: localhost\r\nConnection: close", 1))
	if n := <-responses; n != requests+1 {
		t.Fatalf("%d responses to %d requests", n, requests+1)
	}
	// Now the log is read.
	read := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		read <- string(b)
	}()
	p.signal(15)
	p.wait()
	log := <-read
	kept := strings.Count(log, `" 200 -`)
	m := regexp.MustCompile(`(\d+) log lines were dropped here`).FindAllStringSubmatch(log, -1)
	lost := 0
	for _, m := range m {
		n := 0
		for _, c := range m[1] {
			n = 10*n + int(c-'0')
		}
		lost += n
	}
	if lost == 0 || kept+lost != requests+1 {
		t.Errorf("%d lines kept and %d counted as dropped, of %d", kept, lost, requests+1)
	}
}

// Nor does one that went away.
func TestClosedLog(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := command("-b", "127.0.0.1", "-d", tree(t, nil), "0")
	cmd.Stderr = w
	p := startedAs(t, cmd)
	w.Close()
	r.Close()
	for range 3 {
		if got := p.ask("GET / HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 200 OK") {
			t.Fatalf("got %q", got)
		}
	}
}

func TestTrace(t *testing.T) {
	file := t.TempDir() + "/trace"
	if err := os.WriteFile(file, []byte("an older trace\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a": "text"}), "--trace", file, "0")
	const request = "GET /a HTTP/1.0\r\nX: caf\xe9\r\n\r\n"
	response := p.ask(request)
	p.ask("nonsense\r\n\r\n")
	p.signal(15)
	p.wait()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), "older") {
		t.Error("the older trace is still there")
	}
	exchanges := strings.Split(strings.TrimSuffix(string(b), "\n\n"), "\n\n")
	if len(exchanges) != 2 {
		t.Fatalf("%d exchanges in %q, want 2", len(exchanges), b)
	}
	var in, out strings.Builder
	notes := 0
	spans, err := trace.ParseTranscript(exchanges[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range spans {
		switch s.Kind {
		case trace.In:
			in.WriteString(s.Text)
		case trace.Out:
			out.WriteString(s.Text)
		case trace.Note:
			notes++
		}
	}
	head, _, _ := strings.Cut(response, "\r\n\r\n")
	if in.String() != request || !strings.HasPrefix(out.String(), head+"\r\n\r\n") {
		t.Errorf("the trace has\n%q and\n%q, want\n%q and\n%q", in.String(), out.String(), request, response)
	}
	if notes < 2 {
		t.Errorf("the trace does not say why: %s", exchanges[0])
	}
	if !strings.Contains(exchanges[1], "\n! ") || !strings.Contains(exchanges[1], "\n> nonsense") || !strings.Contains(exchanges[1], " | The ") {
		t.Errorf("the second exchange is %s", exchanges[1])
	}
}

// Credentials are in the trace only if they are asked for, and in no access
// log at all.
func TestTraceWithoutCredentials(t *testing.T) {
	secrets := []string{"dXNlcjpwYXNz", "0123456789abcdef", "folded-secret", "proxy-secret", "set-by-the-script"}
	const request = "GET /cgi-bin/hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Basic dXNlcjpwYXNz\r\n" +
		"Cookie: sid=0123456789abcdef\r\nproxy-authorization: Bearer proxy-secret\r\n\r\n"
	const folded = "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=b;\r\n c=folded-secret\r\n\r\n" // refused
	const line = "\r\nCookie: sid=0123456789abcdef\r\n\r\n"                                        // read as a request-line
	for _, way := range [][]string{{"default", ""}, {"combined", ""}, {"json", "--trace-credentials"}} {
		format, flag := way[0], way[1]
		t.Run(format, func(t *testing.T) {
			dir := scripts(t, map[string]string{"hello": "printf 'Set-Cookie: id=set-by-the-script; Path=/\\n\\n'; echo \"you sent $HTTP_COOKIE\""})
			logs := t.TempDir()
			args := []string{"-b", "127.0.0.1", "-d", dir, "--cgi", "-p", "HTTP/1.1", "--log-format", format, "--trace", logs + "/trace", "--log-file", logs + "/log", "0"}
			if flag != "" {
				args = append(args, flag)
			}
			p := started(t, args...)
			if got := p.ask(request); !strings.HasSuffix(got, "you sent sid=0123456789abcdef\n") {
				t.Errorf("the script: got %q", got)
			}
			p.ask(folded)
			p.signal(15)
			p.wait()
			text := logFile(logs + "/trace").String()
			if _, err := trace.ParseTranscript(text); err != nil {
				t.Error(err)
			}
			for _, secret := range secrets {
				if got, want := strings.Contains(text, secret), flag != ""; got != want {
					t.Errorf("%q in the trace: got %v, want %v\n%s", secret, got, want, text)
				}
			}
			for _, want := range []string{">redacted Authorization: Basic [redacted 12 bytes]\\r\\n\n", "<redacted Set-Cookie: id=[redacted 17 bytes]; Path=/\\r\\n\n", "! fault.folded-line @"} {
				if flag == "" && !strings.Contains(text, want) {
					t.Errorf("%q is not in\n%s", want, text)
				}
			}
			for _, secret := range secrets {
				if log := logFile(logs+"/log").String() + p.stderr.String(); strings.Contains(log, secret) {
					t.Errorf("%q is in the log: %s", secret, log)
				}
			}
		})
	}
	// Where a field line is taken for a request-line it is one for the log.
	logs := t.TempDir()
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, nil), "--trace", logs+"/trace", "0")
	p.ask(line)
	p.signal(15)
	p.wait()
	if text := logFile(logs + "/trace").String(); strings.Contains(text, secrets[1]) || !strings.Contains(text, "[redacted 16 bytes]") {
		t.Errorf("got\n%s", text)
	}
}

// By its ending the name of a trace says how it is written. Both read back,
// and say the same.
func TestTraceAsJSON(t *testing.T) {
	for _, ending := range []string{"txt", "json", "jsonl"} {
		file := t.TempDir() + "/trace." + ending
		p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a b": "text"}), "--trace", file, "0")
		p.ask("GET /a%20b?q HTTP/1.0\r\nCookie: a=0123456789abcdef\r\nX: caf\xe9\r\n\r\n")
		silent, err := net.Dial("tcp", p.addr)
		if err != nil {
			t.Fatal(err)
		}
		silent.Close()
		p.ask("nonsense\r\n\r\n")
		p.signal(15)
		p.wait()
		text := logFile(file).String()
		var records []*trace.Record
		if ending == "txt" {
			var err error
			if records, err = trace.ReadTranscript(text); err != nil {
				t.Fatal(err)
			}
		} else {
			for line := range strings.Lines(text) {
				if !json.Valid([]byte(line)) {
					t.Errorf("no JSON: %s", line)
				}
				r, err := trace.ReadJSON([]byte(line))
				if err != nil {
					t.Fatal(err)
				}
				records = append(records, r)
			}
		}
		if i := slices.IndexFunc(records, func(r *trace.Record) bool { return !r.IsExchange() }); i < 0 {
			t.Errorf("%s: no record of a connection without a request", ending)
		} else {
			if r := records[i]; r.Conn != 2 || len(r.Steps) != 2 || r.Steps[1].Code != trace.ConnClosed {
				t.Errorf("%s: the connection without a request is %+v", ending, r)
			}
			records = slices.Delete(records, i, i+1)
		}
		if len(records) != 2 || strings.Contains(text, "0123456789abcdef") {
			t.Fatalf("%s: %d records in %s", ending, len(records), text)
		}
		r := records[0]
		if cookie, _ := r.Request.Fields.Lookup("Cookie"); cookie != "a=[redacted 16 bytes]" || r.Request.Fields[1].Value.Text != "caf\xe9" {
			t.Errorf("%s: request %+v", ending, r.Request)
		}
		if length, _ := r.Response.Fields.Lookup("content-length"); r.Status != 200 || length != "4" || r.Response.Reason.Text != "OK" {
			t.Errorf("%s: response %+v", ending, r.Response)
		}
		if i := slices.IndexFunc(r.Steps, func(s trace.Step) bool { return s.Code == trace.PathDecoded }); i < 0 || r.Steps[i].Args[0] != "/a b" {
			t.Errorf("%s: steps %+v", ending, r.Steps)
		}
		if !slices.ContainsFunc(records[1].Steps, func(s trace.Step) bool { return s.Code == "fault.bad-syntax" && s.Ref == "RFC 9112 §3" }) {
			t.Errorf("%s: steps %+v", ending, records[1].Steps)
		}
	}
}
