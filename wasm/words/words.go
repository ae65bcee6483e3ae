// Package words is what the page says, in one table: what happened is a code
// with its arguments, what a person reads stands in english.txt. RFC terms
// stay in English in every language.
//
// What never changes (titles, labels, buttons) stands in web/index.html, which
// is a table itself: another language is another english.txt and another
// index.html.
package words

import (
	_ "embed"
	"strconv"

	"vitrine/core/words"
)

//go:embed english.txt
var englishText string

var english = words.NewTable(englishText)

// Say is the sentence of a code. One that the table does not have is the code
// itself.
func Say(code string, args ...string) string {
	if text, ok := english.Sentence(code, args...); ok {
		return text
	}
	return code
}

// Plural is the sentence of a code about n things: that of code.one or of
// code.many, whose %1 is the number.
func Plural(code string, n int64) string {
	if n == 1 {
		return Say(code+".one", "1")
	}
	return Say(code+".many", Count(n))
}

// Count is a number with its thousands apart: 12,345.
func Count(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
