//go:build !js

package nethttp_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/nethttp"
	"vitrine/core/server"
)

// The context of a request under a server of ours ends with its client, and
// that of an exchange under net/http does, too.
func TestContext(t *testing.T) {
	t.Run("Method", func(t *testing.T) {
		begun, ended := make(chan bool, 1), make(chan error, 1)
		h := method("HTTP/1.0", func(_ http.ResponseWriter, r *http.Request) {
			begun <- true
			<-r.Context().Done()
			ended <- context.Cause(r.Context())
		})
		s := server.NewThreadingHTTPServer("127.0.0.1:0", h)
		s.HalfCloseTimeout = time.Millisecond
		if err := s.Listen(); err != nil {
			t.Fatal(err)
		}
		go s.ServeForever()
		defer s.Close()
		c, err := net.Dial("tcp", s.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(c, "GET / HTTP/1.0\r\n\r\n")
		<-begun
		c.Close()
		if err := <-ended; err != server.ErrClientGone {
			t.Errorf("got %v, want ErrClientGone", err)
		}
	})
	t.Run("Handler", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		h := handler.HandlerFunc(func(x *handler.Exchange) error {
			cancel()
			<-x.Context().Done()
			x.SendResponse(204, "")
			return x.EndHeaders()
		})
		w := httptest.NewRecorder()
		nethttp.Handler(h).ServeHTTP(w, httptest.NewRequest("GET", "/", nil).WithContext(ctx))
		if w.Code != 204 {
			t.Errorf("got %d", w.Code)
		}
	})
}
