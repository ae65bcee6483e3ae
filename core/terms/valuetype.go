package terms

import "strings"

// parameters calls f for the parameters behind the first part of a value.
func parameters(value string, f func(name, argument string)) (first string) {
	first, value = cutMember(value, ';')
	for value != "" {
		var p string
		p, value = cutMember(value, ';')
		name, argument, _ := strings.Cut(p, "=")
		f(lowerAll(strings.Trim(name, " \t")), unquote(strings.Trim(argument, " \t")))
	}
	return first
}

// mediaType explains Content-Type (RFC 9110 §8.3.1).
func (v *valueOf) mediaType(value string) string {
	var said []string
	charset := false
	kind := parameters(value, func(name, argument string) {
		switch name {
		case "charset":
			charset = true
			said = append(said, v.say("type.charset", argument))
		case "boundary":
			said = append(said, v.say("type.boundary", argument))
		}
	})
	major, minor, ok := strings.Cut(lowerAll(kind), "/")
	if !ok || major == "" || minor == "" {
		return v.say("type.bad")
	}
	about := v.say("type." + major + "/" + minor)
	if about == "" {
		about = v.say("type."+major, kind)
	}
	if about != "" {
		said = append([]string{about}, said...)
	}
	if major == "text" && !charset {
		said = append(said, v.say("type.no-charset"))
	}
	return v.join(said, 0)
}

// disposition explains Content-Disposition (RFC 6266 §4).
func (v *valueOf) disposition(value string) string {
	name, extended := "", ""
	kind := parameters(value, func(parameter, argument string) {
		switch parameter {
		case "filename":
			name = argument
		case "filename*":
			extended = argument
		}
	})
	said := []string{}
	switch kind = lowerAll(kind); kind {
	case "inline", "attachment":
		said = append(said, v.say("disposition."+kind))
	default:
		return ""
	}
	if name != "" {
		said = append(said, v.say("disposition.name", name))
	}
	if extended != "" {
		said = append(said, v.say("disposition.extended"))
	}
	return v.join(said, 0)
}

// location says of a URL whether it leads to another host.
func (v *valueOf) location(value string) string {
	scheme, rest, absolute := strings.Cut(value, "://")
	switch {
	case value == "":
		return ""
	case absolute && strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") == "":
		if i := strings.IndexAny(rest, "/?#"); i >= 0 {
			rest = rest[:i]
		}
		return v.say("location.absolute", rest)
	case strings.HasPrefix(value, "//"):
		return v.say("location.host")
	case value[0] == '/':
		return v.say("location.path")
	}
	return v.say("location.relative")
}

// cookies names the cookies of a request, without their values.
func (v *valueOf) cookies(value string) string {
	names, n := "", int64(0)
	for value != "" {
		var pair string
		pair, value, _ = strings.Cut(value, ";")
		name, _, ok := strings.Cut(strings.Trim(pair, " \t"), "=")
		if !ok || name == "" {
			continue // without a name it would be its value
		}
		if n++; n <= maxMembers {
			names = add(names, ", ", name)
		}
	}
	if n == 0 {
		return ""
	}
	if n == 1 {
		return v.say("cookies.one", names)
	}
	return v.say("cookies.many", names, count(n))
}

// setCookie explains the attributes of Set-Cookie (RFC 6265 §4.1.2).
func (v *valueOf) setCookie(value string) string {
	var said []string
	lasts := false
	pair := parameters(value, func(name, argument string) {
		text := ""
		switch name {
		case "expires", "max-age":
			n, isNumber := number(argument)
			switch {
			case lasts && name == "expires": // Max-Age wins
			case name == "max-age" && isNumber:
				text, lasts = v.say("cookie.max-age", v.duration(n)), true
			case name == "max-age" && strings.HasPrefix(argument, "-"):
				text, lasts = v.say("cookie.delete"), true
			case name == "expires":
				text, lasts = v.say("cookie.expires", argument), true
			}
		case "path", "domain":
			text = v.say("cookie."+name, argument)
		case "samesite":
			text = v.say("cookie.samesite." + lowerAll(argument))
		default:
			text = v.say("cookie." + name)
		}
		if text != "" {
			said = append(said, text)
		}
	})
	name, _, ok := strings.Cut(pair, "=")
	if !ok || name == "" {
		return ""
	}
	if !lasts {
		said = append(said, v.say("cookie.session"))
	}
	return v.join(append([]string{v.say("cookie.name", name)}, said...), 0)
}
