package session_test

import (
	"fmt"
	"time"

	"vitrine/core/handler"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
	"vitrine/core/trace"
	"vitrine/core/words"
)

// A connection without a socket, and what the log has of it.
func ExampleServe() {
	h := &handler.Base{
		VersionString:  func() string { return "example" },
		DateTimeString: func(time.Time) string { return "now" },
		Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
			x.Step("greeting.all")
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
		for i := range r.Steps {
			r.Steps[i].At = 0 // another one each time
			fmt.Printf("%s", trace.AppendStep(nil, &r.Steps[i], words.Line))
		}
	}}
	client := &sessiontest.Script{In: []string{"GET /you HTTP/1.0\r\n\r\n"}}
	session.Serve(client, &session.Config{Handler: h, Log: log}, handler.ParseAddress("127.0.0.1:5000"))
	// Output:
	// = conn.opened 127.0.0.1:5000 | A new connection from 127.0.0.1:5000.
	// = in.header @0+21
	// > GET /you HTTP/1.0\r\n
	// > \r\n
	// # greeting.all
	// = out.header @0+66
	// < HTTP/1.0 200 OK\r\n
	// < Server: example\r\n
	// < Date: now\r\n
	// < Content-Length: 6\r\n
	// < \r\n
	// = out.content @66+6
	// < hello\n
	// = out.message.sent @72+0 | The response is complete. (RFC 9112 §6.3)
	// = conn.closed server server | The server closes the connection: the server speaks HTTP/1.0, one request for each connection. (RFC 9112 §9.6)
}
