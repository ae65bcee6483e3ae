package media_test

import (
	"fmt"

	"vitrine/core/media"
)

func ExampleGuess() {
	fmt.Println(media.Guess("css/site.css", nil, ""))
	fmt.Println(media.Guess("backup.tar.gz", nil, ""))
	fmt.Println(media.Guess("Makefile", nil, "text/plain"))
	// Output:
	// text/css
	// application/gzip
	// text/plain
}

// An override is asked before the table.
func ExampleOverrides() {
	types := media.Overrides()
	types[".ts"] = "text/typescript"
	fmt.Println(media.Guess("app.ts", types, ""))
	// Output: text/typescript
}
