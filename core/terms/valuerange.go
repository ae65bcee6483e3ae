package terms

import "strings"

// ranges explains Range (RFC 9110 §14.1.2, §14.2).
func (v *valueOf) ranges(value string) string {
	unit, set, ok := strings.Cut(value, "=")
	if !ok {
		return ""
	}
	if lowerAll(unit) != "bytes" {
		return v.say("range.unit", unit)
	}
	var said []string
	all, left := members(set)
	for _, m := range all {
		first, last, ok := strings.Cut(m, "-")
		from, hasFrom := number(first)
		to, hasTo := number(last)
		switch {
		case !ok, first != "" && !hasFrom, last != "" && !hasTo, !hasFrom && !hasTo, hasFrom && hasTo && to < from:
			return v.say("range.bad")
		case !hasFrom:
			said = append(said, v.plural("range.last", to))
		case !hasTo:
			said = append(said, v.say("range.from", count(from)))
		default:
			said = append(said, v.say("range.part", count(from), count(to), v.plural("bytes", to-from+1)))
		}
	}
	if len(said) == 0 {
		return v.say("range.bad")
	}
	return v.join(said, left)
}

// contentRange explains Content-Range (RFC 9110 §14.4).
func (v *valueOf) contentRange(value string) string {
	unit, rest, ok := strings.Cut(value, " ")
	part, whole, slash := strings.Cut(rest, "/")
	size, hasSize := number(whole)
	if !ok || !slash || lowerAll(unit) != "bytes" || !hasSize && whole != "*" {
		return ""
	}
	if part == "*" && hasSize {
		return v.say("content-range.none", v.plural("bytes", size))
	}
	first, last, _ := strings.Cut(part, "-")
	from, ok1 := number(first)
	to, ok2 := number(last)
	if !ok1 || !ok2 || to < from || hasSize && to >= size {
		return ""
	}
	said := v.say("content-range.part", count(from), count(to), v.plural("bytes", to-from+1))
	if hasSize {
		return v.say("content-range.of", said, count(size))
	}
	return v.say("content-range.unknown", said)
}

func (v *valueOf) length(value string) string {
	n, ok := number(value)
	if !ok {
		return ""
	}
	switch said := v.plural("bytes", n); {
	case n >= 10_000_000:
		return v.say("length.about", said, count((n+500_000)/1_000_000)+" MB")
	case n >= 10_000:
		return v.say("length.about", said, count((n+500)/1000)+" kB")
	case n == 0:
		return v.say("length.zero")
	default:
		return v.say("length", said)
	}
}

// entityTag explains ETag (RFC 9110 §8.8.3).
func (v *valueOf) entityTag(value string) string {
	switch tag, weak := strings.CutPrefix(value, "W/"); {
	case !isTag(tag):
		return v.say("tag.bad")
	case weak:
		return v.say("tag.weak")
	}
	return v.say("tag.strong")
}

// isTag reports whether s is an opaque-tag: characters in quotes, without
// escapes.
func isTag(s string) bool {
	return len(s) >= 2 && s[0] == '"' && strings.IndexByte(s[1:], '"') == len(s)-2
}

// entityTags explains If-Match and If-None-Match.
func (v *valueOf) entityTags(value string) string {
	if value == "*" {
		return v.say("tags.any")
	}
	all, left := members(value)
	weak := int64(0)
	for _, m := range all {
		tag, w := strings.CutPrefix(m, "W/")
		if !isTag(tag) {
			return v.say("tag.bad")
		}
		if w {
			weak++
		}
	}
	if len(all) == 0 {
		return ""
	}
	said := []string{v.plural("tags", int64(len(all)+left))}
	if weak > 0 {
		said = append(said, v.plural("tags.weak", weak))
	}
	return v.join(said, 0)
}

// validator explains If-Range, which has an entity tag or a date.
func (v *valueOf) validator(value string) string {
	if strings.HasPrefix(value, "W/") {
		return v.say("if-range.weak")
	}
	if isTag(value) {
		return v.say("if-range.tag")
	}
	if _, ok := parseDate(value); ok {
		return v.say("if-range.date")
	}
	return ""
}
