package lint

import (
	"strings"

	"vitrine/core/trace"
)

// The ways to add a note differ in what it is about. They are many small calls
// rather than one with everything: a call is what costs room in the page's
// program.

// note adds a note about the exchange as a whole.
func (x *exchange) note(n id) { x.add(n, 0, 0, 0) }

// line adds a note about a field line, with an argument if it is not empty.
func (x *exchange) line(n id, f *trace.Field, text string) {
	kind := trace.In
	for i := range x.res.fields {
		if f == &x.res.fields[i] {
			kind = trace.Out
		}
	}
	if f == nil {
		x.note(n)
	} else {
		from, to := int64(f.Name.Off), int64(f.Value.Off)+int64(f.Value.Len)
		x.add(n, kind, from, max(to-from, int64(f.Name.Len)))
	}
	x.arg(text)
}

// part adds a note about a part of the request-line, with an argument if it is
// not empty.
func (x *exchange) part(n id, p *trace.Part, text string) {
	x.add(n, trace.In, int64(p.Off), int64(p.Len))
	x.arg(text)
}

// code adds a note about the status code, with it as an argument.
func (x *exchange) code(n id) {
	p := &x.r.Response.Code
	x.add(n, trace.Out, int64(p.Off), int64(p.Len))
	x.arg(p.Text)
}

// bytes adds a note about bytes of the request.
func (x *exchange) bytes(n id, off, length int64) { x.add(n, trace.In, off, length) }

// sentBytes adds a note about bytes of the response.
func (x *exchange) sentBytes(n id, off, length int64) { x.add(n, trace.Out, off, length) }

// add adds a note, or a range to the one that is there. A kind of 0 is about no
// bytes.
func (x *exchange) add(n id, kind trace.Kind, off, length int64) {
	x.last = nil
	e := &catalogue[n]
	if e.Needs == NeedsWire && !x.raw {
		return
	}
	var note *Note
	for i := range x.ids {
		if x.ids[i] == n {
			note = &x.notes[i]
		}
	}
	if note == nil {
		x.ids = append(x.ids, n)
		x.notes = append(x.notes, Note{ID: e.ID, Level: e.Level, Part: e.Part})
		note = &x.notes[len(x.notes)-1]
		x.last = note
	}
	end := x.end[0]
	if kind == trace.Out {
		end = x.end[1]
	}
	if kind != 0 && off >= 0 && length >= 0 && off <= end && len(note.Subject) < maxSubjects {
		note.Subject = append(note.Subject, Range{kind, off, min(length, end-off)})
	}
}

// arg gives the note that was made just now an argument.
func (x *exchange) arg(text string) {
	if x.last == nil || text == "" {
		return
	}
	if len(text) > maxArg {
		text = strings.ToValidUTF8(text[:maxArg], "") + "…"
	}
	x.last.Args = append(x.last.Args, text)
}

// number gives it a number.
func (x *exchange) number(n int64) {
	if x.last != nil {
		x.arg(itoa(n))
	}
}
