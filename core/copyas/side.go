package copyas

import (
	"strconv"
	"strings"

	"vitrine/core/trace"
)

// side is what passed in one direction.
type side struct {
	kind     trace.Kind
	spans    []trace.Span     // without gaps but for missing bytes
	raw      string           // the spans' bytes
	source   trace.Provenance // of what was shown first
	redacted bool             // credentials were taken out
	missing  int64            // bytes of content that were not kept
}

// read reads one direction of shown, which is r or r without credentials.
func (d *side) read(r, shown *trace.Record, kind trace.Kind) {
	d.kind, d.source = kind, r.Source
	first := true
	for i := range r.Steps {
		if s := &r.Steps[i]; s.Kind == kind && s.From != trace.Unknown {
			d.missing += max(0, s.Len-int64(len(s.Bytes)))
			if first && kind == trace.Out {
				d.source = s.From
			}
			first = false
		}
	}
	var raw strings.Builder
	for i := range shown.Steps {
		s := &shown.Steps[i]
		if s.Kind != kind || s.From == trace.Unknown || s.Bytes == "" {
			continue
		}
		d.redacted = d.redacted || s.From == trace.Redacted
		// A line may begin in one step and end in the next.
		if n := len(d.spans); n > 0 && d.spans[n-1].Provenance == s.From {
			d.spans[n-1].Text += s.Bytes
		} else {
			d.spans = append(d.spans, trace.Span{Kind: kind, Provenance: s.From, Text: s.Bytes})
		}
		raw.WriteString(s.Bytes)
	}
	d.raw = raw.String()
}

// marks puts as comments what must be said of the bytes of a request.
func (d *side) marks(t *text, sign string) {
	switch d.source {
	case trace.Rebuilt:
		t.comment(sign, "mark.rebuilt")
	case trace.Simulated:
		t.comment(sign, "mark.simulated")
	case trace.Unknown:
		t.comment(sign, "mark.unknown")
	}
	if d.redacted {
		t.comment(sign, "mark.redacted")
	}
	if d.missing > 0 {
		t.comment(sign, "mark.missing", strconv.FormatInt(d.missing, 10))
	}
	if d.raw == "" {
		t.comment(sign, "mark.none")
	}
}

// partMarks are the same in a few words, for the head of a part.
func (d *side) partMarks() string {
	marks := ""
	add := func(code string, args ...string) { marks += "; " + say(code, args...) }
	switch d.source {
	case trace.Rebuilt:
		if d.kind == trace.In {
			add("part.rebuilt-request")
		} else {
			add("part.rebuilt-response")
		}
	case trace.Typed:
		add("part.typed")
	case trace.Simulated:
		add("part.simulated")
	case trace.Unknown:
		add("part.unknown")
	}
	if d.redacted {
		add("part.redacted")
	}
	if d.missing > 0 {
		add("part.missing", strconv.FormatInt(d.missing, 10))
	}
	if d.raw == "" {
		add("part.none")
	}
	return strings.TrimPrefix(marks, "; ")
}
