package main

import (
	"net/netip"
	"os"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/hostrule"
)

// hostCheck responds 421 to requests for hosts that the folder is not served
// under (RFC 9110 §7.4).
//
// Differs from http.server, which serves every host (H-5): bound to a loopback
// address, only names that others cannot point there pass, so that no page of
// the Internet reads the folder by DNS rebinding. On every address the names
// of the browser edition are refused: what is served under them shares the
// origin that keeps the folders opened there.
type hostCheck struct {
	loopback, public hostrule.Rule
}

func newHostCheck(c *config) *hostCheck {
	return &hostCheck{
		loopback: hostrule.Rule{Names: ownNames(c.bind), Allow: c.allowHost},
		public:   hostrule.Rule{Public: true, Allow: c.allowHost},
	}
}

// ownNames are the names of this machine: the one it was given, with and
// without its domain, and the one that --bind names it by.
func ownNames(bind string) (names []string) {
	add := func(name string) {
		if h, ok := hostrule.Parse(name); ok && !h.IP {
			names = append(names, h.Name)
		}
	}
	if name, err := os.Hostname(); err == nil {
		add(name)
		if short, _, found := strings.Cut(name, "."); found {
			add(short)
		}
	}
	add(bind)
	return names
}

// check is a handler.Handler's CheckRequest.
func (h *hostCheck) check(x *handler.Exchange) bool {
	rule := &h.public
	if onLoopback(x.Server) {
		rule = &h.loopback
	}
	d := rule.Decide(x.Request.Target, x.Headers)
	if d.Allowed() {
		if x.Tracing() {
			x.Note("host", allowedBecause(d), "")
		}
		return true
	}
	if x.Tracing() {
		x.Note("host", "421: "+refusedBecause(d), "RFC 9110 §7.4")
	}
	// The connection is closed behind it, even where another request follows.
	x.SendError(421, "", refusedBecause(d)+". "+whatOpens(d))
	return false
}

// onLoopback reports whether a connection came to a socket that only this
// machine reaches. A request without a socket counts as one, which is the
// strict side.
func onLoopback(s *handler.Server) bool {
	if s == nil {
		return true
	}
	ip, err := netip.ParseAddr(s.Name)
	return err == nil && ip.Unmap().IsLoopback()
}

// allowedBecause is a decision to handle a request, as a sentence.
func allowedBecause(d hostrule.Decision) string {
	switch d.Reason {
	case hostrule.Literal:
		return "the host " + d.Host + " is an IP address: no name server decides where it leads"
	case hostrule.Local:
		return "the host " + d.Host + " leads to this machine everywhere"
	case hostrule.Machine:
		return "the host " + d.Host + " is a name of this machine"
	case hostrule.Listed:
		return "--allow-host allows the host"
	case hostrule.Public:
		return "the server is not bound to a loopback address: every host passes but those of the browser edition"
	}
	return "no host is named, as no browser does"
}

// refusedBecause is a decision to refuse a request, as a sentence without its
// full stop.
func refusedBecause(d hostrule.Decision) string {
	switch d.Reason {
	case hostrule.OfTool:
		return d.Host + " belongs to the browser edition, which keeps the folders that were opened there"
	case hostrule.Malformed:
		return "the host of this request is malformed, and this server is bound to a loopback address"
	}
	return d.Host + " is not a name of this machine, and this server is bound to a loopback address"
}

// whatOpens says how the refused host is served, without the full stop: the
// error page sets it.
func whatOpens(d hostrule.Decision) string {
	switch d.Reason {
	case hostrule.OfTool:
		return "Use another name, such as localhost, or start the server with --allow-host " + d.Host
	case hostrule.Malformed:
		return "Use the name localhost"
	}
	return "Use the name localhost, or, if that name is meant to lead here, start the server with --allow-host " + d.Host
}
