package main

import (
	"strings"

	"vitrine/core/handler"
)

// maxExpired bounds what the Set-Cookie fields of one response take, in bytes:
// browsers refuse a response whose header section is too long, 256 KiB in
// Chromium. What is left is expired by the next response.
const maxExpired = 64 << 10

// expireCookies has the browser drop the cookies that came with a request. The
// app sets none: they were set by scripts of previewed sites, which may set
// them for the whole of vitrine.localhost and so lengthen every request to the
// tool and to the other sites. domain is that of cookies that were set for
// more than the host; "" leaves these.
func expireCookies(x *handler.Exchange, domain string) {
	left := maxExpired
	for value := range x.Headers.Values("Cookie") {
		for cookie := range strings.SplitSeq(value, ";") {
			name, _, named := strings.Cut(strings.Trim(cookie, " \t"), "=")
			if !named {
				name = "" // a cookie may be a value alone
			}
			// With an empty name and an empty value it would not be a cookie.
			expired := name + "=x; Path=/; Max-Age=0"
			if strings.HasPrefix(strings.ToLower(name), "__") {
				expired += "; Secure" // which __Secure- and __Host- ask for
			}
			if left -= 2*len(expired) + 100; left < 0 {
				return
			}
			x.SendHeader("Set-Cookie", expired)
			if domain != "" {
				x.SendHeader("Set-Cookie", expired+"; Domain="+domain)
			}
		}
	}
}
