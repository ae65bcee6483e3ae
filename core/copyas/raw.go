package copyas

import "vitrine/core/trace"

// appendRaw appends the bytes of both messages as lines of a transcript, each
// with its provenance. [trace.ParseTranscript] reads them back.
func appendRaw(dst []byte, in, out side) []byte {
	dst = in.appendMarks(dst, "# ")
	for _, spans := range [...][]trace.Span{in.spans, out.spans} {
		for i := range spans {
			dst = trace.AppendSpan(dst, &spans[i])
		}
	}
	return dst
}
