package server_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/server"
)

// waiting is a method that waits for the end of its context and reports the
// cause. It responds even so.
func waiting() (h *handler.Base, begun chan bool, ended chan error) {
	begun, ended = make(chan bool, 1), make(chan error, 1)
	return &handler.Base{Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		ctx := x.Context()
		begun <- true
		select {
		case <-ctx.Done():
			ended <- context.Cause(ctx)
		case <-time.After(timeout):
			ended <- errors.New("the context did not end")
		}
		return hello(x)
	}}}, begun, ended
}

func hello(x *handler.Exchange) error {
	x.SendResponse(200, "")
	x.SendHeader("Content-Length", "5")
	if err := x.EndHeaders(); err != nil {
		return err
	}
	_, err := x.Write([]byte("hello"))
	return err
}

// The context of an exchange ends when its client is gone, with or without
// bytes that no method has read, and when the server closes the connection.
func TestContext(t *testing.T) {
	const get = "GET / HTTP/1.0\r\n\r\n"
	for _, tc := range []struct {
		name, request string
		leave         func(*running, net.Conn)
		want          error
	}{
		{"closed", get, func(_ *running, c net.Conn) { c.Close() }, server.ErrClientGone},
		{"reset", get, func(_ *running, c net.Conn) { c.(*net.TCPConn).SetLinger(0); c.Close() }, server.ErrClientGone},
		{"half-closed", get, func(_ *running, c net.Conn) { c.(*net.TCPConn).CloseWrite() }, server.ErrClientGone},
		{"Close", get, func(r *running, _ net.Conn) { r.Close() }, server.ErrClosed},
		{"Shutdown past its context", get, func(r *running, _ net.Conn) {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			r.Shutdown(ctx)
		}, server.ErrClosed},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h, begun, ended := waiting()
			r := run(t, h, func(s *server.Server) { s.HalfCloseTimeout = 10 * time.Millisecond })
			c := r.dial()
			io.WriteString(c, tc.request)
			<-begun
			tc.leave(r, c)
			if err := <-ended; !errors.Is(err, tc.want) {
				t.Errorf("the context ended with %v, want %v", err, tc.want)
			}
		})
	}
}

// A client that half-closes behind its request gets the response within
// HalfCloseTimeout, and with none it is waited for without end.
func TestHalfClosedClientGetsItsResponse(t *testing.T) {
	h := &handler.Base{Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		select {
		case <-x.Context().Done():
			return x.SendError(500, "", "")
		case <-time.After(3 * 100 * time.Millisecond):
			return hello(x)
		}
	}}}
	r := run(t, h, func(s *server.Server) { s.HalfCloseTimeout = -1 })
	c := r.dial()
	io.WriteString(c, "GET / HTTP/1.0\r\n\r\n")
	c.(*net.TCPConn).CloseWrite()
	got, err := io.ReadAll(c)
	if err != nil || !strings.HasSuffix(string(got), "\r\n\r\nhello") {
		t.Errorf("got %q, %v", got, err)
	}
}

// A context ends with its exchange, and the next one on the connection has its
// own.
func TestContextEndsWithItsExchange(t *testing.T) {
	contexts := make(chan context.Context, 2)
	h := &handler.Base{ProtocolVersion: "HTTP/1.1", Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		contexts <- x.Context()
		if x.Context().Err() != nil {
			t.Error("it ended before the exchange")
		}
		return hello(x)
	}}}
	r := run(t, h, nil)
	const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
	r.ask(get + strings.Replace(get, "\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1))
	for range 2 {
		ctx := <-contexts
		select {
		case <-ctx.Done():
		case <-time.After(timeout):
			t.Error("it did not end")
		}
		if err := context.Cause(ctx); errors.Is(err, server.ErrClientGone) || errors.Is(err, server.ErrClosed) {
			t.Errorf("the cause is %v", err)
		}
	}
}
