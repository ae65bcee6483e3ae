package server_test

import (
	"bufio"
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

func loopback(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// result waits for what a server returns.
func result(t *testing.T, over <-chan error) error {
	t.Helper()
	select {
	case err := <-over:
		return err
	case <-time.After(timeout):
		t.Fatal("Serve did not return")
		return nil
	}
}

// A listener that its owner closes ends Serve; a connection that is there goes
// on until the server is closed.
func TestListenerClosedByItsOwner(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	h.ProtocolVersion = "HTTP/1.1"
	l := loopback(t)
	s := server.NewThreadingHTTPServer("", h)
	over := make(chan error, 1)
	go func() { over <- s.Serve(context.Background(), l) }()
	r := &running{Server: s, t: t, addr: l.Addr().String()}
	c := r.dial()
	in := bufio.NewReader(c)
	const get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"
	io.WriteString(c, get)
	one(t, in)
	l.Close()
	if err := result(t, over); !errors.Is(err, net.ErrClosed) || errors.Is(err, server.ErrClosed) {
		t.Errorf("Serve returned %v, want net.ErrClosed", err)
	}
	io.WriteString(c, get)
	if _, content := one(t, in); content != "text" {
		t.Errorf("the connection got %q", content)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if _, err := in.ReadByte(); err != io.EOF {
		t.Errorf("the connection after Close: %v, want EOF", err)
	}
}

// A Server has one socket in its life, and none after Close, whoever is first.
func TestOneListener(t *testing.T) {
	s := server.NewThreadingHTTPServer("127.0.0.1:0", &handler.Base{})
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	if err := s.Serve(context.Background(), loopback(t)); err != server.ErrInUse {
		t.Errorf("a second socket: got %v, want ErrInUse", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	s = server.NewThreadingHTTPServer("127.0.0.1:0", &handler.Base{})
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	l := loopback(t)
	if err := s.Serve(context.Background(), l); err != server.ErrClosed {
		t.Errorf("after Close: got %v, want ErrClosed", err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("its socket: got %v, want it closed", err)
	}
	if err := s.ListenAndServe(context.Background()); err != server.ErrClosed {
		t.Errorf("after Close: got %v, want ErrClosed", err)
	}
}

// deaf is a method that looks at nothing until it is released.
func deaf(t *testing.T) (h *handler.Base, begun chan bool) {
	begun = make(chan bool, 1)
	release := make(chan bool)
	t.Cleanup(func() { close(release) })
	return &handler.Base{ErrorLog: io.Discard, Methods: map[string]handler.Method{"GET": func(*handler.Exchange) error {
		begun <- true
		<-release
		return nil
	}}}, begun
}

// Shutdown and Close say that a method does not end.
func TestMethodsRunning(t *testing.T) {
	t.Run("Close", func(t *testing.T) {
		h, begun := deaf(t)
		r := run(t, h, nil)
		io.WriteString(r.dial(), "GET / HTTP/1.0\r\n\r\n")
		<-begun
		if err := r.Close(); !errors.Is(err, server.ErrMethodsRunning) {
			t.Errorf("got %v, want ErrMethodsRunning", err)
		}
	})
	t.Run("Shutdown", func(t *testing.T) {
		h, begun := deaf(t)
		r := run(t, h, nil)
		io.WriteString(r.dial(), "GET / HTTP/1.0\r\n\r\n")
		<-begun
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		if err := r.Shutdown(ctx); !errors.Is(err, server.ErrMethodsRunning) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want ErrMethodsRunning and the context's error", err)
		}
	})
}

// failing is a listener that cannot be closed.
type failing struct{ net.Listener }

func (f failing) Close() error { return errors.Join(errors.New("stuck"), f.Listener.Close()) }

func TestCloseSaysWhatWentWrong(t *testing.T) {
	s := server.NewThreadingHTTPServer("", &handler.Base{})
	over := make(chan error, 1)
	l := failing{loopback(t)}
	go func() { over <- s.Serve(context.Background(), l) }()
	for s.Addr() == nil {
		time.Sleep(time.Millisecond)
	}
	if err := s.Close(); err == nil || !strings.Contains(err.Error(), "stuck") {
		t.Errorf("Close: got %v", err)
	}
	if err := result(t, over); err != server.ErrClosed {
		t.Errorf("Serve: got %v, want ErrClosed", err)
	}
}
