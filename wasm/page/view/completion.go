package view

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/steps"
)

// Completion is what the last request of a strict trace still needs to be whole,
// and where it goes: Host, if its version wants one; the end of the line that is
// not ended; the empty line. Nothing, if it has them or is refused for another
// reason.
func Completion(input []byte, t *steps.Trace) (added []byte, at int) {
	const host = "Host: museum.example\r\n"
	needsHost, hasHost, line := false, false, 0 // line is behind the request-line
	for i := range t.Steps {
		s := &t.Steps[i]
		text := string(input[s.Off:s.End()])
		switch s.Code {
		case steps.Complete:
			needsHost, hasHost, line = false, false, 0
		case steps.Version:
			needsHost = text >= "HTTP/1.1"
		case steps.LineEnd:
			if line == 0 {
				line = s.End()
			}
		case steps.FieldName:
			hasHost = hasHost || strings.EqualFold(text, "Host")
		case steps.Buffered: // the line that is not ended is not told apart yet
			if line == 0 {
				needsHost = strings.HasSuffix(strings.TrimSuffix(text, "\r"), " HTTP/1.1")
			}
			hasHost = hasHost || len(text) > 4 && strings.EqualFold(text[:5], "Host:")
		case steps.Fault:
			if s.Fault.Fault == http1.MissingHost {
				return []byte(host), line
			}
			return nil, 0
		}
	}
	last := &t.Steps[len(t.Steps)-1]
	head := last.Text == "the end of the request-line" || last.Text == "the end of a field line"
	if last.Code != steps.Wait || !head && last.Text != "the empty line that ends the field section" {
		return nil, 0
	}
	if head {
		if input[len(input)-1] != '\r' {
			added = append(added, '\r')
		}
		added = append(added, '\n')
	}
	if needsHost && !hasHost {
		added = append(added, host...)
	}
	return append(added, "\r\n"...), len(input)
}
