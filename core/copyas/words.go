package copyas

import (
	_ "embed"

	"vitrine/core/words"
)

//go:embed english.txt
var englishText string

var english = words.NewTable(englishText)

// say is the sentence of a code.
func say(code string, args ...string) string {
	text, _ := english.Sentence(code, args...)
	return text
}

// appendComment appends the sentence of a code as a line. What a sentence is
// filled with is ours or printable ASCII, so it has no line feed.
func appendComment(dst []byte, sign, code string, args ...string) []byte {
	dst = append(append(dst, sign...), say(code, args...)...)
	return append(dst, '\n')
}
