package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// requestContent looks at whether content came with the request, came whole, and
// at its framing.
func (x *exchange) requestContent() {
	if !x.whole {
		return
	}
	announced, coding := x.req.first[contentLength], x.req.first[transferEncoding]
	got := int64(0)
	for i := range x.steps {
		s := &x.steps[i]
		if s.Kind != trace.In {
			continue
		}
		switch s.Code {
		case trace.Content:
			got += s.Len
		case trace.ChunkSize:
			if i := strings.IndexByte(s.Bytes, ';'); i >= 0 {
				x.bytes(d11, s.Off+int64(i), s.Len-int64(i))
			}
		case trace.Trailers:
			for rest := s.Bytes; rest != ""; {
				field := item(&rest, '\n')
				if name := item(&field, ':'); field != "" && http1.IsBarredTrailer(name) {
					x.bytes(d12, s.Off, s.Len)
					x.arg(name)
				}
			}
		}
	}
	if x.broken == "truncated" {
		if coding != nil {
			x.line(d13, coding, "")
		} else if announced != nil {
			x.line(d14, announced, itoa(max(got, 0)))
			x.arg(announced.Value.Text)
		}
	}
	content := coding
	if content == nil && length(x.req.value(contentLength)) > 0 {
		content = announced
	}
	switch x.method {
	case "GET", "HEAD", "DELETE":
		if content != nil {
			x.line(d15, content, x.method)
		}
	case "POST", "PUT", "PATCH":
		if coding == nil && announced == nil {
			x.part(d16, &x.r.Request.Method, x.method)
		}
	}
}
