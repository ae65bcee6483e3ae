package steps

import (
	"strings"
	"testing"
)

// A trace that crosses to another program is the same there; other bytes are
// refused.
func TestEncode(t *testing.T) {
	input := strings.Repeat("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 3) + chunked + "GET  "
	for _, p := range []Profile{Compat, Strict} {
		tr := Read(p, cut(input, 5, 40), true)
		b := tr.Append([]byte("x"))
		got, rest := Decode(append(b, "rest"...)[1:])
		if got == nil || render(got, input) != render(tr, input) || got.Requests != tr.Requests || string(rest) != "rest" {
			t.Errorf("got %+v, then %q", got, rest)
		}
		for i := range len(b) - 1 {
			if got, _ := Decode(b[1 : 1+i]); got != nil {
				t.Fatalf("%d bytes of %d are a trace", i, len(b)-1)
			}
		}
	}
}
