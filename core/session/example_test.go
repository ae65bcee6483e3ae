package session_test

import (
	"fmt"
	"strings"
	"time"

	"vitrine/core/handler"
	"vitrine/core/session"
	"vitrine/core/trace"
)

// A connection without a socket, and what the log has of it.
func ExampleServe() {
	h := &handler.Base{
		VersionString:  func() string { return "example" },
		DateTimeString: func(time.Time) string { return "now" },
		Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
			x.Note("greeting", "Everybody is greeted.", "")
			x.SendResponse(200, "")
			x.SendHeader("Content-Length", "6")
			if err := x.EndHeaders(); err != nil {
				return err
			}
			_, err := x.Write([]byte("hello\n"))
			return err
		}},
	}
	log := &trace.Log{Watch: func(r *trace.Record) {
		for i := range r.Spans {
			fmt.Printf("%s", trace.AppendSpan(nil, &r.Spans[i]))
		}
	}}
	client := &script{in: strings.SplitAfter("GET /you HTTP/1.0\r\n\r\n", "")}
	session.Serve(client, &session.Config{Handler: h, Log: log}, handler.Address{})
	// Output:
	// > GET /you HTTP/1.0\r\n
	// > \r\n
	// # greeting: Everybody is greeted.
	// < HTTP/1.0 200 OK\r\n
	// < Server: example\r\n
	// < Date: now\r\n
	// < Content-Length: 6\r\n
	// < \r\n
	// < hello\n
	// = connection closed by the server
}
