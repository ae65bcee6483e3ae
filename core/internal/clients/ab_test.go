//go:build unix

package clients

import (
	"fmt"
	"regexp"
	"testing"
)

// TestAb counts: ab does not show content. It pins no certificate. It speaks
// HTTP/1.0, and with -k asks for connections that stay open, which it takes
// for such only if the response says so (RFC 9112 §C.2.2).
func TestAb(t *testing.T) {
	c := client{name: "ab", needs: []string{"ab"}}
	c.eachProfile(t, func(t *testing.T, s *server) {
		keepAlive := "0"
		if s.persistent() {
			keepAlive = "200"
		}
		for _, tc := range []struct {
			name      string
			args      []string
			keepAlive string
		}{
			{"close", []string{"-c", "8"}, ""},
			{"keep-alive", []string{"-k", "-c", "4"}, keepAlive},
		} {
			t.Run(tc.name, func(t *testing.T) {
				out := run(t, t.TempDir(), "ab", append(tc.args, "-q", "-n", "200", s.url+"/text.txt")...)
				field := func(name string) string {
					m := regexp.MustCompile(name + `: +(\d+)`).FindStringSubmatch(out)
					if m == nil {
						return ""
					}
					return m[1]
				}
				for name, want := range map[string]string{
					"Document Length":     fmt.Sprint(len(text)),
					"HTML transferred":    fmt.Sprint(200 * len(text)),
					"Complete requests":   "200",
					"Failed requests":     "0",
					"Non-2xx responses":   "",
					"Keep-Alive requests": tc.keepAlive,
				} {
					if got := field(name); got != want {
						t.Errorf("%s: %q, want %q", name, got, want)
					}
				}
			})
		}
	})
}
