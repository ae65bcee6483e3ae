package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// What is looked at of one record. More is left out, so that any record takes
// little time.
const (
	maxSteps    = 4096      // steps
	maxFields   = 256       // field lines of each header section
	maxScan     = 256 << 10 // bytes of a header section, of a value and of content
	maxSubjects = 8         // ranges of one note
	maxArg      = 40        // bytes of one argument
)

// exchange is a record that is looked at, and the notes so far.
type exchange struct {
	r        *trace.Record
	steps    []trace.Step
	req, res side

	raw    bool        // the request passed a wire, or was typed
	whole  bool        // the header section of the request was understood to its end, and is here
	fault  *trace.Step // the first fault of the client, or nil
	broken string      // which fault that is, such as "bad-syntax", or ""
	head   []piece     // what is known of the bytes of the request's header section
	end    [2]int64    // bytes of the request and of the response that passed

	method     string
	status     int
	major, min int8 // version of the request; -1 if it is not known
	reads      bool // the method is GET or HEAD
	sent       int64
	sentAt     int64 // where the content of the response begins

	notes []Note
	ids   []id  // of each note
	last  *Note // the one that was made just now; nil if none was
}

// piece is bytes of the request as they passed.
type piece struct {
	off  int64
	text string
}

func look(r *trace.Record) *exchange {
	x := &exchange{
		r: r, steps: r.Steps[:min(len(r.Steps), maxSteps)],
		raw:    r.Source == trace.Wire || r.Source == trace.Typed,
		method: r.Request.Method.Text, status: r.Status,
	}
	x.reads = x.method == "GET" || x.method == "HEAD"
	x.major, x.min = versionOf(r.Request.Proto.Text)
	x.req.index(trace.In, r.Request.Fields)
	x.res.index(trace.Out, r.Response.Fields)
	room := maxScan
	for i := range x.steps {
		s := &x.steps[i]
		switch s.Kind {
		case trace.Fault:
			if code, ok := strings.CutPrefix(string(s.Code), trace.FaultPrefix); ok && x.fault == nil {
				x.fault, x.broken = s, code
			}
		case trace.In:
			x.end[0] = passed(s, x.end[0])
			if (s.Code == trace.Header || s.Code == trace.Unreadable) && s.Off >= 0 {
				text := s.Bytes[:min(len(s.Bytes), room)]
				room -= len(text)
				x.received(s, text)
			}
		case trace.Out:
			x.end[1] = passed(s, x.end[1])
			if isContent(s) && s.Len > 0 {
				if x.sent == 0 {
					x.sentAt = s.Off
				}
				x.sent += s.Len
			}
		}
	}
	x.cutAtFault()
	return x
}

// isContent reports whether s is content of a message.
func isContent(s *trace.Step) bool {
	return s.Code == trace.Content || s.Code == trace.Referenced || s.Code == trace.Reread
}

// passed is how many bytes of a direction had passed behind s.
func passed(s *trace.Step, before int64) int64 {
	if s.Off < 0 || s.Len < 0 || s.Off+s.Len < before {
		return before
	}
	return s.Off + s.Len
}

// received takes in what is known of the bytes of the header section in s.
// Redacted lines have their place, but their bytes are not known.
func (x *exchange) received(s *trace.Step, text string) {
	// Of a very long one the rest was not kept: what is missing is not known.
	x.whole = x.whole || s.Code == trace.Header && (s.From == trace.Redacted || s.Len <= int64(len(s.Bytes)))
	switch s.From {
	case trace.Wire, trace.Typed:
		x.head = append(x.head, piece{s.Off, text})
	case trace.Redacted:
	default:
		x.raw = false
	}
}

// cutAtFault drops what was received behind the line with the fault of a header
// section: the server did not look at it.
func (x *exchange) cutAtFault() {
	if x.fault == nil || x.whole {
		return
	}
	for i := range x.head {
		p := &x.head[i]
		at := x.fault.Off - p.off
		if at < 0 {
			x.head = x.head[:i]
			return
		}
		if at < int64(len(p.text)) {
			if end := strings.IndexByte(p.text[at:], '\n'); end >= 0 {
				p.text = p.text[:at+int64(end)+1]
				x.head = x.head[:i+1]
				return
			}
		}
	}
}

// step returns the first step of a code, or nil.
func (x *exchange) step(code trace.Code) *trace.Step {
	for i := range x.steps {
		if x.steps[i].Code == code {
			return &x.steps[i]
		}
	}
	return nil
}

// arg is an argument of a step, or "".
func arg(s *trace.Step, i int) string {
	if s == nil || i >= len(s.Args) {
		return ""
	}
	return s.Args[i]
}

// octets returns the bytes [from, to) of the request's header section, if they
// are known as they passed.
func (x *exchange) octets(from, to int64) (text string, ok bool) {
	for i := range x.head {
		p := &x.head[i]
		if p.off <= from && from <= to && to-p.off <= int64(len(p.text)) {
			return p.text[from-p.off : to-p.off], true
		}
	}
	return "", false
}

// date reads a date of the response.
func (x *exchange) date(n name) (unix int64, ok bool) { return unixOf(x.res.value(n)) }

// isAbsolute reports whether a URI reference has a scheme.
func isAbsolute(v string) bool {
	i := strings.IndexByte(v, ':')
	return i > 0 && http1.IsToken(v[:i])
}
