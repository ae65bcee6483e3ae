package status_test

import (
	"fmt"

	"vitrine/core/status"
)

func Example() {
	fmt.Println(404, status.Phrase(404))
	fmt.Println(status.Explain(404))
	fmt.Println(status.Known(999))
	// Output:
	// 404 Not Found
	// Nothing matches the given URI
	// false
}
