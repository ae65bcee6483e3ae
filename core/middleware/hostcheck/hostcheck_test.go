package hostcheck_test

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/handler/handlertest"
	"vitrine/core/hostrule"
	"vitrine/core/middleware/hostcheck"
	"vitrine/core/trace"
)

func hello(x *handler.Exchange) error {
	x.SendResponse(200, "")
	x.SendHeader("Content-Length", "0")
	return x.EndHeaders()
}

// A page whose name was pointed at this machine gets nothing from it.
func Example() {
	check := new(hostcheck.Check)
	h := handler.Wrap(handler.HandlerFunc(hello), check.Wrap)
	for _, host := range []string{"localhost:8000", "attacker.example:8000"} {
		r := handlertest.Serve(h, "GET / HTTP/1.1\r\nHost: "+host+"\r\n\r\n")
		fmt.Println(host, r.Status, r.Reason)
	}
	// Output:
	// localhost:8000 200 OK
	// attacker.example:8000 421 Misdirected Request
}

// Which rule counts depends on the socket; without one it is the strict one.
func TestLoopback(t *testing.T) {
	check := &hostcheck.Check{Public: hostrule.Rule{Public: true}}
	h := handler.Wrap(handler.HandlerFunc(hello), check.Wrap)
	status := func(s *handler.Server) int {
		var r handlertest.Recorder
		r.Serve(h, &handler.Exchange{Server: s}, "GET / HTTP/1.1\r\nHost: foreign.example\r\n\r\n")
		return r.Status
	}
	for name, want := range map[string]int{
		"127.0.0.1": 421, "127.8.0.1": 421, "::1": 421, "::ffff:127.0.0.1": 421,
		"0.0.0.0": 200, "::": 200, "192.0.2.1": 200, "fe80::1%eth0": 200, "": 200,
	} {
		if got := status(&handler.Server{Name: name}); got != want {
			t.Errorf("%q: got %d, want %d", name, got, want)
		}
	}
	if got := status(nil); got != 421 {
		t.Errorf("no socket: got %d, want 421", got)
	}
}

// The client is told why and what to do, and the notes tell of both outcomes.
func TestAdvice(t *testing.T) {
	allow, err := hostrule.ParsePattern("ok.example")
	if err != nil {
		t.Fatal(err)
	}
	check := &hostcheck.Check{
		Loopback: hostrule.Rule{Allow: []hostrule.Pattern{allow}},
		Advice:   func(d hostrule.Decision) string { return "Do not ask for " + d.Host },
	}
	h := handler.Wrap(handler.HandlerFunc(hello), check.Wrap)
	r := handlertest.Serve(h, "GET / HTTP/1.1\r\nHost: no.example\r\n\r\n")
	if want := "bound to a loopback address. Do not ask for no.example.</p>"; r.Status != 421 || !strings.Contains(string(r.Content), want) {
		t.Errorf("got %v, want %q", r, want)
	}
	r = handlertest.Serve(h, "GET / HTTP/1.1\r\nHost: ok.example\r\n\r\n")
	if r.Status != 200 || len(r.Steps) != 1 || r.Steps[0].Code != trace.HostAllowed || r.Steps[0].Args[0] != hostrule.Listed.Code() {
		t.Errorf("got %v %v", r, r.Steps)
	}
}
