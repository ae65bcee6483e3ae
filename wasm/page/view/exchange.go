package view

import (
	"strconv"
	"strings"

	"vitrine/core/trace"
	sentences "vitrine/core/words"
	"vitrine/wasm/page/markup"
	"vitrine/wasm/page/words"
)

// Bounds of what one exchange may put on the page.
const (
	maxContentLines = 300
	maxHeadLines    = 500
	maxSteps        = 200
	maxLine         = 8 << 10 // bytes of one line
	hexBytes        = 256
)

// Exchange appends an exchange as HTML: the facts, the request, the answer,
// and why. site is the name of its site.
func Exchange(b []byte, r *trace.Record, site string) []byte {
	b = facts(b, r, site)

	b = append(b, `<p class="jumps">`...)
	for _, to := range [...][2]string{{"client", words.RequestTitle}, {"server", words.AnswerTitle}, {"why", words.WhyTitle}} {
		b = append(b, `<button type="button" data-act="jump" data-to="`+to[0]+`">`+to[1]+`</button>`...)
	}
	b = append(b, `</p><section class="side client"><h3>→ `+words.RequestTitle+` <small>`...)
	b = append(b, origin(r.Source)...)
	b = append(b, `</small></h3>`...)
	if r.Source == trace.Rebuilt {
		b = paragraph(b, words.RequestRebuilt)
	}
	b = lines(b, r, trace.In)
	if r.Source == trace.Rebuilt {
		b = missing(b, r)
	}

	b = append(b, `</section><section class="side server"><h3>← `+words.AnswerTitle+` <small>`+words.FromCore+`</small></h3>`...)
	if r.Source == trace.Rebuilt {
		b = paragraph(b, words.AnswerRebuilt)
	}
	b = lines(b, r, trace.Out)
	b = append(b, `</section>`...)
	return why(b, r)
}

// origin says in words where a request comes from.
func origin(p trace.Provenance) string {
	switch p {
	case trace.Rebuilt:
		return words.FromBrowser
	case trace.Typed:
		return words.FromTyped
	case trace.Simulated:
		return words.FromSimulated
	}
	return words.FromWire
}

func paragraph(b []byte, text string) []byte {
	b = append(b, `<p>`...)
	b = markup.Text(b, text)
	return append(b, `</p>`...)
}

// facts appends the summary.
func facts(b []byte, r *trace.Record, site string) []byte {
	b = append(b, `<dl class="xfacts">`...)
	fact := func(name, class, value string) {
		if value == "" {
			return
		}
		b = append(b, `<div><dt>`...)
		b = append(b, name...)
		b = append(b, `</dt><dd`...)
		if class != "" {
			b = append(b, ` class="`...)
			b = append(b, class...)
			b = append(b, '"')
		}
		b = append(b, '>')
		b = markup.Text(b, Clip(value, MaxTarget))
		b = append(b, `</dd></div>`...)
	}
	fact(words.FactStatus, statusClass(r.Status), Status(r))
	fact(words.FactType, "", r.Type())
	fact(words.FactSize, "", Plural(r.Size, "byte", "bytes"))
	fact(words.FactTime, "", Duration(r.Elapsed))
	fact(words.FactAt, "", r.Start.Local().Format("15:04:05.000"))
	if r.Conn != 0 {
		fact(words.FactConnection, "", strconv.FormatInt(r.Conn, 10))
	}
	fact(words.FactSite, "", site)
	return append(b, `</dl>`...)
}

// Status is the answer's status in number and words.
func Status(r *trace.Record) string {
	if r.Status == 0 {
		return "none"
	}
	return strings.TrimSpace(strconv.Itoa(r.Status) + " " + r.Response.Reason.Text)
}

func statusClass(code int) string {
	if code < 100 || code > 599 {
		return "c0"
	}
	return "c" + strconv.Itoa(code/100)
}

// lines appends one direction of the exchange.
func lines(b []byte, r *trace.Record, kind trace.Kind) []byte {
	list, marks := message(r, kind), newMarker(r, kind)
	b = append(b, `<ol class="lines">`...)
	kept, hasContent := int64(0), false
	var binary []string
	for i, l := range list {
		if l.part != content && i >= maxHeadLines {
			b = remark(b, Count(int64(len(list)-i))+" "+words.LinesMore)
			break
		}
		switch l.part {
		case content:
			hasContent = true
			kept += int64(len(l.text))
			if isText(l.text) {
				b = contentLines(b, l)
			} else {
				binary = append(binary, l.text)
			}
		case unseen:
			b = openLine(b, l.from)
			b = markup.Text(b, Clip(l.text, maxLine))
			b = closeLine(b, l.from)
		default:
			b = openLine(b, l.from)
			b = headLine(b, l, marks)
			b = closeLine(b, l.from)
		}
	}
	if kind == trace.Out {
		switch away := r.Size - kept; {
		case away > 0 && kept == 0:
			b = remark(b, Plural(away, "byte", "bytes")+words.ContentAway)
		case away > 0:
			b = remark(b, Plural(away, "byte", "bytes")+words.ContentCut)
		case !hasContent && len(list) > 0:
			b = remark(b, words.NoContent)
		}
	}
	b = append(b, `</ol>`...)
	for _, p := range binary {
		b = hex(b, p)
	}
	return b
}

func openLine(b []byte, p trace.Provenance) []byte {
	b = append(b, `<li class="ln `...)
	b = append(b, p.String()...)
	return append(b, `"><code>`...)
}

func closeLine(b []byte, p trace.Provenance) []byte {
	b = append(b, `</code>`...)
	if tag := tag(p); tag != "" {
		b = append(b, `<span class="tag">`...)
		b = append(b, tag...)
		b = append(b, `</span>`...)
	}
	return append(b, `</li>`...)
}

