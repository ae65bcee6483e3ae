package copyas

// word puts s as one word of a POSIX shell. s is printable ASCII.
func (t *text) word(s string) {
	t.putByte('\'')
	for i := range len(s) {
		if s[i] == '\'' {
			t.put(`'\'`) // ends the quotes, a quote, begins them
		}
		t.putByte(s[i])
	}
	t.putByte('\'')
}

// printf puts a command that writes s, any bytes, to its output. In the format
// of printf a byte that is not plain is three octal digits: \xNN is not in
// POSIX, and dash has it not.
func (t *text) printf(s string) {
	t.put("printf '")
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\r':
			t.put(`\r`)
		case c == '\n':
			t.put(`\n`)
		case c == '%':
			t.put("%%")
		case c < ' ' || c > '~' || c == '\'' || c == '\\' || c == '-' && i == 0:
			t.putByte('\\')
			t.putByte('0' + c>>6)
			t.putByte('0' + c>>3&7)
			t.putByte('0' + c&7)
		default:
			t.putByte(c)
		}
	}
	t.putByte('\'')
}

// nc puts a command that sends the request byte by byte.
func (t *text) nc(q *request, to *server) {
	q.marks(t, "# ")
	if q.raw != "" {
		t.pipe(q, to)
	}
}

// pipe puts that command. Where the server speaks TLS, openssl takes the part
// of nc.
func (t *text) pipe(q *request, to *server) {
	t.printf(q.raw)
	if to.tls {
		t.put(" | openssl s_client -quiet -connect ")
		t.put(to.authority)
		if to.authority == to.host {
			t.put(":443")
		}
		t.put(" -servername ")
		t.put(to.host)
	} else {
		t.put(" | nc ")
		t.put(to.host)
		t.put(" ")
		t.put(to.port)
	}
	t.putByte('\n')
}

// instead puts why a tool cannot send the request, and how it can be sent. sign
// begins a comment of the tool, empty for the shell.
func (t *text) instead(sign, tool, why string, q *request, to *server) {
	t.comment(sign, tool+".not", why)
	if q.raw == "" {
		return
	}
	t.comment(sign, "not.instead")
	if sign != "# " {
		t.put(sign)
	}
	t.pipe(q, to)
}
