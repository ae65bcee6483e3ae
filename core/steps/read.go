package steps

import (
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// Trace is what a parser made of bytes.
type Trace struct {
	Steps    []Step
	Requests int // that are complete
	// Cut says how many bytes of the input are beyond MaxInput.
	Cut int
}

// Read has a new connection of that profile parse the segments one after the
// other. end says that the client then closes its side.
func Read(p Profile, segments [][]byte, end bool) *Trace {
	r := &reader{profile: p, trace: new(Trace)}
	r.conn = http1.NewConn(http1.Server, p.Rules)
	r.conn.Observe(r.framing)
	r.request = 1
	for _, s := range segments {
		r.total += len(s)
	}
	r.trace.Cut = max(0, r.total-MaxInput)
	r.total -= r.trace.Cut
	for i, s := range segments {
		s = s[:min(len(s), MaxInput-len(r.input))]
		r.input = append(r.input, s...)
		r.segment = int64(i + 1)
		r.conn.Receive(s)
		if !r.events(end && i == len(segments)-1) {
			break
		}
	}
	if !r.over {
		r.rest()
		r.flush(true)
	}
	return r.trace
}

// reader is a parse under way.
type reader struct {
	profile Profile
	conn    *http1.Conn
	trace   *Trace
	input   []byte // what came so far
	total   int    // how many bytes will
	start   int    // of the request that is received
	request int
	segment int64
	waits   []Step // not yet in the trace: they may stand behind steps to come
	at      int    // the first byte that no step has yet
	why     string // the server closes behind the request; "" if it does not
	over    bool
}

// events takes all events that there are, and reports whether more bytes count.
func (r *reader) events(end bool) (more bool) {
	ended := false
	for {
		ev, err := r.conn.Next()
		if fault, ok := err.(*http1.Error); ok {
			r.fault(fault)
			r.close(Closed, trace.WhyFault)
			return false
		}
		switch ev := ev.(type) {
		case http1.NeedData:
			if end && !ended {
				r.conn.ReceiveEOF()
				ended = true
				continue
			}
			r.waits = append(r.waits, Step{Code: Wait, Off: len(r.input), Number: r.segment, Text: r.conn.Waiting(), Request: r.request})
			return true
		case http1.Closed:
			if r.why != "" {
				r.close(Closed, r.why)
			} else {
				r.rest()
				r.close(End, trace.WhyEnd)
			}
			return false
		case *http1.Request:
			r.head(ev)
		case *http1.Data:
			r.add(Content, r.start+int(r.conn.Offset()), 0)
		case *http1.End:
			r.complete()
		}
	}
}

// complete ends a request: the server responds, as it does to one of which
// nothing is known but how it is framed.
func (r *reader) complete() {
	r.trace.Requests++
	r.add(Complete, r.at, 0)
	r.start += int(r.conn.Offset())
	r.request++
	res := http1.Response{Status: 404, Fields: http1.Fields{{Name: "Content-Length", Value: "0"}, {Name: "Connection", Value: "keep-alive"}}}
	if r.why != "" {
		res.Fields[1].Value = "close"
	}
	r.conn.Append(nil, &res)
	r.conn.Append(nil, &http1.End{})
}

// fault tells where the parser refused, and what it had read of the line.
func (r *reader) fault(e *http1.Error) {
	known := r.start + int(r.conn.Understood())
	moved := *e
	moved.Offset += r.start
	r.understood(known)
	if parts, field := r.conn.FaultLine(); len(parts) > 0 {
		r.faultLine(parts, field, &moved)
	}
	r.at = max(r.at, known)
	to := min(max(r.at, moved.Offset+1), len(r.input))
	if n := len(r.trace.Steps); n > 0 && r.trace.Steps[n-1].Code == SectionEnd {
		to = r.at // the section was judged as a whole, and no byte behind it
	}
	r.flush(false) // whatever it waited for came
	r.trace.push(Step{Code: Fault, Off: r.at, Len: to - r.at, Fault: &moved, Request: r.request}, true)
	r.at = to
}

// close says that the parser reads no more, and what is left.
func (r *reader) close(code Code, why string) {
	r.flush(false)
	r.over = true
	r.trace.push(Step{Code: code, Off: r.at, Len: r.total - r.at, Text: why, Request: r.request}, true)
}

// rest tells of bytes that came and are not judged yet.
func (r *reader) rest() {
	r.understood(r.start + int(r.conn.Understood()))
	if r.at < len(r.input) {
		r.add(Buffered, len(r.input), 0)
	}
}

// add appends a step about the bytes up to end. Content goes on where no wait
// is between.
func (r *reader) add(code Code, end int, number int64) {
	if n := len(r.trace.Steps); code == Content && n > 0 && len(r.waits) == 0 && r.trace.Steps[n-1].Code == Content {
		r.trace.Steps[n-1].Len += end - r.at
		r.at = end
		return
	}
	r.push(Step{Code: code, Off: r.at, Len: end - r.at, Number: number, Request: r.request})
	r.at = end
}

// push appends a step behind the waits that came before it was over.
func (r *reader) push(s Step) {
	for len(r.waits) > 0 && r.waits[0].Off < s.End() {
		r.trace.push(r.waits[0], false)
		r.waits = r.waits[1:]
	}
	r.trace.push(s, false)
}

// flush appends the waits that are left. The last of them may be the end.
func (r *reader) flush(last bool) {
	for i, w := range r.waits {
		r.trace.push(w, last && i == len(r.waits)-1)
	}
	r.waits = nil
}
