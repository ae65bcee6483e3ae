package handler_test

import (
	"fmt"
	"strconv"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/handler/handlertest"
)

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
	fmt.Print(handlertest.Serve(h, "HELLO /world HTTP/1.0\r\n\r\n"))
	// Output:
	// 200 OK
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
	fmt.Print(handlertest.Get(h, "/"))
	// Output:
	// 501 Unsupported method ('GET')
	// Connection: close
	// Content-Type: application/json
	// Content-Length: 55
	//
	// {"status": 501, "title": "Unsupported method ('GET')"}
}
