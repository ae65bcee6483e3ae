package http1

// fieldLine is one field line of the section that is read.
type fieldLine struct{ name, value span }

// special is the set of fields in a section that decide something.
type special uint8

const (
	hasHost special = 1 << iota
	hasLength
	hasCoding
	hasConnection
	hasExpect
	hasUpgrade
)

// specialOf returns the one-element set of name, empty for most names.
func specialOf(name []byte) special {
	switch len(name) {
	case 4:
		if same(name, "host") {
			return hasHost
		}
	case 6:
		if same(name, "expect") {
			return hasExpect
		}
	case 7:
		if same(name, "upgrade") {
			return hasUpgrade
		}
	case 10:
		if same(name, "connection") {
			return hasConnection
		}
	case 14:
		if same(name, "content-length") {
			return hasLength
		}
	case 17:
		if same(name, "transfer-encoding") {
			return hasCoding
		}
	}
	return 0
}

// readFields receives the field section of a head, through its empty line. It
// judges each line when it is there, so a fault does not wait for the rest.
func (c *Conn) readFields() (done bool, f flaw) {
	in := &c.in
	for {
		to, next, f := c.headLine(c.rules.Limits.FieldLine, FieldLineTooLong)
		if f.found() || next == 0 {
			return false, f
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

// countField refuses the line [in.at, to) if it is one too many.
func (c *Conn) countField(to int) flaw {
	n := len(c.in.fields)
	if to > c.in.at || c.rules.EmptyLineCounts {
		n++
	}
	if n > c.rules.Limits.Fields {
		return flaw{TooManyFields, c.in.at, spanOf(c.in.at, to)}
	}
	return flaw{}
}

// addField reads the line [in.at, to) into in.fields.
func (c *Conn) addField(to int) flaw {
	in := &c.in
	b := c.buf[c.r:]
	l, f := parseFieldLine(b[in.at:to], c.rules.AnyValue)
	if f.found() {
		return f.shift(in.at)
	}
	l.name, l.value = l.name.shift(in.at), l.value.shift(in.at)
	in.fields = append(in.fields, l)
	in.has |= specialOf(l.name.of(b))
	return flaw{}
}

// parseFieldLine reads
//
//	field-line = field-name ":" OWS field-value OWS            (RFC 9112 §5)
//
// Differs from http.server: what is no field line is a fault, where
// http.server ends the section without a word or drops the line; a lone CR
// ends no line; white space at the end is no part of the value.
func parseFieldLine(line []byte, anyValue bool) (l fieldLine, f flaw) {
	shown := spanOf(0, len(line))
	colon := firstOther(line, tchar)
	if colon == len(line) {
		return l, flaw{NoColon, 0, shown}
	}
	if line[colon] != ':' || colon == 0 {
		return l, badName(line, colon)
	}
	from, to := colon+1, len(line)
	for from < to && (line[from] == ' ' || line[from] == '\t') {
		from++
	}
	for from < to && (line[to-1] == ' ' || line[to-1] == '\t') {
		to--
	}
	for i := from; ; i++ {
		i += firstControl(line[i:to])
		if i == to {
			break
		}
		switch {
		case line[i] == '\r':
			return l, flaw{BareCR, i, shown}
		case line[i] == 0:
			return l, flaw{NUL, i, shown}
		case !anyValue:
			return l, flaw{BadFieldValue, i, shown}
		}
	}
	return fieldLine{spanOf(0, colon), spanOf(from, to)}, flaw{}
}

// badName says what is wrong with a line whose octet i, no tchar, is not the
// colon after a name.
func badName(line []byte, i int) flaw {
	f := flaw{BadFieldName, i, spanOf(0, len(line))}
	space := func(c byte) bool { return c == ' ' || c == '\t' }
	switch c := line[i]; {
	case c == '\r':
		f.fault = BareCR
	case c == 0:
		f.fault = NUL
	case space(c) && i == 0:
		f.fault = FoldedLine
	default:
		colon := i
		for colon < len(line) && line[colon] != ':' {
			colon++
		}
		if colon == len(line) {
			f.fault, f.at = NoColon, 0
		} else if space(c) && onlySpace(line[i:colon]) {
			f.fault = SpaceBeforeColon
		}
	}
	return f
}

func onlySpace(s []byte) bool {
	for _, c := range s {
		if c != ' ' && c != '\t' {
			return false
		}
	}
	return true
}

// optionsOf reads Connection, which is a list over all its lines (RFC 9110
// §7.6.1).
//
// Differs from http.server: it knows only a whole value, and of the first
// line (K-2, X-3).
func optionsOf(b []byte, fields []fieldLine, has special) (o connectionOptions) {
	if has&hasConnection == 0 {
		return o
	}
	for i := range fields {
		if !same(fields[i].name.of(b), "connection") {
			continue
		}
		for list := fields[i].value.of(b); len(list) > 0; {
			var option []byte
			option, list = cutItem(list)
			o.close = o.close || same(option, "close")
			o.keepAlive = o.keepAlive || same(option, "keep-alive")
		}
	}
	return o
}

// cutItem returns the first item of a list, without the white space around
// it, and what follows its comma.
func cutItem(list []byte) (item, rest []byte) {
	end := 0
	for end < len(list) && list[end] != ',' {
		end++
	}
	item = trimOWS(list[:end])
	if end < len(list) {
		rest = list[end+1:]
	}
	return item, rest
}

func trimOWS(s []byte) []byte {
	for len(s) > 0 && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	for len(s) > 0 && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
}
