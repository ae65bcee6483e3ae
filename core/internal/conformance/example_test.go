//go:build !js

package conformance_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing/fstest"
	"time"

	"vitrine/core/handler"
	"vitrine/core/server"
	"vitrine/core/site"
)

// What a Python program would do in a subclass of SimpleHTTPRequestHandler:
// a media type more, an error page of its own and a do_POST.
func Example() {
	s := site.New(fstest.MapFS{"today.log": {Data: []byte("all is well\n")}})
	s.ExtensionsMap = map[string]string{".log": "text/plain"}
	s.ErrorMessageFormat = "%(code)d %(message)s\n"
	s.ErrorContentType = "text/plain"
	s.Methods["POST"] = func(x *handler.Exchange) error {
		content, err := io.ReadAll(x.Content) // ends where the request ends, in chunks or not
		if err != nil {
			return err
		}
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", strconv.Itoa(len(content)))
		if err := x.EndHeaders(); err != nil {
			return err
		}
		_, err = x.Write(content)
		return err
	}
	s.VersionString = func() string { return "example" }
	s.DateTimeString = func(time.Time) string { return "now" }

	server := server.NewThreadingHTTPServer("127.0.0.1:0", s)
	if err := server.Listen(); err != nil {
		fmt.Println(err)
		return
	}
	go server.ServeForever()
	defer server.Shutdown(context.Background())
	for _, request := range []string{
		"GET /today.log HTTP/1.0\r\n\r\n",
		"GET /yesterday.log HTTP/1.0\r\n\r\n",
		"POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello",
	} {
		client, err := net.Dial("tcp", server.Addr().String())
		if err != nil {
			fmt.Println(err)
			return
		}
		io.WriteString(client, request)
		response, _ := io.ReadAll(client)
		fmt.Println(strings.ReplaceAll(string(response), "\r\n", "\n"))
		client.Close()
	}
	// Output:
	// HTTP/1.0 200 OK
	// Server: example
	// Date: now
	// Content-type: text/plain
	// Content-Length: 12
	// Accept-Ranges: bytes
	// Cache-Control: no-cache
	//
	// all is well
	//
	// HTTP/1.0 404 File not found
	// Server: example
	// Date: now
	// Connection: close
	// Content-Type: text/plain
	// Content-Length: 19
	//
	// 404 File not found
	//
	// HTTP/1.0 200 OK
	// Server: example
	// Date: now
	// Content-Length: 5
	//
	// hello
}
