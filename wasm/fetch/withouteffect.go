//go:build js

package fetch

import (
	"strings"

	"vitrine/core/trace"
)

// withoutEffect says why a field of a response has another effect here than it
// will have from a server: browsers act on some fields where responses come
// from the network, and on some only for a page that is in no frame. It is ""
// for all others.
func withoutEffect(name string) trace.Code {
	name = strings.ToLower(name)
	switch name {
	case "alt-svc", "clear-site-data", "nel", "strict-transport-security":
		return trace.FetchNetwork
	case "cross-origin-opener-policy":
		return trace.FetchFramed
	}
	if strings.HasPrefix(name, "access-control-") {
		return trace.FetchOrigins
	}
	return ""
}
