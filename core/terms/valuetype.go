package terms

import "strings"

// mediaType explains Content-Type (RFC 9110 §8.3.1).
func (v *valueOf) mediaType(value string) {
	kind, rest := cutMember(value, ';')
	kind = lowerAll(kind)
	major, minor, _ := strings.Cut(kind, "/")
	if major == "" || minor == "" {
		v.say("media.bad")
		return
	}
	if v.say("type." + kind); len(v.said) == 0 {
		v.say("type." + major)
	}
	charset := major != "text"
	for rest != "" {
		var p string
		p, rest = cutMember(rest, ';')
		name, arg, _ := argument(p)
		charset = charset || name == "charset"
		if name == "charset" || name == "boundary" {
			v.say1("parameter."+name, arg)
		}
	}
	if !charset {
		v.say("media.no-charset")
	}
}

// disposition explains Content-Disposition (RFC 6266 §4).
func (v *valueOf) disposition(value string) {
	kind, rest := cutMember(value, ';')
	v.say("disposition." + lowerAll(kind))
	for rest != "" && len(v.said) > 0 {
		var p string
		p, rest = cutMember(rest, ';')
		name, arg, _ := argument(p)
		v.say1("parameter."+name, arg)
	}
}

// location says of a URL whether it leads to another host.
func (v *valueOf) location(value string) {
	scheme, rest, absolute := strings.Cut(value, "://")
	switch {
	case value == "":
	case absolute && !strings.ContainsAny(scheme, "/?#"):
		if i := strings.IndexAny(rest, "/?#"); i >= 0 {
			rest = rest[:i]
		}
		v.say1("location.absolute", rest)
	case strings.HasPrefix(value, "//"):
		v.say("location.host")
	case value[0] == '/':
		v.say("location.path")
	default:
		v.say("location.relative")
	}
}

// cookies names the cookies of a request, without their values.
func (v *valueOf) cookies(value string) {
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
	if n > 0 {
		v.put(v.plural("cookies", n) + " " + names)
	}
}

// setCookie explains the attributes of Set-Cookie (RFC 6265 §4.1.2).
func (v *valueOf) setCookie(value string) {
	pair, rest := cutMember(value, ';')
	cookie, _, ok := strings.Cut(pair, "=")
	if !ok || cookie == "" {
		return
	}
	v.say1("cookie.name", cookie)
	ends := ""
	for rest != "" {
		var p string
		p, rest = cutMember(rest, ';')
		name, arg, _ := argument(p)
		switch n := number(arg); {
		case name == "expires":
			if ends == "" { // Max-Age wins
				ends = v.sentence("cookie.expires", arg, "", "")
			}
		case name == "max-age" && n > 0:
			ends = v.sentence("cookie.max-age", v.duration(n), "", "")
		case name == "max-age":
			ends = v.sentence("cookie.delete", "", "", "")
		case name == "samesite":
			v.say("cookie.samesite." + lowerAll(arg))
		case name == "path" || name == "domain":
			v.say1("cookie."+name, arg)
		default:
			v.say("cookie.flag." + name)
		}
	}
	if ends == "" {
		ends = v.sentence("cookie.session", "", "", "")
	}
	v.put(ends)
}
