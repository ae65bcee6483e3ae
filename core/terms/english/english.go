// Package english has the explanations of package terms in English, for
// programs that run natively. A page fetches the same text, terms.txt, when
// someone asks for an explanation.
package english

import (
	"embed"
	"strings"
	"sync"

	"vitrine/core/terms"
)

//go:embed *.txt
var files embed.FS

// Text is all of it, as package terms reads it.
var Text = sync.OnceValue(func() string {
	var b strings.Builder
	for _, name := range [...]string{"fields.txt", "methods.txt", "statuses.txt", "tokens.txt", "values.txt"} {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err) // the files are in the binary
		}
		b.Write(text)
	}
	return b.String()
})

// Table is the text, ready to be asked.
var Table = sync.OnceValue(func() *terms.Table {
	t, ok := terms.Parse(Text())
	if !ok {
		panic("english: a section is missing")
	}
	return t
})
