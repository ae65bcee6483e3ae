package copyas

import (
	"strings"

	"vitrine/core/trace"
)

// appendMarkdown appends both messages in fenced blocks, each with its marks.
func appendMarkdown(dst []byte, in, out side) []byte {
	dst = appendPart(dst, &in, "part.request")
	return appendPart(append(dst, '\n'), &out, "part.response")
}

// appendPart appends one message: a line of the block for each of its lines,
// escaped as in a transcript.
func appendPart(dst []byte, d *side, name string) []byte {
	dst = append(append(dst, "**"...), say(name)...)
	dst = append(dst, "**"...)
	if marks := d.marks(); marks != "" {
		dst = append(append(append(dst, " ("...), marks...), ')')
	}
	dst = append(dst, ":\n"...)
	if d.raw == "" {
		return dst
	}
	var text []byte
	lines(d.raw, func(line string) { text = append(trace.AppendEscaped(text, line), '\n') })
	// No line of the block can end it: its fence is longer (CommonMark §4.5).
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	dst = append(append(append(dst, '\n'), fence...), "http\n"...)
	dst = append(append(dst, text...), fence...)
	return append(dst, '\n')
}

// longestRun is how many c follow each other at most.
func longestRun(text []byte, c byte) int {
	longest, run := 0, 0
	for _, b := range text {
		if b != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
