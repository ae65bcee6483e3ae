package view

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// drawing is one direction of an exchange while it is drawn.
type drawing struct {
	l      *fragment.List
	r      *trace.Record
	kind   trace.Kind
	list   []line
	tokens []token
	hits   []hit
	first  bool // no token was drawn yet: the first one is where Tab leads to
}

// lines appends one direction of the exchange.
func lines(l *fragment.List, r *trace.Record, kind trace.Kind, about *About) {
	d := &drawing{l: l, r: r, kind: kind, list: message(r, kind), tokens: tokens(r, kind), hits: hits(r, kind, about.Notes), first: true}
	l.Open("lines")
	l.Attr("aria-label", d.label())
	heads := 0
	kept, inline := int64(0), about.Inline || d.chunked()
	var binary []string
	for i := 0; i < len(d.list); i++ {
		ln := &d.list[i]
		if ln.part != content && heads >= maxHeadLines {
			remark(l, words.Plural("more.lines", int64(len(d.list)-i)))
			break
		}
		switch ln.part {
		case content:
			kept += int64(len(ln.text))
			switch {
			case inline && isText(ln.text):
				contentLines(l, ln.text)
			case inline:
				binary = append(binary, ln.text)
			}
		case unseen:
			l.Open("line")
			l.Attr("class", "unknown")
			l.Slot("code")
			l.Text(Clip(ln.text, maxLine))
			l.Close()
		default:
			if n := d.usual(i); n > 1 {
				d.folded(i, n, heads+1)
				heads += n
				i += n - 1
				continue
			}
			heads++
			d.line(i)
		}
	}
	d.remark(kept, about.Inline)
	l.Close()
	for _, p := range binary {
		hex(l, p)
	}
}

// chunked reports whether content stands between lines that frame it.
func (d *drawing) chunked() bool {
	for i := range d.list {
		if d.list[i].part == framing {
			return true
		}
	}
	return false
}

// label says what the list is, and how its lines end, once for all of them.
func (d *drawing) label() string {
	n, ends := int64(0), "ends.crlf"
	for i := range d.list {
		if ln := &d.list[i]; ln.part == head || ln.part == framing {
			n++
			if !strings.HasSuffix(ln.text, "\r\n") {
				ends = "ends.mixed"
			}
		}
	}
	name := "side.request"
	if d.kind == trace.Out {
		name = "side.response"
	}
	return words.Say("lines.label", words.Say(name), words.Plural("lines", n), words.Say(ends))
}

// remark appends what is to say of the content behind a head.
func (d *drawing) remark(kept int64, inline bool) {
	size := kept
	if d.kind == trace.Out {
		size = max(d.r.Size, kept)
	}
	switch {
	case len(d.list) == 0:
		remark(d.l, words.Say("lines.nothing"))
	case inline:
		if size > kept {
			remark(d.l, words.Plural("content.away", size-kept))
		}
	case size > 0:
		d.l.Open("remark")
		d.l.Text(words.Say("content.is", words.Plural("bytes", size), words.Say(d.ended())) + " ")
		d.l.Open("place")
		d.l.Attr("data-to", "content")
		d.l.Text(words.Say("content.look"))
		d.l.Close()
		d.l.Close()
	case d.kind == trace.Out:
		remark(d.l, words.Say("content.none"))
	}
}

// ended is the code of how a recipient knows where the content ends.
func (d *drawing) ended() string {
	fields := d.r.Request.Fields
	if d.kind == trace.Out {
		fields = d.r.Response.Fields
	}
	if _, ok := fields.Lookup("Transfer-Encoding"); ok {
		return "ended.chunked"
	}
	if _, ok := fields.Lookup("Content-Length"); ok {
		return "ended.length"
	}
	if d.r.Source == trace.Rebuilt {
		return "ended.object"
	}
	return "ended.close"
}

// line appends a line of a header section with its parts told apart.
func (d *drawing) line(i int) {
	ln := &d.list[i]
	class := "l"
	if d.invented(i) {
		class = "l rebuilt"
	}
	l := d.l
	l.Open("line")
	l.Attr("class", class)
	if ln.number > 0 {
		l.Attr("value", fragment.Number(int64(ln.number)))
	}
	l.Slot("code")
	text, cut := ln.text, 0
	if len(text) > maxLine {
		cut, text = len(text)-maxLine, text[:maxLine]
	}
	body := strings.TrimRight(text, "\r\n")
	end := text[len(body):]
	if cut == 0 && end == "\r\n" {
		l.Attr("class", "crlf")
	}
	all := d.tokens
	if ln.part != head {
		all = nil
	}
	numbers := d.pieces(ln, body, all)
	switch {
	case cut > 0:
		l.Text(" … " + words.Plural("more.bytes", int64(cut)) + " ")
	case end != "\r\n":
		l.Bytes(end, fragment.ASCII) // which is not as usual, so each byte is named
	}
	d.pins(ln, numbers)
	l.Close()
}

