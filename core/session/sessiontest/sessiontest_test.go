package sessiontest_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
)

func hello(x *handler.Exchange) error {
	x.SendResponse(200, "")
	x.SendHeader("Content-Length", "5")
	if err := x.EndHeaders(); err != nil {
		return err
	}
	return x.SendContent(handler.Bytes("hello"))
}

// Two requests on one connection, and everything that comes back.
func ExampleTalk() {
	h := &handler.Base{ProtocolVersion: "HTTP/1.1", Methods: map[string]handler.Method{"GET": hello}}
	const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
	got := sessiontest.Talk(&session.Config{Handler: h}, get, get)
	fmt.Println(strings.Count(got, "HTTP/1.1 200 OK\r\n"), strings.Count(got, "hello"))
	// Output: 2 2
}

// A client that speaks and listens in turn.
func TestPipe(t *testing.T) {
	client, over := sessiontest.Pipe(&session.Config{Handler: handler.HandlerFunc(hello)}, handler.Address{})
	go io.WriteString(client, "GET / HTTP/1.0\r\n\r\n")
	got, err := io.ReadAll(client)
	if err != nil || !strings.HasSuffix(string(got), "\r\n\r\nhello") {
		t.Errorf("got %q, %v", got, err)
	}
	client.Close()
	<-over
}
