package copyas

import "vitrine/core/trace"

// raw puts the bytes of both messages as lines of a transcript, each with its
// provenance. [trace.ParseTranscript] reads them back.
func (t *text) raw(q *request, out *side) {
	q.side.marks(t, "# ")
	for _, d := range [...]*side{&q.side, out} {
		for i := range d.spans {
			*t = trace.AppendSpan(*t, &d.spans[i])
		}
	}
}
