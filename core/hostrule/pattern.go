package hostrule

import (
	"errors"
	"strings"
)

// Pattern is a name that was allowed. The zero value fits no host.
type Pattern struct {
	name  string
	below bool // names below it fit, too
	any   bool // every name fits
}

// ParsePattern reads "example.com", which fits that name, ".example.com",
// which fits it and all names below it, or "*", which fits every name but the
// tool's.
func ParsePattern(s string) (Pattern, error) {
	if s == "*" {
		return Pattern{any: true}, nil
	}
	name, isBelow := strings.CutPrefix(s, ".")
	h, ok := Parse(name)
	switch {
	case strings.HasPrefix(s, "*."):
		return Pattern{}, errors.New("names below " + s[2:] + " are written " + s[1:])
	case ok && strings.Contains(name, ":"):
		return Pattern{}, errors.New("a host is allowed on every port: leave the port out")
	case !ok:
		return Pattern{}, errors.New("not a host name as browsers send it")
	}
	return Pattern{name: h.Name, below: isBelow}, nil
}

// fits reports whether the pattern allows name.
func (p *Pattern) fits(name string) bool {
	if p.any {
		return true
	}
	return p.name != "" && (name == p.name || p.below && below(name, p.name))
}

// namesTool reports whether the pattern allows names of the tool: it does only
// if it says so.
func (p *Pattern) namesTool() bool { return IsTool(p.name) }
