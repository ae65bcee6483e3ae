package terms

import "strings"

// cutMember cuts the first member off a list: up to a comma, or another sign,
// outside of quotes (RFC 9110 §5.6.1).
func cutMember(list string, sign byte) (member, rest string) {
	quoted := false
	for i := 0; i < len(list); i++ {
		switch c := list[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == sign && !quoted:
			return strings.Trim(list[:i], " \t"), list[i+1:]
		}
	}
	return strings.Trim(list, " \t"), ""
}

// members are those of a list that are left.
type members struct {
	rest string
	n    int // that were taken
}

// next takes the next member that is not empty; "" says that there are no more,
// or no more that are explained.
func (m *members) next() (member string) {
	for m.rest != "" && m.n < maxMembers {
		if member, m.rest = cutMember(m.rest, ','); member != "" {
			m.n++
			return member
		}
	}
	return ""
}

// more says how many members are left.
func (v *valueOf) more(m *members) {
	n := int64(0)
	for m.rest != "" {
		var member string
		if member, m.rest = cutMember(m.rest, ','); member != "" {
			n++
		}
	}
	if n > 0 && len(v.said) > 0 {
		v.put(v.plural("more", n))
	}
}

// argument cuts a member in a name, in lower case, and what is behind its
// equals sign, without quotes; has says that there is one.
func argument(member string) (name, arg string, has bool) {
	name, arg, has = strings.Cut(member, "=")
	arg = strings.Trim(arg, " \t")
	if n := len(arg); n >= 2 && arg[0] == '"' && arg[n-1] == '"' {
		arg = strings.ReplaceAll(arg[1:n-1], `\`, "")
	}
	return lowerAll(strings.Trim(name, " \t")), arg, has
}

// weights say in which order members are preferred (RFC 9110 §12.4.2).
func (v *valueOf) weights(value string) {
	var names [maxMembers]string
	var qs [maxMembers]int // in thousandths
	n := 0
	all := members{rest: value}
	for m := all.next(); m != ""; m = all.next() {
		name, q := "", 1000
		for m != "" {
			var p string
			p, m = cutMember(m, ';')
			if len(p) >= 2 && lower(p[0]) == 'q' && p[1] == '=' && name != "" {
				if q = weight(p[2:]); q < 0 {
					return
				}
				if q < 1000 {
					name += " (" + p[2:] + ")"
				}
			} else {
				name = add(name, ";", p)
			}
		}
		// Stable: members of equal weight stay in their order.
		at := n
		for ; at > 0 && qs[at-1] < q; at-- {
			names[at], qs[at] = names[at-1], qs[at-1]
		}
		names[at], qs[at] = name, q
		n++
	}
	order, never := "", ""
	for i := range n {
		switch name := names[i]; {
		case qs[i] == 0:
			never = add(never, ", ", name[:strings.LastIndexByte(name, ' ')])
		case order == "":
			order = name
		case qs[i] < qs[i-1]:
			order = v.sentence("weights.then", order, name, "")
		default:
			order = v.sentence("weights.or", order, name, "")
		}
	}
	if order != "" {
		v.say1("weights.order", order)
	}
	if never != "" {
		v.say1("weights.never", never)
	}
	v.more(&all)
}

// weight reads a weight, in thousandths; -1 says that s is no weight.
//
//	qvalue = ( "0" [ "." *3DIGIT ] ) / ( "1" [ "." *3"0" ] )   (RFC 9110 §12.4.2)
func weight(s string) int {
	whole, part, _ := strings.Cut(s, ".")
	q := int(number(whole + (part + "000")[:3]))
	if len(whole) != 1 || len(part) > 3 || q > 1000 {
		return -1
	}
	return q
}

// add joins two texts by a sign, unless the first is empty.
func add(a, sign, b string) string {
	if a == "" {
		return b
	}
	return a + sign + b
}

// each explains the members of a list one by one: by the sentence of a code
// made of a prefix and the member, or by that of the prefix alone.
func (v *valueOf) each(value, prefix string) {
	all := members{rest: value}
	for m := all.next(); m != ""; m = all.next() {
		text := v.sentence(prefix+lowerAll(m), "", "", "")
		if text == "" {
			text = v.sentence(prefix, m, "", "")
		}
		if text != "" {
			v.put(text)
		}
	}
	v.more(&all)
}

func (v *valueOf) connection(value string)   { v.each(value, "connection.") }
func (v *valueOf) codings(value string)      { v.each(value, "coding.") }
func (v *valueOf) acceptRanges(value string) { v.each(value, "accept-ranges.") }

func (v *valueOf) vary(value string) {
	names := ""
	all := members{rest: value}
	for m := all.next(); m != ""; m = all.next() {
		if m == "*" {
			v.say("vary.all")
			return
		}
		names = add(names, ", ", m)
	}
	if names != "" {
		v.say1("vary.some", names)
		v.more(&all)
	}
}

// lowerAll is s in lower case, ASCII alone.
func lowerAll(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] = lower(b[i])
	}
	return string(b)
}
