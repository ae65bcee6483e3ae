package steps_test

import (
	"bytes"
	"flag"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/core/console"
	"vitrine/core/session"
	"vitrine/core/steps"
	"vitrine/core/trace"
)

var update = flag.Bool("update", false, "write what comes of the starters into starters.txt; read every line of the difference")

// outcome is what comes of a starter over the site in memory: the statuses of
// the responses to what is whole or refused, and where the parser stops.
func outcome(t *testing.T, s *steps.Starter, p steps.Profile) string {
	t.Helper()
	var mu sync.Mutex
	var statuses []string
	over := make(chan struct{})
	c := console.Open(console.Site(), p, "", console.Person{
		Bytes: func([]byte) {},
		Record: func(r *trace.Record) {
			mu.Lock()
			defer mu.Unlock()
			if r.Status != 0 {
				statuses = append(statuses, strconv.Itoa(r.Status))
			}
		},
		Waits: func(session.Phase) {},
		Over:  func() { close(over) },
	})
	for _, segment := range s.Segments {
		if err := c.Send(segment); err != nil && err != console.ErrOver {
			t.Fatal(err)
		}
	}
	c.End()
	select {
	case <-over:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s: the connection does not end", s.Title)
	}
	tr := steps.Read(p, s.Segments, false)
	last := &tr.Steps[len(tr.Steps)-1]
	responses := tr.Requests
	if last.Text == trace.WhyFault {
		last = &tr.Steps[len(tr.Steps)-2]
		responses++
	}
	// What the end of the connection cut off got a response, too.
	if len(statuses) < responses {
		t.Errorf("%s: got the statuses %v, and %d requests were read", s.Title, statuses, responses)
		return ""
	}
	parts := []string{strings.Join(statuses[:responses], " ")}
	switch {
	case last.Fault != nil:
		parts = append(parts, "fault "+last.Fault.Fault.Code()+" at "+strconv.Itoa(last.Fault.Offset))
	case last.Code == steps.Wait:
		parts = append(parts, "waits for "+last.Text)
	default:
		parts = append(parts, "closed: "+last.Text)
	}
	return strings.TrimPrefix(strings.Join(parts, "; "), "; ")
}

// Each starter does what its lines say.
func TestStarters(t *testing.T) {
	list := steps.Starters()
	if len(list) < 60 {
		t.Errorf("got %d starters, want at least 60", len(list))
	}
	titles, groups, broken := map[string]bool{}, map[string]int{}, 0
	for i := range list {
		s := &list[i]
		if titles[s.Title] || s.Group == "" || len(bytes.Join(s.Segments, nil)) == 0 {
			t.Errorf("%q: there are two, it has no group or no bytes", s.Title)
		}
		titles[s.Title] = true
		groups[s.Group]++
		if s.Broken() {
			broken++
		}
		compat, strict := outcome(t, s, steps.Compat), outcome(t, s, steps.Strict)
		if *update {
			s.Compat, s.Strict = compat, strict
		}
		if compat != s.Compat || strict != s.Strict {
			t.Errorf("%s: got %q and %q, want %q and %q", s.Title, compat, strict, s.Compat, s.Strict)
		}
	}
	if len(groups) != 9 || broken < 20 || broken > len(list)-20 {
		t.Errorf("%d groups, %d of %d starters are broken", len(groups), broken, len(list))
	}
	if *update {
		write(t, list)
	}
}

func write(t *testing.T, list []steps.Starter) {
	old, err := os.ReadFile("starters.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	n := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(string(old), "\n"), "\n") {
		if strings.HasPrefix(line, "= ") {
			continue
		}
		b.WriteString(line + "\n")
		if n < len(list) && line == "# "+list[n].Title {
			b.WriteString("= http.server " + list[n].Compat + "\n= strict " + list[n].Strict + "\n")
			n++
		}
	}
	if err := os.WriteFile("starters.txt", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
