package hostrule

import "vitrine/core/http1"

// Rule says which hosts a server responds for. The zero value is the strictest
// rule: IP literals, and localhost with the names below it but the tool's.
type Rule struct {
	// Public lets every host but the tool's pass: the server is bound to an
	// address that others reach, under names that it cannot know.
	Public bool
	// Names are those of this machine, in the form of [Host].
	Names []string
	// Allow opens further names.
	Allow []Pattern
}

// Decision says whether a request may be handled, and why.
type Decision struct {
	Reason Reason
	Host   string // the name that decided; the value itself if it is malformed, "" if there is none
}

// Allowed reports whether the request may be handled.
func (d Decision) Allowed() bool { return !d.Reason.Refused() }

// Reason is the part of a rule that decided.
type Reason int

const (
	// NoHost: the request names no host. Browsers always do.
	NoHost Reason = iota
	// Literal: the host is an IP literal, which no name server points here.
	Literal
	// Local: localhost or a name below it (RFC 6761 §6.3).
	Local
	// Machine: one of Rule.Names.
	Machine
	// Listed: a pattern of Rule.Allow fits.
	Listed
	// Public: Rule.Public is set.
	Public

	// Foreign: no part of the rule allows the name.
	Foreign
	// OfTool: the name is the tool's, and no pattern says so.
	OfTool
	// Malformed: the value is no host with an optional port.
	Malformed
)

// reasonCodes are what a trace has for a Reason.
var reasonCodes = [...]string{
	NoHost: "absent", Literal: "literal", Local: "local", Machine: "machine", Listed: "listed", Public: "public",
	Foreign: "foreign", OfTool: "of-tool", Malformed: "malformed",
}

// Code is the reason as a stable word that is not for people, "" for none of
// those above.
func (r Reason) Code() string {
	if r < 0 || int(r) >= len(reasonCodes) {
		return ""
	}
	return reasonCodes[r]
}

// Refused reports whether a request with this reason is refused.
func (r Reason) Refused() bool { return r >= Foreign }

// Decide looks at the target, if it is in absolute-form, and at every Host
// field: each of them must be allowed, so that it does not matter which of
// several is taken for the host later on.
func (r *Rule) Decide(target string, fields http1.Fields) Decision {
	var d Decision
	if authority, ok := Authority(target); ok {
		if d = r.host(authority); !d.Allowed() {
			return d
		}
	}
	for i := range fields {
		if !http1.EqualFold(fields[i].Name, "Host") {
			continue
		}
		if d = r.host(fields[i].Value); !d.Allowed() {
			return d
		}
	}
	return d
}

// host decides about one value.
func (r *Rule) host(value string) Decision {
	if value == "" {
		return Decision{Reason: NoHost}
	}
	h, ok := Parse(value)
	switch {
	case ok && IsTool(h.Name):
		for i := range r.Allow {
			if r.Allow[i].namesTool() && r.Allow[i].fits(h.Name) {
				return Decision{Listed, h.Name}
			}
		}
		return Decision{OfTool, h.Name}
	case r.Public:
		return Decision{Public, h.Name}
	case ok && h.IP:
		return Decision{Literal, h.Name}
	case ok && (h.Name == "localhost" || below(h.Name, "localhost")):
		return Decision{Local, h.Name}
	}
	for _, name := range r.Names {
		if ok && name == h.Name {
			return Decision{Machine, h.Name}
		}
	}
	for i := range r.Allow {
		if r.Allow[i].any || ok && r.Allow[i].fits(h.Name) {
			return Decision{Listed, h.Name}
		}
	}
	if !ok {
		return Decision{Malformed, value}
	}
	return Decision{Foreign, h.Name}
}
