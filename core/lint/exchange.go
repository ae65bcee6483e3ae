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
	maxScan     = 256 << 10 // bytes of a header section, and of content
	maxSubjects = 8         // ranges of one note
	maxArg      = 40        // bytes of one argument
)

// exchange is a record that is looked at, and the notes so far.
type exchange struct {
	r     *trace.Record
	steps []trace.Step
	q, s  trace.Fields // of the request and of the response
	raw   bool         // the request passed a wire, or was typed
	whole bool         // the header section of the request was understood to its end, and is here
	fault *trace.Step  // the first fault of the client; nil if there is none
	head  []piece      // what is known of the bytes of the request's header section
	end   [2]int64     // bytes of the request and of the response that passed

	notes []Note
}

// piece is bytes of the request as they passed.
type piece struct {
	off  int64
	text string
}

func look(r *trace.Record) *exchange {
	x := &exchange{
		r: r, steps: r.Steps[:min(len(r.Steps), maxSteps)],
		q:   r.Request.Fields[:min(len(r.Request.Fields), maxFields)],
		s:   r.Response.Fields[:min(len(r.Response.Fields), maxFields)],
		raw: r.Source == trace.Wire || r.Source == trace.Typed,
	}
	room := maxScan
	for i := range x.steps {
		s := &x.steps[i]
		switch {
		case s.Kind == trace.Fault && x.fault == nil && strings.HasPrefix(string(s.Code), trace.FaultPrefix):
			x.fault = s
		case s.Kind == trace.In:
			x.end[0] = passed(s, x.end[0])
			if s.Code == trace.Header || s.Code == trace.Unreadable {
				text := s.Bytes[:min(len(s.Bytes), room)]
				room -= len(text)
				x.received(s, text)
			}
		case s.Kind == trace.Out:
			x.end[1] = passed(s, x.end[1])
		}
	}
	x.cutAtFault()
	return x
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
		switch {
		case at < 0:
			x.head = x.head[:i]
			return
		case at < int64(len(p.text)):
			if end := strings.IndexByte(p.text[at:], '\n'); end >= 0 {
				p.text = p.text[:at+int64(end)+1]
				x.head = x.head[:i+1]
				return
			}
		}
	}
}

// has returns the first step of a code, nil if there is none.
func (x *exchange) has(code trace.Code) *trace.Step {
	for i := range x.steps {
		if x.steps[i].Code == code {
			return &x.steps[i]
		}
	}
	return nil
}

// faulty reports whether the client's fault is the one of that code.
func (x *exchange) faulty(codes ...string) bool {
	if x.fault == nil {
		return false
	}
	for _, code := range codes {
		if string(x.fault.Code[len(trace.FaultPrefix):]) == code {
			return true
		}
	}
	return false
}

// bytes returns the bytes [from, to) of the request's header section, if they
// are known as they passed.
func (x *exchange) bytes(from, to int64) (text string, ok bool) {
	for _, p := range x.head {
		if p.off <= from && from <= to && to-p.off <= int64(len(p.text)) {
			return p.text[from-p.off : to-p.off], true
		}
	}
	return "", false
}

// note adds a note, or ranges to the one that is there.
func (x *exchange) note(id string, args []string, subject ...Range) {
	e, ok := Lookup(id)
	if !ok || e.Needs == NeedsWire && !x.raw {
		return
	}
	subject = x.clip(subject)
	for i := range x.notes {
		if n := &x.notes[i]; n.ID == id {
			n.Subject = append(n.Subject, subject[:min(len(subject), maxSubjects-len(n.Subject))]...)
			return
		}
	}
	for i := range args {
		args[i] = clipped(args[i])
	}
	x.notes = append(x.notes, Note{id, e.Level, e.Part, subject[:min(len(subject), maxSubjects)], args})
}

// clip keeps of each range what passed.
func (x *exchange) clip(list []Range) []Range {
	kept := list[:0]
	for _, r := range list {
		end := x.end[0]
		if r.Kind == trace.Out {
			end = x.end[1]
		}
		if r.Off < 0 || r.Off > end || r.Len < 0 {
			continue
		}
		r.Len = min(r.Len, end-r.Off)
		kept = append(kept, r)
	}
	return kept
}

// clipped is an argument of bounded length.
func clipped(s string) string {
	if len(s) <= maxArg {
		return s
	}
	return strings.ToValidUTF8(s[:maxArg], "") + "…"
}

// in is a part of the request, out one of the response.
func in(p trace.Part) Range  { return Range{trace.In, int64(p.Off), int64(p.Len)} }
func out(p trace.Part) Range { return Range{trace.Out, int64(p.Off), int64(p.Len)} }

// line is a field line of the request from its name to its value.
func line(kind trace.Kind, f *trace.Field) Range {
	from, to := int64(f.Name.Off), int64(f.Value.Off)+int64(f.Value.Len)
	return Range{kind, from, max(to-from, int64(f.Name.Len))}
}

// at is the byte where the fault of the client is.
func (x *exchange) at() Range { return Range{trace.In, x.fault.Off, x.fault.Len} }

// find returns the first field line of that name, nil if there is none.
func find(fields trace.Fields, name string) *trace.Field {
	for i := range fields {
		if http1.EqualFold(fields[i].Name.Text, name) {
			return &fields[i]
		}
	}
	return nil
}

// value is that of the first field line of that name.
func value(fields trace.Fields, name string) string {
	if f := find(fields, name); f != nil {
		return f.Value.Text
	}
	return ""
}

// count is how many field lines have that name.
func count(fields trace.Fields, name string) (n int) {
	for i := range fields {
		if http1.EqualFold(fields[i].Name.Text, name) {
			n++
		}
	}
	return n
}

// hasToken reports whether a list field has that member, in any case.
func hasToken(fields trace.Fields, name, token string) bool {
	for i := range fields {
		if !http1.EqualFold(fields[i].Name.Text, name) {
			continue
		}
		for item := range strings.SplitSeq(fields[i].Value.Text, ",") {
			if http1.EqualFold(http1.TrimOWS(item), token) {
				return true
			}
		}
	}
	return false
}
