package conditional

import (
	"strconv"
	"strings"
	"time"
)

// stableAfter is how long a file must have been left alone before its time of
// modification can be trusted to change with its content: the coarsest file
// systems in use count in steps of two seconds.
const stableAfter = 2 * time.Second

// EntityTag makes the entity tag of a file from its size and its time of
// modification (RFC 9110 §8.8.3), quotes included.
//
// What it promises: another content has another tag, unless it has the same
// size and was given the same time on purpose. A file changed less than two
// seconds before now could change again without its time showing it, so its
// tag is weak; a moment later it is strong, and both still match each other
// by the weak comparison that If-None-Match uses.
//
// There is no tag, "", when the time says nothing: zero, or the first second
// of 1970 or the one after it, which archives and package stores give to all
// their files.
func EntityTag(size int64, modTime, now time.Time) string {
	sec := modTime.Unix()
	if modTime.IsZero() || sec == 0 || sec == 1 {
		return ""
	}
	b := make([]byte, 0, 48)
	if !Stable(modTime, now) {
		b = append(b, "W/"...)
	}
	b = append(b, '"')
	b = strconv.AppendInt(b, sec, 16)
	b = append(b, '.')
	b = strconv.AppendInt(b, int64(modTime.Nanosecond()), 16)
	b = append(b, '-')
	b = strconv.AppendInt(b, size, 16)
	return string(append(b, '"'))
}

func Stable(modTime, now time.Time) bool { return now.Sub(modTime) >= stableAfter }

// opaque is an entity tag without its mark of weakness.
func opaque(tag string) (text string, weak bool) {
	return strings.CutPrefix(tag, "W/")
}

// StrongMatch compares two entity tags as If-Match and If-Range do: both
// strong and the same (RFC 9110 §8.8.3.2).
func StrongMatch(a, b string) bool {
	return a != "" && a == b && !strings.HasPrefix(a, "W/")
}

// WeakMatch compares two entity tags as If-None-Match does: the same, weak or
// not.
func WeakMatch(a, b string) bool {
	a, _ = opaque(a)
	b, _ = opaque(b)
	return a != "" && a == b
}

// nextTag takes the first entity tag off a list (RFC 9110 §8.8.3, §5.6.1).
// ok is false at the end of the list and where it is no list.
func nextTag(list string) (tag, rest string, ok bool) {
	list = strings.TrimLeft(list, " \t,")
	start := 0
	if strings.HasPrefix(list, "W/") {
		start = len("W/")
	}
	if len(list) <= start || list[start] != '"' {
		return "", list, false
	}
	for i := start + 1; i < len(list); i++ {
		switch c := list[i]; {
		case c == '"':
			rest = strings.TrimLeft(list[i+1:], " \t")
			if rest != "" && rest[0] != ',' {
				return "", list, false
			}
			return list[:i+1], rest, true
		case c < 0x21 || c == 0x7f:
			return "", list, false
		}
	}
	return "", list, false
}

// isTag reports whether s is one entity tag and nothing else.
func isTag(s string) bool {
	tag, rest, ok := nextTag(s)
	return ok && rest == "" && tag == s
}
