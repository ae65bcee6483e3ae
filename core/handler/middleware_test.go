package handler_test

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/handler/handlertest"
	"vitrine/core/http1"
)

// greeter is what the Examples put middleware around.
func greeter() *handler.Base {
	return &handler.Base{Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", "6")
		if err := x.EndHeaders(); err != nil {
			return err
		}
		return x.SendContent(handler.Bytes("hello\n"))
	}}}
}

// A log of one's own: one line for each exchange, when it is over.
func ExampleMiddleware_log() {
	log := func(next handler.Handler) handler.Handler {
		return handler.HandlerFunc(func(x *handler.Exchange) error {
			err := next.ServeExchange(x)
			fmt.Println(x.Command, x.Path, x.Status(), x.Size())
			return err
		})
	}
	h := handler.Wrap(greeter(), log)
	handlertest.Get(h, "/you")
	handlertest.Serve(h, "BREW /tea HTTP/1.1\r\n\r\n")
	// Output:
	// GET /you 200 6
	// BREW /tea 501 482
}

// Pages of one other origin may read what is served here, errors included.
func ExampleMiddleware_cors() {
	cors := func(origin string) handler.Middleware {
		return func(next handler.Handler) handler.Handler {
			return handler.HandlerFunc(func(x *handler.Exchange) error {
				x.OnHead(func(x *handler.Exchange) {
					x.SendHeader("Access-Control-Allow-Origin", origin)
				})
				return next.ServeExchange(x)
			})
		}
	}
	h := handler.Wrap(greeter(), cors("https://page.example"))
	fmt.Print(handlertest.Get(h, "/"))
	// Output:
	// 200 OK
	// Content-Length: 6
	// Access-Control-Allow-Origin: https://page.example
	//
	// hello
}

// A password before everything (RFC 7617). Without TLS it is no secret.
func ExampleMiddleware_password() {
	password := func(user, secret string) handler.Middleware {
		want := base64.StdEncoding.EncodeToString([]byte(user + ":" + secret))
		return func(next handler.Handler) handler.Handler {
			return handler.HandlerFunc(func(x *handler.Exchange) error {
				scheme, got, _ := strings.Cut(x.Headers.Get("Authorization"), " ")
				if !strings.EqualFold(scheme, "Basic") || subtle.ConstantTimeCompare([]byte(got), []byte(want)) == 0 {
					return x.SendError(401, "", "", http1.Field{Name: "WWW-Authenticate", Value: `Basic realm="here"`})
				}
				return next.ServeExchange(x)
			})
		}
	}
	h := handler.Wrap(greeter(), password("ada", "lovelace"))
	without := handlertest.Get(h, "/")
	with := handlertest.Serve(h, "GET / HTTP/1.1\r\nAuthorization: Basic YWRhOmxvdmVsYWNl\r\n\r\n")
	fmt.Println(without.Status, without.Field("WWW-Authenticate"))
	fmt.Println(with.Status)
	// Output:
	// 401 Basic realm="here"
	// 200
}

// Middleware comes before the expectation and the method; what it refuses
// reaches neither, and what it leaves undone leads to 500.
func TestMiddlewareRefuses(t *testing.T) {
	const request = "GET /secret HTTP/1.1\r\nExpect: 100-continue\r\n\r\n"
	for _, tc := range []struct {
		name string
		do   func(x *handler.Exchange, next handler.Handler) error
		want string // beginning of the response
		runs bool   // the method
	}{
		{"passes", func(x *handler.Exchange, next handler.Handler) error { return next.ServeExchange(x) },
			"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n", true},
		{"refuses", func(x *handler.Exchange, _ handler.Handler) error { return x.SendError(421, "", "") },
			"HTTP/1.1 421 Misdirected Request\r\n", false},
		{"sends nothing", func(*handler.Exchange, handler.Handler) error { return nil }, "HTTP/1.1 500 ", false},
		{"fails", func(*handler.Exchange, handler.Handler) error { return errors.New("x") }, "HTTP/1.1 500 ", false},
		{"panics", func(*handler.Exchange, handler.Handler) error { panic("x") }, "HTTP/1.1 500 ", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			runs := false
			base := &handler.Base{ProtocolVersion: "HTTP/1.1", Methods: methods(func(x *handler.Exchange) error {
				runs = true
				return hello(x)
			})}
			r := handlertest.Serve(handler.Wrap(base, func(next handler.Handler) handler.Handler {
				return handler.HandlerFunc(func(x *handler.Exchange) error { return tc.do(x, next) })
			}), request)
			if !strings.HasPrefix(string(r.Wire), tc.want) || runs != tc.runs {
				t.Errorf("got %q, method ran %v; want %q, %v", r.Wire, runs, tc.want, tc.runs)
			}
		})
	}
}

