package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// coding looks at Content-Encoding.
func (x *exchange) coding() {
	f := find(x.s, "Content-Encoding")
	if f == nil || x.r.Status != 200 {
		return
	}
	coding := http1.TrimOWS(f.Value.Text)
	if http1.EqualFold(coding, "identity") {
		x.note("H8", nil, line(trace.Out, f))
		return
	}
	if accept := find(x.q, "Accept-Encoding"); accept != nil && !acceptsCoding(accept.Value.Text, coding) {
		x.note("H7", []string{coding, accept.Value.Text}, line(trace.Out, f), line(trace.In, accept))
	}
	if !hasToken(x.s, "Vary", "Accept-Encoding") && !hasToken(x.s, "Vary", "*") {
		x.note("H9", []string{coding}, line(trace.Out, f))
	}
}

// acceptsCoding reports whether a list of Accept-Encoding lets a coding through.
func acceptsCoding(list, coding string) bool {
	for item := range strings.SplitSeq(list, ",") {
		name, weight := weighted(item)
		if (http1.EqualFold(name, coding) || name == "*") && !isZero(weight) {
			return true
		}
	}
	return false
}

// weighted parts a member of an Accept list: its name, and the value of q, ""
// if it has none.
func weighted(item string) (name, weight string) {
	name, parameters, _ := strings.Cut(item, ";")
	for p := range strings.SplitSeq(parameters, ";") {
		key, v, ok := strings.Cut(p, "=")
		if ok && http1.EqualFold(http1.TrimOWS(key), "q") {
			weight = http1.TrimOWS(v)
		}
	}
	return http1.TrimOWS(name), weight
}

// isZero reports whether a weight says "not acceptable".
func isZero(weight string) bool {
	return weight != "" && strings.Trim(weight, "0.") == ""
}

// isWeight reports whether v is a weight (RFC 9110 §12.4.2): 0 or 1 with at most
// three decimals, the latter only zeros.
func isWeight(v string) bool {
	if v == "" || v[0] != '0' && v[0] != '1' {
		return false
	}
	if len(v) == 1 {
		return true
	}
	if v[1] != '.' || len(v) > len("0.000") {
		return false
	}
	for i := 2; i < len(v); i++ {
		if !isDigit(v[i]) || v[0] == '1' && v[i] != '0' {
			return false
		}
	}
	return true
}

// negotiation looks at what the client says that it takes.
func (x *exchange) negotiation() {
	for _, name := range [...]string{"Accept", "Accept-Encoding", "Accept-Language"} {
		f := find(x.q, name)
		if f == nil || strings.IndexByte(f.Value.Text, '"') >= 0 {
			continue
		}
		for item := range strings.SplitSeq(f.Value.Text, ",") {
			if _, weight := weighted(item); weight != "" && !isWeight(weight) {
				x.note("H12", []string{name, weight}, in(f.Value))
			}
		}
	}
	accept, typ := find(x.q, "Accept"), value(x.s, "Content-Type")
	if accept == nil || x.r.Status != 200 || !isMediaType(typ) || acceptsType(accept.Value.Text, typ) {
		return
	}
	bare, _, _ := strings.Cut(typ, ";")
	x.note("H13", []string{bare, accept.Value.Text}, line(trace.In, accept), line(trace.Out, find(x.s, "Content-Type")))
}

// acceptsType reports whether a list of Accept lets a media type through.
func acceptsType(list, typ string) bool {
	typ, _, _ = strings.Cut(typ, ";")
	typ = http1.TrimOWS(typ)
	family, _, _ := strings.Cut(typ, "/")
	for item := range strings.SplitSeq(list, ",") {
		name, weight := weighted(item)
		if isZero(weight) {
			continue
		}
		of, all, _ := strings.Cut(name, "/")
		if name == "*/*" || name == "*" || http1.EqualFold(name, typ) || all == "*" && http1.EqualFold(of, family) || name == "" {
			return true
		}
	}
	return false
}
