package steps

import (
	"bytes"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// head tells of a header section that was understood.
func (r *reader) head(req *http1.Request) {
	switch {
	case !r.profile.Persistent:
		r.why = trace.WhyServer
	case !req.KeepAlive && req.Version.AtLeast(1, 1):
		r.why = trace.WhyClient
	case !req.KeepAlive:
		r.why = trace.WhyVersion
	}
	r.lines(r.conn.Layout())
	r.lineEnd(SectionEnd)
}

// lines tells of the request-line and the field lines that a layout has.
func (r *reader) lines(l http1.Layout) {
	for i, part := range [...]struct {
		code Code
		at   http1.Range
	}{{Method, l.Method}, {Target, l.Target}, {Version, l.Proto}} {
		if part.at.Len > 0 {
			r.separator(r.start+part.at.Off, i == 0)
			r.add(part.code, r.start+part.at.Off+part.at.Len, 0)
		}
	}
	if l.Method.Len == 0 {
		return
	}
	r.endOfLine(Space)
	for i := range l.Fields() {
		name, value := l.Field(i)
		r.field(name, value, int64(i+1))
		r.endOfLine(OWS)
	}
}

// field tells of a field line up to the end of its value.
func (r *reader) field(name, value http1.Range, number int64) {
	r.add(FieldName, r.start+name.Off+name.Len, number)
	r.add(Colon, r.at+1, number)
	if at := r.start + value.Off; at > r.at {
		r.add(OWS, at, number)
	}
	if value.Len > 0 {
		r.add(FieldValue, r.start+value.Off+value.Len, number)
	}
}

// separator tells of what stands before a word of the request-line: one SP, or
// more and other white space; before the first, empty lines.
func (r *reader) separator(to int, first bool) {
	if first {
		r.emptyLines(to)
	} else if r.at < to && r.input[r.at] == ' ' {
		r.add(SP, r.at+1, 0)
	}
	if r.at < to {
		r.add(Space, to, 0)
	}
}

// emptyLines tells of the empty lines from here to a byte.
func (r *reader) emptyLines(to int) {
	for r.at < to {
		switch {
		case r.input[r.at] == '\n':
			r.add(EmptyLine, r.at+1, 0)
		case r.input[r.at] == '\r' && r.at+1 < to && r.input[r.at+1] == '\n':
			r.add(EmptyLine, r.at+2, 0)
		default:
			return
		}
	}
}

// endOfLine tells of the white space up to the end of a line, and of that.
func (r *reader) endOfLine(space Code) {
	end := bytes.IndexByte(r.input[r.at:], '\n')
	if end < 0 {
		return // the last line is not there yet
	}
	if end += r.at; end > r.at && r.input[end-1] == '\r' {
		end--
	}
	if end > r.at {
		r.add(space, end, 0)
	}
	r.lineEnd(LineEnd)
}

// lineEnd tells of CR LF as code, or of LF alone.
func (r *reader) lineEnd(code Code) {
	switch rest := r.input[r.at:]; {
	case len(rest) >= 2 && rest[0] == '\r' && rest[1] == '\n':
		r.add(code, r.at+2, 0)
	case len(rest) >= 1 && rest[0] == '\n' && code == LineEnd:
		r.add(BareLF, r.at+1, 0)
	case len(rest) >= 1 && rest[0] == '\n':
		r.add(code, r.at+1, 0)
	}
}

// understood tells of the lines up to a byte, of a message that is at fault or
// has not come whole.
func (r *reader) understood(to int) {
	switch l := r.conn.Layout(); {
	case to <= r.at:
	case r.conn.Offset() > 0:
		r.trailers(to)
	case l.Method.Len > 0 && r.start+l.Method.Off < to:
		r.lines(l)
		if r.at < to { // it was judged as a whole
			r.lineEnd(SectionEnd)
		}
	default:
		r.emptyLines(to)
	}
}

// faultLine tells of the parts of the line at fault that stand before the fault.
func (r *reader) faultLine(parts []http1.Range, field bool, e *http1.Error) {
	if field {
		value := http1.Range{Off: parts[0].Off + parts[0].Len + 1}
		if len(parts) > 1 {
			value = parts[1]
		}
		l := r.conn.Layout()
		r.field(parts[0], value, int64(l.Fields()+1))
		return
	}
	codes := [...]Code{Method, Target, Version, Word}
	if e.Fault == http1.BadVersion || e.Fault == http1.UnsupportedVersion {
		codes[2] = Word // the last one is the version
	}
	for i, p := range parts {
		r.separator(r.start+p.Off, i == 0)
		r.add(codes[i], r.start+p.Off+p.Len, 0)
	}
	if r.at < e.Offset && r.input[r.at] == ' ' {
		r.add(SP, r.at+1, 0)
	}
}
