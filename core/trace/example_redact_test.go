package trace_test

import (
	"fmt"

	"vitrine/core/trace"
)

// What is shown to others has no credentials in it.
func ExampleRedact() {
	var r trace.Record
	r.Add(trace.In, trace.Wire, 0, "GET / HTTP/1.0\r\nCookie: sid=0123456789abcdef\r\n\r\n")
	for _, s := range trace.Redact(&r).Spans {
		fmt.Printf("%s", trace.AppendSpan(nil, &s))
	}
	// Output:
	// > GET / HTTP/1.0\r\n
	// >redacted Cookie: sid=[redacted 16 bytes]\r\n
	// > \r\n
}
