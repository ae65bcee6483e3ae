package lint

import (
	"strings"

	"vitrine/core/http1"
)

// coding looks at Content-Encoding.
func (x *exchange) coding() {
	f, accepts := x.res.first[contentEncoding], x.req.first[acceptEncoding]
	if f == nil || x.status != 200 {
		return
	}
	coding := f.Value.Text
	if http1.EqualFold(coding, "identity") {
		x.line(h8, f, "")
		return
	}
	if accepts != nil && !accepted(accepts.Value.Text, coding, "*") {
		x.line(h7, f, coding)
	}
	if !x.res.lists(vary, "Accept-Encoding") && !x.res.lists(vary, "*") {
		x.line(h9, f, coding)
	}
}

// accepted reports whether a list with weights lets one of these through.
func accepted(list string, these ...string) bool {
	for list != "" {
		parameters := item(&list, ',')
		name, weight := item(&parameters, ';'), weightOf(parameters)
		if weight != "" && strings.Trim(weight, "0.") == "" {
			continue
		}
		for _, s := range these {
			if http1.EqualFold(name, s) {
				return true
			}
		}
	}
	return false
}

// weightOf is the value of q among parameters, "" if it is not there.
func weightOf(parameters string) string {
	for parameters != "" {
		v := item(&parameters, ';')
		if name := item(&v, '='); http1.EqualFold(name, "q") {
			return v
		}
	}
	return ""
}

// isWeight reports whether v is a weight (RFC 9110 §12.4.2): 0 or 1 with at most
// three decimals, the latter only zeros.
func isWeight(v string) bool {
	if v[0] != '0' && v[0] != '1' || len(v) > len("0.000") || len(v) > 1 && v[1] != '.' {
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
	for _, n := range [...]name{accept, acceptEncoding, acceptLanguage} {
		rest := x.req.value(n)
		for rest != "" && strings.IndexByte(rest, '"') < 0 {
			parameters := item(&rest, ',')
			item(&parameters, ';')
			if weight := weightOf(parameters); weight != "" && !isWeight(weight) {
				x.line(h12, x.req.first[n], names[n].name)
				x.arg(weight)
			}
		}
	}
	f := x.req.first[accept]
	typ := bareType(x.res.value(contentType))
	if i := strings.IndexByte(typ, '/'); f != nil && x.status == 200 && i > 0 && !accepted(f.Value.Text, typ, typ[:i]+"/*", "*/*", "*", "") {
		x.line(h13, f, typ)
	}
}
