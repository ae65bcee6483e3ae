package view

import (
	"strconv"
	"strings"

	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// Bounds of a tree of JSON.
const (
	maxValues = 500
	maxDepth  = 24
)

// tree is JSON while it is drawn (RFC 8259). It shows what stands in the
// content: numbers and strings as they are written, names that come twice twice.
type tree struct {
	l    *fragment.List
	s    string
	at   int
	left int // values that may still be drawn
	bad  bool
}

// appendJSON appends JSON as a tree. It reports false, and appends nothing, if s
// is not whole.
func appendJSON(l *fragment.List, s string) bool {
	try := tree{l: new(fragment.List), s: s, left: maxValues}
	try.value("", 0)
	try.space()
	if try.bad || try.at < len(s) {
		return false
	}
	l.Open("json")
	draw := tree{l: l, s: s, left: maxValues}
	draw.value("", 0)
	if draw.left <= 0 {
		l.Put("json-item", words.Say("json.more"))
	}
	l.Close()
	return true
}

func (t *tree) space() {
	for t.at < len(t.s) && strings.IndexByte(" \t\r\n", t.s[t.at]) >= 0 {
		t.at++
	}
}

func (t *tree) peek() byte {
	if t.at < len(t.s) {
		return t.s[t.at]
	}
	t.bad = true
	return 0
}

// value reads one value and draws it behind its name, while there is room.
func (t *tree) value(name string, depth int) {
	t.space()
	if depth > maxDepth {
		t.bad = true
	}
	if t.bad {
		return
	}
	switch c := t.peek(); c {
	case '{', '[':
		t.members(name, depth, c)
	case '"':
		t.leaf(name, "string", t.text())
	default:
		from := t.at
		for t.at < len(t.s) && strings.IndexByte(" \t\r\n,]}", t.s[t.at]) < 0 {
			t.at++
		}
		word := t.s[from:t.at]
		t.bad = t.bad || word != "true" && word != "false" && word != "null" && !isNumber(word)
		t.leaf(name, "number", word)
	}
}

// text reads a string with its quotes, as it is written.
func (t *tree) text() string {
	from := t.at
	for t.at++; t.at < len(t.s); t.at++ {
		switch t.s[t.at] {
		case '\\':
			t.at++
		case '"':
			t.at++
			return t.s[from:t.at]
		}
	}
	t.bad = true
	return ""
}

// members reads an object or a list.
func (t *tree) members(name string, depth int, open byte) {
	end := open + 2 // '{' and '}', '[' and ']'
	drawn := t.left > 0
	t.left--
	if drawn {
		t.l.Open("json-branch")
		t.name(name, string([]byte{open, ' ', end}))
		t.l.Slot("list")
	}
	t.at++
	for n := 0; !t.bad; n++ {
		t.space()
		if t.peek() == end {
			t.at++
			break
		}
		if n > 0 {
			if t.peek() != ',' {
				t.bad = true
				break
			}
			t.at++
			t.space()
		}
		child := strconv.Itoa(n)
		if open == '{' {
			if t.peek() != '"' {
				t.bad = true
				break
			}
			child = t.text()
			t.space()
			if t.peek() != ':' {
				t.bad = true
				break
			}
			t.at++
		}
		t.value(child, depth+1)
	}
	if drawn {
		t.l.Close()
	}
}

func (t *tree) name(name, value string) {
	if name != "" {
		t.l.Slot("name")
		t.l.Bytes(Clip(name, MaxTarget)+": ", fragment.UTF8)
	}
	t.l.Slot("value")
	t.l.Bytes(Clip(value, MaxTarget), fragment.UTF8)
}

// leaf draws a value that holds no others.
func (t *tree) leaf(name, class, value string) {
	if t.left--; t.left < 0 {
		return
	}
	t.l.Open("json-leaf")
	t.l.Attr("class", class)
	t.name(name, value)
	t.l.Close()
}

// isNumber reports whether s is a number of JSON (RFC 8259 §6).
func isNumber(s string) bool {
	digits := func() (n int) {
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		s = s[n:]
		return n
	}
	s = strings.TrimPrefix(s, "-")
	zero := strings.HasPrefix(s, "0")
	if n := digits(); n == 0 || zero && n > 1 {
		return false
	}
	if rest, ok := strings.CutPrefix(s, "."); ok {
		if s = rest; digits() == 0 {
			return false
		}
	}
	if s != "" && s[0]|0x20 == 'e' {
		if s = s[1:]; s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		return digits() > 0 && s == ""
	}
	return s == ""
}
