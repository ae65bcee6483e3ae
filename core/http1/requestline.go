package http1

import "bytes"

// startLine is what a request-line or status-line tells.
type startLine struct {
	method, target, proto, reason span
	version                       Version
	http09                        bool
	status                        int
}

func (s startLine) shift(by int) startLine {
	s.method, s.target = s.method.shift(by), s.target.shift(by)
	s.proto, s.reason = s.proto.shift(by), s.reason.shift(by)
	return s
}

// parseRequestLine reads
//
//	request-line = method SP request-target SP HTTP-version   (RFC 9112 §3)
//
// With a flaw, method and target are set only where the words of the line and
// its version are in order: http.server does not know the method of a line it
// does not understand either, and then sends content in response to HEAD.
func parseRequestLine(line []byte, rules *Rules) (s startLine, f flaw) {
	// Differs from http.server: a CR inside the line does not separate words,
	// and NUL is no character of a word.
	if i := bytes.IndexByte(line, '\r'); i >= 0 {
		return s, flaw{BareCR, i, spanOf(0, len(line))}
	}
	if i := bytes.IndexByte(line, 0); i >= 0 {
		return s, flaw{NULInStartLine, i, spanOf(0, len(line))}
	}
	var words [4]span
	var n int
	if rules.LenientRequestLine {
		n = lenientWords(line, &words)
	} else {
		n = strictWords(line, &words)
	}
	switch {
	case n >= 3:
		// The last word is the version, and is judged before the number of
		// words.
		s.proto = words[min(n, 4)-1]
		if s.version, f = parseVersion(s.proto.of(line), rules.AnyVersion); f.found() {
			at := s.proto.at()
			s.proto, s.version = span{}, Version{}
			return s, f.shift(at)
		}
		if n > 3 {
			return s, badSyntax(line, words[2].at())
		}
	case n == 2 && rules.HTTP09:
		if m := words[0]; string(m.of(line)) != "GET" {
			return s, flaw{BadHTTP09Method, m.at(), m}
		}
		s.http09 = true
		s.version = Version{0, 9}
	default:
		return s, badSyntax(line, wordsEnd(line, n, &words))
	}
	s.method, s.target = words[0], words[1]
	m, t := s.method.of(line), s.target.of(line)
	if !rules.AnyMethod {
		if i := firstOther(m, tchar); i < len(m) {
			return s, flaw{BadMethod, s.method.at() + i, s.method}
		}
	}
	if !rules.AnyTarget {
		if i := badTarget(m, t); i >= 0 {
			return s, flaw{BadTarget, s.target.at() + i, s.target}
		}
	}
	return s, flaw{}
}

func badSyntax(line []byte, at int) flaw { return flaw{BadSyntax, at, spanOf(0, len(line))} }

// wordsEnd is where a line goes wrong of which n words could be told, too few.
func wordsEnd(line []byte, n int, words *[4]span) int {
	if n > 0 {
		// What separates the words may be another white space than SP.
		if i := words[0].at() + firstOther(words[0].of(line), tchar); i < int(words[0].to) {
			return i
		}
		return len(line)
	}
	// A word is empty: the SP behind another SP, or the first or last octet.
	for i, c := range line {
		if c == ' ' && (i == 0 || line[i-1] == ' ') {
			return i
		}
	}
	return max(0, len(line)-1)
}

// strictWords splits line at single SPs. It returns the number of words, 0
// if one of them is empty; the last of more than four is words[3].
func strictWords(line []byte, words *[4]span) (n int) {
	from := 0
	for {
		to := len(line)
		if i := bytes.IndexByte(line[from:], ' '); i >= 0 {
			to = from + i
		}
		if to == from {
			return 0
		}
		words[min(n, 3)] = spanOf(from, to)
		n++
		if to == len(line) {
			return n
		}
		from = to + 1
		if from == len(line) {
			return 0
		}
	}
}

// lenientWords splits line at runs of white space as Python's str.split does
// with Latin-1.
func lenientWords(line []byte, words *[4]span) (n int) {
	for i := 0; ; n++ {
		for i < len(line) && is(line[i], space) {
			i++
		}
		if i == len(line) {
			return n
		}
		from := i
		for i < len(line) && !is(line[i], space) {
			i++
		}
		words[min(n, 3)] = spanOf(from, i)
	}
}

// parseVersion reads
//
//	HTTP-version = "HTTP" "/" DIGIT "." DIGIT                 (RFC 9112 §2.3)
//
// or, if any is true, up to ten digits in each part.
func parseVersion(word []byte, any bool) (v Version, f flaw) {
	bad := flaw{BadVersion, 0, spanOf(0, len(word))}
	const name = "HTTP/"
	if len(word) < len(name) || string(word[:len(name)]) != name {
		return v, bad
	}
	numbers := word[len(name):]
	dot := bytes.IndexByte(numbers, '.')
	if dot < 0 {
		return v, bad
	}
	longest := 1
	if any {
		longest = 10
	}
	var ok bool
	if v.Major, ok = versionPart(numbers[:dot], longest); !ok {
		return v, bad
	}
	if v.Minor, ok = versionPart(numbers[dot+1:], longest); !ok {
		return v, bad
	}
	if v.Major > 1 || v.Major == 0 && !any {
		return v, flaw{UnsupportedVersion, len(name), spanOf(len(name), len(word))}
	}
	return v, flaw{}
}

func versionPart(digits []byte, longest int) (n uint16, ok bool) {
	if len(digits) == 0 || len(digits) > longest {
		return 0, false
	}
	var sum uint64
	for _, d := range digits {
		if !isDigit(d) {
			return 0, false
		}
		sum = sum*10 + uint64(d-'0')
	}
	return uint16(min(sum, 65535)), true
}