// pieces appends the bytes of a line and returns the notes about them.
func (d *drawing) pieces(ln *line, body string, all []token) (notes []int) {
	l := d.l
	for _, p := range pieces(ln.off, ln.off+int64(len(body)), all, d.hits) {
		text := body[p.from-ln.off : p.to-ln.off]
		switch {
		case p.token != nil:
			l.Open("token")
			class := "tok " + p.token.class
			if p.hit != nil {
				class += " " + p.hit.class
			}
			l.Attr("class", class)
			if d.first {
				d.first = false
				l.Attr("tabindex", "0")
			}
			l.Attr("data-kind", p.token.kind.String())
			l.Attr("data-name", Clip(p.token.name, maxWord))
			l.Bytes(text, fragment.ASCII)
			l.Close()
		case p.hit != nil:
			l.Open("hit")
			l.Attr("class", p.hit.class)
			l.Bytes(text, fragment.ASCII)
			l.Close()
		default:
			l.Bytes(text, fragment.ASCII)
		}
	}
	for _, h := range d.hits {
		if h.note > 0 && h.from < ln.off+int64(len(ln.text)) && ln.off <= h.from {
			notes = append(notes, h.note)
		}
	}
	return notes
}

// pins appends the numbers of the notes whose bytes begin in a line.
func (d *drawing) pins(ln *line, notes []int) {
	const most = 3
	for i, n := range notes[:min(len(notes), most)] {
		d.l.Slot("pins")
		d.l.Open("pin")
		if i > 0 {
			d.l.Attr("class", "pin "+[...]string{"two", "three"}[i-1])
		}
		d.l.Attr("data-to", NoteID(n))
		d.l.Attr("aria-label", words.Say("note.go", fragment.Number(int64(n))))
		d.l.Text(fragment.Number(int64(n)))
		d.l.Close()
	}
}

// invented reports whether a line was made by this program: the start line and
// Host of a request that came as an object. The method, the target and the
// other fields are the browser's, the version and the host name are not.
func (d *drawing) invented(i int) bool {
	ln := &d.list[i]
	if d.kind != trace.In || ln.from != trace.Rebuilt || ln.part != head {
		return ln.from == trace.Simulated
	}
	return i == 0 || strings.HasPrefix(ln.text, "Host:")
}

// usual is how many lines from i on are fields that browsers send with each
// request, about which nothing is said.
func (d *drawing) usual(i int) (n int) {
	for d.kind == trace.In && i+n < len(d.list) && d.list[i+n].part == head {
		ln := &d.list[i+n]
		name, _, ok := strings.Cut(ln.text, ":")
		if !ok || !isUsual(name) {
			break
		}
		for _, h := range d.hits {
			if h.from < ln.off+int64(len(ln.text)) && ln.off < h.to {
				return n
			}
		}
		n++
	}
	return n
}

func isUsual(name string) bool {
	for _, prefix := range [...]string{"sec-ch-", "sec-fetch-"} {
		if len(name) > len(prefix) && http1.EqualFold(name[:len(prefix)], prefix) {
			return true
		}
	}
	for _, usual := range [...]string{"user-agent", "accept-language", "accept-encoding", "upgrade-insecure-requests", "dnt", "priority", "sec-gpc"} {
		if http1.EqualFold(name, usual) {
			return true
		}
	}
	return false
}

// folded appends n usual fields behind one line that opens them.
func (d *drawing) folded(i, n, number int) {
	var names []string
	for k := range n {
		name, _, _ := strings.Cut(d.list[i+k].text, ":")
		names = append(names, name)
	}
	l := d.l
	l.Open("folded")
	l.Attr("value", fragment.Number(int64(number)))
	l.Fill("count", words.Plural("usual-fields", int64(n)))
	l.Fill("names", Clip(strings.Join(names, ", "), maxLine))
	l.Slot("list")
	l.Attr("start", fragment.Number(int64(number)))
	for k := range n {
		d.line(i + k)
	}
	l.Close()
	if i+n < len(d.list) && d.list[i+n].part == head {
		d.list[i+n].number = number + n
	}
}

func remark(l *fragment.List, text string) {
	l.Open("remark")
	l.Text(text)
	l.Close()
}
