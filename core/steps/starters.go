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

// Starters are all starters, those of a group behind each other. A page, which
// has no need of them before it is asked, fetches their text and parses that.
func Starters() []Starter { return ParseStarters(startersText) }

// ParseStarters reads the text of starters. What it does not know it leaves out.
func ParseStarters(text string) []Starter {
	var list []Starter
	group := ""
	for line := range strings.SplitSeq(text, "\n") {
		sign, text, _ := strings.Cut(line, " ")
		switch {
		case sign == "##":
			group = text
			continue
		case sign == "#" && group != "":
			list = append(list, Starter{Group: group, Title: text, Segments: [][]byte{nil}})
			continue
		case len(list) == 0:
			continue
		}
		switch s := &list[len(list)-1]; sign {
		case ">":
			last := &s.Segments[len(s.Segments)-1]
			*last = appendUnescaped(*last, text)
		case "|":
			s.Segments = append(s.Segments, nil)
		case "=":
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
