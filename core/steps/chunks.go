package steps

import (
	"bytes"

	"vitrine/core/http1"
)

// framing tells of what frames chunked content, as the Conn understands it.
func (r *reader) framing(what http1.Framing, p []byte, size int64) {
	end := r.at + len(p)
	switch what {
	case http1.ChunkSizeLine:
		digits := bytes.IndexAny(p, "; \t\r")
		r.add(ChunkSize, r.at+digits, size)
		if line := end - len("\r\n"); r.at < line {
			r.add(ChunkExt, line, 0)
		}
		r.add(LineEnd, end, 0)
	case http1.ChunkDataEnd:
		r.add(ChunkEnd, end, 0)
	case http1.TrailerSection:
		r.trailers(end)
	}
}

// trailers tells of field lines behind chunked content, up to a byte, and of
// the empty line behind them if it stands before that byte.
func (r *reader) trailers(to int) {
	for number := int64(1); r.at < to; number++ {
		end := bytes.IndexByte(r.input[r.at:to], '\n')
		if end < 0 {
			return
		}
		line := r.input[r.at : r.at+end-1] // ends in CR LF under every Rules
		if len(line) == 0 {
			r.lineEnd(SectionEnd)
			continue
		}
		colon := bytes.IndexByte(line, ':')
		value := bytes.Trim(line[colon+1:], " \t")
		off := r.at - r.start
		at := off + len(line) - len(bytes.TrimLeft(line[colon+1:], " \t"))
		r.field(http1.Range{Off: off, Len: colon}, http1.Range{Off: at, Len: len(value)}, number)
		r.endOfLine(OWS)
	}
}