// tag is the word at the end of a line that is not what passed a socket.
func tag(p trace.Provenance) string {
	switch p {
	case trace.Rebuilt:
		return words.TagRebuilt
	case trace.Unknown:
		return words.TagUnknown
	case trace.Simulated:
		return words.TagSimulated
	}
	return ""
}

func remark(b []byte, text string) []byte {
	b = append(b, `<li class="ln more"><code>`...)
	b = markup.Text(b, text)
	return append(b, `</code></li>`...)
}

// headLine appends a line of a header section with its parts told apart.
func headLine(b []byte, l line, marks *marker) []byte {
	text := l.text
	cut := 0
	if len(text) > maxLine {
		cut, text = len(text)-maxLine, text[:maxLine]
	}
	body := strings.TrimRight(text, "\r\n")
	end := text[len(body):]
	at := int64(0)
	for l.part == head {
		k, ok := marks.next(l.off, l.off+int64(len(body)))
		if !ok {
			break
		}
		from, to := k.from-l.off, k.to-l.off
		if from < at {
			continue
		}
		b = markup.Bytes(b, body[at:from], markup.ASCII)
		b = token(b, k.element, k.class, body[from:to])
		at = to
	}
	b = markup.Bytes(b, body[at:], markup.ASCII)
	if cut > 0 {
		return append(markup.Text(append(b, " … "...), Count(int64(cut))+" "+words.BytesMore), ' ')
	}
	b = markup.Bytes(b, end, markup.ASCII)
	b = append(b, `<span class="vh"> `...)
	switch end {
	case "\r\n":
		b = append(b, words.EndsCRLF...)
	case "\n":
		b = append(b, words.EndsLF...)
	default:
		b = append(b, words.EndsNot...)
	}
	return append(b, `</span>`...)
}

func token(b []byte, element, class, text string) []byte {
	b = append(b, '<')
	b = append(b, element...)
	if class != "" {
		b = append(b, ` class="`...)
		b = append(b, class...)
		b = append(b, '"')
	}
	b = append(b, '>')
	b = markup.Bytes(b, text, markup.ASCII)
	b = append(b, "</"...)
	b = append(b, element...)
	return append(b, '>')
}

// contentLines appends content that is text.
func contentLines(b []byte, l line) []byte {
	text := l.text
	for n := 0; text != ""; n++ {
		if n == maxContentLines {
			return remark(b, Count(int64(strings.Count(text, "\n")+1))+" "+words.LinesMore)
		}
		cut := strings.IndexByte(text, '\n') + 1
		if cut == 0 {
			cut = len(text)
		}
		b = openLine(b, l.from)
		b = markup.Bytes(b, Clip(text[:cut], maxLine), markup.UTF8)
		b = closeLine(b, l.from)
		text = text[cut:]
	}
	return b
}

// hex appends content that is not text as numbers, eight bytes in a row: 41
// characters, which fit a telephone.
func hex(b []byte, s string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, `<pre class="hex" tabindex="0" aria-label="Content as numbers">`...)
	shown := s[:min(len(s), hexBytes)]
	for i := 0; i < len(shown); i += 8 {
		row := shown[i:min(len(shown), i+8)]
		b = append(b, `<span>`...)
		for shift := 12; shift >= 0; shift -= 4 {
			b = append(b, digits[i>>shift&0xf])
		}
		b = append(b, `</span>  `...)
		for j := range 8 {
			if j < len(row) {
				b = append(b, digits[row[j]>>4], digits[row[j]&0xf], ' ')
			} else {
				b = append(b, "   "...)
			}
		}
		b = append(b, ' ')
		for j := range len(row) {
			c := row[j]
			if c < 0x20 || c >= 0x7f {
				c = '.'
			}
			b = markup.Text(b, string(rune(c)))
		}
		b = append(b, '\n')
	}
	if len(s) > len(shown) {
		b = append(b, `<span>… `...)
		b = append(b, Count(int64(len(s)-len(shown)))...)
		b = append(b, " "+words.BytesMore+`</span>`...)
	}
	return append(b, `</pre>`...)
}

// missing appends what the browser said beside the fields, and what it keeps
// to itself.
func missing(b []byte, r *trace.Record) []byte {
	b = append(b, `<details class="missing"><summary>`+words.Missing+`</summary><ul>`...)
	item := func(text string) {
		b = append(b, `<li>`...)
		b = markup.Text(b, text)
		b = append(b, `</li>`...)
	}
	if told := browser(&r.Browser); told != "" {
		item(words.BrowserTold + Clip(told, maxLine))
	}
	for i := range r.Steps[:min(len(r.Steps), maxSteps)] {
		if s := &r.Steps[i]; ofRequest(s) {
			item(Clip(sentences.Sentence(s), maxLine))
		}
	}
	for _, text := range []string{words.MissingAfter, words.MissingOrder, words.MissingReal} {
		item(text)
	}
	return append(b, `</ul></details>`...)
}

// browser is what the browser told beside the fields.
func browser(t *trace.Browser) string {
	var told []string
	for _, f := range [...][2]string{
		{"mode", t.Mode}, {"destination", t.Destination}, {"cache", t.Cache}, {"redirect", t.Redirect}, {"referrer", t.Referrer}, {"client", t.Client},
	} {
		if f[1] != "" {
			told = append(told, f[0]+" "+f[1])
		}
	}
	return strings.Join(told, ", ")
}

// ofRequest reports whether a step is about the request as the browser gave
// it, not about what the server did.
func ofRequest(s *trace.Step) bool {
	return s.Code == trace.FetchRebuilt || s.Code == trace.FetchUnseen
}
