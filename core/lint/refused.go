package lint

import "strings"

// faultNotes are the notes that say what the core has said already: where the
// request broke the rules.
var faultNotes = [...]struct {
	code string
	note id
}{
	{"bare-lf", a1}, {"bare-cr", a2}, {"bad-version", a21}, {"unsupported-version", a22}, {"tls-handshake", a24},
	{"start-line-too-long", a19}, {"bad-method", a8},
	{"no-colon", b1}, {"space-before-colon", b2}, {"bad-field-name", b3},
	{"nul", b5}, {"nul-in-start-line", b5}, {"bad-field-value", b5},
	{"field-line-too-long", b12}, {"too-many-fields", b12}, {"head-too-long", b12}, {"trailers-too-long", b12},
	{"bad-coding", b17}, {"missing-host", c1},
	{"unknown-coding", d6}, {"coding-in-old-version", d7},
	{"bad-chunk-size", d9}, {"chunk-line-too-long", d9}, {"bad-extension", d9}, {"extensions-too-long", d9}, {"bad-chunk-end", d10},
}

// refused says why the request was refused.
func (x *exchange) refused() {
	if x.fault == nil {
		return
	}
	text, start, known := x.startLine()
	if known && strings.HasPrefix(text, "PRI * HTTP/2") {
		x.bytes(a24, start, int64(len(text)))
		x.arg("HTTP/2")
		return
	}
	for i := range faultNotes {
		if faultNotes[i].code == x.broken {
			x.bytes(faultNotes[i].note, x.fault.Off, x.fault.Len)
		}
	}
	switch x.broken {
	case "bad-version", "unsupported-version":
		x.arg(text[strings.LastIndexByte(text, ' ')+1:])
	case "tls-handshake":
		x.arg("TLS")
	case "bad-method":
		x.arg(x.method)
	case "field-line-too-long", "too-many-fields", "head-too-long", "trailers-too-long":
		x.arg(x.broken)
		x.arg(arg(x.fault, 0))
	case "bad-coding":
		x.arg("Transfer-Encoding")
	case "unknown-coding":
		x.arg(x.req.value(transferEncoding))
	case "folded-line":
		// Directly behind the request-line it is white space where the first
		// field line should be.
		n := b4
		if head, ok := x.octets(start, x.fault.Off); known && ok && strings.Count(head, "\n") == 1 {
			n = a4
		}
		x.bytes(n, x.fault.Off, x.fault.Len)
	case "bad-length":
		x.badLength()
	case "length-conflict", "length-with-coding", "chunked-not-last":
		x.conflict()
	}
}

// badLength looks at a Content-Length that is no number: it may be a list of
// lengths, which is what two field lines become when they are joined.
func (x *exchange) badLength() {
	f := x.req.first[contentLength]
	n, rest := d2, x.req.value(contentLength)
	if strings.IndexByte(rest, ',') < 0 {
		n = d1
	}
	first := item(&rest, ',')
	for rest != "" && n != d1 {
		if next := item(&rest, ','); length(next) < 0 || length(first) < 0 {
			n = d1
		} else if next != first {
			n = d3
		}
	}
	x.line(n, f, x.req.value(contentLength))
}

// conflict looks at fields that say in two ways where the request ends.
func (x *exchange) conflict() {
	n, values, chunked := d2, "", 0
	for i, f := range x.req.fields {
		v := f.Value.Text
		switch x.req.known[i] {
		case contentLength:
			if values == "" {
				values = v
			} else if v != values {
				n = d3
			}
		case transferEncoding:
			for rest := v; rest != ""; {
				if item(&rest, ',') == "chunked" {
					chunked++
				}
			}
			values = v
		}
	}
	switch {
	case x.broken == "length-with-coding":
		n, values = d4, ""
	case x.broken == "length-conflict":
	case chunked > 1:
		n, values = d8, ""
	default:
		n = d5
	}
	for i := range x.req.fields {
		if k := x.req.known[i]; k == transferEncoding && n != d2 && n != d3 || k == contentLength && n != d5 && n != d8 {
			x.line(n, &x.req.fields[i], values)
		}
	}
}
