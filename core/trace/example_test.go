package trace_test

import (
	"fmt"

	"vitrine/core/trace"
)

// A transcript shows each byte, and can be read back.
func Example() {
	var r trace.Record
	r.Add(trace.In, trace.Wire, 0, "GET /caf\xe9 HTTP/1.0\r\n\r\n")
	r.Add(trace.Fault, trace.Wire, 0, "nobody is here")
	var text []byte
	for i := range r.Spans {
		text = trace.AppendSpan(text, &r.Spans[i])
	}
	fmt.Printf("%s", text)

	spans, err := trace.ParseTranscript(string(text))
	fmt.Printf("%q %v\n", spans[0].Text, err)
	// Output:
	// > GET /caf\xe9 HTTP/1.0\r\n
	// > \r\n
	// ! nobody is here
	// "GET /caf\xe9 HTTP/1.0\r\n\r\n" <nil>
}
