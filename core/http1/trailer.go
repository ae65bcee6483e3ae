package http1

// readTrailers receives the trailer section (RFC 9112 §7.1.2) through its
// empty line. Lines end in CR LF under every Rules.
func (c *Conn) readTrailers() (done bool, f flaw) {
	in := &c.in
	for {
		to, next, found := c.nextLine(c.rules.Limits.Trailers - in.at)
		switch found {
		case tooLong:
			return false, flaw{fault: TrailersTooLong, at: in.at}
		case bare:
			return false, flaw{BareLF, to, spanOf(in.at, to)}
		case notYet:
			return false, flaw{}
		}
		if f := c.countField(to); f.found() {
			return false, f
		}
		if to == in.at {
			in.at = next
			return true, flaw{}
		}
		if f := c.addField(to); f.found() {
			return false, f
		}
		in.at = next
	}
}

// setTrailers fills the End event with the trailer section that was read and
// consumes it.
func (c *Conn) setTrailers() {
	in := &c.in
	c.end.Trailers = c.end.Trailers[:0]
	if len(in.fields) > 0 {
		s := string(c.buf[c.r : c.r+in.at])
		for _, l := range in.fields {
			if name := l.name.in(s); !IsBarredTrailer(name) {
				c.end.Trailers = append(c.end.Trailers, Field{name, l.value.in(s)})
			}
		}
	}
	c.frames(TrailerSection, in.at)
}

// IsBarredTrailer reports whether a field must not come after the content:
// framing, routing, request modifiers, authentication, control data and what
// says how to read the content (RFC 9110 §6.5.1). Such trailers are dropped,
// so that no reader takes them for a part of the head.
func IsBarredTrailer(name string) bool {
	for list := barredTrailers; list != ""; {
		next := 0
		for list[next] != ' ' {
			next++
		}
		if EqualFold(list[:next], name) {
			return true
		}
		list = list[next+1:]
	}
	const forwarded = "x-forwarded-"
	return len(name) > len(forwarded) && EqualFold(name[:len(forwarded)], forwarded)
}

// barredTrailers are the names, each with SP behind it: one text is a tenth of
// the program that a switch over them is.
const barredTrailers = "content-length transfer-encoding trailer te connection keep-alive " +
	"upgrade proxy-connection host forwarded via max-forwards " +
	"content-encoding content-type content-range content-location " +
	"authorization www-authenticate proxy-authorization proxy-authenticate " +
	"cookie set-cookie origin referer expect range pragma " +
	"cache-control age date expires location retry-after vary warning " +
	"if-match if-none-match if-modified-since if-unmodified-since if-range "
