//go:build unix

package main

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"vitrine/core/trace"
)

// linted are the lines of notes among those of a log.
func linted(log string) (notes []string) {
	for line := range strings.Lines(log) {
		if line[0] == '#' {
			notes = append(notes, strings.TrimSuffix(line, "\n"))
		}
	}
	return notes
}

func TestLint(t *testing.T) {
	file := t.TempDir() + "/trace"
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"b.html": "<p>"}), "-p", "HTTP/1.1", "--lint", "--trace", file, "0")
	p.ask("GET /b.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	p.ask("GET /a HTTP/1.1\r\nHost : localhost\r\n\r\n")
	p.ask("GET /a\x1b[31m HTTP/1.1\r\nHost: localhost\r\n\r\n")
	p.ask("GET /b.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTE: caf\xe9\r\nCookie: sid=0123456789abcdef\r\n\r\n")
	p.ask("Cookie: sid=0123456789abcdef\r\n\r\n")
	p.signal(15)
	p.wait()
	got := strings.Join(linted(p.stderr.String()), "\n")
	wants := []string{
		`^#1 GET /b\.html 200: info E2 >39\+17: The connection is closed because the client asked for it \(RFC 9112 §9\.6\)$`,
		`^#2 GET /a 400: bad B2 >21\+1: White space stands between a field name and its colon \(RFC 9112 §5\.1\)\. Put the colon right behind the name$`,
		`^#3 GET /a\\x1b\[31m 400: bad A12 >6\+1: `,
		`^#4 GET /b\.html 200: warn B6 >65\+1: TE has octets outside ASCII `,
		`^#4 GET /b\.html 200: warn B15 >58\+8: TE is not named in Connection `,
	}
	lines := strings.Split(got, "\n")
	for _, want := range wants {
		found := false
		for _, line := range lines {
			found = found || regexp.MustCompile(want).MatchString(line)
		}
		if !found {
			t.Errorf("no line is like %s in\n%s", want, got)
		}
	}
	if strings.Count(got, " E2 ") != 1 {
		t.Errorf("what is about the connection is not said once:\n%s", got)
	}
	if strings.Contains(got, "0123456789abcdef") || strings.Contains(got, "\x1b") {
		t.Errorf("a credential or a control character is in\n%q", got)
	}
	// The numbers are those of the trace.
	records, err := trace.ReadTranscript(logFile(file).String())
	if err != nil || len(records) != 5 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	if r := records[1]; r.ID != 2 || r.Request.Target.Text != "/a" || r.Steps[1].Bytes[21] != ' ' {
		t.Errorf("the second record is %+v", r)
	}
}

// Levels leave out what matters less, and with --log-format json a note is a
// line of JSON.
func TestLintLevelsAndJSON(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a.txt": "text"}), "--lint=warn", "--log-format", "json", "0")
	p.ask("GET /a.txt#x HTTP/1.1\r\n\r\n")
	p.signal(15)
	p.wait()
	var got []noteRecord
	for line := range strings.Lines(p.stderr.String()) {
		var n noteRecord
		if err := json.Unmarshal([]byte(line), &n); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if n.Note != "" {
			got = append(got, n)
		}
	}
	want := []noteRecord{
		{1, "GET", "/a.txt#x", 200, "bad", "C1", "message", "The request has no Host field", "Add Host: and the name of the site.", "RFC 9112 §3.2", [][2]int64{{0, 3}}, nil},
		{1, "GET", "/a.txt#x", 200, "warn", "A13", "message", "The request-target has a fragment", "Leave out # and what follows it.", "RFC 9112 §3.2", [][2]int64{{10, 2}}, nil},
		{1, "GET", "/a.txt#x", 200, "warn", "S1", "behaviour", "This server let C1 pass with 200, where 400 is required", "Start serve with --protocol HTTP/1.1 for the strict rules.", "RFC 9112 §3.2", nil, nil},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if code, _, stderr := finished(t, "--lint=worst", "0"); code != 2 || !strings.Contains(stderr, "argument --lint: invalid choice: 'worst' (choose from good, info, warn, bad)") {
		t.Errorf("got %d, %q", code, stderr)
	}
}

// Without --lint there are no notes, and no record is made.
func TestNoLint(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a": "text"}), "0")
	p.ask("GET  /a HTTP/1.1\n\n")
	p.signal(15)
	p.wait()
	if notes := linted(p.stderr.String()); len(notes) != 0 {
		t.Errorf("got %q", notes)
	}
}
