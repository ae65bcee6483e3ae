package handler

// Note is one thing worth knowing about how an answer came to be: a step of
// the path walk, a rung of the decision ladder, the reason a file could not
// be opened. Notes go to the trace, never to the client.
type Note struct {
	Topic string // "path", "decide", "type", "connection", "fault", …
	Text  string // one sentence
	Ref   string // where it is written, "RFC 9110 §13.1.3" or "http.server"; may be empty
}

// Tracing reports whether somebody reads notes, so that none is made in vain.
func (x *Exchange) Tracing() bool { return x.notes != nil }

// Note records a note if somebody reads them.
func (x *Exchange) Note(topic, text, ref string) {
	if x.notes != nil {
		x.notes(Note{topic, text, ref})
	}
}
