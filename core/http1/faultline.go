package http1

import "bytes"

// Understood is how many bytes of the message that is received are understood:
// those that are consumed, and the lines behind them that were judged. After an
// [*Error] its line begins there, unless Offset points back: what the whole
// header section means is judged behind its end.
func (c *Conn) Understood() int64 { return c.in.base + int64(c.in.at) }

// FaultLine returns the parts of the line at fault that end before the byte the
// [*Error] points at: words of the request-line, or name and value of a field
// line. It is for logs, right after the error, and knows of heads only.
func (c *Conn) FaultLine() (parts []Range, field bool) {
	in := &c.in
	if c.fault == nil || in.base != 0 || c.fault.Offset < in.at {
		return nil, false
	}
	line := c.buf[c.r+in.at:]
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	at := c.fault.Offset - in.at
	add := func(s span) {
		if int(s.to) <= at && s.to > s.from {
			parts = append(parts, s.shift(in.at).rangeOf())
		}
	}
	if !in.started {
		var words [4]span
		split := strictWords
		if c.rules.LenientRequestLine {
			split = lenientWords
		}
		// Up to the fault, so that an empty word behind it hides none before.
		head := line[:min(at, len(line))]
		for at < len(line) && !is(line[at], space) && len(head) > 0 && !is(head[len(head)-1], space) {
			head = head[:len(head)-1] // a word that the fault stands in
		}
		for len(head) > 0 && is(head[len(head)-1], space) {
			head = head[:len(head)-1]
		}
		for i := range min(split(head, &words), len(words)) {
			add(words[i])
		}
		return parts, false
	}
	if l, f := parseFieldLine(line[:min(at, len(line))], true); !f.found() {
		add(l.name)
		add(l.value)
	}
	return parts, true
}
