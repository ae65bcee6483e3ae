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
