//go:build js

package host

import (
	"errors"
	"strings"
	"syscall/js"

	"vitrine/wasm/contract"
)

// place is where the tool is and where its sites go.
type place struct {
	mode   Mode
	origin string // OwnOrigin: of a site, with {site} for its ID
	base   string // OneOrigin: URL of the tool's folder, with a slash at its end
}

// toolHost is the name under which sites get origins of their own: every name
// below .localhost leads to this machine.
const toolHost = "vitrine.localhost"

// findPlace decides by the tool's own URL, or by the page's
// <meta name="vitrine-sites" content="https://{site}.tool.example{port}">.
// The site's host must be one label before the tool's: by that rule a site's
// frames know whom to trust.
func findPlace() (place, error) {
	location := js.Global().Get("location")
	host, scheme := location.Get("host").String(), location.Get("protocol").String()
	meta := js.Global().Get("document").Call("querySelector", `meta[name="vitrine-sites"]`)
	if !meta.IsNull() && meta.Get("content").String() != "" {
		port := location.Get("port").String()
		if port != "" {
			port = ":" + port
		}
		origin := strings.NewReplacer(":{port}", port, "{port}", port).Replace(meta.Get("content").String())
		if origin != scheme+"//{site}."+host {
			return place{}, errors.New("this page is set up for sites at " + origin + ", but can only have them at " + scheme + "//{site}." + host)
		}
		return place{mode: OwnOrigin, origin: origin}, nil
	}
	if location.Get("hostname").String() == toolHost {
		return place{mode: OwnOrigin, origin: scheme + "//{site}." + host}, nil
	}
	base := js.Global().Get("URL").New("./", location.Get("href")).Get("href").String()
	return place{mode: OneOrigin, base: base}, nil
}

// site is the URL of a site's root.
func (p place) site(id string) string {
	if p.mode == OneOrigin {
		return p.base + contract.Sites + id + "/"
	}
	return strings.Replace(p.origin, "{site}", id, 1) + "/"
}

// bridge is the URL of the page that passes ports to the site's worker.
func (p place) bridge(id string) string {
	if p.mode == OneOrigin {
		return p.base + contract.BridgePage + "?" + contract.SiteParameter + "=" + id
	}
	return strings.TrimSuffix(p.site(id), "/") + contract.Reserved + contract.BridgePage
}

// originOf is the origin of a site, as messages name it.
func (p place) originOf(id string) string {
	if p.mode == OneOrigin {
		return js.Global().Get("location").Get("origin").String()
	}
	return strings.TrimSuffix(p.site(id), "/")
}
