package conformance

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"vitrine/core/console"
	"vitrine/core/http1"
	"vitrine/core/session"
	"vitrine/core/steps"
	"vitrine/core/trace"
)

// The console's profiles, and what serve is started with for each.
var consoleProfiles = []struct {
	name    string
	profile steps.Profile
	flags   []string
}{
	{"plain", steps.Compat, nil},
	{"http11", steps.Strict, []string{"--protocol", "HTTP/1.1"}},
}

// What is typed in the console is what passes a socket: every attack on the
// framing gets the same bytes from serve, as many responses, and the same
// record. And what the steps say of it is what the server did.
func TestConsole(t *testing.T) {
	attacks := readAttacks(t)
	dir := t.TempDir()
	copySite(t, dir)
	for _, way := range consoleProfiles {
		t.Run(way.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "trace.json")
			// There is no socket whose name a request could miss.
			server := startServe(t, dir, append([]string{"--allow-host", "*", "--trace", file}, way.flags...)...)
			faults, inContent := 0, 0
			for i, a := range attacks {
				native := overSocket(t, server.Addr, a.bytes)
				typed, records := typeIn(t, way.profile, a.bytes)
				if got, want := undated(typed), undated(native); got != want {
					t.Errorf("%s: typed it gets\n%q, over a socket\n%q", a.title, got, want)
				}
				got, want := account(records), account(recordsOf(t, file, i+1))
				if got != want {
					t.Errorf("%s: the record of what is typed is\n%swant\n%s", a.title, got, want)
				}
				step := stepsFault(steps.Read(way.profile, [][]byte{[]byte(a.bytes)}, true))
				served := recordFault(records)
				switch {
				case served != "" && step != served:
					t.Errorf("%s: the steps have the fault %q, the server %q", a.title, step, served)
				case served != "":
					faults++
				case step != "" && !leftContent(records):
					t.Errorf("%s: the steps have the fault %q, the server none", a.title, step)
				case step != "":
					inContent++
				}
			}
			t.Logf("%d messages, %d faults, %d of which the server closed before it read so far", len(attacks), faults, inContent)
			if faults < 80 {
				t.Errorf("only %d faults were compared", faults)
			}
		})
	}
}

// copySite writes the console's site to a disk.
func copySite(t *testing.T, dir string) {
	t.Helper()
	site := console.Site()
	if err := os.CopyFS(dir, site); err != nil {
		t.Fatal(err)
	}
	err := fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.Chtimes(filepath.Join(dir, name), info.ModTime(), info.ModTime())
	})
	if err != nil {
		t.Fatal(err)
	}
}

// typeIn types bytes and then the end, and returns what comes back.
func typeIn(t *testing.T, p steps.Profile, typed string) (out string, records []*trace.Record) {
	t.Helper()
	var b strings.Builder
	over := make(chan struct{})
	c := console.Open(console.Site(), p, "", console.Person{
		Bytes:  func(p []byte) { b.Write(p) },
		Record: func(r *trace.Record) { records = append(records, r) },
		Waits:  func(session.Phase) {},
		Over:   func() { close(over) },
	})
	if err := c.Send([]byte(typed)); err != nil {
		t.Fatal(err)
	}
	c.End()
	select {
	case <-over:
	case <-time.After(timeout):
		t.Fatal("the connection does not end")
	}
	return b.String(), records
}

// recordsOf are the records of a connection in the trace of a server, which
// has written them when the connection is over.
func recordsOf(t *testing.T, file string, connection int) (records []*trace.Record) {
	t.Helper()
	for end := time.Now().Add(timeout); time.Now().Before(end); time.Sleep(time.Millisecond) {
		records = nil
		text, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(text), "\n") {
			if !strings.Contains(line, fmt.Sprintf(`"connection":%d,`, connection)) {
				continue
			}
			r, err := trace.ReadJSON([]byte(line))
			if err != nil {
				records = nil // half a line
				break
			}
			records = append(records, r)
			if r.Steps[len(r.Steps)-1].Code == trace.ConnClosed {
				return records
			}
		}
	}
	t.Fatalf("the server has no whole account of connection %d", connection)
	return nil
}

var date = regexp.MustCompile(`(?m)^Date: .*\r\n`)

func undated(s string) string { return date.ReplaceAllString(s, "") }

// account is a list of records without their times, their connection, the bytes
// of Date, and what a socket and a disk have that a console has not: an address,
// a name of the server, their own words for an error.
func account(records []*trace.Record) string {
	var b strings.Builder
	for _, r := range records {
		fmt.Fprintf(&b, "%d %d %q %q %q\n", r.Status, r.Size, r.Request.Method.Text, r.Request.Target.Text, r.Request.Proto.Text)
		for _, s := range r.Steps {
			switch s.Code {
			case trace.HostAllowed:
				continue
			case trace.ConnOpened:
				s.Args = nil
			case trace.FileNotOpened: // in the words of the disk
				s.Args = s.Args[:1]
			}
			fmt.Fprintf(&b, "  %c %s %d+%d %q %s %q\n", s.Kind, s.Code, s.Off, s.Len, s.Args, s.Ref, undated(s.Bytes))
		}
	}
	return b.String()
}

// stepsFault is the fault of a trace, with the byte it points at from the start
// of its request.
func stepsFault(tr *steps.Trace) string {
	start := 0
	for i := range tr.Steps {
		switch s := &tr.Steps[i]; s.Code {
		case steps.Complete:
			start = s.Off
		case steps.Fault:
			return describe(s.Fault.Fault, s.Fault.Offset-start)
		}
	}
	return ""
}

// recordFault is the fault that a server wrote down.
func recordFault(records []*trace.Record) string {
	for _, r := range records {
		for _, s := range r.Steps {
			for f := range http1.Faults() {
				if s.Code == trace.Code(trace.FaultPrefix+f.Code()) {
					return describe(f, int(s.Off))
				}
			}
		}
	}
	return ""
}

func describe(f http1.Fault, at int) string { return fmt.Sprintf("%s at %d", f.Code(), at) }

// leftContent reports whether the server closed before it had read the content
// of the last request: it has no method that does.
func leftContent(records []*trace.Record) bool {
	last := records[len(records)-1]
	for _, s := range last.Steps {
		if s.Code == trace.MessageEnd {
			return false
		}
	}
	return last.Status == 501 || last.Status == 405
}
