package main

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/core/handler"
	"vitrine/core/lint"
	"vitrine/core/lint/english"
	"vitrine/core/trace"
)

// keptEarlier is how many exchanges are kept for notes about two of them.
const keptEarlier = 64

// linter prints the notes on each exchange, a line for each:
//
//	#12 GET /a 400: bad B2 >20+1: White space stands between … (RFC 9112 §5.1). Put the colon …
//
// The number is that of the exchange in a trace, >20+1 the first bytes that the
// note is about, as in a transcript: > of the request, < of the response.
type linter struct {
	out     io.Writer
	least   lint.Level // of the notes that are printed
	json    bool
	earlier []*trace.Record
	said    map[string]bool // what is said once
}

// levels are what --lint takes.
var levels = [...]string{"good", "info", "warn", "bad"}

func (c *config) setLint(v []string) error {
	c.lint = levels[0]
	if v == nil {
		return nil
	}
	return oneOf(&c.lint, "--lint", levels[:]...)(v)
}

func newLinter(c *config, out io.Writer) *linter {
	l := &linter{out: out, json: c.logFormat == "json", said: map[string]bool{}}
	for i, level := range levels {
		if level == c.lint {
			l.least = lint.Level(i)
		}
	}
	return l
}

// watch prints the notes on r, which has no credentials in it.
func (l *linter) watch(r *trace.Record) {
	notes := lint.CheckIn(r, l.earlier)
	if len(l.earlier) == keptEarlier {
		copy(l.earlier, l.earlier[1:])
		l.earlier = l.earlier[:keptEarlier-1]
	}
	l.earlier = append(l.earlier, r)
	var b []byte
	for i := range notes {
		n := &notes[i]
		if n.Level < l.least || l.said[n.ID] {
			continue
		}
		if lint.Standing(n.ID) {
			l.said[n.ID] = true
		}
		for i, a := range n.Args {
			if !utf8.ValidString(a) {
				n.Args[i] = handler.Latin1(a)
			}
		}
		if l.json {
			b = appendNoteJSON(b, r, n)
		} else {
			b = appendNote(b, r, n)
		}
	}
	if len(b) > 0 {
		l.out.Write(b)
	}
}

// appendNote appends a line for people. Nothing in it acts on a terminal.
func appendNote(b []byte, r *trace.Record, n *lint.Note) []byte {
	b = append(b, '#')
	b = strconv.AppendInt(b, r.ID, 10)
	b = append(b, ' ')
	switch q := &r.Request; {
	case !r.IsExchange():
		b = append(b, "connection "...)
		b = strconv.AppendInt(b, r.Conn, 10)
	case q.Method.Text == "": // a malformed request-line
		b = append(b, '-')
	default:
		b = handler.AppendLogText(b, handler.Latin1(shortened(q.Method.Text)+" "+shortened(q.Target.Text)))
	}
	if r.Status != 0 {
		b = append(b, ' ')
		b = strconv.AppendInt(b, int64(r.Status), 10)
	}
	b = append(b, ": "...)
	b = append(b, n.Level.String()...)
	b = append(b, ' ')
	b = append(b, n.ID...)
	if len(n.Subject) > 0 {
		s := n.Subject[0]
		b = append(b, ' ', byte(s.Kind))
		b = strconv.AppendInt(b, s.Off, 10)
		b = append(b, '+')
		b = strconv.AppendInt(b, s.Len, 10)
	}
	b = append(b, ": "...)
	text := english.Sentences.Summary(n.ID, n.Args...)
	if ref := lint.Ref(n.ID); ref != "" {
		text += " (" + ref + ")"
	}
	if do := english.Sentences.Do(n.ID, n.Args...); do != "" {
		text += ". " + strings.TrimSuffix(do, ".")
	}
	return append(handler.AppendLogText(b, text), '\n')
}

// shownTarget is how much of a method or target a line has, in bytes.
const shownTarget = 80

func shortened(s string) string {
	if len(s) > shownTarget {
		return s[:shownTarget] + "..."
	}
	return s
}

// noteRecord is a line of JSON about one note. Ranges are offset and length, as
// in a trace.
type noteRecord struct {
	Exchange int64      `json:"exchange"`
	Method   string     `json:"method"`
	Target   string     `json:"target"`
	Status   int        `json:"status"`
	Level    string     `json:"level"`
	Note     string     `json:"note"`
	Part     string     `json:"part"`
	Summary  string     `json:"summary"`
	Do       string     `json:"do,omitempty"`
	Ref      string     `json:"ref,omitempty"`
	Request  [][2]int64 `json:"request,omitempty"`
	Response [][2]int64 `json:"response,omitempty"`
}

func appendNoteJSON(b []byte, r *trace.Record, n *lint.Note) []byte {
	line := noteRecord{
		Exchange: r.ID, Status: r.Status,
		Method: handler.Latin1(shortened(r.Request.Method.Text)), Target: handler.Latin1(shortened(r.Request.Target.Text)),
		Level: n.Level.String(), Note: n.ID, Part: n.Part.String(), Ref: lint.Ref(n.ID),
		Summary: english.Sentences.Summary(n.ID, n.Args...), Do: english.Sentences.Do(n.ID, n.Args...),
	}
	for _, s := range n.Subject {
		if at := [2]int64{s.Off, s.Len}; s.Kind == trace.In {
			line.Request = append(line.Request, at)
		} else {
			line.Response = append(line.Response, at)
		}
	}
	text, err := json.Marshal(line)
	if err != nil {
		return b
	}
	return append(append(b, text...), '\n')
}
