package words

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/core/conditional"
	"vitrine/core/hostrule"
	"vitrine/core/http1"
	"vitrine/core/trace"
	"vitrine/core/why"
)

// emitted are all codes of the core: the constants of package trace, and the
// faults of http1.
func emitted(t *testing.T) map[string]bool {
	codes := map[string]bool{}
	file, err := parser.ParseFile(token.NewFileSet(), "../trace/code.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && fmt.Sprint(spec.Type) == "Code" {
			code, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil || !trace.Code(code).Valid() {
				t.Errorf("%s: %q is no code", spec.Names[0], code)
			}
			codes[code] = true
		} else if ok && strings.HasPrefix(spec.Names[0].Name, "Why") {
			why, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			codes["why."+why] = true
		}
		return true
	})
	for f := range http1.Faults() {
		codes[trace.FaultPrefix+f.Code()] = true
	}
	for _, code := range conditional.ReasonCodes() {
		codes["reason."+code] = true
	}
	for _, v := range []conditional.Verdict{conditional.Passed, conditional.Decided, conditional.Ignored, conditional.Skipped} {
		codes["verdict."+v.String()] = true
	}
	for r := hostrule.Reason(0); r.Code() != ""; r++ {
		if r.Refused() {
			codes["refused."+r.Code()] = true
		} else {
			codes["allowed."+r.Code()] = true
		}
	}
	for _, cause := range why.Causes() {
		codes["said."+cause] = true
	}
	for _, code := range why.Stations() {
		codes["way."+code] = true
	}
	rungs, reasons := why.Rungs()
	for _, code := range rungs {
		codes["rung."+code] = true
	}
	for _, code := range reasons {
		codes["because."+code] = true
	}
	for s := why.Skip; s <= why.After; s++ {
		codes["state."+s.String()] = true
	}
	for p := trace.Wire; p <= trace.Redacted; p++ {
		codes["asker."+p.String()] = true
	}
	codes["who.server"], codes["who.client"] = true, true
	return codes
}

// Every code that can be emitted has a sentence, and the table has no others.
func TestEveryCodeHasItsSentence(t *testing.T) {
	codes := emitted(t)
	if len(codes) < 150 {
		t.Errorf("only %d codes were found", len(codes))
	}
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		if _, sentence := split(english.entries()[code]); sentence == "" {
			t.Errorf("%s has no sentence", code)
		}
	}
	seen := map[string]bool{}
	for line := range strings.SplitSeq(strings.TrimSuffix(englishText, "\n"), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		code, text, ok := strings.Cut(line, " ")
		if !ok || !codes[code] {
			t.Errorf("%q is no code of the core", code)
		}
		if seen[code] {
			t.Errorf("%s is there twice", code)
		}
		seen[code] = true
		ref, sentence := split(text)
		if ref != "" && ref != "http.server" && !strings.HasPrefix(ref, "RFC ") {
			t.Errorf("%s: %q is no reference", code, ref)
		}
		if strings.TrimSpace(sentence) != sentence || sentence == "" {
			t.Errorf("%s: %q", code, sentence)
		}
	}
}

func TestSentence(t *testing.T) {
	for _, tc := range []struct {
		code          trace.Code
		args          []string
		text, ref, to string
	}{
		{trace.PathDecoded, []string{"/a %1 b"}, "Percent-decoded, once: /a %1 b", "RFC 3986 §2.1", "path"},
		{trace.CondIfNoneMatch, []string{`"x"`, "decided", "client-has-it"},
			`If-None-Match: "x" – taken. The client already has the file with this entity tag: 304.`, "RFC 9110 §13.1.2", "decide"},
		{trace.ConnClosed, []string{"server", trace.WhyVersion}, "The server closes the connection: the client speaks HTTP/1.0 and did not ask for more.", "RFC 9112 §9.6", "connection"},
		{trace.ConnClosed, []string{"eve"}, "eve closes the connection: .", "RFC 9112 §9.6", "connection"}, // a made-up record
		{"greeting.all", []string{"a", "b"}, "greeting.all: a, b", "", "greeting"},
		{"greeting", nil, "greeting", "", "note"},
		{"", nil, "", "", "note"},
		{"#", nil, "#", "", "note"},
		{"fault.nul", nil, "A NUL in a field line.", "", "fault"},
	} {
		s := &trace.Step{Kind: trace.Note, Code: tc.code, Args: tc.args}
		if got := Sentence(s); got != tc.text {
			t.Errorf("%s: got %q, want %q", tc.code, got, tc.text)
		}
		if got := Reference(s); got != tc.ref {
			t.Errorf("%s: reference %q, want %q", tc.code, got, tc.ref)
		}
		if got := Topic(s); got != tc.to {
			t.Errorf("%s: topic %q, want %q", tc.code, got, tc.to)
		}
	}
}
