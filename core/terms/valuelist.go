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

// members are the members of a list without the empty ones, and how many more
// there are than are explained.
func members(list string) (all []string, left int) {
	for list != "" {
		var m string
		if m, list = cutMember(list, ','); m == "" {
			continue
		}
		if len(all) == maxMembers {
			left++
		} else {
			all = append(all, m)
		}
	}
	return all, left
}

// unquote is the value of a parameter without its quotes.
func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	return strings.ReplaceAll(s[1:len(s)-1], `\`, "")
}

// weights say in which order members are preferred (RFC 9110 §12.4.2).
func (v *valueOf) weights(value string) string {
	all, left := members(value)
	type weighted struct {
		name  string
		after string // its weight, for the sentence
		q     int    // of 1000
	}
	var list []weighted
	for _, m := range all {
		w := weighted{m, "", 1000}
		name, parameters := cutMember(m, ';')
		for parameters != "" {
			var p string
			p, parameters = cutMember(parameters, ';')
			if len(p) < 2 || lower(p[0]) != 'q' || p[1] != '=' {
				name += ";" + p
				continue
			}
			q, ok := weight(p[2:])
			if !ok {
				return ""
			}
			w.q = q
			if q < 1000 {
				w.after = " (" + p[2:] + ")"
			}
		}
		w.name = name
		list = append(list, w)
	}
	if len(list) == 0 {
		return ""
	}
	// Stable: members of equal weight stay in their order.
	for i := range list {
		for j := i; j > 0 && list[j].q > list[j-1].q; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	order, never := "", ""
	for i, w := range list {
		switch {
		case w.q == 0:
			never = add(never, ", ", w.name)
		case order == "":
			order = w.name + w.after
		case w.q < list[i-1].q:
			order = v.say("weights.then", order, w.name+w.after)
		default:
			order = v.say("weights.or", order, w.name+w.after)
		}
	}
	var said []string
	if order != "" {
		said = append(said, v.say("weights.order", order))
	}
	if never != "" {
		said = append(said, v.say("weights.never", never))
	}
	return v.join(said, left)
}

// weight reads a weight, in thousandths.
//
//	qvalue = ( "0" [ "." *3DIGIT ] ) / ( "1" [ "." *3"0" ] )   (RFC 9110 §12.4.2)
func weight(s string) (q int, ok bool) {
	whole, part, _ := strings.Cut(s, ".")
	n, _ := number((part + "000")[:3])
	if len(part) > 3 || strings.Trim(part, "0123456789") != "" || whole != "0" && (whole != "1" || n > 0) {
		return 0, false
	}
	if whole == "1" {
		return 1000, true
	}
	return int(n), true
}

// add joins two texts by a sign, unless the first is empty.
func add(a, sign, b string) string {
	if a == "" {
		return b
	}
	return a + sign + b
}

// each explains the members of a list one by one: by the sentence of a code
// made of a prefix and the member, or by that of prefix and "other". A sentence
// that the table does not have is left out.
func (v *valueOf) each(value, prefix string) string {
	var said []string
	all, left := members(value)
	for _, m := range all {
		text := v.say(prefix+lowerAll(m), m)
		if text == "" {
			text = v.say(prefix+"other", m)
		}
		if text != "" {
			said = append(said, text)
		}
	}
	return v.join(said, left)
}

func (v *valueOf) connection(value string) string   { return v.each(value, "connection.") }
func (v *valueOf) codings(value string) string      { return v.each(value, "coding.") }
func (v *valueOf) acceptRanges(value string) string { return v.each(value, "accept-ranges.") }

func (v *valueOf) vary(value string) string {
	all, left := members(value)
	for _, m := range all {
		if m == "*" {
			return v.say("vary.all")
		}
	}
	if len(all) == 0 {
		return ""
	}
	return v.join([]string{v.say("vary.some", strings.Join(all, ", "))}, left)
}

// lowerAll is s in lower case, ASCII alone.
func lowerAll(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] = lower(b[i])
	}
	return string(b)
}
