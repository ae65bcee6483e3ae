package listing_test

import (
	"fmt"
	"strings"

	"vitrine/core/site/listing"
)

func ExampleAppend() {
	entries := []listing.Entry{{Name: "notes.txt"}, {Name: "Q&A", Dir: true}, {Name: "draft"}}
	listing.Sort(entries)
	page := string(listing.Append(nil, "/docs/", entries, false))
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "<li>") {
			fmt.Print(line)
		}
	}
	// Output:
	// <li><a href="draft">draft</a></li>
	// <li><a href="notes.txt">notes.txt</a></li>
	// <li><a href="Q%26A/">Q&amp;A/</a></li>
}
