package terms

import "strings"

// cacheControl explains each directive (RFC 9111 §5.2). One that means
// something else in a request has its sentence behind "cache.request.".
func (v *valueOf) cacheControl(value string) string {
	var said []string
	all, left := members(value)
	for _, m := range all {
		name, argument, has := strings.Cut(m, "=")
		name, argument = lowerAll(strings.TrimRight(name, " \t")), unquote(strings.TrimLeft(argument, " \t"))
		if text := v.directive(name, argument, has); text != "" {
			said = append(said, m+": "+text)
		}
	}
	return v.join(said, left)
}

func (v *valueOf) directive(name, argument string, has bool) string {
	side := "cache."
	if v.request {
		side = "cache.request."
	}
	if !has {
		return v.say(side + name)
	}
	n, ok := number(argument)
	switch {
	case !ok && (name == "no-cache" || name == "private") && argument != "" && !v.request:
		return v.say(side+name+".fields", argument)
	case !ok:
		return ""
	case n == 0 && name == "max-age":
		return v.say(side + "max-age.zero")
	}
	return v.say(side+name+".time", v.duration(n))
}

// strictTransport explains Strict-Transport-Security (RFC 6797 §6.1).
func (v *valueOf) strictTransport(value string) string {
	var said []string
	for value != "" {
		var m string
		m, value = cutMember(value, ';')
		name, argument, _ := strings.Cut(m, "=")
		n, ok := number(unquote(argument))
		switch name = lowerAll(name); {
		case name == "max-age" && ok && n == 0:
			said = append(said, v.say("hsts.off"))
		case name == "max-age" && ok:
			said = append(said, v.say("hsts.on", v.duration(n)))
		case name == "includesubdomains" || name == "preload":
			said = append(said, v.say("hsts."+name))
		}
	}
	return v.join(said, 0)
}

// keepAlive explains Keep-Alive (RFC 2068 §19.7.1.1).
func (v *valueOf) keepAlive(value string) string {
	var said []string
	all, left := members(value)
	for _, m := range all {
		name, argument, _ := strings.Cut(m, "=")
		n, ok := number(argument)
		switch name = lowerAll(name); {
		case !ok:
		case name == "timeout":
			said = append(said, v.say("keep-alive.timeout", v.duration(n)))
		case name == "max":
			said = append(said, v.plural("keep-alive.max", n))
		}
	}
	return v.join(said, left)
}
