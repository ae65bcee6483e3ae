package hostrule

import (
	"net/netip"
	"strings"
)

// Host is what a Host field or the authority of a request-target names
// (RFC 9110 §7.2).
type Host struct {
	Name string // in lower case, without the dot at its end; of an IPv6 literal without brackets
	Port string // digits; "" if there is none
	IP   bool   // Name is an IP address
}

// maxName is the longest domain name, in octets (RFC 1035 §2.3.4).
const maxName = 253

// Parse reads uri-host [ ":" port ]. ok is false for what is neither an IP
// literal nor a name of letters, digits, "-" and "_" in labels: a reg-name may
// hold more (RFC 3986 §3.2.2), but no name that leads to a machine does.
func Parse(value string) (h Host, ok bool) {
	if strings.HasPrefix(value, "[") {
		end := strings.IndexByte(value, ']')
		if end < 0 || !h.port(value[end+1:]) {
			return Host{}, false
		}
		addr, err := netip.ParseAddr(value[1:end])
		if err != nil || !addr.Is6() {
			return Host{}, false
		}
		h.Name, h.IP = strings.ToLower(value[1:end]), true
		return h, true
	}
	name := value
	if i := strings.IndexByte(value, ':'); i >= 0 {
		if !h.port(value[i:]) {
			return Host{}, false
		}
		name = value[:i]
	}
	name = strings.TrimSuffix(name, ".")
	if !validName(name) {
		return Host{}, false
	}
	h.Name = strings.ToLower(name)
	if c := name[len(name)-1]; '0' <= c && c <= '9' {
		_, err := netip.ParseAddr(name)
		h.IP = err == nil
	}
	return h, true
}

// port takes what follows the host: nothing, or a colon and digits.
func (h *Host) port(rest string) bool {
	if rest == "" {
		return true
	}
	if rest[0] != ':' || strings.Trim(rest[1:], "0123456789") != "" {
		return false
	}
	h.Port = rest[1:]
	return true
}

func validName(s string) bool {
	label := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.' && label > 0:
			label = 0
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9', c == '-', c == '_':
			label++
		default:
			return false
		}
	}
	return label > 0 && len(s) <= maxName
}

// below reports whether name has at least one label before parent.
func below(name, parent string) bool {
	rest, ok := strings.CutSuffix(name, parent)
	return ok && len(rest) > 1 && rest[len(rest)-1] == '.'
}
