package steps

import "testing"

// However bytes are cut, their steps are the same, and each byte has one.
func FuzzRead(f *testing.F) {
	f.Add([]byte(chunked), uint16(60), uint16(64), true)                                                         // within the framing of chunks
	f.Add([]byte("\r\n\nGET  / HTTP/1.1 \r\nHost: a\r\n\r\nGET /"), uint16(1), uint16(9), false)                 // what Compat alone takes, then another request
	f.Add([]byte("GET / HTTP/1.1\nHost : a\n\n"), uint16(3), uint16(16), false)                                  // a fault within a line
	f.Add([]byte("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET"), uint16(49), uint16(52), true) // content, then what is left
	f.Add([]byte("GET /a b c HTTP/2\r\n"), uint16(0), uint16(8), false)                                          // words too many
	f.Fuzz(func(t *testing.T, input []byte, i, j uint16, end bool) {
		if len(input) > 4096 {
			return
		}
		a := int(i) % (len(input) + 1)
		b := a + int(j)%(len(input)-a+1)
		for _, p := range []Profile{Compat, Strict} {
			whole := Read(p, cut(string(input)), end)
			parts := Read(p, cut(string(input), a, b), end)
			checkTiling(t, whole, string(input))
			checkTiling(t, parts, string(input))
			checkTiling(t, parts.Single(), string(input))
			if got, want := render(without(parts), string(input)), render(without(whole), string(input)); got != want {
				t.Errorf("cut at %d and %d: got\n%swant\n%s", a, b, got, want)
			}
		}
		Rows(Read(Compat, cut(string(input)), end), Read(Strict, cut(string(input)), end))
	})
}
