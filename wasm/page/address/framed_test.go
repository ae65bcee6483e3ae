package address

import "testing"

func TestKeptOut(t *testing.T) {
	const tool = "http://vitrine.localhost:8001"
	for _, tc := range []struct {
		fields []string
		want   string
	}{
		{nil, ""},
		{[]string{"X-Frame-Options", "deny "}, "X-Frame-Options"},
		{[]string{"x-frame-options", "SAMEORIGIN"}, "X-Frame-Options"},
		{[]string{"X-Frame-Options", "ALLOW-FROM http://a/"}, ""}, // browsers do not know it
		{[]string{"Content-Security-Policy", "default-src 'self'"}, ""},
		{[]string{"Content-Security-Policy", "default-src 'self'; Frame-Ancestors 'none'"}, "Content-Security-Policy"},
		{[]string{"Content-Security-Policy", "frame-ancestors"}, "Content-Security-Policy"},
		{[]string{"Content-Security-Policy", "frame-ancestors 'self' https://other.example"}, "Content-Security-Policy"},
		{[]string{"Content-Security-Policy", "frame-ancestors *, frame-ancestors 'none'"}, "Content-Security-Policy"},
		{[]string{"Content-Security-Policy", "frame-ancestors *"}, ""},
		{[]string{"Content-Security-Policy", "frame-ancestors HTTP:"}, ""},
		{[]string{"X-Frame-Options", "DENY", "Content-Security-Policy", "frame-ancestors http://vitrine.localhost:8001/"}, ""},
	} {
		if got := KeptOut(navigation("/", "1", 200, tc.fields...), tool); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.fields, got, tc.want)
		}
	}
}
