package terms

import "strings"

// ranges explains Range (RFC 9110 §14.1.2, §14.2).
func (v *valueOf) ranges(value string) {
	unit, set, ok := strings.Cut(value, "=")
	if !ok {
		return
	}
	if lowerAll(unit) != "bytes" {
		v.say1("range.unit", unit)
		return
	}
	all := members{rest: set}
	for m := all.next(); m != ""; m = all.next() {
		first, last, ok := strings.Cut(m, "-")
		from, to := number(first), number(last)
		switch {
		case !ok, first != "" && from < 0, last != "" && to < 0, from < 0 && to < 0, from >= 0 && to >= 0 && to < from:
			v.said = nil
			all.n = 0
			all.rest = ""
		case from < 0:
			v.put(v.plural("range.last", to))
		case to < 0:
			v.say1("range.from", count(from))
		default:
			v.put(v.part("range.part", from, to))
		}
	}
	if len(v.said) == 0 {
		v.say("range.bad")
	}
	v.more(&all)
}

// part is the sentence of a code about the bytes from one to another.
func (v *valueOf) part(code string, from, to int64) string {
	return v.sentence(code, count(from), count(to), v.plural("bytes", to-from+1))
}

// contentRange explains Content-Range (RFC 9110 §14.4).
func (v *valueOf) contentRange(value string) {
	unit, rest, _ := strings.Cut(value, " ")
	part, whole, _ := strings.Cut(rest, "/")
	size := number(whole)
	first, last, _ := strings.Cut(part, "-")
	from, to := number(first), number(last)
	switch {
	case lowerAll(unit) != "bytes" || size < 0 && whole != "*":
	case part == "*" && size >= 0:
		v.say1("content-range.none", v.plural("bytes", size))
	case from < 0 || to < from || size >= 0 && to >= size:
	case size >= 0:
		v.put(v.sentence("content-range.of", v.part("content-range.part", from, to), count(size), ""))
	default:
		v.say1("content-range.unknown", v.part("content-range.part", from, to))
	}
}

func (v *valueOf) length(value string) {
	n := number(value)
	said := v.plural("bytes", n)
	switch {
	case n < 0:
	case n >= 10_000_000:
		v.put(v.sentence("length.about", said, count((n+500_000)/1_000_000)+" MB", ""))
	case n >= 10_000:
		v.put(v.sentence("length.about", said, count((n+500)/1000)+" kB", ""))
	case n == 0:
		v.say("length.zero")
	default:
		v.say1("length", said)
	}
}

// entityTag explains ETag (RFC 9110 §8.8.3).
func (v *valueOf) entityTag(value string) {
	switch tag, weak := strings.CutPrefix(value, "W/"); {
	case !isTag(tag):
		v.say("tag.bad")
	case weak:
		v.say("tag.weak")
	default:
		v.say("tag.strong")
	}
}

// isTag reports whether s is an opaque-tag: characters in quotes, without
// escapes.
func isTag(s string) bool {
	return len(s) >= 2 && s[0] == '"' && strings.IndexByte(s[1:], '"') == len(s)-2
}

// entityTags explains If-Match and If-None-Match.
func (v *valueOf) entityTags(value string) {
	if value == "*" {
		v.say("tags.any")
		return
	}
	n, weak := int64(0), int64(0)
	for value != "" {
		var m string
		if m, value = cutMember(value, ','); m == "" {
			continue
		}
		tag, w := strings.CutPrefix(m, "W/")
		if !isTag(tag) {
			v.say("tag.bad")
			return
		}
		n++
		if w {
			weak++
		}
	}
	if n > 0 {
		v.put(v.plural("tags", n))
	}
	if weak > 0 {
		v.put(v.plural("tags.weak", weak))
	}
}

// validator explains If-Range, which has an entity tag or a date.
func (v *valueOf) validator(value string) {
	_, date := parseDate(value)
	switch {
	case strings.HasPrefix(value, "W/"):
		v.say("if-range.weak")
	case isTag(value):
		v.say("if-range.tag")
	case date:
		v.say("if-range.date")
	}
}
