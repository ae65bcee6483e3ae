package http1

import "bytes"

// parseStatusLine reads
//
//	status-line = HTTP-version SP status-code SP [ reason-phrase ]   (RFC 9112 §4)
//
// With Rules.LenientRequestLine the SP after the status code may be missing.
func parseStatusLine(line []byte, rules *Rules) (s startLine, f flaw) {
	bad := flaw{BadStatusLine, 0, spanOf(0, len(line))}
	if i := bytes.IndexByte(line, '\r'); i >= 0 {
		return s, flaw{BareCR, i, bad.shown}
	}
	if i := bytes.IndexByte(line, 0); i >= 0 {
		return s, flaw{NULInStartLine, i, bad.shown}
	}
	space := bytes.IndexByte(line, ' ')
	if space < 0 {
		return s, bad
	}
	s.proto = spanOf(0, space)
	if s.version, f = parseVersion(line[:space], rules.AnyVersion); f.found() {
		if f.fault == BadVersion {
			return s, bad
		}
		return s, f
	}
	code := line[space+1:]
	if len(code) < 3 || !isDigit(code[0]) || !isDigit(code[1]) || !isDigit(code[2]) || code[0] == '0' {
		bad.at = space + 1
		return s, bad
	}
	s.status = int(code[0]-'0')*100 + int(code[1]-'0')*10 + int(code[2]-'0')
	at := space + 4
	s.reason = spanOf(at, at)
	if at == len(line) {
		if !rules.LenientRequestLine {
			bad.at = at
			return s, bad
		}
		return s, flaw{}
	}
	if line[at] != ' ' {
		bad.at = at
		return s, bad
	}
	s.reason = spanOf(at+1, len(line))
	if i := firstOther(line[at+1:], text); i < len(line)-at-1 {
		bad.at = at + 1 + i
		return s, bad
	}
	return s, flaw{}
}
