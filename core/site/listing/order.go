package listing

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sort puts entries in the order of a listing (I-5): by the name in
// lower case, by code point; names equal in lower case by their bytes, which
// http.server leaves to the file system.
func Sort(entries []Entry) {
	type keyed struct {
		key string
		Entry
	}
	rows := make([]keyed, len(entries))
	for i, e := range entries {
		rows[i] = keyed{sortKey(e.Name), e}
	}
	slices.SortFunc(rows, func(a, b keyed) int {
		if c := strings.Compare(a.key, b.key); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	for i := range rows {
		entries[i] = rows[i].Entry
	}
}

// sortKey is a name in lower case as Python has it, in an encoding whose
// bytes compare as the code points do. A byte that is not UTF-8 counts as the
// surrogate U+DC80 to U+DCFF it is in Python.
func sortKey(name string) string {
	i := 0
	for i < len(name) && name[i] < utf8.RuneSelf && (name[i] < 'A' || name[i] > 'Z') {
		i++
	}
	if i == len(name) {
		return name
	}
	b := append(make([]byte, 0, len(name)+8), name[:i]...)
	for i < len(name) {
		r, n := utf8.DecodeRuneInString(name[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b = append(b, 0xed, 0xb0|name[i]>>6, 0x80|name[i]&0x3f)
		case r == '\u0130': // I with a dot: the only letter that becomes two
			b = append(b, "i\u0307"...)
		case r == '\u03a3' && isFinalSigma(name[:i], name[i+n:]):
			b = append(b, "\u03c2"...)
		default:
			b = utf8.AppendRune(b, unicode.ToLower(r))
		}
		i += n
	}
	return string(b)
}

// isFinalSigma is the condition Final_Sigma of Unicode 16, section 3.13: a
// letter with case before, none after, characters without influence on case
// skipped.
func isFinalSigma(before, after string) bool {
	found := false
	for len(before) > 0 && !found {
		r, n := utf8.DecodeLastRuneInString(before)
		if r == utf8.RuneError && n == 1 {
			return false
		}
		if !isCaseIgnorable(r) {
			if !isCased(r) {
				return false
			}
			found = true
		}
		before = before[:len(before)-n]
	}
	if !found {
		return false
	}
	for len(after) > 0 {
		r, n := utf8.DecodeRuneInString(after)
		if r == utf8.RuneError && n == 1 {
			return true
		}
		if !isCaseIgnorable(r) {
			return !isCased(r)
		}
		after = after[n:]
	}
	return true
}

func isCased(r rune) bool {
	return unicode.IsUpper(r) || unicode.IsLower(r) || unicode.IsTitle(r) ||
		unicode.In(r, unicode.Other_Lowercase, unicode.Other_Uppercase)
}

func isCaseIgnorable(r rune) bool {
	switch r {
	case '\'', '.', ':', '\u00b7', '\u0387', '\u055f', '\u05f4', '\u2018', '\u2019', '\u2024', '\u2027',
		'\ufe13', '\ufe52', '\ufe55', '\uff07', '\uff0e', '\uff1a':
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Lm, unicode.Sk)
}
