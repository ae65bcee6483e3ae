package http1_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// testdata/attacks.txt holds messages that two readers could understand
// differently. Each says how many messages its sender means to be seen and
// which outcomes are all right:
//
//	= sent 1
//	= accept 400 RFC 9112 §6.3
//	= accept 1 message
//
// They are run under the zero Rules and under Compat: framing knows no
// leniency. Where the RFC and http.server's users want another status,
//
//	= strict 400 RFC 9112 §6.3
//
// is what the zero Rules do.
type attack struct {
	transcript
	sent   int
	accept []string
	strict []string // what the zero Rules accept, where that is something else
}

func readAttacks(tb testing.TB) []attack {
	tb.Helper()
	var all []attack
	for _, tr := range rawTranscripts(tb, "attacks") {
		a := attack{transcript: tr}
		for _, s := range tr.setup {
			word, rest, _ := strings.Cut(s.Text, " ")
			switch {
			case s.Kind == trace.Note:
			case word == "sent":
				a.sent, _ = strconv.Atoi(rest)
			case word == "accept":
				a.accept = append(a.accept, rest)
			case word == "strict":
				a.strict = append(a.strict, rest)
			default:
				tb.Fatalf("%s: unknown setting %q", tr.title, s.Text)
			}
		}
		if a.sent == 0 || len(a.accept) == 0 {
			tb.Fatalf("%s: nothing sent or accepted", tr.title)
		}
		all = append(all, a)
	}
	return all
}

// outcome is the fault that ended a transcript, or how many requests came
// out of it whole.
func outcome(p *player) string {
	for _, s := range p.out {
		if s.Kind == trace.Fault {
			if status, rest, ok := strings.Cut(s.Text, " at "); ok {
				_, section, _ := strings.Cut(rest, " ")
				section, _, _ = strings.Cut(section, ":")
				return status + " " + section
			}
			return s.Text
		}
	}
	if len(p.requests) == 1 {
		return "1 message"
	}
	return fmt.Sprintf("%d messages", len(p.requests))
}

// departs: H-4 H-6 K-8 R-3 R-17
func TestAttacks(t *testing.T) {
	all := readAttacks(t)
	if len(all) < 120 {
		t.Errorf("%d attacks, want at least 120", len(all))
	}
	seen := map[string]bool{}
	for i := range all {
		a := &all[i]
		if seen[a.title] {
			t.Errorf("two attacks are called %q", a.title)
		}
		seen[a.title] = true
		t.Run(a.title, func(t *testing.T) {
			for name, rules := range map[string]http1.Rules{"strict": {}, "compat": http1.Compat} {
				a.rules = rules
				first := ""
				for cut := 0; cut <= len(a.steps[0].does.Text); cut++ {
					how := at(cut)
					if cut == 0 {
						how = everyByte
					}
					steps, p := play(&a.transcript, how)
					got := outcome(p)
					if len(p.requests) > a.sent {
						t.Fatalf("%s: %d requests out of %d:\n%s", name, len(p.requests), a.sent, renderAll(steps))
					}
					if first == "" {
						first = got
						accept := a.accept
						if name == "strict" && len(a.strict) > 0 {
							accept = a.strict
						}
						if !slices.Contains(accept, got) {
							t.Errorf("%s: %s, want one of %q:\n%s", name, got, accept, renderAll(steps))
						}
					}
					if got != first {
						t.Errorf("%s: cut at %d: %s, else %s", name, cut, got, first)
					}
				}
			}
		})
	}
}
