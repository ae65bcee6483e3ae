package handler_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/session"
)

// client is the other end of a connection without a socket: it says in, and
// keeps what it hears.
type client struct {
	in  *strings.Reader
	out strings.Builder
}

func (c *client) Await(session.Phase)         {}
func (c *client) Read(p []byte) (int, error)  { return c.in.Read(p) }
func (c *client) Write(p []byte) (int, error) { return c.out.Write(p) }
func (c *client) SendContent(head []byte, content handler.Content) (int64, error) {
	c.out.Write(head)
	return content.WriteTo(&c.out)
}

// say sends a request to h and prints the answer.
func say(h *handler.Base, request string) {
	h.VersionString = func() string { return "example" }
	h.DateTimeString = func(time.Time) string { return "now" }
	c := &client{in: strings.NewReader(request)}
	session.Serve(c, &session.Config{Handler: h, Rules: http1.Compat}, handler.Address{})
	fmt.Println(strings.ReplaceAll(c.out.String(), "\r\n", "\n"))
}

// A handler with one method: what do_HELLO is in Python.
func Example() {
	h := &handler.Base{Methods: map[string]handler.Method{
		"HELLO": func(x *handler.Exchange) error {
			text := "Hello, " + strings.TrimPrefix(x.Path, "/") + "!\n"
			x.SendResponse(200, "")
			x.SendHeader("Content-Type", "text/plain")
			x.SendHeader("Content-Length", strconv.Itoa(len(text)))
			if err := x.EndHeaders(); err != nil {
				return err
			}
			return x.SendContent(handler.Bytes(text))
		},
	}}
	say(h, "HELLO /world HTTP/1.0\r\n\r\n")
	// Output:
	// HTTP/1.0 200 OK
	// Server: example
	// Date: now
	// Content-Type: text/plain
	// Content-Length: 14
	//
	// Hello, world!
}

// An error page of one's own. Where a format is enough, as in Python,
// ErrorMessageFormat is.
func ExampleBase_errorPage() {
	h := &handler.Base{}
	h.ErrorPage = func(x *handler.Exchange, code int, message, explain string) (string, []byte) {
		return "application/json", []byte(`{"status": ` + strconv.Itoa(code) + `, "title": ` + strconv.Quote(message) + "}\n")
	}
	say(h, "GET / HTTP/1.0\r\n\r\n")
	// Output:
	// HTTP/1.0 501 Unsupported method ('GET')
	// Server: example
	// Date: now
	// Connection: close
	// Content-Type: application/json
	// Content-Length: 55
	//
	// {"status": 501, "title": "Unsupported method ('GET')"}
}
