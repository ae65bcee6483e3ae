package handlertest_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/handler/handlertest"
)

// A handler in a test: a request in, a response out.
func ExampleServe() {
	echo := handler.HandlerFunc(func(x *handler.Exchange) error {
		content, err := io.ReadAll(x.Content)
		if err != nil {
			return err
		}
		x.SendResponse(200, "")
		x.SendHeader("Content-Type", "text/plain")
		if err := x.EndHeaders(); err != nil {
			return err
		}
		return x.SendContent(handler.Bytes(content))
	})
	fmt.Print(handlertest.Serve(echo, "POST / HTTP/1.1\r\nContent-Length: 6\r\n\r\nhello\n"))
	// Output:
	// 200 OK
	// Content-Type: text/plain
	//
	// hello
}

// What is no request, and a request that is not whole, are recorded as a
// connection would respond.
func TestMalformed(t *testing.T) {
	h := &handler.Base{Methods: map[string]handler.Method{"POST": func(x *handler.Exchange) error {
		_, err := io.ReadAll(x.Content)
		return err
	}}}
	for text, want := range map[string]int{
		"no request\r\n\r\n": 400, "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc": 500, "BREW / HTTP/1.1\r\n\r\n": 501,
	} {
		r := handlertest.Serve(h, text)
		if r.Status != want || !strings.Contains(string(r.Wire), "\r\nConnection: close\r\n") {
			t.Errorf("%q: got %q, want %d", text, r.Wire, want)
		}
	}
	if r := handlertest.Serve(h, ""); r.Status != 0 || r.Err == nil {
		t.Errorf("nothing: got %d, %v", r.Status, r.Err)
	}
}
