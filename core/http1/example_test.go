package http1_test

import (
	"fmt"

	"vitrine/core/http1"
)

// A request arrives in two pieces, and a response is sent.
func Example() {
	c := http1.NewConn(http1.Server, http1.Rules{})
	c.Receive([]byte("GET /hello HTTP/1.1\r\nHost: exa"))
	ev, _ := c.Next()
	fmt.Printf("%T: waiting for %s\n", ev, c.Waiting())

	c.Receive([]byte("mple.com\r\n\r\n"))
	for {
		ev, err := c.Next()
		if err != nil {
			fmt.Println(err)
			return
		}
		switch ev := ev.(type) {
		case *http1.Request:
			fmt.Println(ev.Method, ev.Target, "for", ev.Fields.Get("host"))
			continue
		case *http1.End:
		}
		break
	}

	out, err := c.Append(nil, &http1.Response{
		Status: 200,
		Reason: "OK",
		Fields: http1.Fields{{Name: "Content-Length", Value: "3"}},
	})
	out, _ = c.Append(out, &http1.Data{Bytes: []byte("hi\n")})
	_, tooMuch := c.Append(nil, &http1.Data{Bytes: []byte("more")})
	out, _ = c.Append(out, &http1.End{})
	fmt.Printf("%q %v\n%v\nkeep-alive: %t\n", out, err, tooMuch, c.KeepAlive())

	// Output:
	// http1.NeedData: waiting for the end of a field line
	// GET /hello for example.com
	// "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi\n" <nil>
	// http1: content past Content-Length, by 4 bytes
	// keep-alive: true
}