// The first middleware is the outermost, Wrap keeps the Base through several
// layers, and a method that panicked has its 500 when middleware sees it.
func TestWrap(t *testing.T) {
	var order []string
	note := func(name string) handler.Middleware {
		return func(next handler.Handler) handler.Handler {
			return handler.HandlerFunc(func(x *handler.Exchange) error {
				order = append(order, name)
				err := next.ServeExchange(x)
				if x.Status() != 500 || !x.HeadSent() || err != nil {
					t.Errorf("%s: got %d, %v", name, x.Status(), err)
				}
				return err
			})
		}
	}
	base := &handler.Base{ProtocolVersion: "HTTP/1.1", Methods: methods(func(*handler.Exchange) error { panic("x") })}
	h := handler.Wrap(handler.Wrap(base, note("c")), note("a"), note("b"))
	if handler.BaseOf(h) != base {
		t.Error("the Base was lost")
	}
	r := handlertest.Get(h, "/")
	if want := []string{"a", "b", "c"}; r.Status != 500 || !slices.Equal(order, want) {
		t.Errorf("got %d, %q, want %q", r.Status, order, want)
	}
}

// A Handler of one's own that passes requests on to several: each words its
// own errors, and the connection speaks what the outer one says.
func TestSeveralBases(t *testing.T) {
	page := func(text string) func(*handler.Exchange, int, string, string) (string, []byte) {
		return func(*handler.Exchange, int, string, string) (string, []byte) { return "text/plain", []byte(text) }
	}
	inner := &handler.Base{ErrorPage: page("inner")}
	outer := &handler.Base{ErrorPage: page("outer"), ProtocolVersion: "HTTP/1.1"}
	h := handler.Wrap(outer, func(handler.Handler) handler.Handler {
		return handler.HandlerFunc(func(x *handler.Exchange) error {
			if x.Path == "/inner" {
				return inner.ServeExchange(x)
			}
			return x.SendError(404, "", "")
		})
	})
	for target, want := range map[string]string{"/inner": "inner", "/": "outer"} {
		r := handlertest.Get(h, target)
		if string(r.Content) != want || !strings.HasPrefix(string(r.Wire), "HTTP/1.1 ") {
			t.Errorf("%s: got %q", target, r.Wire)
		}
	}
	bare := handlertest.Get(handler.HandlerFunc(hello), "/")
	if bare.Status != 200 || !strings.HasPrefix(string(bare.Wire), "HTTP/1.0 ") {
		t.Errorf("a function alone: got %q", bare.Wire)
	}
}

// What OnHead adds is in every final head, and only there.
func TestOnHead(t *testing.T) {
	for name, m := range map[string]handler.Method{
		"200": hello, "404": func(x *handler.Exchange) error { return x.SendError(404, "", "") }, "panic": func(*handler.Exchange) error { panic("x") }, "nothing": func(*handler.Exchange) error { return nil },
	} {
		h := handler.Wrap(&handler.Base{ProtocolVersion: "HTTP/1.1", Methods: methods(m)}, func(next handler.Handler) handler.Handler {
			return handler.HandlerFunc(func(x *handler.Exchange) error {
				x.OnHead(func(x *handler.Exchange) { x.SendHeader("X-Here", "1") })
				return next.ServeExchange(x)
			})
		})
		r := handlertest.Serve(h, "GET / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n")
		if strings.Count(string(r.Wire), "X-Here: 1\r\n") != 1 || r.Field("X-Here") != "1" {
			t.Errorf("%s: got %q", name, r.Wire)
		}
	}
}
