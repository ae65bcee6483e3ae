// Package english is the English sentences of package lint, for programs that
// carry them. Others fetch english.txt and hand it to lint.NewSentences.
package english

import (
	_ "embed"

	"vitrine/core/lint"
)

//go:embed english.txt
var text string

// Sentences are those of english.txt.
var Sentences = lint.NewSentences(text)
