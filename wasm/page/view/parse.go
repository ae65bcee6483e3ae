package view

import (
	"strconv"

	"vitrine/core/steps"
	"vitrine/core/trace"
	sentences "vitrine/core/words"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// Parse is what the parser makes of what is typed, under one profile or two.
type Parse struct {
	Input []byte
	Names [2]string // of the profiles
	A, B  *steps.Trace
	rows  []steps.Row
	last  [2]int // the last row that each of them has a step in
}

// NewParse puts two traces side by side; b is nil if there is one.
func NewParse(input []byte, a, b *steps.Trace, names [2]string) *Parse {
	p := &Parse{Input: input, Names: names, A: a, B: b}
	if b == nil {
		for i := range a.Steps {
			p.rows = append(p.rows, steps.Row{A: i, B: -1})
		}
		return p
	}
	p.rows = steps.Rows(a, b)
	for i, r := range p.rows {
		if r.A >= 0 {
			p.last[0] = i
		}
		if r.B >= 0 {
			p.last[1] = i
		}
	}
	return p
}

// Len is how many rows there are.
func (p *Parse) Len() int { return len(p.rows) }

// sides are the steps of a row, nil where one of them has nothing.
func (p *Parse) sides(row int) (a, b *steps.Step) {
	r := p.rows[row]
	if r.A >= 0 {
		a = &p.A.Steps[r.A]
	}
	if r.B >= 0 {
		b = &p.B.Steps[r.B]
	}
	return a, b
}

// about is the step whose bytes a row shows.
func (p *Parse) about(row int) *steps.Step {
	a, b := p.sides(row)
	if a == nil || a.Code == steps.Closed && b != nil {
		return b
	}
	return a
}

// Lit is what the step of a row is about.
func (p *Parse) Lit(row int) Lit {
	if row < 0 || row >= len(p.rows) {
		return Lit{}
	}
	a, b := p.sides(row)
	for _, s := range [...]*steps.Step{a, b} {
		if s != nil && s.Fault != nil {
			at := min(s.At(), max(0, len(p.Input)-1))
			return Lit{at, at + 1, true}
		}
	}
	s := p.about(row)
	if s.Code == steps.Folded || s.Code == steps.Closed {
		return Lit{s.Off, min(s.Off+1, s.End()), false} // where they begin: they may be many
	}
	return Lit{s.Off, s.End(), false}
}

// ParseRowID is the id of a row in the document.
func ParseRowID(row int) string { return "s" + strconv.Itoa(row) }

// Rows appends the rows from one to another, of which one is chosen.
func (p *Parse) Rows(l *fragment.List, from, to, chosen int) {
	if from > 0 {
		p.more(l, int64(from))
	}
	for i := from; i < to; i++ {
		p.row(l, i, i == chosen)
	}
	if to < len(p.rows) {
		p.more(l, int64(len(p.rows)-to))
	}
}

func (p *Parse) more(l *fragment.List, n int64) {
	l.Open("parse-more")
	l.Fill("text", words.Plural("more.parse", n))
	l.Close()
}

func (p *Parse) row(l *fragment.List, row int, chosen bool) {
	a, b := p.sides(row)
	both := p.B != nil && p.rows[row].Same(p.A, p.B)
	if both || p.B == nil {
		l.Open("parse-one")
	} else {
		l.Open("parse-two")
	}
	l.Attr("id", ParseRowID(row))
	class := ""
	if both {
		class = "both"
	}
	if chosen {
		class += " on"
	}
	l.Attr("class", class)
	l.Fill("number", strconv.Itoa(row+1))
	l.Slot("bytes")
	p.bytes(l, p.about(row))
	switch {
	case p.B == nil:
		l.Slot("a")
		p.cell(l, a, row, 0)
	case both:
		l.Slot("a")
		l.Put("parse-quiet", words.Say("parse.both")+" ")
		p.sentence(l, a)
	default:
		l.Slot("a")
		p.cell(l, a, row, 0)
		l.Slot("b")
		p.cell(l, b, row, 1)
	}
	l.Close()
}

// maxShown is how many bytes of a step its row shows.
const maxShown = 28

// bytes appends the bytes of a step, and where they stand.
func (p *Parse) bytes(l *fragment.List, s *steps.Step) {
	if s.Code == steps.Wait {
		l.Put("parse-quiet", words.Say("parse.segment-end", strconv.FormatInt(s.Number, 10)))
		return
	}
	if s.Len > 0 {
		l.Open("parse-bytes")
		b := p.Input[s.Off:s.End()]
		more := len(b) > maxShown
		for text := string(b[:min(len(b), maxShown)]); text != ""; {
			n := 0
			for n < len(text) && text[n] == ' ' {
				n++
			}
			if n > 0 && (n == len(text) || n > 1) { // one at an end, or several, are not seen
				for range n {
					l.Put("glyph", "SP")
				}
				text = text[n:]
				continue
			}
			n = max(n, 1)
			for n < len(text) && text[n] != ' ' {
				n++
			}
			l.Bytes(text[:n], fragment.ASCII)
			text = text[n:]
		}
		if more {
			l.Text("…")
		}
		l.Close()
	}
	where := strconv.Itoa(s.Off)
	if s.Len > 1 {
		where += "–" + strconv.Itoa(s.End()-1)
	}
	l.Put("parse-where", " "+where)
}

// cell appends what one profile makes of the bytes of a row.
func (p *Parse) cell(l *fragment.List, s *steps.Step, row, side int) {
	class := ""
	switch {
	case s == nil && row > p.last[side] && p.B != nil:
		class = "gone"
	case s == nil:
		return
	case s.Code == steps.Fault:
		class = "refused"
	case s.Code == steps.Closed:
		class = "gone"
	case s.Code == steps.Wait:
		class = "wait"
	}
	if class != "" {
		l.Attr("class", class)
	}
	if p.B != nil {
		l.Attr("data-p", p.Names[side])
	}
	if s == nil {
		return
	}
	switch s.Code {
	case steps.Fault:
		l.Put("parse-strong", words.Say("parse.fault"))
		l.Text(": " + p.expected(s))
	case steps.Closed:
		if s.Len > 0 {
			l.Text(words.Say("parse.closed"))
			break
		}
		l.Text(Step(s))
	default:
		p.sentence(l, s)
	}
}

// sentence appends what a step means.
func (p *Parse) sentence(l *fragment.List, s *steps.Step) {
	switch s.Code {
	case steps.Fault:
		l.Put("parse-strong", words.Say("parse.fault"))
		l.Text(": " + p.fault(s))
	case steps.Wait:
		l.Put("parse-strong", words.Say("parse.wait"))
		l.Text(" " + words.Say("parse.for", s.Text))
	default:
		l.Text(Step(s))
	}
}

// Step is the sentence of a step that is no fault.
func Step(s *steps.Step) string {
	switch s.Code {
	case steps.Closed, steps.End:
		who := trace.WhoServer
		if s.Code == steps.End {
			who = trace.WhoClient
		}
		closed := sentences.Sentence(&trace.Step{Kind: trace.Event, Code: trace.ConnClosed, Args: []string{who, s.Text}})
		if s.Len > 0 {
			return words.Say("parse.closed") + ": " + closed
		}
		return closed
	case steps.Wait:
		return words.Say("parse.wait") + " " + words.Say("parse.for", s.Text)
	case steps.Complete:
		return words.Say("parse.complete", strconv.Itoa(s.Request))
	}
	return words.Say("parse."+string(s.Code), words.Count(s.Number))
}

// fault says what was refused, what would have been right, what is there, and
// what the server does.
func (p *Parse) fault(s *steps.Step) string {
	text := sentences.Sentence(&trace.Step{Kind: trace.Fault, Code: trace.Code(trace.FaultPrefix + s.Fault.Fault.Code())})
	return text + " " + p.expected(s) + " " + words.Say("parse.responds", strconv.Itoa(s.Fault.Status))
}

// expected says what a byte should have been, and what it is.
func (p *Parse) expected(s *steps.Step) string {
	return words.Say("parse.expected", words.Say("expected."+s.Fault.Fault.Code()), p.found(s.Fault.Offset))
}

// found names the byte at a place.
func (p *Parse) found(at int) string {
	if at >= len(p.Input) {
		return words.Say("parse.nothing")
	}
	for r := range fragment.Runs(string(p.Input[at:at+1]), fragment.ASCII) {
		if r.Text == " " {
			return "SP"
		}
		return r.Text
	}
	return ""
}

// Detail appends what the chosen step means in a line of its own, with where it
// is written.
func (p *Parse) Detail(l *fragment.List, row int) {
	if row < 0 || row >= len(p.rows) {
		return
	}
	a, b := p.sides(row)
	if p.B != nil && !p.rows[row].Same(p.A, p.B) {
		if a != nil {
			p.detail(l, a, p.Names[0])
		}
		if b != nil {
			p.detail(l, b, p.Names[1])
		}
		return
	}
	p.detail(l, a, "")
}

func (p *Parse) detail(l *fragment.List, s *steps.Step, name string) {
	l.Open("parse-detail")
	if name != "" {
		l.Put("parse-strong", name)
		l.Text(": ")
	}
	p.sentence(l, s)
	if ref := s.Reference(); ref != "" {
		l.Text(" ")
		l.Open("reference")
		l.Attr("href", RefURL(ref))
		l.Text(ref)
		l.Close()
	}
	l.Close()
}
