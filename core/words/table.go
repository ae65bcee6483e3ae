package words

import (
	"strings"
	"sync"
)

// Table is what people read, by code: one line for each code, with the code,
// its reference in parentheses where it has one, and the sentence. Empty lines
// and lines with # are left out. In a sentence %1 is the first argument, and
// %who.1 the text of this table for who. and the first argument.
//
// A table is one part of the program in one language: another language is
// another table.
type Table struct{ entries func() map[string]string }

// NewTable makes a table of its text, which is read when the first code is
// looked up.
func NewTable(text string) *Table {
	return &Table{sync.OnceValue(func() map[string]string {
		entries := map[string]string{}
		for line := range strings.SplitSeq(text, "\n") {
			if code, rest, ok := strings.Cut(line, " "); ok && code != "" && code[0] != '#' {
				entries[code] = rest
			}
		}
		return entries
	})}
}

// Sentence is the text of a code with its arguments in place; ok is false if
// the table has no such code.
func (t *Table) Sentence(code string, args ...string) (text string, ok bool) {
	entry, ok := t.entries()[code]
	_, text = split(entry)
	return t.fill(text, args), ok
}

// Reference is the reference of a code, empty if it has none.
func (t *Table) Reference(code string) string {
	ref, _ := split(t.entries()[code])
	return ref
}

// split parts an entry.
func split(entry string) (ref, sentence string) {
	if rest, ok := strings.CutPrefix(entry, "("); ok {
		ref, sentence, _ = strings.Cut(rest, ") ")
		return ref, sentence
	}
	return "", entry
}

// fill puts arguments in: %1 as it is, %who.1 as what the table has for it.
func (t *Table) fill(text string, args []string) string {
	if strings.IndexByte(text, '%') < 0 {
		return text
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "%")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		i := strings.IndexAny(rest, "123456789")
		if i < 0 {
			return b.String()
		}
		prefix, n := rest[:i], int(rest[i]-'1')
		text = rest[i+1:]
		if n >= len(args) {
			continue
		}
		word := args[n]
		if prefix != "" {
			if sentence, ok := t.Sentence(prefix+word, args...); ok {
				word = sentence
			}
		}
		b.WriteString(word)
	}
}
