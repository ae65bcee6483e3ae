package http1

import "iter"

// Field is one field line (RFC 9112 §5), its value without the white space
// around it.
type Field struct{ Name, Value string }

// Fields is a field section in the order of the wire. Names compare without
// regard to case (RFC 9110 §5.1).
type Fields []Field

// Lookup returns the value of the first field line with that name.
func (f Fields) Lookup(name string) (value string, ok bool) {
	for i := range f {
		if EqualFold(f[i].Name, name) {
			return f[i].Value, true
		}
	}
	return "", false
}

// Get returns the value of the first field line with that name, or "".
func (f Fields) Get(name string) string {
	v, _ := f.Lookup(name)
	return v
}

// Has reports whether there is a field line with that name.
func (f Fields) Has(name string) bool {
	_, ok := f.Lookup(name)
	return ok
}

// Values yields the value of each field line with that name, in order.
func (f Fields) Values(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range f {
			if EqualFold(f[i].Name, name) && !yield(f[i].Value) {
				return
			}
		}
	}
}

// HasToken reports whether token is a member of the list that all field lines
// of that name form together (RFC 9110 §5.6.1); case does not matter.
func (f Fields) HasToken(name, token string) bool {
	for i := range f {
		if EqualFold(f[i].Name, name) && listHas(f[i].Value, token) {
			return true
		}
	}
	return false
}

func listHas(list, token string) bool {
	for len(list) > 0 {
		end := 0
		for end < len(list) && list[end] != ',' {
			end++
		}
		if EqualFold(TrimOWS(list[:end]), token) {
			return true
		}
		if end == len(list) {
			return false
		}
		list = list[end+1:]
	}
	return false
}

// TrimOWS removes optional white space, SP and HTAB, from both ends
// (RFC 9110 §5.6.3).
func TrimOWS(s string) string {
	for len(s) > 0 && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	for len(s) > 0 && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
}

// EqualFold reports whether a and b are equal when ASCII letters are compared
// without regard to case, as field names and most tokens are. Unlike
// strings.EqualFold it never lets U+212A pass for a K.
func EqualFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if a[i] != b[i] && lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
