package view

import (
	"vitrine/core/lint"
	"vitrine/core/terms"
	"vitrine/core/trace"
)

// token is a part of a line that can be explained: a method, a status, the name
// of a field.
type token struct {
	from, to int64 // bytes of the message
	class    string
	kind     terms.Kind
	name     string // of the term
}

// tokens are those of a header section, in their order. The section was parsed
// where it was received: here its parts are only shown.
func tokens(r *trace.Record, kind trace.Kind) (list []token) {
	add := func(class string, k terms.Kind, name string, part *trace.Part) {
		if part.Len > 0 {
			list = append(list, token{int64(part.Off), int64(part.Off) + int64(part.Len), class, k, name})
		}
	}
	fields := r.Request.Fields
	if kind == trace.In {
		add("m", terms.Method, r.Request.Method.Text, &r.Request.Method)
		add("t", terms.Token, targetForm(r.Request.Target.Text), &r.Request.Target)
		add("v", terms.Token, r.Request.Proto.Text, &r.Request.Proto)
	} else {
		add("v", terms.Token, r.Response.Proto.Text, &r.Response.Proto)
		add("c", terms.Status, r.Response.Code.Text, &r.Response.Code)
		add("r", terms.Token, terms.ReasonPhrase, &r.Response.Reason)
		fields = r.Response.Fields
	}
	for i := range fields[:min(len(fields), maxHeadLines)] {
		add("f", terms.Field, fields[i].Name.Text, &fields[i].Name)
	}
	return list
}

// targetForm is the name of the form of a request-target (RFC 9112 §3.2).
func targetForm(target string) string {
	switch {
	case target == "*":
		return terms.AsteriskForm
	case target != "" && target[0] == '/':
		return terms.OriginForm
	}
	for i := 0; i+2 < len(target); i++ {
		if target[i:i+3] == "://" {
			return terms.AbsoluteForm
		}
	}
	return terms.Target
}

// hit is bytes that something is said about: a note, or a fault.
type hit struct {
	from, to int64
	note     int // its number; 0 for a fault
	class    string
}

// hits are the bytes of one direction that notes and faults are about.
func hits(r *trace.Record, kind trace.Kind, notes []lint.Note) (list []hit) {
	if kind == trace.In {
		for i := range r.Steps[:min(len(r.Steps), maxSteps)] {
			if s := &r.Steps[i]; s.Kind == trace.Fault && s.Len > 0 {
				list = append(list, hit{s.Off, s.Off + s.Len, 0, "hit w"})
			} else if s.Kind == trace.Fault && s.Off > 0 {
				list = append(list, hit{s.Off, s.Off + 1, 0, "hit w"})
			}
		}
	}
	for i := range notes[:min(len(notes), maxNotes)] {
		for _, at := range notes[i].Subject {
			if at.Kind == kind && at.Len > 0 {
				list = append(list, hit{at.Off, at.Off + at.Len, i + 1, "hit"})
			}
		}
	}
	return list
}

// piece is a run of bytes of one line that looks alike.
type piece struct {
	from, to int64
	token    *token // nil for plain bytes
	hit      *hit   // nil where nothing is said
}

// pieces cuts the bytes from off to end. A token stays whole.
func pieces(off, end int64, all []token, said []hit) (list []piece) {
	at := off
	plain := func(to int64) {
		for at < to {
			p := piece{from: at, to: to}
			for i := range said {
				switch h := &said[i]; {
				case h.from <= at && at < h.to && p.hit == nil:
					p.hit, p.to = h, min(p.to, h.to)
				case at < h.from && h.from < p.to:
					p.to = h.from
				}
			}
			list = append(list, p)
			at = p.to
		}
	}
	for i := range all {
		t := &all[i]
		if t.from < at || t.to > end || t.from >= t.to {
			continue
		}
		plain(t.from)
		p := piece{from: t.from, to: t.to, token: t}
		for j := range said {
			if said[j].from < t.to && t.from < said[j].to {
				p.hit = &said[j]
			}
		}
		list = append(list, p)
		at = t.to
	}
	plain(end)
	return list
}
