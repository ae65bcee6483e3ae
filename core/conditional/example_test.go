package conditional_test

import (
	"fmt"

	"vitrine/core/conditional"
	"vitrine/core/http1"
)

// Decide tells what it does and why.
func ExampleDecide() {
	d := conditional.Decide("GET", http1.Fields{
		{Name: "If-None-Match", Value: `"old"`},
		{Name: "If-Modified-Since", Value: "Sun, 06 Nov 1994 08:49:37 GMT"},
		{Name: "Range", Value: "bytes=-5"},
	}, conditional.Validators{ETag: `"new"`}, 100)
	fmt.Println(d.Status, d.Ranges)
	for p, outcome := range d.Evaluation {
		if outcome.Verdict != conditional.Absent {
			fmt.Printf("%v: %v, %s\n", conditional.Precondition(p), outcome.Verdict, outcome.Reason())
		}
	}
	// Output:
	// 206 [{95 5}]
	// If-None-Match: passed, new
	// If-Modified-Since: skipped, if-none-match
	// Range: decided, satisfiable
}
