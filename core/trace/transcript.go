package trace

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Span is what consecutive lines of a transcript say: bytes, or a line of
// words.
type Span struct {
	Kind       Kind
	Provenance Provenance
	Text       string // bytes of In and Out, words of the others
}

// AppendSpan appends the lines of one span. Bytes are cut behind each LF so
// that lines of the message are lines of the transcript.
func AppendSpan(b []byte, s *Span) []byte {
	text := s.Text
	for {
		line := text
		if i := strings.IndexByte(text, '\n'); i >= 0 {
			line = text[:i+1]
		}
		text = text[len(line):]
		b = append(b, byte(s.Kind))
		if s.Provenance != Wire {
			b = append(b, s.Provenance.String()...)
		}
		b = append(b, ' ')
		if s.Kind == In || s.Kind == Out {
			b = AppendEscaped(b, line)
		} else {
			b = appendWords(b, strings.TrimSuffix(line, "\n"))
		}
		b = append(b, '\n')
		if text == "" {
			return b
		}
	}
}

// AppendEscaped appends s so that every byte is visible and unambiguous:
// printable ASCII as it is, the rest as \r, \n, \t, \\ or \xNN. UTF-8 is
// escaped too: a transcript is about bytes.
func AppendEscaped(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			b = append(b, '\\', '\\')
		case c == '\r':
			b = append(b, '\\', 'r')
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < 0x20 || c >= 0x7f:
			const hex = "0123456789abcdef"
			b = append(b, '\\', 'x', hex[c>>4], hex[c&0xf])
		default:
			b = append(b, c)
		}
	}
	return b
}

// appendWords escapes what is not text for reading: controls and bytes that
// are not UTF-8. Other characters stay.
func appendWords(b []byte, s string) []byte {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if n == 1 || !strconv.IsPrint(r) {
			b = AppendEscaped(b, s[:n])
		} else {
			b = append(b, s[:n]...)
		}
		s = s[n:]
	}
	return b
}

// ErrEscape is the error of Unescape.
var ErrEscape = errors.New("trace: bad escape")

// Unescape undoes AppendEscaped.
func Unescape(s string) (string, error) {
	if strings.IndexByte(s, '\\') < 0 {
		return s, nil
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b = append(b, s[i])
			continue
		}
		i++
		if i == len(s) {
			return "", ErrEscape
		}
		switch s[i] {
		case '\\':
			b = append(b, '\\')
		case 'r':
			b = append(b, '\r')
		case 'n':
			b = append(b, '\n')
		case 't':
			b = append(b, '\t')
		case 'x':
			if i+2 >= len(s) {
				return "", ErrEscape
			}
			v, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
			if err != nil {
				return "", ErrEscape
			}
			b = append(b, byte(v))
			i += 2
		default:
			return "", ErrEscape
		}
	}
	return string(b), nil
}

// ParseTranscript reads spans back: the lines of consecutive spans of the
// same kind and provenance that carry bytes become one span. Empty lines are
// skipped. [ReadTranscript] makes records of them.
func ParseTranscript(text string) ([]Span, error) {
	var spans []Span
	number := 0
	for len(text) > 0 {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		number++
		if line == "" {
			continue
		}
		s, err := parseLine(line)
		if err != nil {
			return nil, errors.New("trace: line " + strconv.Itoa(number) + ": " + err.Error())
		}
		if n := len(spans); n > 0 && (s.Kind == In || s.Kind == Out) &&
			spans[n-1].Kind == s.Kind && spans[n-1].Provenance == s.Provenance {
			spans[n-1].Text += s.Text
			continue
		}
		spans = append(spans, s)
	}
	return spans, nil
}

func parseLine(line string) (s Span, err error) {
	switch k := Kind(line[0]); k {
	case In, Out, Event, Fault, Note:
		s.Kind = k
	default:
		return s, errors.New("no sign of a transcript line")
	}
	word, rest, ok := strings.Cut(line[1:], " ")
	if !ok {
		return s, errors.New("no SP after the sign")
	}
	if word != "" {
		for p := range provenances {
			if provenances[p] == word {
				s.Provenance = Provenance(p)
				word = ""
				break
			}
		}
		if word != "" {
			return s, errors.New("unknown provenance")
		}
	}
	s.Text, err = Unescape(rest)
	return s, err
}
