package terms

import (
	"strconv"
	"strings"
)

// Table is a text of terms, ready to be asked. The zero value has none.
type Table struct {
	sections [len(kinds)]string // the entries of each kind, each with its LF
}

// Parse reads a text. ok is false if it lacks a section, as a page that came
// in its place does; what it has can be asked for all the same.
func Parse(text string) (t *Table, ok bool) {
	t = new(Table)
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		name, head := strings.CutPrefix(line, "= ")
		if !head {
			continue
		}
		section := text[:entries(text)]
		text = text[len(section):]
		for k := range kinds {
			if kinds[k] == name {
				t.sections[k] = section
			}
		}
	}
	ok = true
	for _, s := range t.sections {
		ok = ok && s != ""
	}
	return t, ok
}

// entries is the length of the lines that text begins with and that are
// entries: up to an empty line, a comment or a head.
func entries(text string) (n int) {
	for n < len(text) && text[n] != '\n' && text[n] != '#' && !strings.HasPrefix(text[n:], "= ") {
		if i := strings.IndexByte(text[n:], '\n'); i >= 0 {
			n += i + 1
		} else {
			n = len(text)
		}
	}
	return n
}

// Method is the term of a method. Methods are case-sensitive (RFC 9110 §9.1).
func (t *Table) Method(name string) (Term, bool) { return t.find(Method, name) }

// Status is the term of a status code.
func (t *Table) Status(code int) (Term, bool) {
	if code < 100 || code > 999 {
		return Term{}, false
	}
	return t.find(Status, strconv.Itoa(code))
}

// Field is the term of a field name in any case of letters (RFC 9110 §5.1).
func (t *Table) Field(name string) (Term, bool) { return t.find(Field, name) }

// Token is the term of another part of a message: one of the constants of
// this package, or the class of a status code, as in "4xx".
func (t *Table) Token(name string) (Term, bool) { return t.find(Token, name) }

// find searches the lines of a section, which are sorted by name: those of
// methods by their bytes, all others in lower case.
func (t *Table) find(k Kind, name string) (Term, bool) {
	line, ok := t.line(k, name)
	if !ok {
		return Term{}, false
	}
	own, columns, _ := strings.Cut(line, separator)
	return parseTerm(k, own, columns)
}

// line is the line of a name.
func (t *Table) line(k Kind, name string) (line string, ok bool) {
	text := t.sections[k]
	for text != "" {
		start := strings.LastIndexByte(text[:len(text)/2], '\n') + 1
		line, rest, _ := strings.Cut(text[start:], "\n")
		own, _, _ := strings.Cut(line, separator)
		switch order := compare(name, own, k != Method); {
		case order < 0:
			text = text[:start]
		case order > 0:
			text = rest
		default:
			return line, true
		}
	}
	return "", false
}

const separator = " | "

// parseTerm reads the columns of an entry.
func parseTerm(k Kind, name, columns string) (Term, bool) {
	t := Term{Kind: k, Name: name}
	for _, c := range [...]*string{&t.Use, &t.Form, &t.Status, &t.Ref} {
		if *c, columns, _ = strings.Cut(columns, separator); *c == "-" {
			*c = ""
		}
	}
	t.Text = columns
	return t, t.Text != ""
}

// compare orders a and b by their bytes, with fold as if in lower case.
func compare(a, b string, fold bool) int {
	for i := range min(len(a), len(b)) {
		x, y := a[i], b[i]
		if fold {
			x, y = lower(x), lower(y)
		}
		if x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}
