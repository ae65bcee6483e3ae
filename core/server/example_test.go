package server_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing/fstest"

	"vitrine/core/server"
	"vitrine/core/site"
)

// A server on a free port of this computer, asked once and stopped.
func Example() {
	files := fstest.MapFS{"hello.txt": {Data: []byte("Hello!\n")}}
	s := server.NewThreadingHTTPServer("127.0.0.1:0", site.New(files))
	if err := s.Listen(); err != nil {
		fmt.Println(err)
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	over := make(chan error)
	go func() { over <- s.ListenAndServe(ctx) }()

	c, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	io.WriteString(c, "GET /hello.txt HTTP/1.0\r\n\r\n")
	response, _ := io.ReadAll(c)
	status, _, _ := strings.Cut(string(response), "\r\n")
	_, content, _ := strings.Cut(string(response), "\r\n\r\n")
	fmt.Println(status)
	fmt.Print(content)

	stop() // responses under way are finished first
	fmt.Println("stopped:", <-over)
	// Output:
	// HTTP/1.0 200 OK
	// Hello!
	// stopped: <nil>
}
