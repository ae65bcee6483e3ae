package http1

// What is sent is checked as strictly as what is received: a message that a
// reader could see the end of too early cannot be made.

// protoOf returns the version of a start line to send, "HTTP/1.1" for "".
func protoOf(s string) (proto string, v Version, err error) {
	switch s {
	case "", "HTTP/1.1":
		return "HTTP/1.1", Version{1, 1}, nil
	case "HTTP/1.0":
		return s, Version{1, 0}, nil
	}
	v, f := parseVersion([]byte(s), true)
	if f.found() {
		return s, v, UsageError("the protocol version is not HTTP/1.x")
	}
	return s, v, nil
}

// safeTarget reports whether no reader, however lenient, can see the end of
// the word inside s.
func safeTarget(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] == 0x7f || is(s[i], space) {
			return false
		}
	}
	return len(s) > 0
}

// frame checks the fields of a message of version v and says how they frame
// its content; UntilClose if they do not. options are those of Connection.
func frame(fields Fields, v Version) (out outgoing, options connectionOptions, err error) {
	out.length = UntilClose
	var length, coding bool
	for i := range fields {
		f := &fields[i]
		if err := checkField(f); err != nil {
			return out, options, err
		}
		switch len(f.Name) {
		case len("Connection"):
			if EqualFold(f.Name, "Connection") {
				options.close = options.close || listHas(f.Value, "close")
				options.keepAlive = options.keepAlive || listHas(f.Value, "keep-alive")
			}
		case len("Content-Length"):
			if !EqualFold(f.Name, "Content-Length") {
				continue
			}
			n, bad := parseLength(f.Value)
			if bad >= 0 || length {
				return out, options, UsageError("Content-Length is not one number")
			}
			length = true
			out.length, out.left = n, n
		case len("Transfer-Encoding"):
			if !EqualFold(f.Name, "Transfer-Encoding") {
				continue
			}
			if !EqualFold(f.Value, "chunked") || coding {
				return out, options, UsageError("Transfer-Encoding is not chunked alone")
			}
			if !v.AtLeast(1, 1) {
				return out, options, UsageError("Transfer-Encoding in a message before HTTP/1.1")
			}
			coding = true
		}
	}
	if coding {
		if length {
			return out, options, UsageError("Content-Length beside Transfer-Encoding")
		}
		out.length = Chunked
	}
	return out, options, nil
}

// checkField refuses what would not be one field line for its reader.
func checkField(f *Field) error {
	if !IsToken(f.Name) {
		return UsageError("a field name is not a token")
	}
	for i := 0; i < len(f.Value); i++ {
		if c := f.Value[i]; c == '\r' || c == '\n' || c == 0 {
			return UsageError("CR, LF or NUL in the value of " + f.Name)
		}
	}
	return nil
}
