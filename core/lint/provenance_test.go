package lint_test

import (
	"slices"
	"strings"
	"testing"

	"vitrine/core/lint"
	"vitrine/core/trace"
)

// Notes that need the wire are silent where the request did not pass one, or
// where a part of its header section did not.
func TestSilentWithoutTheWire(t *testing.T) {
	wire := func(list []lint.Note) (ids []string) {
		for _, n := range list {
			if e, _ := lint.Lookup(n.ID); e.Needs == lint.NeedsWire {
				ids = append(ids, n.ID)
			}
		}
		return ids
	}
	checked := 0
	for _, f := range fixtures(t) {
		for _, r := range f.records(t) {
			if len(wire(lint.Check(r))) == 0 || !slices.ContainsFunc(r.Steps, func(s trace.Step) bool { return s.Kind == trace.In }) {
				continue
			}
			checked++
			for _, source := range []trace.Provenance{trace.Rebuilt, trace.Unknown, trace.Simulated, trace.Redacted} {
				c := *r
				c.Source = source
				if ids := wire(lint.Check(&c)); len(ids) > 0 {
					t.Errorf("%s, %s: got %q", f.title, source, ids)
				}
			}
			c := *r
			c.Steps = slices.Clone(r.Steps)
			for i := range c.Steps {
				if c.Steps[i].Kind == trace.In {
					c.Steps[i].From = trace.Rebuilt
					break
				}
			}
			if ids := wire(lint.Check(&c)); len(ids) > 0 {
				t.Errorf("%s, a rebuilt step: got %q", f.title, ids)
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d exchanges were looked at", checked)
	}
}

// Of a redacted request the lines that can be seen are looked at, and nothing
// that is hidden is quoted.
func TestRedacted(t *testing.T) {
	const secret = "0123456789abcdef"
	f := fixture{title: "redacted", kind: "plain", spans: []trace.Span{{Kind: trace.In, Text: "GET  /hello.txt HTTP/1.1\r\nCookie: sid=" + secret + "\nAccept:   */*\nAuthorization: Basic " + secret + "  \r\n\r\n"}}}
	for _, r := range f.records(t) {
		whole, redacted := lint.Check(r), lint.Check(trace.Redact(r))
		find := func(list []lint.Note, id string) (n lint.Note) {
			if i := slices.IndexFunc(list, func(n lint.Note) bool { return n.ID == id }); i >= 0 {
				n = list[i]
			}
			return n
		}
		if a, b := find(whole, "A1"), find(redacted, "A1"); len(a.Subject) != 2 || len(b.Subject) != 1 || b.Subject[0] != a.Subject[1] {
			t.Errorf("LF alone: got %+v of the whole and %+v without credentials", a.Subject, b.Subject)
		}
		for _, id := range []string{"A5", "B7", "C1", "S1", "S2"} {
			if find(redacted, id).ID == "" {
				t.Errorf("%s is not in %+v", id, redacted)
			}
		}
		for _, n := range append(whole, redacted...) {
			if strings.Contains(strings.Join(n.Args, " "), secret[:8]) {
				t.Errorf("%s quotes a credential: %q", n.ID, n.Args)
			}
		}
	}
	// A field line where a request-line was expected.
	f.spans[0].Text = "Cookie: sid=" + secret + "\r\n\r\n"
	for _, r := range f.records(t) {
		for _, n := range lint.Check(trace.Redact(r)) {
			if strings.Contains(strings.Join(n.Args, " "), secret[:8]) {
				t.Errorf("%s quotes a credential: %q", n.ID, n.Args)
			}
		}
	}
}
