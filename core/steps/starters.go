package steps

import (
	_ "embed"
	"strings"
)

//go:embed starters.txt
var startersText string

// Starter is bytes that one can begin with.
type Starter struct {
	Group, Title string
	Segments     [][]byte
	// Compat and Strict are what comes of it: the statuses of the responses, and
	// where the parser stops.
	Compat, Strict string
}

// Broken reports whether one of the profiles refuses it.
func (s *Starter) Broken() bool {
	return strings.Contains(s.Compat, "fault") || strings.Contains(s.Strict, "fault")
}

// Starters are all starters, those of a group behind each other.
func Starters() []Starter {
	var list []Starter
	group := ""
	for line := range strings.SplitSeq(startersText, "\n") {
		var s *Starter
		if n := len(list); n > 0 {
			s = &list[n-1]
		}
		switch sign, text, _ := strings.Cut(line, " "); {
		case sign == "##":
			group = text
		case sign == "#" && group != "":
			list = append(list, Starter{Group: group, Title: text, Segments: [][]byte{nil}})
		case sign == ">":
			last := &s.Segments[len(s.Segments)-1]
			*last = appendUnescaped(*last, text)
		case sign == "|":
			s.Segments = append(s.Segments, nil)
		case sign == "=":
			profile, outcome, _ := strings.Cut(text, " ")
			if profile == "strict" {
				s.Strict = outcome
			} else {
				s.Compat = outcome
			}
		}
	}
	return list
}

// appendUnescaped appends bytes in the notation of this file: \r, \n, \t and
// \xHH; everything else is itself.
func appendUnescaped(b []byte, text string) []byte {
	const digits = "0123456789abcdef"
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' && i+1 < len(text) {
			i++
			switch text[i] {
			case 'r':
				c = '\r'
			case 'n':
				c = '\n'
			case 't':
				c = '\t'
			case 'x':
				c = byte(strings.IndexByte(digits, text[i+1])<<4 | strings.IndexByte(digits, text[i+2]))
				i += 2
			}
		}
		b = append(b, c)
	}
	return b
}
