package steps

import (
	"strconv"
	"strings"
	"testing"
)

// render writes a trace as one line for each step: bytes, code, what more there
// is.
func render(t *Trace, input string) string {
	var b strings.Builder
	for i := range t.Steps {
		s := &t.Steps[i]
		b.WriteString(strconv.Itoa(s.Off) + " " + strconv.Quote(input[s.Off:s.End()]) + " " + string(s.Code))
		if s.Number != 0 {
			b.WriteString(" " + strconv.FormatInt(s.Number, 10))
		}
		if s.Fault != nil {
			b.WriteString(" " + s.Fault.Fault.Code() + " " + strconv.Itoa(s.Fault.Status) + " at " + strconv.Itoa(s.Fault.Offset))
		}
		if s.Text != "" {
			b.WriteString(": " + s.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func cut(input string, at ...int) (segments [][]byte) {
	from := 0
	for _, to := range append(at, len(input)) {
		segments = append(segments, []byte(input[from:to]))
		from = to
	}
	return segments
}

// checkTiling fails unless the steps of bytes stand side by side from the first
// byte to the last, and waits between those that were there and the others.
func checkTiling(t *testing.T, tr *Trace, input string) {
	t.Helper()
	at := 0
	for i := range tr.Steps {
		s := &tr.Steps[i]
		if s.Len > 0 && s.Off != at || s.Len < 0 || s.End() > len(input) {
			t.Fatalf("step %d begins at %d, want %d:\n%s", i, s.Off, at, render(tr, input))
		}
		at += s.Len
		if s.Fault != nil && (s.Fault.Offset < 0 || s.Fault.Offset > len(input)) {
			t.Fatalf("step %d points at %d of %d bytes", i, s.Fault.Offset, len(input))
		}
		if s.Code == Wait && at > s.Off {
			t.Fatalf("a wait at %d stands behind byte %d:\n%s", s.Off, at, render(tr, input))
		}
	}
	if n := len(tr.Steps); at != len(input)-tr.Cut || n == 0 {
		t.Fatalf("%d bytes of %d have a step:\n%s", at, len(input), render(tr, input))
	}
}

// without leaves the waits out, and joins content.
func without(tr *Trace) *Trace {
	all := &Trace{Requests: tr.Requests}
	for _, s := range tr.Steps {
		if n := len(all.Steps); n > 0 && s.Code == Content && all.Steps[n-1].Code == Content {
			all.Steps[n-1].Len += s.Len
		} else if s.Code != Wait {
			all.Steps = append(all.Steps, s)
		}
	}
	return all
}
