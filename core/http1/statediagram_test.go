package http1

import (
	"flag"
	"os"
	"strings"
	"testing"
)

// The package's doc shows the moves that the table has. -update writes it.
func TestDiagram(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	const heading, end = "// # States\n//\n", "package http1\n"
	before, rest, found := strings.Cut(string(text), heading)
	got, ended := strings.CutSuffix(rest, end)
	if !found || !ended {
		t.Fatal("doc.go does not end in a part about states")
	}
	want := comment(diagram())
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile("doc.go", []byte(before+heading+want+end), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got != want {
		t.Errorf("doc.go has\n%s\nwant\n%s\ngo test ./core/http1 -run TestDiagram -update writes it", got, want)
	}
}

// diagram draws the moves, each as a column from its state to the one that
// follows, and lists what gives each signal.
func diagram() string {
	var header strings.Builder
	var rows [stateCount]strings.Builder
	for from := StateIdle; from < stateCount; from++ {
		for sig := range signalCount {
			to := moves[from][sig]
			if to == 0 {
				continue
			}
			pad := func(mark string) string { return mark + strings.Repeat(" ", len(signals[sig].name)+1-len(mark)) }
			header.WriteString(pad(signals[sig].name))
			for s := StateIdle; s < stateCount; s++ {
				mark := ""
				switch {
				case s == from && s == to:
					mark = "@"
				case s == from:
					mark = "o"
				case s == to && from < to:
					mark = "v"
				case s == to:
					mark = "^"
				case min(from, to) < s && s < max(from, to):
					mark = "|"
				}
				rows[s].WriteString(pad(mark))
			}
		}
	}
	var b strings.Builder
	b.WriteString("Each direction of a connection, what is received and what is sent, is in one\n" +
		"of these states. A column is a move: it begins at o and ends at its arrow;\n" +
		"with @ it ends where it began.\n\n")
	line := func(name, text string) {
		b.WriteString("\t" + strings.TrimRight(name+strings.Repeat(" ", 10-len(name))+text, " ") + "\n")
	}
	line("", header.String())
	for s := StateIdle; s < stateCount; s++ {
		line(s.String(), rows[s].String())
	}
	b.WriteString("\nWhat makes a move:\n\n")
	for sig := range signalCount {
		name := signals[sig].name
		for cause := range strings.SplitSeq(signals[sig].cause, "; ") {
			line(name, cause)
			name = ""
		}
	}
	return b.String()
}

// comment is text as lines of a comment.
func comment(text string) string {
	var b strings.Builder
	for l := range strings.Lines(text) {
		sep := " "
		if l == "\n" || l[0] == '\t' {
			sep = ""
		}
		b.WriteString("//" + sep + l)
	}
	return b.String()
}
