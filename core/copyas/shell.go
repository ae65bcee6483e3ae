package copyas

// appendQuoted appends s as one word of a POSIX shell. s is printable ASCII.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '\'')
	for i := range len(s) {
		if s[i] == '\'' {
			dst = append(dst, `'\'`...) // ends the quotes, a quote, begins them
		}
		dst = append(dst, s[i])
	}
	return append(dst, '\'')
}

// appendPrintf appends a command that writes s, any bytes, to its output. In
// the format of printf a byte that is not plain is three octal digits: \xNN is
// not in POSIX, and dash has it not.
func appendPrintf(dst []byte, s string) []byte {
	dst = append(dst, "printf '"...)
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '%':
			dst = append(dst, "%%"...)
		case c < ' ' || c > '~' || c == '\'' || c == '\\' || c == '-' && i == 0:
			dst = append(dst, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '\'')
}

// appendNC appends a command that sends the request byte by byte. Where the
// server speaks TLS, openssl takes the part of nc.
func appendNC(dst []byte, q *request, to server) []byte {
	dst = q.appendMarks(dst, "# ")
	if q.raw == "" {
		return dst
	}
	return append(appendPipe(dst, q, to), '\n')
}

func appendPipe(dst []byte, q *request, to server) []byte {
	dst = append(appendPrintf(dst, q.raw), " | "...)
	if to.tls {
		dst = append(append(dst, "openssl s_client -quiet -connect "...), to.authority...)
		if to.authority == to.host {
			dst = append(append(dst, ':'), to.port...)
		}
		return append(append(dst, " -servername "...), to.host...)
	}
	return append(append(append(append(dst, "nc "...), to.host...), ' '), to.port...)
}

// appendInstead appends why a tool cannot send the request, and how it can be
// sent. sign begins a comment of the tool; a command that is one in the shell is
// given as it is.
func appendInstead(dst []byte, sign, tool, why string, q *request, to server) []byte {
	dst = appendComment(dst, sign, tool+".not", why)
	if q.raw == "" {
		return dst
	}
	dst = appendComment(dst, sign, "not.instead")
	if sign != "# " {
		dst = append(dst, sign...)
	}
	return append(appendPipe(dst, q, to), '\n')
}
