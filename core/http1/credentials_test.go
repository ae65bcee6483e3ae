package http1

import "testing"

func TestCarriesCredentials(t *testing.T) {
	for _, name := range []string{"Authorization", "cookie", "SET-COOKIE", "proxy-Authorization"} {
		if !CarriesCredentials(name) {
			t.Errorf("%q: got false", name)
		}
	}
	for _, name := range []string{"", "Cookie2", "Coo\u212aie", "WWW-Authenticate", "Cookie "} {
		if CarriesCredentials(name) {
			t.Errorf("%q: got true", name)
		}
	}
}
