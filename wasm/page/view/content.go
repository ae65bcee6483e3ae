package view

import (
	"strings"
	"unicode/utf8"

	"vitrine/core/http1"
	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// Content appends what is kept of the content of both messages. canRead says
// that the beginning of the file can be read for it.
func Content(l *fragment.List, r *trace.Record, canRead bool) {
	shown := false
	for _, side := range [...]struct {
		kind   trace.Kind
		title  string
		fields trace.Fields
	}{{trace.In, "content.of-request", r.Request.Fields}, {trace.Out, "content.of-response", r.Response.Fields}} {
		kept, reread := Kept(r, side.kind)
		if kept == "" {
			continue
		}
		shown = true
		mediaType, _ := side.fields.Lookup("Content-Type")
		said := words.Plural("bytes", int64(len(kept)))
		if away := r.Size - int64(len(kept)); side.kind == trace.Out && away > 0 {
			said = words.Say("content.first", said, Size(r.Size))
		}
		if reread {
			said = words.Say("content.reread", said)
		}
		l.Open("content-title")
		l.Text(words.Say(side.title) + " ")
		l.Put("small", said)
		l.Close()
		ContentOf(l, kept, mediaType)
	}
	switch away := r.Size > 0; {
	case shown:
	case away && canRead:
		l.Open("content-away")
		l.Fill("words", words.Plural("content.away", r.Size))
		l.Close()
	case away:
		l.Put("paragraph", words.Plural("content.away", r.Size))
	default:
		l.Put("paragraph", words.Say("content.none-here"))
	}
}

// Kept is the content of one direction as far as the record has it, and whether
// it was read once more for the log.
func Kept(r *trace.Record, kind trace.Kind) (kept string, reread bool) {
	for i := range r.Steps {
		s := &r.Steps[i]
		if s.Kind == kind && (s.Code == trace.Content || s.Code == trace.Reread || s.Code == trace.Unread) {
			kept += s.Bytes
			reread = reread || s.Code == trace.Reread
		}
	}
	return kept, reread
}

// ContentOf appends content as its media type says: JSON as a tree, text in the
// charset that is named, all else as numbers.
func ContentOf(l *fragment.List, s, mediaType string) {
	charset := Charset(mediaType)
	if isJSON(mediaType) && appendJSON(l, s) {
		return
	}
	text, known := decoded(s, charset)
	switch {
	case !known && isText(s):
		l.Put("paragraph", words.Say("content.unknown-charset", Clip(charset, maxWord)))
	case !isText(text):
		hex(l, s)
		return
	case charset == "" && strings.HasPrefix(mediaType, "text/"):
		l.Put("quiet", words.Say("content.no-charset"))
	}
	if text == "" {
		text = s
	}
	l.Open("lines")
	l.Attr("aria-label", words.Say("content.text"))
	contentLines(l, text)
	l.Close()
}

// Charset is the charset parameter of a media type in lower case, "" if it has
// none (RFC 9110 §8.3.2).
func Charset(mediaType string) string {
	_, parameters, _ := strings.Cut(mediaType, ";")
	for parameters != "" {
		var one string
		one, parameters, _ = strings.Cut(parameters, ";")
		name, value, ok := strings.Cut(strings.TrimSpace(one), "=")
		if ok && http1.EqualFold(name, "charset") {
			return strings.ToLower(strings.Trim(value, `" `))
		}
	}
	return ""
}

// decoded is s in UTF-8; known is false for a charset that is not known here.
func decoded(s, charset string) (text string, known bool) {
	switch charset {
	case "", "utf-8", "utf8", "us-ascii":
		return s, true
	case "iso-8859-1", "latin1":
		b := make([]byte, 0, len(s)+len(s)/8)
		for i := range len(s) {
			b = utf8.AppendRune(b, rune(s[i]))
		}
		return string(b), true
	}
	return "", false
}

func isJSON(mediaType string) bool {
	t, _, _ := strings.Cut(strings.ToLower(mediaType), ";")
	t = strings.TrimSpace(t)
	return t == "application/json" || t == "text/json" || strings.HasSuffix(t, "+json")
}

// contentLines appends content that is text.
func contentLines(l *fragment.List, text string) {
	for n := 0; text != ""; n++ {
		if n == maxContentLines {
			remark(l, words.Plural("more.lines", int64(strings.Count(text, "\n")+1)))
			return
		}
		cut := strings.IndexByte(text, '\n') + 1
		if cut == 0 {
			cut = len(text)
		}
		l.Open("line")
		l.Attr("class", "l")
		l.Slot("code")
		l.Bytes(Clip(text[:cut], maxLine), fragment.UTF8)
		l.Close()
		text = text[cut:]
	}
}

// hex appends content that is not text as numbers.
func hex(l *fragment.List, s string) {
	l.Open("hex")
	dump(l, 0, s[:min(len(s), hexBytes)])
	if len(s) > hexBytes {
		l.Put("hex-side", "… "+words.Plural("more.bytes", int64(len(s)-hexBytes)))
	}
	l.Close()
}

// maxDump is how many bytes of a message are shown as numbers.
const maxDump = 8 << 10

// Dump appends one message as numbers with their offsets, as far as it is kept.
func Dump(l *fragment.List, r *trace.Record, kind trace.Kind) {
	l.Open("dump")
	left := maxDump
	for i := range r.Steps {
		s := &r.Steps[i]
		if s.Kind != kind || s.Bytes == "" || s.From == trace.Unknown || left <= 0 {
			continue
		}
		part := s.Bytes[:min(len(s.Bytes), left)]
		left -= len(part)
		dump(l, s.Off, part)
	}
	if left <= 0 {
		l.Put("hex-side", "…")
	}
	l.Close()
}

// dump appends bytes as numbers, eight in a row: 41 characters, which fit a
// telephone. off is that of the first.
func dump(l *fragment.List, off int64, s string) {
	const digits = "0123456789abcdef"
	for i := 0; i < len(s); i += 8 {
		row, at := s[i:min(len(s), i+8)], off+int64(i)
		l.Put("hex-side", string([]byte{digits[at>>12&0xf], digits[at>>8&0xf], digits[at>>4&0xf], digits[at&0xf]}))
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
}
