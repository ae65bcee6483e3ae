package trace_test

import (
	"fmt"

	"vitrine/core/trace"
)

// A transcript shows each byte and each step, and can be read back.
func Example() {
	var r trace.Record
	r.AddBytes(trace.In, trace.Wire, 0, trace.Header, "GET /caf\xe9 HTTP/1.0\r\n\r\n")
	r.Add(trace.Note, trace.Wire, 0, trace.PathDecoded, "/café")
	text := trace.AppendTranscript(nil, &r, nil)
	fmt.Printf("%s", text)

	records, err := trace.ReadTranscript(string(text))
	fmt.Printf("%q %v\n", records[0].Steps[1].Args, err)
	// Output:
	// # exchange 0
	// = in.header @0+22
	// > GET /caf\xe9 HTTP/1.0\r\n
	// > \r\n
	// # path.decoded "/café"
	//
	// ["/café"] <nil>
}
