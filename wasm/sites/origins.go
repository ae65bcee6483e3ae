package sites

import (
	"strings"

	"vitrine/wasm/contract"
)

// Mode is how a site is kept apart from the tool.
type Mode uint8

const (
	// OwnOrigin gives each site an origin: http://SITE.vitrine.localhost:PORT/.
	OwnOrigin Mode = iota
	// OneOrigin serves sites below the tool, at BASE/s/SITE/: previewed
	// scripts share the tool's origin.
	OneOrigin
)

func (m Mode) String() string {
	if m == OneOrigin {
		return "one origin"
	}
	return "own origin"
}

// Location is where the tool's page is, in the words of window.location.
type Location struct{ Href, Protocol, Host, Hostname, Port string }

// Origins are the places of sites.
type Origins struct {
	Mode   Mode
	tool   string // origin of the tool
	origin string // OwnOrigin: of a site, with {site} for its ID
	base   string // OneOrigin: URL of the tool's folder, with a slash at its end
}

// toolHost is the name under which sites get origins of their own: every name
// below .localhost leads to this machine.
const toolHost = "vitrine.localhost"

// FindOrigins decides by the tool's own URL, or by what the page's
// <meta name="vitrine-sites" content="https://{site}.tool.example{port}">
// says, if that is not "". The site's host must be one label before the
// tool's: by that rule a site's frames know whom to trust.
func FindOrigins(l *Location, meta string) (Origins, error) {
	o := Origins{tool: l.Protocol + "//" + l.Host}
	own := l.Protocol + "//{site}." + l.Host
	if meta != "" {
		port := l.Port
		if port != "" {
			port = ":" + port
		}
		o.origin = strings.ReplaceAll(strings.ReplaceAll(meta, ":{port}", port), "{port}", port)
		if o.origin != own {
			return Origins{}, NewMessage("start.origins", o.origin, own)
		}
		return o, nil
	}
	if l.Hostname == toolHost {
		o.origin = own
		return o, nil
	}
	path := l.Href
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	o.Mode, o.base = OneOrigin, path[:strings.LastIndexByte(path, '/')+1]
	return o, nil
}

// Site is the URL of a site's root.
func (o *Origins) Site(id string) string {
	if o.Mode == OneOrigin {
		return o.base + contract.Sites + id + "/"
	}
	return o.Of(id) + "/"
}

// Bridge is the URL of the page that passes ports to the site's worker.
func (o *Origins) Bridge(id string) string {
	if o.Mode == OneOrigin {
		return o.base + contract.BridgePage + "?" + contract.SiteParameter + "=" + id
	}
	return o.Of(id) + contract.Reserved + contract.BridgePage
}

// Of is the origin of a site, as messages name it.
func (o *Origins) Of(id string) string {
	if o.Mode == OneOrigin {
		return o.tool
	}
	return strings.Replace(o.origin, "{site}", id, 1)
}
