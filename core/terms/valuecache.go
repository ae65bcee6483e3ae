package terms

import "strings"

// cacheControl explains each directive (RFC 9111 §5.2). One that means
// something else in a request has its sentence behind "cache.request.".
func (v *valueOf) cacheControl(value string) {
	all := members{rest: value}
	for m := all.next(); m != ""; m = all.next() {
		if text := v.directive(argument(m)); text != "" {
			v.put(m + ": " + text)
		}
	}
	v.more(&all)
}

func (v *valueOf) directive(name, arg string, has bool) string {
	code := "cache." + name
	if v.request {
		code = "cache.request." + name
	}
	n := number(arg)
	switch {
	case strings.IndexByte(name, '.') >= 0: // which no directive has, but codes have
		return ""
	case !has:
		arg = ""
	case n == 0 && name == "max-age":
		code += ".zero"
	case n >= 0:
		code += ".time"
		arg = v.duration(n)
	default:
		code += ".fields"
	}
	return v.sentence(code, arg, "", "")
}

// strictTransport explains Strict-Transport-Security (RFC 6797 §6.1).
func (v *valueOf) strictTransport(value string) {
	for value != "" {
		var m string
		m, value = cutMember(value, ';')
		name, arg, has := argument(m)
		switch n := number(arg); {
		case !has:
			v.say("hsts.flag." + name)
		case name == "max-age" && n == 0:
			v.say("hsts.off")
		case name == "max-age" && n > 0:
			v.say1("hsts.on", v.duration(n))
		}
	}
}

// keepAlive explains Keep-Alive (RFC 2068 §19.7.1.1).
func (v *valueOf) keepAlive(value string) {
	all := members{rest: value}
	for m := all.next(); m != ""; m = all.next() {
		name, arg, _ := argument(m)
		switch n := number(arg); {
		case n < 0:
		case name == "timeout":
			v.say1("keep-alive.timeout", v.duration(n))
		case name == "max":
			v.put(v.plural("keep-alive.max", n))
		}
	}
}
