package view

import (
	"strings"

	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// lines appends one direction of the exchange.
func lines(l *fragment.List, r *trace.Record, kind trace.Kind) {
	list, marks := message(r, kind), newMarker(r, kind)
	l.Open("lines")
	kept, hasContent := int64(0), false
	var binary []string
	for i, ln := range list {
		if ln.part != content && i >= maxHeadLines {
			remark(l, words.Plural("more.lines", int64(len(list)-i)))
			break
		}
		switch ln.part {
		case content:
			hasContent = true
			kept += int64(len(ln.text))
			if isText(ln.text) {
				contentLines(l, ln)
			} else {
				binary = append(binary, ln.text)
			}
		case unseen:
			openLine(l, ln.from)
			l.Text(Clip(ln.text, maxLine))
			l.Close()
		default:
			openLine(l, ln.from)
			headLine(l, ln, marks)
			l.Close()
		}
	}
	if kind == trace.Out {
		switch away := r.Size - kept; {
		case away > 0 && kept == 0:
			remark(l, words.Plural("content.away", away))
		case away > 0:
			remark(l, words.Plural("content.cut", away))
		case !hasContent && len(list) > 0:
			remark(l, words.Say("content.none"))
		}
	}
	l.Close()
	for _, p := range binary {
		hex(l, p)
	}
}

// openLine begins a line, in its place for bytes.
func openLine(l *fragment.List, p trace.Provenance) {
	tag := tag(p)
	if tag == "" {
		l.Open("line")
	} else {
		l.Open("tagged-line")
		l.Fill("tag", tag)
	}
	l.Attr("class", "ln "+p.String())
	l.Slot("code")
}

// tag is the word at the end of a line that is not what passed a socket.
func tag(p trace.Provenance) string {
	switch p {
	case trace.Rebuilt, trace.Unknown, trace.Simulated:
		return words.Say("provenance." + p.String())
	}
	return ""
}

func remark(l *fragment.List, text string) {
	l.Open("remark")
	l.Fill("text", text)
	l.Close()
}

// headLine appends a line of a header section with its parts told apart.
func headLine(l *fragment.List, ln line, marks *marker) {
	text := ln.text
	cut := 0
	if len(text) > maxLine {
		cut, text = len(text)-maxLine, text[:maxLine]
	}
	body := strings.TrimRight(text, "\r\n")
	end := text[len(body):]
	at := int64(0)
	for ln.part == head {
		k, ok := marks.next(ln.off, ln.off+int64(len(body)))
		if !ok {
			break
		}
		from, to := k.from-ln.off, k.to-ln.off
		if from < at {
			continue
		}
		l.Bytes(body[at:from], fragment.ASCII)
		l.Open(k.template)
		if k.class != "" {
			l.Attr("class", k.class)
		}
		l.Bytes(body[from:to], fragment.ASCII)
		l.Close()
		at = to
	}
	l.Bytes(body[at:], fragment.ASCII)
	if cut > 0 {
		l.Text(" … " + words.Plural("more.bytes", int64(cut)) + " ")
		return
	}
	l.Bytes(end, fragment.ASCII)
	code := "line-end.none"
	switch end {
	case "\r\n":
		code = "line-end.crlf"
	case "\n":
		code = "line-end.lf"
	}
	l.Put("line-end", words.Say(code))
}

// contentLines appends content that is text.
func contentLines(l *fragment.List, ln line) {
	text := ln.text
	for n := 0; text != ""; n++ {
		if n == maxContentLines {
			remark(l, words.Plural("more.lines", int64(strings.Count(text, "\n")+1)))
			return
		}
		cut := strings.IndexByte(text, '\n') + 1
		if cut == 0 {
			cut = len(text)
		}
		openLine(l, ln.from)
		l.Bytes(Clip(text[:cut], maxLine), fragment.UTF8)
		l.Close()
		text = text[cut:]
	}
}

// hex appends content that is not text as numbers, eight bytes in a row: 41
// characters, which fit a telephone.
func hex(l *fragment.List, s string) {
	const digits = "0123456789abcdef"
	l.Open("hex")
	shown := s[:min(len(s), hexBytes)]
	for i := 0; i < len(shown); i += 8 {
		row := shown[i:min(len(shown), i+8)]
		l.Put("hex-side", string([]byte{'0', digits[i>>8&0xf], digits[i>>4&0xf], digits[i&0xf]}))
		// Two SP, three characters for each byte, one SP, the bytes, LF.
		b := []byte(strings.Repeat(" ", 27+len(row)) + "\n")
		for j := range len(row) {
			c := row[j]
			b[2+3*j], b[3+3*j] = digits[c>>4], digits[c&0xf]
			if c < 0x20 || c >= 0x7f {
				c = '.'
			}
			b[27+j] = c
		}
		l.Text(string(b))
	}
	if len(s) > len(shown) {
		l.Put("hex-side", "… "+words.Plural("more.bytes", int64(len(s)-len(shown))))
	}
	l.Close()
}
