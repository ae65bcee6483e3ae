package copyas

import (
	"strings"

	"vitrine/core/trace"
)

// markdown puts both messages in fenced blocks, each with its marks.
func (t *text) markdown(q *request, out *side) {
	t.part(&q.side, "part.request")
	t.putByte('\n')
	t.part(out, "part.response")
}

// part puts one message: a line of the block for each of its lines, escaped as
// in a transcript.
func (t *text) part(d *side, name string) {
	t.put("**")
	t.put(say(name))
	t.put("**")
	if marks := d.partMarks(); marks != "" {
		t.put(" (")
		t.put(marks)
		t.put(")")
	}
	t.put(":\n")
	if d.raw == "" {
		return
	}
	// No line of the block can end it: its fence is longer (CommonMark §4.5).
	fence := strings.Repeat("`", max(3, longestRun(d.raw, '`')+1))
	t.putByte('\n')
	t.put(fence)
	t.put("http\n")
	for line, rest := cutLine(d.raw); line != ""; line, rest = cutLine(rest) {
		*t = trace.AppendEscaped(*t, line)
		t.putByte('\n')
	}
	t.put(fence)
	t.putByte('\n')
}

// longestRun is how many c follow each other at most.
func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
