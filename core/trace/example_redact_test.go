package trace_test

import (
	"fmt"

	"vitrine/core/trace"
)

// What is shown to others has no credentials in it.
func ExampleRedact() {
	var r trace.Record
	r.AddBytes(trace.In, trace.Wire, 0, trace.Header, "GET / HTTP/1.0\r\nCookie: sid=0123456789abcdef\r\n\r\n")
	for _, s := range trace.Redact(&r).Steps {
		fmt.Printf("%s", trace.AppendStep(nil, &s, nil))
	}
	// Output:
	// = in.header @0+16
	// > GET / HTTP/1.0\r\n
	// =redacted in.header @16+30
	// >redacted Cookie: sid=[redacted 16 bytes]\r\n
	// = in.header @46+2
	// > \r\n
}
